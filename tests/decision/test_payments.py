"""Only the highest of several awards is paid."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.decision.payments import EarlierPayment, Money, PayableLine, money, paid_once
from campaign.honours.catalogue import BASE_SALARIES
from campaign.honours.rules import Rounding

SOURCE = "NĐ 152/2025/NĐ-CP Điều 49 khoản 5–7"


def _row(number, amount, *, person="An", is_title=False):
    return PayableLine(
        number, person, is_title, f"Giấy khen {number}", Money(amount, f"phép tính {number}")
    )


def test_of_forms_of_one_person_only_the_highest_is_paid_and_the_others_say_why():
    rows = [_row(1, 450_000), _row(2, 900_000), _row(3, 450_000, person="Bình")]
    assert paid_once(rows, {}, SOURCE) == {
        1: Money(0, f"phép tính 1; chỉ trả mức cao nhất ({SOURCE}), đã tính ở Giấy khen 2: 0"),
        2: Money(900_000, "phép tính 2"),
        3: Money(450_000, "phép tính 3"),
    }


def test_of_equal_awards_the_first_is_paid():
    assert [
        money.amount for money in paid_once([_row(1, 450_000), _row(2, 450_000)], {}, "").values()
    ] == [450_000, 0]


def test_a_title_and_a_form_are_both_paid_and_of_two_titles_one():
    rows = [_row(1, 450_000), _row(2, 450_000, is_title=True), _row(3, 1_490_000, is_title=True)]
    assert {number: money.amount for number, money in paid_once(rows, {}, "").items()} == {
        1: 450_000,
        2: 0,
        3: 1_490_000,
    }


def test_what_was_paid_before_is_taken_off():
    earlier = {
        ("An", False): EarlierPayment(450_000, "12/QĐ-SCT"),
        ("Bình", False): EarlierPayment(900_000, "12/QĐ-SCT"),
        ("Chi", False): EarlierPayment(0, "12/QĐ-SCT"),
    }
    rows = [_row(1, 1_490_000), _row(2, 450_000, person="Bình"), _row(3, 450_000, person="Chi")]
    assert paid_once(rows, earlier, "") == {
        1: Money(
            1_040_000,
            "phép tính 1; chỉ trả mức cao nhất, đã trả 450.000 theo Quyết định số 12/QĐ-SCT: "
            "1.490.000 − 450.000 = 1.040.000",
        ),
        2: Money(
            0, "phép tính 2; chỉ trả mức cao nhất, đã trả 900.000 theo Quyết định số 12/QĐ-SCT: 0"
        ),
        3: Money(450_000, "phép tính 3"),
    }


COEFFICIENT = Decimal("0.3")


@pytest.mark.parametrize(
    ("salary", "individual", "collective"),
    [
        (1_490_000, 450_000, 900_000),
        (1_800_000, 540_000, 1_080_000),
        (2_340_000, 710_000, 1_410_000),
        (2_530_000, 760_000, 1_520_000),
        (1_390_000, 420_000, 840_000),
    ],
)
def test_the_money_of_a_certificate_rounded_up(salary, individual, collective):
    assert (
        money(salary, COEFFICIENT, 1, Rounding.CEIL_10000).amount,
        money(salary, COEFFICIENT, 2, Rounding.CEIL_10000).amount,
    ) == (individual, collective)


@pytest.mark.parametrize(
    ("coefficient", "factor", "rounding", "amount"),
    [
        ("0.3", 1, Rounding.NONE, 447_000),
        ("0.3", 2, Rounding.NONE, 894_000),
        ("0.3", 1, Rounding.NEAREST_10000, 450_000),
        ("0.3", 2, Rounding.NEAREST_10000, 890_000),
        ("0.15", 1, Rounding.NEAREST_10000, 220_000),
        ("1", 1, Rounding.CEIL_10000, 1_490_000),
        ("1", 2, Rounding.CEIL_10000, 2_980_000),
        ("8", 1, Rounding.CEIL_10000, 11_920_000),
    ],
)
def test_the_money_of_may_2021(coefficient, factor, rounding, amount):
    assert money(1_490_000, Decimal(coefficient), factor, rounding).amount == amount


def test_the_arithmetic_is_shown():
    assert money(1_490_000, COEFFICIENT, 2, Rounding.CEIL_10000).steps == (
        "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000"
    )
    assert (
        money(1_490_000, Decimal("1.00"), 1, Rounding.CEIL_10000).steps
        == "1.490.000 × 1 = 1.490.000"
    )
    assert (
        money(1_490_000, Decimal("10.00"), 1, Rounding.CEIL_10000).steps
        == "1.490.000 × 10 = 14.900.000"
    )
    assert money(1_490_050, Decimal("0.33"), 1, Rounding.NONE).steps == (
        "1.490.050 × 0,33 = 491.716,5, không làm tròn: 491.717"
    )


@given(
    salary=st.sampled_from([amount for _, amount, _ in BASE_SALARIES]),
    hundredths=st.integers(1, 1000),
    factor=st.integers(1, 3),
    rounding=st.sampled_from(Rounding),
)
def test_rounding_never_strays_further_than_it_may(salary, hundredths, factor, rounding):
    raw = Fraction(salary * hundredths * factor, 100)
    amount = money(salary, Decimal(hundredths) / 100, factor, rounding).amount
    off = amount - raw
    match rounding:
        case Rounding.CEIL_10000:
            assert amount % 10_000 == 0
            assert 0 <= off < 10_000
        case Rounding.NEAREST_10000:
            assert amount % 10_000 == 0
            assert -5_000 < off <= 5_000
        case Rounding.NONE:
            assert abs(off) <= Fraction(1, 2)
