"""Định dạng số: what a number format makes of a number, where that is not what it is."""

import re

CODE = re.compile(r"(?!-?(?:0|[1-9]\d*)$)[^.,%]*\d[^.,%]*")
"""Chữ hiện của một số that is a code: 007, ĐV-7; not 7, 7,5, 1.000 or 8 %."""
_FORMAT_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(General)|([0#?])|(.)', re.DOTALL | re.IGNORECASE
)
_PLAIN_MARKS = " -()+"
_FEWEST_ZEROS = 2
SHIPPED_PERCENTS = {9, 10}


PERCENT = "%"


def telling(format_code: str) -> str:
    """What a number format makes of a number: a percentage, a code, or nothing that matters."""
    if "%" in re.sub(r'"[^"]*"|\\.', "", format_code):
        return PERCENT
    return format_code if _parts_of_code(format_code) else ""


def _parts_of_code(format_code: str) -> list[tuple[str, str]]:
    """Digits and words of a format that shows a code (000, "ĐV"00); none of any other format."""
    parts = []
    for quoted, escaped, general, digit, other in _FORMAT_TOKEN.findall(format_code):
        if other == ";":
            break
        if quoted or escaped:
            parts.append(("word", quoted or escaped))
        elif general or digit:
            parts.append(("digit", digit or "#"))
        elif other and other in _PLAIN_MARKS:
            parts.append(("word", other))
        elif other:
            return []
    zeros = sum(part == ("digit", "0") for part in parts)
    has_words = any(kind == "word" and text.strip(_PLAIN_MARKS) for kind, text in parts)
    has_digits = any(kind == "digit" for kind, _ in parts)
    return parts if has_digits and (zeros >= _FEWEST_ZEROS or has_words) else []


def as_code(format_code: str, value: float) -> str:
    """The number as its cell shows it: 7 under 000 is 007."""
    parts = _parts_of_code(format_code)
    digits, shown = list(str(abs(int(value)))), []
    first = next(place for place, (kind, _) in enumerate(parts) if kind == "digit")
    for place, (kind, text) in reversed(list(enumerate(parts))):
        if kind == "word":
            shown.append(text)
        elif place == first:
            shown.append("".join(digits) or text.strip("#?"))
        else:
            shown.append(digits.pop() if digits else text.strip("#?"))
    return ("-" if value < 0 else "") + "".join(reversed(shown)).strip()
