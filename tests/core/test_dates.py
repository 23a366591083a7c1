"""Days and moments as Vietnamese type and read them."""

from datetime import UTC, date, datetime

import pytest

from campaign.core.dates import (
    format_date,
    format_moment,
    format_time,
    local,
    local_date,
    moved_by_months,
    parse_date,
    parse_moment,
)
from campaign.core.errors import RuleViolation


def test_a_moment_is_read_in_vietnam_and_written_back():
    moment = parse_moment(" 14:00 05/05/2021 ")
    assert moment.astimezone(UTC) == datetime(2021, 5, 5, 7, 0, tzinfo=UTC)
    assert format_moment(moment) == "14:00 05/05/2021"


_NO_MOMENT = "Hãy nhập giờ và ngày như 14:00 05/05/2021."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", _NO_MOMENT),
        ("05/05/2021", _NO_MOMENT),
        ("24:00 05/05/2021", _NO_MOMENT),
        ("14:60 05/05/2021", _NO_MOMENT),
        ("05/05/2021 24:00", _NO_MOMENT),
        ("14:00 31/02/2021", "Không có ngày 31/02/2021."),
        ("14:00 mai", "Hãy nhập ngày như 26/02/2021."),
    ],
)
def test_what_is_no_moment_is_refused(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        parse_moment(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("23:59 05/05/2021", 23, 59),
        ("0:00 05/05/2021", 0, 0),
        ("7h 05/05/2021", 7, 0),
        ("7h05, 05/05/2021", 7, 5),
        ("05/05/2021 23:59", 23, 59),
        ("2021-05-05T07:30", 7, 30),
    ],
)
def test_a_moment_is_of_vietnam_to_the_minute(typed, hour, minute):
    moment = parse_moment(typed)
    assert (moment.isoformat(), str(moment.tzinfo)) == (
        f"2021-05-05T{hour:02d}:{minute:02d}:00+07:00",
        "Asia/Ho_Chi_Minh",
    )


LATE = datetime(2021, 5, 4, 17, 30, tzinfo=UTC)


def test_a_day_begins_at_midnight_in_vietnam():
    assert local(LATE).isoformat() == "2021-05-05T00:30:00+07:00"
    assert local_date(LATE) == date(2021, 5, 5)
    assert local_date(datetime(2021, 5, 4, 16, 59, tzinfo=UTC)) == date(2021, 5, 4)


def test_days_and_hours_are_written_with_leading_zeros():
    assert (format_date(date(2021, 2, 3)), format_date(LATE)) == ("03/02/2021", "05/05/2021")
    assert (format_time(LATE), format_moment(LATE)) == ("00:30", "00:30 05/05/2021")


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


@pytest.mark.parametrize(
    "typed", ["05/05/0021", "0021-05-05", "1/1/1000", "31/12/9999", "31/12/1899", "1/1/2200"]
)
def test_a_year_nobody_means_is_asked_about(typed):
    with pytest.raises(RuleViolation) as refused:
        parse_date(typed)
    assert str(refused.value) == (
        f"“{typed}”: năm phải từ 1900 đến 2199. Hãy ghi năm đủ bốn chữ số, như 26/02/2021."
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("26/02/2021", date(2021, 2, 26)),
        ("2/3/2021", date(2021, 3, 2)),
        (" 30/04/2021 ", date(2021, 4, 30)),
        ("1.12.2026", date(2026, 12, 1)),
        ("1-12-2026", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("01. 12. 2026", date(2026, 12, 1)),
        ("1–12–2026", date(2026, 12, 1)),
        ("1/12/\u200b2026", date(2026, 12, 1)),
        ("Ngày 01 tháng 12 năm 2026", date(2026, 12, 1)),
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2199", date(2199, 12, 31)),
    ],
)
def test_dates_are_read_day_first(typed, day):
    assert parse_date(typed) == day
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy nhập ngày như 26/02/2021."),
        ("30/02/2021", "Không có ngày 30/02/2021."),
        ("30/04", "Hãy nhập ngày như 26/02/2021."),
        ("04/30/2021", "Không có ngày 04/30/2021."),
        ("ngày mai", "Hãy nhập ngày như 26/02/2021."),
        ("1.12-2026", "Hãy nhập ngày như 26/02/2021."),
        ("30/04/21", "“30/04/21”: hãy ghi năm đủ bốn chữ số, như 26/02/2021."),
        ("2026-02-30", "Không có ngày 2026-02-30."),
        ("1.1.0000", "Không có ngày 1.1.0000."),
        ("29.2.2025", "Không có ngày 29.2.2025."),
        ("１/２/２０２１" * 9, "Hãy nhập ngày như 26/02/2021."),
    ],
)
def test_what_is_no_date_is_refused(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        parse_date(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2021, 2, 26), 12, date(2022, 2, 26)),
        (date(2021, 4, 30), 12, date(2022, 4, 30)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 28), 12, date(2025, 2, 28)),
        (date(2026, 4, 30), 1, date(2026, 5, 31)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_a_day_is_moved_by_months_and_a_last_day_stays_one(day, months, moved):
    assert moved_by_months(day, months) == moved
