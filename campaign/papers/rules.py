"""Quy tắc giấy tờ: dates as Nghị định 30/2020/NĐ-CP writes them, and numbers as spreadsheets hold them; pure."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.core.dates import VIETNAM
from campaign.core.numbers import NumberError, check_decimal, parse_decimal

FIRST_TWO_MONTHS = 2
TWO_DIGITS = 10


def date_words(day: date) -> str:
    """Ngày tháng năm ban hành: days below 10 and the months 1 and 2 carry a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    day_part = f"{day.day:02d}" if day.day < TWO_DIGITS else str(day.day)
    month_part = f"{day.month:02d}" if day.month <= FIRST_TWO_MONTHS else str(day.month)
    return f"ngày {day_part} tháng {month_part} năm {day.year}"


def moment_words(moment: datetime) -> str:
    """Giờ và ngày of a moment on the clock of Việt Nam: "14 giờ 00 phút, ngày 11 tháng 5 năm 2021"."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {date_words(local.date())}"


def written_number(number: str) -> str:
    """Số văn bản: a number below 10 is written with a zero before it (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"0{number}" if re.fullmatch(r"[1-9]", number) else number


_MOMENT = re.compile(r"(\d{2}):(\d{2}) (\d{2})/(\d{2})/(\d{4})")


def spelled(text: str) -> str:
    """Giờ và ngày trong câu: "14:00 11/05/2021" as "14 giờ 00 phút, ngày 11 tháng 5 năm 2021", wherever it stands."""
    def words(found: re.Match[str]) -> str:
        hour, minute, day, month, year = map(int, found.groups())
        return f"{hour:02d} giờ {minute:02d} phút, {date_words(date(year, month, day))}"

    return _MOMENT.sub(words, text)


_TERRITORY = re.compile(r"\b(?:tỉnh|thành phố|thị xã|huyện|quận)\s+(?=\w)(.+)$", re.IGNORECASE)


def territory_of(name: str) -> str:
    """Địa danh trong tên cơ quan: "Sở Công Thương tỉnh Hòa Bình" sits in Hòa Bình; nothing where no territory is named."""
    found = _TERRITORY.search(name.strip())
    return found[1] if found else ""


_THREE_AFTER_ONE_MARK = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_LETTERS = 26


def column_name(number: int) -> str:
    """Tên cột: 1 is A, 27 is AA."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def number_in(cell: object, **limits: Any) -> Decimal:
    """Số trong một ô bảng tính: a number as it is; a text only where it can be read in one way.

    "1.218" typed as text is 1218 to one and 1,218 to another: asked about, like "8.5". Raises NumberError.
    """
    if isinstance(cell, Decimal):
        check_decimal(cell, **limits)
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    if not text:
        message = "Ô này phải là một số."
        raise NumberError(message)
    if text.endswith("%"):
        seen = text[:-1].strip().replace(".", ",")
        message = f"“{seen} %” là {seen} hay một phần trăm của số đó? Hãy bỏ định dạng phần trăm và nhập số {seen}."
        raise NumberError(message)
    if _THREE_AFTER_ONE_MARK.fullmatch(text):
        whole, part = re.split(r"[.,]", text)
        message = f"“{text}” là {whole}{part} hay {whole},{part}? Hãy nhập lại thành số, không phải chữ."
        raise NumberError(message)
    return parse_decimal(text, **limits)
