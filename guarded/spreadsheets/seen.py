"""Điều một trang cho thấy ngoài giá trị của các ô."""

from guarded.spreadsheets.formats import PERCENT
from guarded.spreadsheets.limits import MOST_COLUMNS


class Seen:
    """Điều cho thấy: hidden rows, percentages, merged cells, formulas without a value."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self.hidden: list[int] = []
        self.hidden_columns: set[int] = set()
        self.percents: set[tuple[int, int]] = set()
        self.codes: dict[tuple[int, int], str] = {}
        """Định dạng that shows the number of a cell as a code."""
        self.shown: dict[tuple[int, int], str] = {}
        """Chữ hiện of a cell whose number is shown as a code, where the file itself tells it."""
        self.merged: list[tuple[int, int]] = []
        self.broken: dict[tuple[int, int], str] = {}

    def hide_columns(self, first: int, last: int) -> None:
        """Keep which columns nobody sees."""
        self.hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))

    def note(self, where: tuple[int, int], style: str | None) -> None:
        """Keep how the number of a cell is shown, where that is not as it is."""
        if style == PERCENT:
            self.percents.add(where)
        elif style:
            self.codes[where] = style
