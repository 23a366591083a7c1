"""Trình bày ngày tháng theo Nghị định 30."""

from datetime import date

import pytest

from campaign.papers.rules import date_words


@pytest.mark.parametrize(("day", "words"), [
    (date(2021, 3, 2), "ngày 02 tháng 3 năm 2021"),
    (date(2021, 2, 26), "ngày 26 tháng 02 năm 2021"),
    (date(2021, 1, 9), "ngày 09 tháng 01 năm 2021"),
    (date(2021, 10, 10), "ngày 10 tháng 10 năm 2021"),
])
def test_small_days_and_the_first_two_months_carry_a_zero(day, words):
    assert date_words(day) == words
