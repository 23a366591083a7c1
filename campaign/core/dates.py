"""Ngày giờ: UTC inside, Asia/Ho_Chi_Minh on screen (design decision 25)."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaign.core.errors import RuleViolation

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MOMENT = re.compile(r"(\d{1,2}):(\d{2})\s+(\S+)")
MONTHS = 12


class DateError(RuleViolation):
    """Ngày không đọc được."""


def local(moment: datetime) -> datetime:
    """Giờ Việt Nam of an aware moment."""
    return moment.astimezone(VIETNAM)


def local_date(moment: datetime) -> date:
    """Ngày theo giờ Việt Nam."""
    return moment.astimezone(VIETNAM).date()


def parse_date(text: str) -> date:
    """Đọc ngày: dd/mm/yyyy."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        message = "Hãy nhập ngày như 26/02/2021."
        raise DateError(message)
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        message = f"Không có ngày {text.strip()}."
        raise DateError(message) from error


def parse_moment(text: str) -> datetime:
    """Đọc giờ và ngày ở Việt Nam: "14:00 05/05/2021"."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - hours and minutes
        message = "Hãy nhập giờ và ngày như 14:00 05/05/2021."
        raise DateError(message)
    day = parse_date(found[3])
    return datetime(day.year, day.month, day.day, int(found[1]), int(found[2]), tzinfo=VIETNAM)


def format_date(day: date) -> str:
    """Viết ngày: 26/02/2021."""
    if isinstance(day, datetime):
        day = local_date(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_time(moment: datetime) -> str:
    """Viết giờ: 14:02."""
    return f"{local(moment):%H:%M}"


def format_moment(moment: datetime) -> str:
    """Viết thời điểm: 14:02 28/04/2021."""
    return f"{format_time(moment)} {format_date(local_date(moment))}"
