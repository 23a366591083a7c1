"""Văn thư: words of dates, numbers, căn cứ and counts."""

from datetime import UTC, date, datetime

import pytest

from campaign.core.permissions import Role
from campaign.office import rules
from campaign.office.rules import counted, unended
from campaign.papers.rules import drive_words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Phong trào thi đua 70 năm", "phong trào thi đua 70 năm"),
        ("Đợt thi đua đặc biệt", "đợt thi đua đặc biệt"),
        ("Lao động giỏi", "phong trào thi đua “Lao động giỏi”"),
    ],
)
def test_a_drive_is_not_called_one_twice(title, words):
    assert drive_words(title) == words


def test_the_place_and_date_keep_room_for_a_day_that_is_not_known():
    assert rules.dated("Hòa Bình", date(2021, 5, 4), 2021) == "Hòa Bình, ngày 04 tháng 5 năm 2021"
    assert rules.dated("", None, 2021) == "Ngày …… tháng …… năm 2021"
    assert rules.numbered("12", "QĐ-SCT") == "Số: 12/QĐ-SCT"
    assert rules.numbered("5", "QĐ-SCT") == "Số: 05/QĐ-SCT"
    assert rules.numbered("", "QĐ-SCT") == "Số:         /QĐ-SCT"
    assert (
        rules.number_words("5", "QĐ-SCT", date(2021, 5, 4), 2021, "Sở")
        == "số 05/QĐ-SCT ngày 04 tháng 5 năm 2021 của Sở"
    )
    assert (
        rules.number_words("", "TTr-SCT", None, 2021, "Sở")
        == "số ……/TTr-SCT ngày …… tháng …… năm 2021 của Sở"
    )


@pytest.mark.parametrize(
    ("opening", "is_only", "lines"),
    [
        (("Như Điều 3",), False, ["Như Điều 3", "UBND tỉnh (để báo cáo)", "Lưu: VT, TĐKT"]),
        (("Như trên",), True, ["Như trên", "Lưu: VT, TĐKT"]),
        ((), False, ["Như trên", "UBND tỉnh (để báo cáo)", "Lưu: VT, TĐKT"]),
    ],
)
def test_recipients_open_as_their_kind_of_paper_asks_and_end_with_the_file(opening, is_only, lines):
    assert (
        rules.routed(
            ["Lưu: VT, TĐKT", "Như trên", "UBND tỉnh (để báo cáo)"], *opening, is_only=is_only
        )
        == lines
    )
    assert rules.routed([], "Như trên") == ["Như trên", "Lưu: VT"]
    assert rules.routed(["UBND tỉnh"], "Như trên") == ["Như trên", "UBND tỉnh", "Lưu: VT"]


@pytest.mark.parametrize(
    ("head", "job", "title"),
    [
        ("Trưởng phòng", "", "TRƯỞNG PHÒNG"),
        ("Chánh Văn phòng", "Chánh Văn phòng (minh hoạ)", "CHÁNH VĂN PHÒNG"),
        ("Trưởng phòng", "Phó Trưởng phòng (minh hoạ)", "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG"),
    ],
)
def test_a_unit_is_signed_for_by_its_head_or_a_deputy_in_their_place(head, job, title):
    assert rules.signing_title(head, job) == title


def test_a_paper_of_the_council_bears_the_post_there_and_the_post_in_the_office_beneath():
    assert (
        rules.council_title("Chủ tịch Hội đồng", "Giám đốc Sở (minh hoạ)")
        == "CHỦ TỊCH HỘI ĐỒNG\nGIÁM ĐỐC SỞ"
    )
    assert rules.council_title("Thư ký Hội đồng", "") == "THƯ KÝ HỘI ĐỒNG"
    council = rules.Head(
        above="UBND tỉnh", issuer="Sở Công Thương", place="Hòa Bình", code="SCT"
    ).council
    assert (council.above, council.issuer, council.place, council.symbol("TTr")) == (
        "Sở Công Thương",
        "Hội đồng Thi đua - Khen thưởng",
        "Hòa Bình",
        "TTr-HĐTĐKT",
    )


@pytest.mark.parametrize(
    ("signatory", "above", "asked"),
    [
        ("Chủ tịch UBND tỉnh", "UBND tỉnh Hòa Bình", "UBND tỉnh Hòa Bình"),
        ("Bộ trưởng Bộ Công Thương", "UBND tỉnh", "Bộ Công Thương"),
        ("Thủ tướng Chính phủ", "UBND tỉnh Hòa Bình", "UBND tỉnh Hòa Bình"),
        ("Chủ tịch UBND tỉnh", "", "Chủ tịch UBND tỉnh"),
    ],
)
def test_a_proposal_goes_to_the_office_of_whoever_signs_or_through_the_committee_above(
    signatory, above, asked
):
    assert rules.asked_office(signatory, above) == asked


