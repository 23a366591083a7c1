"""Cách nhập một loại dòng: its columns, how each is read, and what one row does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from campaign.accounts.models import User
from campaign.core.permissions import Permission
from campaign.imports.queries import Holdings
from campaign.imports.rules import Outcome, Row
from campaign.papers import workbook
from campaign.planning.models import Campaign


@dataclass(frozen=True, slots=True)
class Context:
    """Ai nhập, lúc nào, cho phong trào nào, and what is held already."""

    by: User
    at: datetime
    campaign: Campaign | None = None
    held: Holdings = field(default_factory=Holdings)
    listed: object = None
    """Danh sách đang mở, of an importer that opens one."""


Place = Mapping[str, Any]
"""Nơi nhập, as the address says it: `campaign_id` and what is below it, or nothing."""


Reader = Callable[[Context, Row, str], Any]
"""Cách đọc một ô: gives its value, or raises RuleViolation with the sentence that says why not."""


def text_read(_context: Context, row: Row, key: str) -> str:
    """Cột chữ."""
    return row.text(key)


def code_read(_context: Context, row: Row, key: str) -> str:
    """Cột mã, số hiệu."""
    return row.code(key)


def day_read(_context: Context, row: Row, key: str) -> date | None:
    """Cột ngày."""
    return row.day(key)


Example = str | int | Decimal | date | None
"""Một ô của dòng mẫu."""


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của tệp nhập: its title, an example, whether a row needs it, and how a cell is read."""

    key: str
    title: str
    example: Example = None
    is_required: bool = False
    width: int = 20
    read: Reader = text_read
    kind: workbook.Kind = workbook.Kind.TEXT
    is_word: bool = False
    """Một từ, such as a code or a year: what has spaces in it is something else."""
    longest: int = 300
    """Số ký tự nhiều nhất of its text, as the form of the same thing takes them."""


def _agreeing(
    _context: Context,
    _row: Row,
    _values: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """Cells that need not agree with each other."""
    yield from ()


def _as_it_is(context: Context, _place: Place) -> Context:
    """Nothing is opened."""
    return context


@dataclass(frozen=True)
class Importer:
    """Một loại tệp nhập: `take` carries out one row, given what it read from the columns the file
    has, and says what it did; `key` tells rows that mean the same, and rows whose keys differ in
    their tones alone are asked about; `check` names the columns that do not agree with each other,
    each with its sentence. `under` is its address below the campaign where it is another than its
    slug's, and `opens` loads, or refuses, what the address names.
    """

    slug: str
    title: str
    permission: Permission
    act: str
    guidance: Sequence[str]
    columns: Sequence[Column]
    take: Callable[[Context, Row, Mapping[str, Any]], Outcome]
    key: Callable[[Row], str]
    order: Callable[[list[Row]], list[Row]] = field(default=list)
    of_campaign: bool = False
    named_by: str = ""
    """Cột gọi tên dòng in what is told of it; the first where none is said."""
    check: Callable[[Context, Row, Mapping[str, Any]], Iterator[tuple[str, str]]] = _agreeing
    under: str = ""
    opens: Callable[[Context, Place], Context] = _as_it_is
    older: "Importer | None" = None
    """Cách đọc tệp theo mẫu cũ, of a table that was once written otherwise."""
    examples: Sequence[Sequence[Example]] = ()
    """Các dòng mẫu, where one alone would not show how rows hang together."""

    def reading(self, rows: Sequence[Row]) -> "Importer":
        """Cách đọc các dòng này: the older one where they lack what a row needs now."""
        needed = {column.key for column in self.columns if column.is_required}
        is_old = bool(rows) and not needed <= rows[0].columns.keys()
        return self.older if is_old and self.older else self


def template(importer: Importer, about: workbook.About, points_places: int) -> IO[bytes]:
    """Tệp mẫu để điền: heads, one invented row, and what to know."""
    columns = [
        workbook.Column(
            column.title + (" *" if column.is_required else ""), column.kind, column.width
        )
        for column in importer.columns
    ]
    examples = importer.examples or [[column.example for column in importer.columns]]
    table = workbook.Table(importer.title, columns, list(examples), is_to_fill=True)
    return workbook.write([table], about, points_places=points_places)
