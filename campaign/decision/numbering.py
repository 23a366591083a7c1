"""Số, ký hiệu: what is typed as the number of a decision, read as its number and symbol; pure."""

import re
from dataclasses import dataclass

from campaign.core.errors import RuleViolation, refuse
from campaign.core.text import one_line, search_key

_PREFIX = re.compile(r"^(?:quyết định\s+)?(?:số\s*)?[:.]?\s*", re.IGNORECASE)
_TYPED = re.compile(
    r"(?P<number>\d{1,6}[a-zA-Z]?(?:/\d{4})?)(?:[/-](?P<symbol>.*)|\s(?P<spaced>.+))?"
)
_AROUND = re.compile(r"\s*([/\-–—−])\s*")
_DASH = str.maketrans("–—−", "---")


class OtherSymbol(RuleViolation):
    """Ký hiệu khác với dự thảo: whoever typed it is asked."""


@dataclass(frozen=True, slots=True)
class DecisionNumber:
    """Số và ký hiệu, apart: "05" and "QĐ-SCT"."""

    number: str
    symbol: str


def plain_number(number: str) -> str:
    """Số không kể số 0 ở đầu: "05" and "5" are one number."""
    return number.lstrip("0").casefold()


def _closed(text: str) -> str:
    """No spaces around slashes and dashes, one kind of dash."""
    return _AROUND.sub(lambda mark: mark[1], one_line(text)).translate(_DASH)


def clean_symbol(text: str) -> str:
    """Ký hiệu: without the slash before it; a number does not belong to it."""
    symbol = _closed(text).strip("/ ")
    if _TYPED.fullmatch(symbol):
        refuse("Chỉ ghi ký hiệu, ví dụ QĐ-SCT; số được ghi khi ký.", "symbol")
    return symbol


def _is_same(typed: str, symbol: str) -> bool:
    """The draft's symbol, whole, twice or its beginning ("QĐ" of "QĐ-SCT"), in any spelling."""
    asked, own = search_key(typed), search_key(_closed(symbol))
    return asked in {own, f"{own}/{own}"} or own.startswith(f"{asked}-")


def numbered(text: str, symbol: str, *, takes_other: bool = False) -> DecisionNumber:
    """Đọc số quyết định: "21", "21/QĐ-SCT", "Số: 21 / qđ - sct"; another symbol is asked about."""
    typed = _TYPED.fullmatch(_PREFIX.sub("", _closed(text)))
    if typed is None:
        refuse("Số quyết định phải bắt đầu bằng chữ số, ví dụ 21 hoặc 21/QĐ-SCT.", "number")
    number = _two_digits(typed["number"])
    other = (typed["symbol"] or typed["spaced"] or "").strip("/ ")
    if not other or _is_same(other, symbol):
        return DecisionNumber(number, symbol)
    if takes_other:
        return DecisionNumber(number, other)
    message = (
        f"Ký hiệu “{other}” khác ký hiệu “{symbol}” của dự thảo. Nếu đúng là “{other}”, hãy "
        "đánh dấu vào đây."
    )
    raise OtherSymbol(message, field="takes_other")


def _two_digits(digits: str) -> str:
    """Số viết đủ: "5" and "005" are written "05", "5a" is "05a"; a rehearsal may be number "00"."""
    plain = digits.lstrip("0")
    return plain if re.match(r"\d\d", plain) else f"0{plain or 0}"