def test_a_signed_paper_has_no_stamp_but_a_rehearsal_says_it_is_one():
    def words(**how):
        return rules.stamp("Bản thảo 2", datetime(2021, 4, 28, 2, 0, tzinfo=UTC), **how)

    assert (
        words(is_final=False, is_illustrative=False) == "Bản thảo 2; số liệu lúc 09:00 28/04/2021"
    )
    assert (
        words(is_final=False, is_illustrative=True)
        == "Bản thảo 2; số liệu lúc 09:00 28/04/2021; có nội dung minh hoạ"
    )
    assert words(is_final=True, is_illustrative=False) == ""
    assert words(is_final=True, is_illustrative=True) == "Nội dung minh hoạ"


def test_bases_open_and_close_as_the_decree_asks():
    assert rules.bases("Luật Thi đua\n\nTheo đề nghị của Hội đồng.") == [
        "Căn cứ Luật Thi đua;",
        "Theo đề nghị của Hội đồng.",
    ]

    assert rules.bases("Điều 3, Chương X;\nĐiều 4, Chương XI.") == [
        "Căn cứ Điều 3, Chương X;",
        "Căn cứ Điều 4, Chương XI.",
    ]
    assert rules.bases("Theo đề nghị của Hội đồng\nQuyết định số 12/QĐ-SCT") == [
        "Căn cứ Quyết định số 12/QĐ-SCT;",
        "Theo đề nghị của Hội đồng.",
    ]


def test_a_basis_that_waits_to_be_compared_says_so_before_its_stop():
    assert rules.bases("Căn cứ Luật;\nQuy chế của Sở\nNghị định 91.", "Luật\nNghị định 91") == [
        "Căn cứ Luật (chưa đối chiếu);",
        "Căn cứ Quy chế của Sở;",
        "Căn cứ Nghị định 91 (chưa đối chiếu).",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Luật", ["Căn cứ Luật;", "Theo đề nghị của Hội đồng."]),
        ("Luật\n Theo đề nghị của Văn phòng", ["Căn cứ Luật;", "Theo đề nghị của Văn phòng."]),
    ],
)
def test_who_proposes_stands_in_the_bases_once(text, lines):
    assert rules.bases(rules.proposed(text, "Theo đề nghị của Hội đồng")) == lines


@pytest.mark.parametrize(
    ("above", "place"),
    [
        ("Uỷ ban nhân dân huyện Đà Bắc", "Đà Bắc"),
        ("Ủy ban nhân dân thành phố Hòa Bình", "Hòa Bình"),
        ("UBND xã Tu Lý", "Tu Lý"),
        ("Sở Công Thương tỉnh Hòa Bình", "Nơi khác"),
        ("", "Nơi khác"),
    ],
)
def test_an_office_of_a_district_writes_the_name_of_its_district(above, place):
    assert rules.place_of(above, "Nơi khác") == place


def test_who_signs_for_another_writes_it_on_a_line_of_its_own():
    assert (rules.titled("Giám đốc"), rules.titled("KT. Giám đốc / Phó Giám đốc")) == (
        "GIÁM ĐỐC",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    )


def test_a_number_and_its_percent_sign_stay_on_one_line():
    assert rules.unbroken({"a": ["7/8 = 87,50 %", {"b": "từ 99,1 % trở lên"}], "c": 3}) == {
        "a": ["7/8 = 87,50\u00a0%", {"b": "từ 99,1\u00a0% trở lên"}],
        "c": 3,
    }


@pytest.mark.parametrize(
    ("collectives", "people", "words"),
    [
        (3, 5, "03 tập thể và 05 cá nhân"),
        (12, 0, "12 tập thể"),
        (0, 1, "01 cá nhân"),
        (0, 0, "00 tập thể, cá nhân"),
    ],
)
def test_collectives_and_people_are_counted_with_two_digits(collectives, people, words):
    assert rules.counted(collectives, people) == words


def test_an_empty_field_leaves_a_mark_and_a_symbol_needs_no_code():
    assert rules.listed(" \n", is_final=True) == []
    assert (
        rules.listed(" \n"),
        rules.Head().symbol("KH"),
        rules.Head(code="SCT").symbol("KH"),
    ) == (["…"], "KH", "KH-SCT")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((3, 5, 0), "03 tập thể và 05 cá nhân"),
        ((3, 5, 1), "03 tập thể, 01 hộ gia đình và 05 cá nhân"),
        ((0, 0, 2), "02 hộ gia đình"),
        ((0, 0, 0), "00 tập thể, cá nhân"),
    ],
)
def test_households_are_counted_beside_collectives_and_people(numbers, words):
    assert counted(*numbers) == words


def test_one_of_several_roles_is_enough():
    allowed = {Role.ADMIN, Role.SECRETARIAT}
    assert rules.may([Role.SECRETARIAT, Role.COUNCIL_MEMBER], allowed) is True
    assert rules.may([Role.COUNCIL_MEMBER], allowed) is False
    assert rules.may([], allowed) is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nhầm danh sách.", "nhầm danh sách"),
        ("nhầm danh sách ;. ", "nhầm danh sách"),
        ("nhầm khoản 1.2", "nhầm khoản 1.2"),
        ("nhầm Chương X.", "nhầm Chương X"),
        ("", ""),
    ],
)
def test_a_sentence_loses_its_end_where_it_stands_within_another(text, words):
    assert unended(text) == words
