"""Trình bày ngày tháng theo Nghị định 30."""

from datetime import UTC, date, datetime

import pytest

from campaign.papers.rules import date_words, moment_words, spelled, territory_of, written_number


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 3, 2), "ngày 02 tháng 3 năm 2021"),
        (date(2021, 2, 26), "ngày 26 tháng 02 năm 2021"),
        (date(2021, 1, 9), "ngày 09 tháng 01 năm 2021"),
        (date(2021, 10, 10), "ngày 10 tháng 10 năm 2021"),
    ],
)
def test_small_days_and_the_first_two_months_carry_a_zero(day, words):
    assert date_words(day) == words


def test_a_moment_is_written_on_the_clock_of_vietnam():
    assert (
        moment_words(datetime(2021, 5, 4, 18, 5, tzinfo=UTC))
        == "01 giờ 05 phút, ngày 05 tháng 5 năm 2021"
    )


def test_a_moment_within_a_sentence_is_spelled_as_the_decree_asks():
    assert (
        spelled("Bà An, rời họp lúc 09:05 02/01/2021")
        == "Bà An, rời họp lúc 09 giờ 05 phút, ngày 02 tháng 01 năm 2021"
    )
    assert (spelled(""), spelled("12/QĐ-SCT")) == ("", "12/QĐ-SCT")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Sở Công Thương tỉnh Hòa Bình", "Hòa Bình"),
        ("Uỷ ban nhân dân huyện Đà Bắc", "Đà Bắc"),
        ("Sở Nội vụ", ""),
        ("", ""),
    ],
)
def test_the_territory_is_read_from_the_name_of_an_office(name, place):
    assert territory_of(name) == place


@pytest.mark.parametrize(
    ("number", "written"),
    [("5", "05"), ("05", "05"), ("12", "12"), ("00", "00"), ("", ""), ("5a", "5a")],
)
def test_a_number_below_ten_is_written_with_a_zero(number, written):
    assert written_number(number) == written
