"""Số: read strictly and written the Vietnamese way: 44.462 and 99,82 (design decision 2)."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from campaign.core.errors import RuleViolation

MAX_DIGITS = 14
_PLAIN = re.compile(r"\d+(,\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}([. ])\d{3}(\1\d{3})*(,\d+)?")
_ONE_DOT = re.compile(r"\d+\.\d+")
_ALLOWED = re.compile(r"[0-9., ]+")


class NumberError(RuleViolation):
    """Số không đọc được: the sentence says what is wrong and what may have been meant."""


def parse_decimal(text: str, *, decimals: int | None = None, minimum: Decimal | None = None,
                  maximum: Decimal | None = None) -> Decimal:
    """Đọc số: "44.462" is 44462, "99,82" is 99.82; "8.5" is refused with a question, never guessed."""
    typed = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")
    sign, digits = _signed(typed)
    if not digits:
        message = "Hãy nhập một số."
        raise NumberError(message)
    if not _ALLOWED.fullmatch(digits):
        message = f"“{text.strip()}” không phải là số. Hãy nhập như 44.462 hoặc 99,82."
        raise NumberError(message)
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        raise NumberError(_question(text.strip(), digits))
    value = Decimal(sign + re.sub(r"[. ]", "", digits).replace(",", "."))
    _check(value, digits, decimals, minimum, maximum)
    return value


def _signed(typed: str) -> tuple[str, str]:
    if typed[:1] in {"-", "+"}:
        return ("-" if typed[0] == "-" else ""), typed[1:].lstrip()
    return "", typed


def _question(typed: str, digits: str) -> str:
    if _ONE_DOT.fullmatch(digits):
        return f"“{typed}” có phải là “{typed.replace('.', ',')}” không? Dấu phẩy ngăn phần thập phân."
    return f"“{typed}” viết chưa đúng. Dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn phần thập phân."


def _check(value: Decimal, digits: str, decimals: int | None, minimum: Decimal | None,
           maximum: Decimal | None) -> None:
    if value.adjusted() >= MAX_DIGITS:
        message = f"Số quá lớn: nhiều nhất {MAX_DIGITS} chữ số trước dấu phẩy."
        raise NumberError(message)
    typed_decimals = len(digits.partition(",")[2])
    if decimals is not None and typed_decimals > decimals:
        message = (f"Nhiều nhất {decimals} chữ số sau dấu phẩy." if decimals
                   else "Số này phải là số nguyên.")
        raise NumberError(message)
    if minimum is not None and value < minimum:
        message = f"Số phải từ {format_decimal(minimum)} trở lên."
        raise NumberError(message)
    if maximum is not None and value > maximum:
        message = f"Số phải không quá {format_decimal(maximum)}."
        raise NumberError(message)


def parse_points(text: str, *, maximum: Decimal | None = None) -> Decimal:
    """Đọc điểm: at least 0, at most two decimals, at most `maximum`."""
    value = parse_decimal(text, decimals=2)
    if value < 0 or (maximum is not None and value > maximum):
        message = f"Điểm phải từ 0 đến {format_decimal(maximum)}." if maximum is not None else "Điểm phải từ 0 trở lên."
        raise NumberError(message)
    return value


@lru_cache(maxsize=4_096)
def format_decimal(value: Decimal, decimals: int | None = None) -> str:
    """Viết số: 44.462 and 99,82; without `decimals` as many as the value needs. The texts of a table repeat
    themselves, so they are kept.
    """
    if decimals is not None:
        text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    else:
        text = f"{value:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    whole, _, part = text.partition(".")
    whole = whole.replace(",", ".")
    if whole == "-0" and not part.strip("0"):
        whole = "0"
    return f"{whole},{part}" if part else whole


@lru_cache(maxsize=10_000)
def format_points(value: Decimal) -> str:
    """Viết điểm: always two decimals, "93,85"."""
    text = str(value)
    if not text.startswith("-") and len(text) < 7 and text[-3:-2] == ".":  # noqa: PLR2004 - the fast path: 0.00 to 999.99
        return text.replace(".", ",")
    return format_decimal(value, 2)
