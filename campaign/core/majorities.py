"""Tỷ lệ: "70 %" or "2/3", kept as whole numbers so that nothing is rounded before it is
compared.
"""

import re
from decimal import Decimal

from campaign.core.errors import refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line

Majority = tuple[int, int]
_FRACTION = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:,\d{1,4})?)\s*(%?)", re.ASCII)
_SIGNS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅘": "4/5", "⁄": "/"}
_BY_HUNDREDTHS = (100, 1_000, 10_000, 100_000, 1_000_000)


def parse_majority(text: str) -> Majority:
    """Đọc tỷ lệ: "70 %" and "70" are 70/100, "66,67 %" is 6667/10000, "2/3" is two thirds."""
    typed = one_line(text)
    for sign, plain in _SIGNS.items():
        typed = typed.replace(sign, plain)
    fraction, percent = _FRACTION.fullmatch(typed), _PERCENT.fullmatch(typed)
    if fraction is not None:
        share = (int(fraction[1]), int(fraction[2]))
    elif percent is not None:
        share = _of_hundred(percent[1], has_sign=bool(percent[2]))
    else:
        refuse("Hãy ghi tỷ lệ như 70 % hoặc 2/3.")
    if not 0 < share[0] <= share[1]:
        refuse("Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3.")
    return share


def _of_hundred(typed: str, *, has_sign: bool) -> Majority:
    whole, _, decimals = typed.partition(",")
    if not has_sign and int(whole) <= 1:
        refuse(f"“{typed}” có phải là “{typed} %” không? Hãy ghi tỷ lệ như 70 % hoặc 2/3.")
    return int(whole + decimals), 100 * 10 ** len(decimals)


def majority_text(numerator: int, denominator: int) -> str:
    """Viết tỷ lệ as it is asked for: "70 %", "66,67 %", "2/3"."""
    if denominator in _BY_HUNDREDTHS:
        return f"{format_decimal(Decimal(numerator) * 100 / denominator)} %"
    return f"{numerator}/{denominator}"
