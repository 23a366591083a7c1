"""Trình bày ngày tháng theo Nghị định 30."""

from datetime import UTC, date, datetime

import pytest

from campaign.papers.rules import date_words, moment_words


@pytest.mark.parametrize(("day", "words"), [
    (date(2021, 3, 2), "ngày 02 tháng 3 năm 2021"),
    (date(2021, 2, 26), "ngày 26 tháng 02 năm 2021"),
    (date(2021, 1, 9), "ngày 09 tháng 01 năm 2021"),
    (date(2021, 10, 10), "ngày 10 tháng 10 năm 2021"),
])
def test_small_days_and_the_first_two_months_carry_a_zero(day, words):
    assert date_words(day) == words


def test_a_moment_is_written_on_the_clock_of_vietnam():
    assert moment_words(datetime(2021, 5, 4, 18, 5, tzinfo=UTC)) == "01 giờ 05 phút, ngày 05 tháng 5 năm 2021"
