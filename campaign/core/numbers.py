"""Số: read strictly and written the Vietnamese way: 44.462 and 99,82 (design decision 2)."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from campaign.core.errors import RuleViolation
from campaign.core.text import one_line

MAX_DIGITS = 14
ZERO = Decimal(0)
_PLAIN = re.compile(r"\d+(,\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}([. ])\d{3}(\1\d{3})*(,\d+)?")
_ONE_DOT = re.compile(r"\d+\.\d+")
_ALLOWED = re.compile(r"[0-9., ]+")
_COMMA_BEFORE_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_MARKS_SWAPPED = str.maketrans(".,", ",.")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2212", "-----")


class NumberError(RuleViolation):
    """Số không đọc được: the sentence says what is wrong and what may have been meant."""


def parse_decimal(
    text: str,
    *,
    decimals: int | None = None,
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
) -> Decimal:
    """Đọc số: "44.462" is 44462, "99,82" is 99.82; "8.5" and "44,462" are asked about, never
    guessed.
    """
    value = _read_decimal(text, decimals, minimum, maximum)
    check_decimal(value, decimals=decimals, minimum=minimum, maximum=maximum)
    return value


def _read_decimal(
    text: str, decimals: int | None, minimum: Decimal | None, maximum: Decimal | None
) -> Decimal:
    """The number that is typed; the limits tell what else it might have been."""
    shown = one_line(text)
    sign, digits = _signed(shown.translate(_DASHES))
    if not digits:
        message = "Hãy nhập một số."
        raise NumberError(message)
    if not _ALLOWED.fullmatch(digits):
        raise NumberError(_beside(shown, digits))
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        raise NumberError(_question(shown, digits))
    value = Decimal(sign + re.sub(r"[. ]", "", digits).replace(",", "."))
    if _COMMA_BEFORE_THREE.fullmatch(digits):
        _refuse_doubtful(shown, value, decimals, minimum, maximum)
    return value or ZERO


def _signed(typed: str) -> tuple[str, str]:
    if typed[:1] in {"-", "+"}:
        return ("-" if typed[0] == "-" else ""), typed[1:].lstrip()
    return "", typed


def _beside(typed: str, digits: str) -> str:
    """What is said of a text that is no number: of one with a sign of per cent, to leave it out."""
    number = digits.rstrip("% ")
    if not digits.endswith("%") or not _ALLOWED.fullmatch(number):
        return f"“{typed}” không phải là số. Hãy nhập như 44.462 hoặc 99,82."
    shown = typed.rstrip("% ")
    if not (_PLAIN.fullmatch(number) or _GROUPED.fullmatch(number)):
        return f"{_question(shown, number)} Hãy bỏ dấu %."
    return f"“{typed}”: hãy bỏ dấu %, chỉ nhập {shown}."


def _question(typed: str, digits: str) -> str:
    if _ONE_DOT.fullmatch(digits):
        return (
            f"“{typed}” có phải là “{typed.replace('.', ',')}” không? Dấu phẩy ngăn phần thập phân."
        )
    if _ENGLISH.fullmatch(digits):
        meant = typed.translate(_MARKS_SWAPPED)
        return (
            f"“{typed}” có phải là “{meant}” không? Dấu chấm ngăn từng nhóm ba chữ số, "
            "dấu phẩy ngăn phần thập phân."
        )
    return (
        f"“{typed}” viết chưa đúng. Dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn phần thập "
        "phân."
    )


def _refuse_doubtful(
    typed: str,
    value: Decimal,
    decimals: int | None,
    minimum: Decimal | None,
    maximum: Decimal | None,
) -> None:
    """Dấu phẩy trước ba chữ số: thousands to whoever writes as the English do, where such a number
    fits.
    """
    if not _is_within(value * 1000, minimum, maximum):
        return
    message = _thousands_question(typed)
    if decimals is None or decimals > 2:  # noqa: PLR2004 - three digits may be decimals
        message += f" Nếu đúng là số thập phân, hãy ghi “{typed}0”."
    raise NumberError(message)


def _is_within(value: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> bool:
    return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)


def _thousands_question(typed: str) -> str:
    return (
        f"“{typed}” có phải là “{typed.replace(',', '.')}” không? Dấu chấm ngăn từng nhóm ba "
        "chữ số."
    )


def check_decimal(
    value: Decimal,
    *,
    decimals: int | None = None,
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
) -> None:
    """Giới hạn của số: its size, its decimals but for zeros at their end, its bounds."""
    _check_digits(value, decimals)
    if minimum is not None and value < minimum:
        message = f"Số phải từ {format_decimal(minimum)} trở lên."
        raise NumberError(message)
    if maximum is not None and value > maximum:
        message = f"Số phải không quá {format_decimal(maximum)}."
        raise NumberError(message)


def _check_digits(value: Decimal, decimals: int | None) -> None:
    """As many before and behind the comma as there may be."""
    if value.adjusted() >= MAX_DIGITS:
        message = f"Số quá lớn: nhiều nhất {MAX_DIGITS} chữ số trước dấu phẩy."
        raise NumberError(message)
    if decimals is not None and decimals_of(value) > decimals:
        message = (
            f"Nhiều nhất {decimals} chữ số sau dấu phẩy."
            if decimals
            else "Số này phải là số nguyên."
        )
        raise NumberError(message)


def decimals_of(value: Decimal) -> int:
    """Số chữ số sau dấu phẩy; zeros at the end are none."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """Làm tròn, a half up; a value with no more digits than that stays as it is."""
    if decimals_of(value) <= decimals:
        return value
    return value.quantize(Decimal(f"1E-{decimals}"), ROUND_HALF_UP)


MOST_TYPED = 6
"""Nhiều chữ số thập phân hơn thế thì không ai gõ: a formula gave them."""


def as_calculated(value: Decimal, decimals: int) -> tuple[Decimal, str]:
    """Số do công thức tính: rounded to the decimals that are allowed, and what to tell of it."""
    if decimals_of(value) <= max(decimals, MOST_TYPED):
        return value, ""
    rounded = rounded_to(value, decimals)
    return rounded, rounding_note(value, rounded)


def rounding_note(value: Decimal, rounded: Decimal) -> str:
    """Lời báo đã làm tròn: what stood there and what is offered."""
    return f"Trong tệp là {format_decimal(value)}; làm tròn thành {format_decimal(rounded)}."


def typed_decimal(value: Decimal) -> str:
    """Số trong ô để sửa: written so that it is read in one way; 44,462 as "44,4620"."""
    text = format_decimal(value)
    return f"{text}0" if _COMMA_BEFORE_THREE.fullmatch(text.removeprefix("-")) else text


def parse_points(text: str, *, maximum: Decimal | None = None, places: int) -> Decimal:
    """Đọc điểm: at least 0, at most `maximum`, with no more decimals than the plan's."""
    value = _read_decimal(text, places, ZERO, maximum)
    check_decimal(value, decimals=places)
    if value < 0 or (maximum is not None and value > maximum):
        message = (
            f"Điểm phải từ 0 đến {format_decimal(maximum)}."
            if maximum is not None and maximum.is_finite()
            else "Điểm phải từ 0 trở lên."
        )
        raise NumberError(message)
    return value


