"""What a signed copy is worth, and whether its words are the decision's."""

from datetime import UTC, date, datetime

import pytest

from campaign.decision.signed_copy.rules import (
    Stated,
    Verdict,
    Words,
    compared,
    examination_from,
)

STATED = Stated("05", "QĐ-SCT", date(2021, 4, 8), ["Phòng Hoà Giải", "Trần Văn An"])
WHOLE = """Số: 05/QĐ-SCT
Hoà Bình, ngày 08 tháng 4 năm 2021
1. Phòng Hoà Giải
2. Ông Trần Văn An, chuyên viên"""
GOOD = {
    "is_stamp": False,
    "is_read": True,
    "name": "Phạm Minh Đức",
    "organisation": "Sở Công Thương",
    "job": "Giám đốc",
    "valid_from": "2020-01-01T00:00:00+00:00",
    "valid_until": "2021-12-31T00:00:00+00:00",
    "is_whole": True,
    "covers": "file",
    "changed": "none",
    "is_allowed": True,
    "trust": "trusted",
    "at": "2021-04-08T02:00:00+00:00",
    "field": "a name that this version passes over",
}


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (WHOLE, ()),
        (WHOLE.replace("05/QĐ", "Số 5 /QĐ").replace("08 tháng 4", "8 tháng 04"), ()),
        (WHOLE.replace("-", "\u2011").replace("Văn", "V\u00adăn").replace(" An", "\nAn"), ()),
        (WHOLE.upper().replace("NGÀY 08 THÁNG 4 NĂM 2021", "08/04/2021").replace("OÀ", "ÒA"), ()),
        (WHOLE.replace("Phòng Hoà Giải", "P hòng HoàGi ải"), ()),
        ("Phòng Hoà Giải\n" + WHOLE.replace("1. Phòng Hoà Giải", ""), ()),
        (WHOLE + "\n3. Bà Trần Văn Anh", ()),
        (WHOLE.replace("2. Ông", "2. Bà Trần Văn Anh, ông") + " Trần Văn Ang", ()),
        (WHOLE.replace("05/QĐ", "105/QĐ"), ("số 05/QĐ-SCT",)),
        (WHOLE.replace("QĐ-SCT", "QĐ-SCTX"), ("số 05/QĐ-SCT",)),
        (WHOLE.replace("năm 2021", "năm 2022"), ("ngày 08 tháng 4 năm 2021",)),
        (WHOLE.replace("Văn An,", "Văn Anh,"), ("tên Trần Văn An",)),
        (WHOLE.replace("Hoà Giải", "Hoá Giải"), ("tên Phòng Hoà Giải",)),
    ],
)
def test_words_are_compared_as_a_person_reads_them(text, lacking):
    words = Words.OTHER if lacking else Words.SAME
    assert compared(text, STATED) == (words, lacking)


def test_a_page_with_hardly_a_letter_is_a_picture():
    assert compared("— 1 —\n\nTrang 1 / 2", STATED) == (Words.UNREADABLE, ())


def test_twenty_letters_are_words_and_fewer_are_a_picture():
    assert [compared("Giấy mời họp " + "a" * more, STATED)[0] for more in (9, 10)] == [
        Words.UNREADABLE,
        Words.OTHER,
    ]


def test_what_an_examination_found_is_kept_as_it_was():
    stored = {"signatures": [], "words": "other", "lacking": ["số 05/QĐ-SCT"], "roots": 3}
    found = examination_from(stored)
    assert (found.words, found.lacking, found.roots) == (Words.OTHER, ("số 05/QĐ-SCT",), 3)


def _examined(*signatures, words="same"):
    return examination_from({"signatures": signatures, "words": words, "lacking": [], "roots": 1})


