"""Giới hạn: how much of a spreadsheet is read."""

from collections.abc import Iterator
from typing import TypeVar

from guarded.refusals import refuse

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 40, 20_100, 300, 1_000_000
ROWS_IN_WORDS = f"{MOST_ROWS:,}".replace(",", ".")
CPU_SECONDS = 10
NO_SPREADSHEET = "Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng."
LOCKED = "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."
TOO_MANY_CELLS = "Tệp có quá nhiều ô nên không đọc."
TOO_LARGE = "Tệp quá lớn so với nội dung thật nên không mở."
_MOST_PLACED = 2_000_000
_Placed = TypeVar("_Placed")


def few(placed: Iterator[_Placed]) -> Iterator[_Placed]:
    """Không quá nhiều: as they come, refused where there is no end of them."""
    for number, item in enumerate(placed):
        if number > _MOST_PLACED:
            refuse(TOO_MANY_CELLS)
        yield item
