"""Notice, official order, corrections and titles; on every edge."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.decision.rules import (
    DecisionEntry,
    LineFacts,
    Order,
    Signature,
    about_whom,
    corrections,
    listing,
    notice_ends,
    official_order,
    signature,
)
from campaign.honours.rules import Subject


@pytest.mark.parametrize(
    ("days", "working", "holidays", "expected"),
    [
        (3, True, (), date(2021, 5, 18)),
        (3, False, (), date(2021, 5, 16)),
        (0, True, (), date(2021, 5, 13)),
        (1, True, (date(2021, 5, 14),), date(2021, 5, 17)),
    ],
)
def test_a_notice_lasts_full_days_after_its_posting(days, working, holidays, expected):
    assert notice_ends(date(2021, 5, 13), days, working=working, holidays=holidays) == expected


ROWS = [
    DecisionEntry(1, Subject.INDIVIDUAL, 2, "anh"),
    DecisionEntry(2, Subject.COLLECTIVE, 2, "phong"),
    DecisionEntry(3, Subject.INDIVIDUAL, 1, "yen"),
    DecisionEntry(4, Subject.COLLECTIVE, 1, "zz"),
    DecisionEntry(5, Subject.INDIVIDUAL, None, "binh"),
]


@pytest.mark.parametrize(
    ("order", "expected"), [(Order.RANK, [4, 2, 3, 1, 5]), (Order.NAME, [4, 2, 1, 5, 3])]
)
def test_collectives_stand_first_then_people(order, expected):
    assert official_order(ROWS, order) == expected


ENTRY = LineFacts("Ông Trần An", "Chuyên viên", "Phòng A", "Giấy khen", 450_000)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (ENTRY, []),
        (replace(ENTRY, name="Bà Trần An"), ["tên: “Ông Trần An” nay sửa thành “Bà Trần An”"]),
        (
            replace(ENTRY, job="", unit="Phòng B"),
            ["chức vụ: bỏ “Chuyên viên”", "đơn vị: “Phòng A” nay sửa thành “Phòng B”"],
        ),
        (
            replace(ENTRY, award_type="Bằng khen", amount=1_490_000),
            [
                "hình thức: “Giấy khen” nay sửa thành “Bằng khen”",
                "tiền thưởng: “450.000 đồng” nay sửa thành “1.490.000 đồng”",
            ],
        ),
    ],
)
def test_a_correction_says_each_fact_as_it_was_and_as_it_is(after, words):
    assert [correction.words for correction in corrections(ENTRY, after)] == words


def test_what_was_not_written_is_added():
    (correction,) = corrections(replace(ENTRY, job=""), ENTRY)
    assert (correction.words, correction.is_money) == ("chức vụ: bổ sung “Chuyên viên”", False)
    (money_,) = corrections(ENTRY, replace(ENTRY, amount=0))
    assert (money_.words, money_.is_money) == ("tiền thưởng: bỏ “450.000 đồng”", True)


@pytest.mark.parametrize(
    ("collectives", "people", "words"),
    [
        (["Phòng A"], [], "Phòng A"),
        (["Phòng A"], ["Ông An", "Bà Bình"], "Phòng A, Ông An, Bà Bình"),
        (["A", "B", "C", "D"], [], "04 tập thể"),
        (["A"], ["B", "C", "D"], "01 tập thể và 03 cá nhân"),
    ],
)
def test_a_title_names_few_and_counts_many(collectives, people, words):
    assert about_whom(collectives, people) == words


@pytest.mark.parametrize(
    ("signers", "scan", "found"),
    [
        (True, False, Signature.SIGNER),
        (True, True, Signature.SIGNER),
        (False, True, Signature.SCAN),
        (False, False, None),
    ],
)
def test_a_signature_rests_on_the_signers_side_or_on_the_scan(signers, scan, found):
    assert signature(by_signers_side=signers, has_scan=scan) is found


def test_of_many_awarded_it_is_said_how_many_of_each_kind():
    assert (
        about_whom(["A", "B"], ["An"], ["Hộ ông Bình", "Hộ bà Chi"])
        == "02 tập thể, 02 hộ gia đình và 01 cá nhân"
    )
    assert about_whom(["A"], ["An"], ["Hộ ông Bình"]) == "A, Hộ ông Bình, An"
    assert [listing(parts) for parts in ([], ["A"], ["A", "B"])] == ["", "A", "A và B"]
