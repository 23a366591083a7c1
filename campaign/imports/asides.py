"""Dòng ngoài dữ liệu: what office tables hold beside their rows (numbers of columns, totals,
headings of groups, signatures); pure.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from campaign.core.labelled import Labelled
from campaign.papers.rules import written


class Aside(Labelled):
    """Loại dòng ngoài dữ liệu: passed over, and told."""

    NUMBERING = "numbering", "đánh số cột"
    TOTAL = "total", "dòng cộng"
    HEADING = "heading", "tên nhóm"
    CLOSING = "closing", "phần cuối biểu"
    HEADS = "heads", "tiêu đề lặp lại"
    TITLES = "titles", "dòng tiêu đề"


_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\]]?\s*(?:[=:].*)?")
_LETTER = re.compile(r"[(\[]?[A-Za-zĐđ][)\]]?")
_FEWEST_NUMBERED = 2
_TOTAL = re.compile(
    r"(?:tổng\s*cộng|tổng\s+số|tổng|cộng\s+dồn|cộng|t[.]\s*cộng|tong\s*cong|lu[ỹy]\s+kế|l[uũ]y\s+kế"
    r"|(?:cộng\s+)?mang\s+sang|chuyển\s+(?:sang\s+)?trang|trung\s+bình|bình\s+quân"
    r"|(?:grand\s+|sub)?total|sum|[Σ∑])"
    r"(?:\s+(?:có|là|gồm|\d+)\s.*|\s+(?:chung|trang|khối|nhóm|mục|phần|các|toàn|"
    r"theo|số|tiền|điểm|giá\s+trị|kinh\s+phí|mức|sau|trước|"
    r"lượt|cả|đơn\s+vị|tập\s+thể|cá\s+nhân)\b.*"
    r"|\s*\(.*\)|\s+[ivx]+\b.*|\s*[:=].*)?[.:…\s]*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[-+]?[\d., ]+(?:%|đ|đồng|người|đơn vị|lượt)?", re.IGNORECASE)
_HEADING = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2})\s*[.):/-]\s*[^\W\d_].*")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])[.)]?")
_NUMBER_AND_NAME = 2
_CLOSING = re.compile(
    r"(?:.*\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.*"
    r"|\(?(?:đã )?ký\b.*|\(ký.*|\(họ tên.*|ký tên.*|ghi rõ họ.*"
    r"|(?:người|cán bộ|bộ phận)\s+"
    r"(?:lập|tổng hợp|ghi|nhập|kiểm tra|kiểm soát|duyệt|báo cáo|phụ trách)\b.*"
    r"|lập (?:bảng|biểu).*"
    r"|(?:t/?m|k/?t|t/?l|tuq|q)\.\s*\S.*"
    r"|(?:(?:phó )?(?:tổng )?giám đốc"
    r"|(?:phó )?(?:chủ tịch|trưởng phòng|hiệu trưởng|cục trưởng|chi cục trưởng)"
    r"|phó trưởng phòng|(?:phó )?chánh văn phòng|(?:phó )?thủ trưởng|kế toán(?: trưởng)?"
    r"|thủ quỹ|thư ký"
    r"|trưởng ban|trưởng đoàn|bí thư)(?: (?:đơn vị|cơ quan|sở|hội đồng|trung tâm|công ty))?"
    r"(?:\s*\((?:đã )?ký.*)?"
    r"|xác nhận\b.*|phê duyệt\b.*|nơi nhận\b.*|ghi chú\s*:.*|lưu\s+ý\s*:.*"
    r"|bằng chữ\b.*|số tiền bằng chữ.*"
    r"|(?:ấn định )?danh sách (?:này |trên )?(?:có|gồm)\b.*|ấn định\b.*)",
    re.IGNORECASE,
)


def _folded(text: str) -> str:
    """On one line; what was read of a file is chữ chuẩn already."""
    return " ".join(text.split())


def aside(
    cells: Sequence[object], *, is_whole: bool, is_lonely: bool, is_first: bool, is_closed: bool
) -> Aside | None:
    """Dòng này là gì, where it is no row of data: `is_whole` has a value in every column a row
    needs, `is_lonely` in one column at most that is read, `is_first` stands right under the heads,
    `is_closed` after where the table was closed.

    A row that is whole is data, whatever it says; only a total of nothing but figures is not.
    """
    written = [cell for cell in cells if cell is not None]
    words = [_folded(cell) for cell in written if isinstance(cell, str)]
    if is_first and _is_numbering(written):
        return Aside.NUMBERING
    if _is_total(written, words) and not (is_whole and _has_other_words(words)):
        return Aside.TOTAL
    if is_whole:
        return None
    if is_closed or _is_closing(written, words):
        return Aside.CLOSING
    return Aside.HEADING if is_lonely and _is_heading(words, len(written)) else None


def _is_heading(words: Sequence[str], written: int) -> bool:
    if written != len(words):
        return False
    if len(words) == 1:
        return _HEADING.fullmatch(words[0]) is not None
    return len(words) == _NUMBER_AND_NAME and _ORDINAL.fullmatch(words[0]) is not None


def _is_numbering(cells: Sequence[object]) -> bool:
    """Letters first, then 1, 2, 3 …: "(1)" that Excel took for minus one is one of them."""
    numbers = []
    for cell in cells:
        if isinstance(cell, Decimal):
            numbers.append(abs(cell))
        elif isinstance(cell, str) and (match := _NUMBER.fullmatch(_folded(cell))):
            numbers.append(Decimal(match[1]))
        elif numbers or not isinstance(cell, str) or not _LETTER.fullmatch(_folded(cell)):
            return False
    expected = [Decimal(place) for place in range(1, len(numbers) + 1)]
    return len(numbers) >= _FEWEST_NUMBERED and numbers == expected


def _is_total(written: Sequence[object], words: Sequence[str]) -> bool:
    opening = next(iter(written), None)
    return isinstance(opening, str) and _TOTAL.fullmatch(words[0]) is not None


def _has_other_words(words: Iterable[str]) -> bool:
    _, *others = words
    return any(not _FIGURE.fullmatch(word) for word in others)


def _is_closing(written: Sequence[object], words: Sequence[str]) -> bool:
    others = [cell for cell in written if not isinstance(cell, str)]
    return (
        bool(words)
        and all(isinstance(cell, date) for cell in others)
        and all(_CLOSING.fullmatch(word) for word in words)
    )


MOST_TOLD = 20
_LONGEST_TOLD = 60


def asides_told(passed: Sequence[tuple[int, Aside, Sequence[object]]]) -> str:
    """Đã bỏ qua dòng nào, with the beginning of what it says; nothing where all rows were read."""
    if not passed:
        return ""
    lines = []
    for number, kind, cells in passed[:MOST_TOLD]:
        text = _folded(" ".join(written(cell) for cell in cells if cell is not None))
        short = text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD].rstrip()}…"
        lines.append(f"dòng {number} ({kind.label}: “{short}”)")
    more = f" và {len(passed) - MOST_TOLD} dòng khác" if len(passed) > MOST_TOLD else ""
    return f"Bỏ qua {len(passed)} dòng không phải dữ liệu: {', '.join(lines)}{more}."
