"""Bảng tính: tables written to XLSX row by row; text is never a formula."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from campaign.core.dates import VIETNAM, format_moment
from campaign.core.labelled import Labelled
from campaign.core.numbers import WITHOUT_LIMIT
from campaign.core.points import PLACES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
A4 = 9
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_RESERVED_NAMES = frozenset({"history"})
"""Tên Excel giữ cho riêng mình."""


class Kind(Labelled):
    """Loại cột: how Excel shows it; the reader's own settings choose comma or point."""

    TEXT = "text", "chữ"
    WHOLE = "whole", "số nguyên"
    YEAR = "year", "năm"
    POINTS = "points", "điểm"
    MEASURE = "measure", "số đo"
    DAY = "day", "ngày"
    MOMENT = "moment", "ngày giờ"


FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.YEAR: "0",
    Kind.MEASURE: "#,##0.##########",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}


_AS_WRITTEN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Chữ là chữ: no text becomes a formula, a link or a number; rows are let go once written."""
_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bottom": 1,
    "bg_color": "#F3EDE2",
}


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: its title, kind and width in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Chart:
    """Biểu đồ cột of one column of figures over the names in another; columns count from 0."""

    title: str
    names: int
    figures: int


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng: rows may be any iterable; each is written and let go."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    chart: Chart | None = None
    is_to_fill: bool = False
    """Để điền: its empty cells are of their column's kind, so that no code becomes a day."""


@dataclass(frozen=True, slots=True)
class About:
    """Trang thông tin: what this is, when, by whom, and from which state and filters."""

    title: str
    at: datetime
    by: str
    state: str
    notes: Sequence[tuple[str, str]] = field(default=())


class _Writer:
    """One workbook while it is written; formats are made once."""

    def __init__(self, target: IO[bytes], points_places: int) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - ten megabytes a worker needs only now

        self.book = Workbook(target, _AS_WRITTEN)
        self.head = self.book.add_format(_HEAD)
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        shown = {**FORMATS, Kind.POINTS: points_format(points_places)}
        self.formats = {
            kind: self.book.add_format({"num_format": how, "valign": "top"})
            for kind, how in shown.items()
        }
        filled = {Kind.TEXT: "@", **shown}
        self.filling = {
            kind: self.book.add_format({"num_format": how}) for kind, how in filled.items()
        }
        self.names: set[str] = set()

    def sheet(self, name: str) -> "Worksheet":
        """A sheet under a name Excel takes and no other sheet has."""
        free = free_name(name, self.names)
        self.names.add(free.casefold())
        made: Worksheet = self.book.add_worksheet(free)
        made.set_paper(A4)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_footer("&L&A&RTrang &P/&N")
        return made

    def table(self, table: Table) -> None:
        """Head, rows and chart; the rows are gone from memory as soon as they are written."""
        sheet = self.sheet(table.name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for place, column in enumerate(table.columns):
            cell_format = self.filling[column.kind] if table.is_to_fill else None
            sheet.set_column(place, place, column.width, cell_format)
            sheet.write_string(0, place, _text(column.title), self.head)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self.cell(sheet, last, place, value, column.kind)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
        if table.chart is not None and last:
            self.chart(sheet, table, table.chart, last)

    def cell(self, sheet: "Worksheet", row: int, place: int, value: Cell, kind: Kind) -> None:
        """One cell by what it is: missing stays empty, never zero."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            sheet.write_string(row, place, _text(value), self.wrapped)
        elif isinstance(value, datetime):
            there = value.astimezone(VIETNAM).replace(tzinfo=None)
            sheet.write_datetime(row, place, there, self.formats[Kind.MOMENT])
        elif isinstance(value, date):
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day
            sheet.write_datetime(row, place, day, self.formats[Kind.DAY])
        elif isinstance(value, Decimal) and value.is_infinite():
            sheet.write_string(row, place, WITHOUT_LIMIT, self.wrapped)
        else:
            sheet.write_number(row, place, value, self._number_format(kind, value))

    def _number_format(self, kind: Kind, value: int | Decimal) -> "Format":
        """Of its column; a whole measure has no comma hanging behind it."""
        if kind is Kind.MEASURE and value == int(value):
            return self.formats[Kind.WHOLE]
        return self.formats.get(kind, self.formats[Kind.MEASURE])

    def chart(self, sheet: "Worksheet", table: Table, chart: Chart, last: int) -> None:
        """A native chart to the right of the table, with what it shows in words."""
        made: Any = self.book.add_chart({"type": "bar"})
        made.add_series(
            {
                "name": chart.title,
                "categories": [sheet.get_name(), 1, chart.names, last, chart.names],
                "values": [sheet.get_name(), 1, chart.figures, last, chart.figures],
                "fill": {"color": "#A3281E"},
            }
        )
        made.set_title({"name": chart.title})
        made.set_legend({"none": True})
        made.set_y_axis({"reverse": True})
        made.set_size({"width": 720, "height": 140 + 22 * last})
        sheet.insert_chart(1, len(table.columns) + 1, made, {"description": chart.title})

    def about(self, about: About) -> None:
        """What this is, when, by whom, from which state."""
        sheet = self.sheet("Thông tin")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 80)
        facts = [
            ("Nội dung", about.title),
            ("Lập lúc", format_moment(about.at)),
            ("Người lập", about.by),
            ("Trạng thái", about.state),
            *about.notes,
        ]
        for row, (name, value) in enumerate(facts):
            sheet.write_string(row, 0, _text(name), self.head)
            sheet.write_string(row, 1, _text(value), self.wrapped)


def free_name(name: str, taken: Collection[str]) -> str:
    """Tên trang tính Excel nhận: at most 31 UTF-16 units, none of `taken` (small letters)."""
    plain = _cut(_UNNAMEABLE.sub(" ", _UNWRITABLE.sub("", name)).strip(), _LONGEST_NAME) or "Bảng"
    free, number = plain, 2
    while free.casefold() in taken or free.casefold() in _RESERVED_NAMES:
        mark = f" ({number})"
        free, number = f"{_cut(plain, _LONGEST_NAME - len(mark))}{mark}", number + 1
    return free


def _cut(text: str, units: int) -> str:
    """The beginning of a text within so many UTF-16 units, the way Excel counts; no half
    characters, no blank end.
    """
    encoded = text.encode("utf-16-le", "ignore")[: 2 * units]
    return encoded.decode("utf-16-le", "ignore").rstrip()


def _text(value: str) -> str:
    return _UNWRITABLE.sub("", value)[:_LONGEST_CELL]


def points_format(places: int) -> str:
    """Cách Excel viết điểm, with the plan's decimals: "#,##0.00" of two."""
    return f"#,##0.{'0' * places}" if places else "#,##0"


def write(tables: Sequence[Table], about: About, *, points_places: int = PLACES) -> IO[bytes]:
    """Ghi bảng tính: rows wait on disk, only the packed file is held, at its beginning."""
    target = BytesIO()
    writer = _Writer(target, points_places)
    for table in tables:
        writer.table(table)
    writer.about(about)
    writer.book.close()
    target.seek(0)
    return target