def exact_decimal(value: Fraction) -> Decimal | None:
    """Số thập phân đúng bằng một phân số: all its digits; None where they never end."""
    places = value.denominator.bit_length()  # of 2s and 5s alone a denominator divides 10**places
    digits, rest = divmod(value.numerator * 10**places, value.denominator)
    return None if rest else Decimal(f"{digits}E-{places}")


def all_digits(value: Fraction) -> str:
    """Viết số với đủ chữ số, in brackets below zero; a fraction without an end as "1/3"."""
    exact = exact_decimal(value)
    text = str(value) if exact is None else format_decimal(exact)
    return f"({text})" if value < 0 else text


_WRITTEN = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?")


def read_written(text: str) -> Decimal | None:
    """Đọc lại số mà chính hệ thống đã viết: 8,125 is what it says, and nobody is asked; None for
    what is no number.
    """
    if not _WRITTEN.fullmatch(text):
        return None
    return Decimal(text.translate(_MARKS_SWAPPED).replace(",", ""))


WITHOUT_LIMIT = "không giới hạn"
"""Viết một mức không có."""


def format_decimal(value: Decimal, decimals: int | None = None) -> str:
    """Viết số: 44.462 and 99,82; without `decimals` as many as the value needs."""
    if value.is_infinite():
        return WITHOUT_LIMIT
    if decimals is not None:
        value = value.quantize(Decimal(f"1E-{decimals}"), ROUND_HALF_UP)
    text = f"{value or abs(value):,f}"  # zero has no sign
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_MARKS_SWAPPED)


def format_points(value: Decimal, places: int) -> str:
    """Viết điểm: always with the plan's decimals, "93,85"."""
    if value.is_infinite():
        return WITHOUT_LIMIT
    points = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{points or abs(points):,f}".translate(_MARKS_SWAPPED)


LARGEST_ID = 2**31 - 1
"""The largest number a row can have in either database."""


def row_id(text: str) -> int:
    """Mã số của một dòng, as an address or a form sends it: whatever is no number is a ValueError.

    A number of more digits than any row has is the largest one, which no row has.
    """
    if not _is_number(text):
        message = "not the number of a row"
        raise ValueError(message)
    return int(min(Decimal(text), Decimal(LARGEST_ID)))


def known_id(text: str) -> int:
    """Mã số đã gửi, or 0, which no row has, for what is no number."""
    return row_id(text) if _is_number(text) else 0


def row_ids(texts: Iterable[str]) -> list[int]:
    """Các mã số đã gửi, in order; what is no number is left out."""
    return [row_id(text) for text in texts if _is_number(text)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
