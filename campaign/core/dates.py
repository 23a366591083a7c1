"""Ngày giờ: UTC inside, Asia/Ho_Chi_Minh on screen (design decision 25)."""

import calendar
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from campaign.core.errors import refuse
from campaign.core.text import one_line

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY_FIRST = re.compile(r"(?:[Nn]gày )?(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2})( )tháng (\d{1,2}) năm (\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
_HOUR = r"(\d{1,2})(?::| ?giờ ?| ?h ?)(\d{2})?(?: ?phút)?(?::00)?"
_HOUR_FIRST = re.compile(_HOUR + r",? (.+)", re.ASCII | re.IGNORECASE)
_HOUR_LAST = re.compile(r"(.+?)(?:,? |T)" + _HOUR, re.ASCII | re.IGNORECASE)
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2212", "-----")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?$", re.ASCII)
"""Giờ không giờ behind a day, as other programs write one out."""
YEARS = range(1900, 2200)
"""Năm nhận được: 0021 is what is left of 21, and 20211 of a slip."""
MONTHS = 12
_NO_MOMENT = "Hãy nhập giờ và ngày như 14:00 05/05/2021."


FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
"""Ngày nghỉ lễ cố định (tháng, ngày), chưa đối chiếu; those of the lunar calendar and days off in
lieu are the office's to add.
"""


def fixed_holidays(year: int) -> tuple[date, ...]:
    """Ngày nghỉ lễ cố định of a year."""
    return tuple(date(year, month, day) for month, day in FIXED_HOLIDAYS)


def local(moment: datetime) -> datetime:
    """Giờ Việt Nam of an aware moment."""
    return moment.astimezone(VIETNAM)


def local_date(moment: datetime) -> date:
    """Ngày theo giờ Việt Nam."""
    return moment.astimezone(VIETNAM).date()


def parse_date(text: str) -> date:
    """Đọc ngày: 01/12/2026, 1.12.2026, 1-12-2026 or 2026-12-01; the day stands before the month."""
    typed = _MIDNIGHT.sub("", one_line(text).translate(_DASHES)).removesuffix(".")
    year, month, day = _year_month_day(typed)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        refuse(f"Không có ngày {typed}.")
    if read.year not in YEARS:
        refuse(
            f"“{typed}”: năm phải từ {YEARS[0]} đến {YEARS[-1]}. Hãy ghi năm đủ bốn chữ số, "
            "như 26/02/2021."
        )
    return read


def _year_month_day(typed: str) -> tuple[str, str, str]:
    """Năm, tháng, ngày as they are written; of what shows no order nothing is guessed."""
    day_first = _DAY_FIRST.fullmatch(typed) or _IN_WORDS.fullmatch(typed.lower())
    year_first = _YEAR_FIRST.fullmatch(typed)
    if day_first is not None:
        day, _, month, year = day_first.groups()
    elif year_first is not None:
        year, _, month, day = year_first.groups()
    elif _SHORT_YEAR.fullmatch(typed):
        refuse(f"“{typed}”: hãy ghi năm đủ bốn chữ số, như 26/02/2021.")
    else:
        refuse("Hãy nhập ngày như 26/02/2021.")
    return year, month, day


def parse_moment(text: str) -> datetime:
    """Đọc giờ và ngày ở Việt Nam: "14:00 05/05/2021", "14 giờ 05/05/2021" or "2021-05-05T14:00"."""
    typed = one_line(text)
    if (hour_first := _HOUR_FIRST.fullmatch(typed)) is not None:
        hour, minute, day_text = hour_first.groups()
    elif (hour_last := _HOUR_LAST.fullmatch(typed)) is not None:
        day_text, hour, minute = hour_last.groups()
    else:
        refuse(_NO_MOMENT)
    try:
        of_day = time(int(hour), int(minute or 0), tzinfo=VIETNAM)
    except ValueError:
        refuse(_NO_MOMENT)
    return datetime.combine(parse_date(day_text), of_day)


def moved_by_months(day: date, months: int) -> date:
    """Dời ngày theo tháng: 26/02 stays a 26th; the last day of a month stays a last day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


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
