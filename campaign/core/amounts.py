"""Số tiền: written with points, and in words; pure."""


def dong(amount: int) -> str:
    """Viết số tiền: 1.490.000."""
    return f"{amount:,}".replace(",", ".")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
THOUSAND = 1000


def in_words(amount: int) -> str:
    """Số tiền bằng chữ: "Chín trăm nghìn đồng"; 0 to below a thousand tỷ tỷ."""
    if amount == 0:
        return "Không đồng"
    text = _number_words(amount)
    return f"{text[0].upper()}{text[1:]} đồng"


def _number_words(number: int) -> str:
    billions, rest = divmod(number, THOUSAND**3)
    words = [f"{_number_words(billions)} tỷ"] if billions else []
    for scale in (2, 1, 0):
        part = rest // THOUSAND**scale % THOUSAND
        if part:
            words.append(f"{_three_digits(part, in_full=bool(words))} {_SCALES[scale]}".strip())
    return " ".join(words)


def _three_digits(number: int, *, in_full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or in_full else []
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_ones(tens, ones))
    return " ".join(words)


def _ones(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens >= 1:  # noqa: PLR2004 - fifteen is said otherwise than five
        return "lăm"
    return _DIGITS[ones]