@pytest.mark.parametrize(
    ("more", "verdict", "remarks"),
    [
        ({}, Verdict.TRUSTED, ()),
        (
            {"covers": "revision", "changed": "fields"},
            Verdict.TRUSTED,
            ("Sau chữ ký này tệp có thêm chữ ký khác hoặc điền vào ô mẫu.",),
        ),
        (
            {"trust": "unasked", "is_weak": True},
            Verdict.UNASKED,
            (
                "Chưa đối chiếu nơi cấp chứng thư: hệ thống chưa được nạp chứng thư gốc.",
                "Chữ ký dùng thuật toán băm đã yếu.",
            ),
        ),
        (
            {"trust": "unasked", "is_own_issuer": True},
            Verdict.DOUBTFUL,
            (
                "Chưa đối chiếu nơi cấp chứng thư: hệ thống chưa được nạp chứng thư gốc.",
                "Chứng thư tự cấp cho mình.",
            ),
        ),
        (
            {"trust": "untrusted"},
            Verdict.DOUBTFUL,
            ("Chứng thư không nối được tới chứng thư gốc mà cơ quan tin cậy.",),
        ),
        (
            {"at": "2022-01-02T00:00:00+00:00"},
            Verdict.DOUBTFUL,
            ("Khi ký, chứng thư đã hết hạn (31/12/2021).",),
        ),
        (
            {"at": "2019-01-02T00:00:00+00:00"},
            Verdict.DOUBTFUL,
            ("Khi ký, chứng thư chưa có hiệu lực (01/01/2020).",),
        ),
        ({"at": "2021-12-31T00:00:00+00:00"}, Verdict.TRUSTED, ()),
        ({"at": "2020-01-01T00:00:00+00:00"}, Verdict.TRUSTED, ()),
        (
            {"is_whole": False},
            Verdict.BROKEN,
            ("Nội dung được ký đã bị sửa, hoặc chữ ký bị hỏng.",),
        ),
        ({"covers": "part"}, Verdict.BROKEN, ("Chữ ký không bao trùm cả tệp.",)),
        (
            {"covers": "revision", "changed": "content", "is_allowed": False},
            Verdict.BROKEN,
            ("Nội dung tệp bị sửa sau chữ ký này.",),
        ),
        (
            {"changed": "notes", "is_allowed": False},
            Verdict.BROKEN,
            (
                "Sau chữ ký này tệp có thêm ghi chú.",
                "Người ký không cho phép thay đổi như vậy.",
            ),
        ),
        ({"is_read": False}, Verdict.BROKEN, ("Chữ ký này không đọc được theo chuẩn PDF.",)),
    ],
)
def test_a_signature_is_worth_what_its_worst_side_says(more, verdict, remarks):
    found = _examined(GOOD, {**GOOD, **more})
    assert (found.verdict, found.signatures[1].remarks) == (verdict, remarks)
    assert found.may_be_published is (verdict in {Verdict.TRUSTED, Verdict.UNASKED})
    assert (
        verdict.tone
        == {"trusted": "ok", "unasked": "neutral", "doubtful": "warn", "broken": "bad"}[verdict]
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "theo máy của người ký"),
        ({"at": ""}, "không ghi giờ ký"),
        ({"is_stamp": True}, "theo dấu thời gian"),
        (
            {"stamped_by": "Trạm giờ"},
            "theo dấu thời gian của Trạm giờ, chưa đối chiếu nơi cấp",
        ),
        (
            {"stamped_by": "Trạm giờ", "stamp_is_trusted": True},
            "theo dấu thời gian của Trạm giờ",
        ),
    ],
)
def test_it_is_told_where_the_time_of_signing_comes_from(more, words):
    (seen,) = _examined({**GOOD, **more}).signatures
    assert (seen.time_words, seen.is_in_time) == (words, True)
    assert seen.valid_until == datetime(2021, 12, 31, tzinfo=UTC)


def test_it_is_told_whose_signatures_there_are_and_that_the_signers_is_missing():
    office = {**GOOD, "name": "Sở Công Thương", "job": ""}
    assert [
        row.whose
        for row in _examined(GOOD, office, {**office, "name": "", "organisation": ""}).signatures
    ] == [
        "Phạm Minh Đức, Giám đốc, Sở Công Thương",
        "Sở Công Thương",
        "không rõ của ai",
    ]
    assert _examined(GOOD, office).remarks("Phạm Minh Đức") == ()
    broken = {**GOOD, "name": "Trần Văn An", "is_whole": False}
    assert _examined(broken).remarks("Phạm Minh Đức") == ()
    assert _examined(office, words="unreadable").remarks("Phạm Minh Đức") == (
        "Tệp chỉ có ảnh, không đọc được chữ nên chưa đối chiếu được.",
        "Không có chữ ký số nào mang tên người ký quyết định (Phạm Minh Đức).",
    )


def test_a_file_without_signatures_or_with_other_words_is_not_published():
    assert [
        (found.verdict, found.may_be_published)
        for found in (
            _examined(),
            _examined({**GOOD, "is_stamp": True}),
            _examined(GOOD, words="other"),
            _examined(GOOD, words="unreadable"),
        )
    ] == [
        (Verdict.UNSIGNED, False),
        (Verdict.UNSIGNED, False),
        (Verdict.TRUSTED, False),
        (Verdict.TRUSTED, True),
    ]
