"""Quy tắc giấy tờ: dates as Nghị định 30/2020/NĐ-CP writes them, numbers as in sheets; pure."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from campaign.core.dates import VIETNAM, format_date, parse_date
from campaign.core.errors import refuse
from campaign.core.numbers import NumberError, check_decimal, format_decimal, parse_decimal

FIRST_TWO_MONTHS = 2


def date_words(day: date) -> str:
    """Ngày tháng năm ban hành: days below 10 and the months 1 and 2 carry a zero (Nghị định
    30/2020/NĐ-CP, Phụ lục I).
    """
    month_part = f"{day.month:02d}" if day.month <= FIRST_TWO_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month_part} năm {day.year}"


def moment_words(moment: datetime) -> str:
    """Giờ và ngày of a moment in Việt Nam: "14 giờ 00 phút, ngày 11 tháng 5 năm 2021"."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {date_words(local.date())}"


def written_number(number: str) -> str:
    """Số văn bản: below 10 with a zero before it (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"0{number}" if re.fullmatch(r"[1-9]", number) else number


_MOMENT = re.compile(r"(\d{2}):(\d{2}) (\d{2})/(\d{2})/(\d{4})")


def spelled(text: str) -> str:
    """Giờ và ngày trong câu: "14:00 11/05/2021" as "14 giờ 00 phút, ngày 11 tháng 5 năm 2021",
    wherever it stands.
    """

    def words(match: re.Match[str]) -> str:
        hour, minute, day, month, year = map(int, match.groups())
        return f"{hour:02d} giờ {minute:02d} phút, {date_words(date(year, month, day))}"

    return _MOMENT.sub(words, text)


_DRIVES = ("phong trào", "đợt thi đua")


def drive_words(title: str) -> str:
    """Tên phong trào trong câu: a title that opens with "Phong trào" is not called one twice."""
    if title.casefold().startswith(_DRIVES):
        return f"{title[:1].lower()}{title[1:]}"
    return f"phong trào thi đua “{title}”"


_TERRITORY = re.compile(r"\b(?:tỉnh|thành phố|thị xã|huyện|quận)\s+(?=\w)(.+)$", re.IGNORECASE)


def territory_of(name: str) -> str:
    """Địa danh trong tên cơ quan: "Sở Công Thương tỉnh Hòa Bình" sits in Hòa Bình; nothing where no
    territory is named.
    """
    match = _TERRITORY.search(name.strip())
    return match[1] if match else ""


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

    "1.218" typed as text is 1218 to one and 1,218 to another, where decimals are allowed: asked
    about,
    like "8.5". Raises NumberError.
    """
    if isinstance(cell, Decimal):
        check_decimal(cell, **limits)
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    if not text:
        raise NumberError(_no_number(cell))
    is_whole = limits.get("decimals") == 0 and "." in text
    if problem := _per_cent(text) or ("" if is_whole else _two_numbers(text)):
        raise NumberError(problem)
    return parse_decimal(text, **limits)


def _no_number(cell: object) -> str:
    """What is asked for instead of nothing, a day or a truth value."""
    message = "Ô này phải là một số."
    turned = _turned(cell)
    return f"{message} {turned} Hãy đặt định dạng ô là số rồi nhập lại." if turned else message


def _per_cent(text: str) -> str:
    """What is asked about a number with a sign of per cent; nothing of another."""
    seen = text.rstrip("% ").replace(".", ",")
    if not text.endswith("%") or not re.search(r"\d\Z", seen):
        return ""
    return (
        f"“{seen} %” là {seen} hay một phần trăm của số đó? Hãy bỏ định dạng phần trăm và "
        f"nhập số {seen}."
    )


def _two_numbers(text: str) -> str:
    """What is asked about a text that is two numbers to two readers; nothing of another."""
    if not _THREE_AFTER_ONE_MARK.fullmatch(text):
        return ""
    whole, part = re.split(r"[.,]", text)
    return f"“{text}” là {whole}{part} hay {whole},{part}? Hãy nhập lại thành số, không phải chữ."


def _turned(cell: object) -> str:
    """What Excel has made of what was typed, in a sentence; nothing of text and numbers."""
    if isinstance(cell, bool):
        return f"Trong tệp đây là giá trị logic {'TRUE (đúng)' if cell else 'FALSE (sai)'}."
    if isinstance(cell, date):
        return f"Trong tệp đây là ngày {_day_words(cell)}; có thể Excel đã tự đổi nội dung ô."
    if isinstance(cell, time):
        return f"Trong tệp đây là giờ {cell:%H:%M:%S}; có thể Excel đã tự đổi nội dung ô."
    return ""


def written(cell: object) -> str:
    """Nội dung ô as a person reads it, whatever it is; nothing of an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Decimal):
        return format_decimal(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}"
    return _day_words(cell) if isinstance(cell, date) else str(cell)


def _day_words(day: date) -> str:
    """The day as the file has it, on no clock but its own."""
    words = format_date(date(day.year, day.month, day.day))
    return f"{words} {day:%H:%M}" if isinstance(day, datetime) else words


MOST_EXACT = 15
"""Excel giữ 15 chữ số of a number; what comes after them is zeros."""


def text_in(cell: object, shown: str = "") -> str:
    """Chữ trong một ô bảng tính; `shown` is what the cell shows of a number. Raises RuleViolation.

    What was typed as "10/5" and is a date in the file is asked about, never written as a date.
    """
    turned = _turned(cell)
    if turned:
        asked = "Ô này phải là chữ."
        refuse(
            f"{asked} {turned} Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại đúng nội dung."
        )
    if not isinstance(cell, Decimal):
        return "" if cell is None else str(cell)
    return shown or _digits(cell)


def _digits(number: Decimal) -> str:
    """The digits of a number that was meant as text; refused where Excel has lost some."""
    if number.adjusted() >= MOST_EXACT:
        refuse(
            f"Ô này phải là chữ. Excel chỉ giữ {MOST_EXACT} chữ số đầu của một số dài. "
            "Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại đủ các chữ số."
        )
    text = format_decimal(number)
    return text.replace(".", "") if number == number.to_integral_value() else text


_FIRST_DAY = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
"""Ngày viết thành số trong Excel: 1927 to 2119."""


def day_in(cell: object) -> date:
    """Ngày trong một ô bảng tính: a date of the file, or text that can be read as one. Raises
    RuleViolation.

    A number is asked about: 44561 may be 31/12/2021, or something else altogether.
    """
    if isinstance(cell, date):
        return parse_date(format_date(date(cell.year, cell.month, cell.day)))
    if isinstance(cell, Decimal):
        refuse(_number_for_day(cell))
    turned = _turned(cell)
    if turned:
        refuse(f"Ô này phải là ngày. {turned} Hãy nhập ngày như 26/02/2021.")
    return parse_date(str(cell))


def _number_for_day(number: Decimal) -> str:
    """What is asked about a number where a day belongs: the day Excel would show for it."""
    seen = format_decimal(number).replace(".", "")
    if number != number.to_integral_value() or int(number) not in _SERIALS:
        return f"“{seen}” là số, không phải ngày. Hãy nhập ngày như 26/02/2021."
    day = format_date(_FIRST_DAY + timedelta(days=int(number)))
    return (
        f"“{seen}” là số; có phải là ngày {day} không? "
        "Hãy đặt định dạng ô là ngày (Date) rồi gửi lại."
    )
