"""When a round is over, and what is told of an answer."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaign.clarification.rules import Outcome, Stage, Told, is_first, last_day, over_words, stage

DUE = date(2021, 5, 10)


def test_the_last_day_is_so_many_days_after_the_opening():
    assert last_day(date(2021, 4, 28), 5) == date(2021, 5, 3)


@pytest.mark.parametrize(
    ("answers", "has_replied", "is_closed", "today", "expected"),
    [
        (0, False, False, date(2021, 5, 10), Stage.ANSWERING),
        (2, False, False, date(2021, 5, 10), Stage.ANSWERING),
        (0, False, False, date(2021, 5, 11), Stage.SILENT),
        (2, False, False, date(2021, 5, 11), Stage.SETTLING),
        (0, True, False, date(2021, 5, 2), Stage.ACCEPTED),
        (0, True, False, date(2021, 5, 11), Stage.ACCEPTED),
        (1, True, False, date(2021, 5, 2), Stage.SETTLING),
        (1, True, True, date(2021, 5, 2), Stage.SETTLED),
        (1, False, True, date(2021, 5, 12), Stage.SETTLED),
    ],
)
def test_a_round_is_as_far_as_unit_verifier_and_calendar_made_it(
    answers, has_replied, is_closed, today, expected
):
    at = stage(
        due_on=DUE, answers=answers, has_replied=has_replied, is_closed=is_closed, today=today
    )
    assert at is expected
    assert at.is_over is (expected in {Stage.ACCEPTED, Stage.SILENT, Stage.SETTLED})


@pytest.mark.parametrize(
    ("typed", "value", "points", "to", "same"),
    [
        ("44.5", "44.5", None, "10", True),
        ("8", "8", "12", "15", True),
        ("12", "8", "12", "15", False),
        ("8", None, "12", "15", True),
        ("7.5", None, "7.5", "15", False),
        ("5", None, "7.5", "15", True),
        ("5", None, None, "15", False),
    ],
)
def test_a_new_number_is_compared_with_the_first_on_one_scale(typed, value, points, to, same):
    value, points = (None if text is None else D(text) for text in (value, points))
    assert is_first(D(typed), value, points, (D(10), D(to)), 2) is same


def test_an_answer_is_told_with_both_verifications():
    told = Told(
        D("8.5"), "99,5 %", "Số của Cục Thống kê là 99,82 %", 2, Outcome.AGREED, D("9.25"),
        "99,82 %", "Đối chiếu niên giám, công nhận.", 2,
    )  # fmt: skip
    assert told.lines == (
        "Thẩm định lần một: 8,50 điểm (99,5 %)",
        "Đơn vị giải trình: Số của Cục Thống kê là 99,82 % (kèm 2 minh chứng)",
        (
            "Thẩm định lần hai: 9,25 điểm (99,82 %); đồng ý với giải trình: Đối chiếu niên giám, "
            "công nhận"
        ),
    )


def test_an_answer_that_waits_is_told_as_one():
    told = Told(None, "", "Chưa tính đủ", 0, None, None, "", "", 2)
    assert told.lines == (
        "Thẩm định lần một: chưa có điểm",
        "Đơn vị giải trình: Chưa tính đủ",
        "Chưa thẩm định lần hai",
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Stage.ACCEPTED, "Đơn vị chấp nhận kết quả thẩm định."),
        (
            Stage.SILENT,
            (
                "Đến hết ngày 10/05/2021 đơn vị không có ý kiến, coi như chấp nhận kết quả "
                "thẩm định."
            ),
        ),
        (
            Stage.SETTLED,
            "Đơn vị đã giải trình; kết quả thẩm định lần hai là kết quả cuối cùng.",
        ),
        (Stage.UNOPENED, "Chưa mở giải trình."),
        (Stage.ANSWERING, "Chưa xong giải trình."),
        (Stage.SETTLING, "Chưa xong giải trình."),
    ],
)
def test_how_a_round_ended_is_one_sentence(at, words):
    assert over_words(at, DUE) == words


def test_a_round_is_coloured_by_how_it_stands():
    assert {at.name: at.tone for at in Stage} == {
        "UNOPENED": "neutral",
        "ANSWERING": "warn",
        "SETTLING": "warn",
        "ACCEPTED": "ok",
        "SILENT": "ok",
        "SETTLED": "ok",
    }
