"""Số tiền: written with points, and in words; pure."""


def dong(amount: int) -> str:
    """Viết số tiền: 1.490.000."""
    return f"{amount:,}".replace(",", ".")


JUMP = 10
_FEWEST, _MOST = 10_000, 300_000_000
"""Tiền một lượt khen thưởng: hardly ever less or more, in any year."""


def amount_question(amount: int, before: int | None = None) -> str | None:
    """Câu hỏi về cỡ của một số tiền: beside the one it is put in place of, else beside what awards
    come to; nothing where it is like that.
    """
    if not amount:
        return None
    if before:
        is_far = amount >= JUMP * before or amount * JUMP <= before
        return (
            f"{dong(amount)} đồng khác {dong(before)} đồng từ mười lần trở lên. Có thừa hay thiếu "
            "số 0 không?"
            if is_far
            else None
        )
    if amount < _FEWEST:
        return f"{dong(amount)} đồng là rất ít. Có phải là {dong(amount * THOUSAND)} đồng không?"
    return f"{dong(amount)} đồng là rất nhiều. Có thừa số 0 không?" if amount > _MOST else None


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
