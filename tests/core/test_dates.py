"""Days and moments as Vietnamese type and read them."""

from datetime import UTC, date, datetime

import pytest

from campaign.core.dates import format_moment, parse_date, parse_moment
from campaign.core.errors import RuleViolation


def test_a_moment_is_read_in_vietnam_and_written_back():
    moment = parse_moment(" 14:00 05/05/2021 ")
    assert moment.astimezone(UTC) == datetime(2021, 5, 5, 7, 0, tzinfo=UTC)
    assert format_moment(moment) == "14:00 05/05/2021"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("05/05/2021", "Hãy nhập giờ và ngày như 14:00 05/05/2021."),
        ("24:00 05/05/2021", "Hãy nhập giờ và ngày như"),
        ("14:61 05/05/2021", "Hãy nhập giờ và ngày như"),
        ("14:00 31/02/2021", "Không có ngày 31/02/2021."),
    ],
)
def test_what_is_no_moment_is_refused(typed, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        parse_moment(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "14:00 5.5.2021",
        "14h 05-05-2021",
        "14h00, 05/05/2021",
        "14 giờ 00 phút, ngày 5 tháng 5 năm 2021",
        "2021-05-05T14:00",
        "2021-05-05T14:00:00",
        "05/05/2021 14:00",
        "14 giờ 05/05/2021",
    ],
)
def test_hour_and_day_are_read_however_they_are_written(typed):
    assert parse_moment(typed) == datetime(2021, 5, 5, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "05/05/2021 00:00",
        "2021-05-05T00:00:00",
        "2021-05-05 00:00:00",
        "ngày 5/5/2021",
        "05.05.2021.",
    ],
)
def test_a_day_is_read_with_what_other_programs_and_habits_write_beside_it(typed):
    assert parse_date(typed) == date(2021, 5, 5)


@pytest.mark.parametrize("typed", ["05/05/0021", "0021-05-05", "1/1/1000", "31/12/9999"])
def test_a_year_nobody_means_is_asked_about(typed):
    with pytest.raises(RuleViolation) as refused:
        parse_date(typed)
    assert str(refused.value) == (
        f"“{typed}”: năm phải từ 1900 đến 2199. Hãy ghi năm đủ bốn chữ số, như 26/02/2021."
    )
