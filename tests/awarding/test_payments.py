"""Only the highest of several awards is paid."""

from campaign.decision.payments import Money, Paid, Payable, paid_once

SOURCE = "NĐ 152/2025/NĐ-CP Điều 49 khoản 5–7"


def _row(number, amount, *, person="An", is_title=False):
    return Payable(
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
        ("An", False): Paid(450_000, "12/QĐ-SCT"),
        ("Bình", False): Paid(900_000, "12/QĐ-SCT"),
        ("Chi", False): Paid(0, "12/QĐ-SCT"),
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
