"""Kệ bảng điểm mẫu: whole tables of indicators and criteria, shipped or kept by the office.

A table stands there as its spreadsheet would: for each importer the heads and the rows, as text. It
is taken the way a file is, all or nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.numbers import decimals_of, format_decimal, parse_decimal
from campaign.core.points import MOST_PLACES
from campaign.core.text import text_sort_key
from campaign.extensions import db, flush_or_refuse
from campaign.imports.actions import carry_out
from campaign.imports.importer import Context, Importer
from campaign.imports.indicators import INDICATORS
from campaign.imports.rules import Effect
from campaign.imports.scoring_tree import SCORING_TREE
from campaign.imports.tables import table_of
from campaign.papers import workbook
from campaign.papers.reading import Book, Cell, Sheet
from campaign.planning.actions import refuse_if_frozen, set_scale
from campaign.planning.models import Campaign
from campaign.planning.queries import planned, scheme_of
from campaign.scheme import workbook as tables
from campaign.scheme.models import SavedTable
from campaign.scheme.rules.decimals import points_in
from campaign.scheme.rules.table import Scheme

_SHIPPED = Path(__file__).with_name("shipped")
_OWN = "rieng-"
_BONUS_HEAD = "Nhóm thưởng"
Rows = Sequence[Sequence[str]]
"""Bảng dạng chữ: the heads, then the rows."""


@dataclass(frozen=True)
class ReadyTable:
    """Bảng điểm mẫu: `key` names it in an address, `own_id` is its row where the office kept it."""

    key: str
    name: str
    note: str
    scale: Decimal
    content: Mapping[str, Rows]
    own_id: int | None = None

    @cached_property
    def lines(self) -> int:
        """Số dòng của bảng điểm."""
        return max(len(self.content[SCORING_TREE.slug]) - 1, 0)


def ready_tables() -> list[ReadyTable]:
    """Mọi bảng điểm mẫu: the shipped ones, then the office's own by name."""
    shipped = [_read(path) for path in sorted(_SHIPPED.glob("*.json"))]
    own = [_own(row) for row in db.session.scalars(select(SavedTable))]
    return shipped + sorted(own, key=lambda row: text_sort_key(row.name))


def ready_table(key: str) -> ReadyTable | None:
    """Một bảng điểm mẫu, by the key in its address."""
    return next((row for row in ready_tables() if row.key == key), None)


def _read(path: Path) -> ReadyTable:
    data = json.loads(path.read_text(encoding="utf-8"))
    return ReadyTable(
        path.stem, data["name"], data["note"], Decimal(data["scale"]), data["content"]
    )


def _own(row: SavedTable) -> ReadyTable:
    return ReadyTable(f"{_OWN}{row.id}", row.name, row.note, row.scale, row.content, row.id)


def keep_table(campaign: Campaign, *, name: str, note: str, by: User, at: datetime) -> SavedTable:
    """Lưu bảng điểm của một phong trào làm mẫu; a name used before is refused."""
    scheme = scheme_of(campaign.id)
    if not scheme.criteria:
        refuse("Phong trào chưa có tiêu chí nào để lưu làm mẫu.")
    row = SavedTable(
        name=name,
        note=note,
        scale=campaign.scale,
        content=_content_of(scheme),
        at=at,
        by_id=by.id,
    )
    db.session.add(row)
    flush_or_refuse(f"Đã có bảng điểm mẫu “{name}”.", field="name")
    return row


def _content_of(scheme: Scheme) -> dict[str, list[list[str]]]:
    """A table of points as it stands on the shelf: its indicators, and its criteria."""
    codes = {node.id: node.code for node in scheme.nodes}
    indicators, _ = tables.targets(scheme.indicators.values(), {}, codes)
    (criteria,) = tables.criteria(scheme, None)
    return {INDICATORS.slug: _text(indicators), SCORING_TREE.slug: _text(criteria)}


def _text(table: workbook.Table) -> list[list[str]]:
    """A table of a spreadsheet as text, its numbers as they are typed."""
    return [
        [column.title for column in table.columns],
        *([_written(cell) for cell in row] for row in table.rows),
    ]


_LIKE_THOUSANDS = 3
"""So many decimals could be read as thousands; with one more they cannot."""


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format_decimal(cell) + "0" * (decimals_of(cell) == _LIKE_THOUSANDS)
    return str(cell)


def take_table(table: ReadyTable, context: Context, campaign: Campaign) -> None:
    """Dùng bảng điểm mẫu in a plan that has no criteria yet; its indicators join those there are.

    Bonuses are tied to their group once the groups stand, for which the indicators are read again.
    Points get as many decimals as those of the table need.
    """
    refuse_if_frozen(campaign)
    if scheme_of(campaign.id).groups:
        refuse("Phong trào đã có nhóm tiêu chí; hãy xoá hết trước khi dùng bảng điểm mẫu.")
    set_scale(campaign, table.scale)
    before = campaign.points_places
    campaign.points_places = MOST_PLACES
    _take_content(table, context)
    db.session.flush()
    taken = [points for _, row in planned(campaign.id) for _, points in points_in(row)]
    campaign.points_places = max([before, *map(decimals_of, taken)])


def _take_content(table: ReadyTable, context: Context) -> None:
    """Indicators, criteria, and indicators again where one names the group of its bonus."""
    indicators = table.content[INDICATORS.slug]
    _take(INDICATORS, context, _without(indicators, _BONUS_HEAD))
    _take(SCORING_TREE, context, table.content[SCORING_TREE.slug])
    if _without(indicators, _BONUS_HEAD) != indicators:
        _take(INDICATORS, context, indicators)


def _without(rows: Rows, head: str) -> Rows:
    """The rows without one column."""
    if not rows or head not in rows[0]:
        return rows
    place = list(rows[0]).index(head)
    return [[*row[:place], *row[place + 1 :]] for row in rows]


def _take(importer: Importer, context: Context, rows: Rows) -> None:
    if len(rows) < 2:  # noqa: PLR2004 - nothing stands below the heads
        return
    kinds = {column.title: column.kind for column in importer.columns}
    heads = [kinds.get(head, workbook.Kind.TEXT) for head in rows[0]]
    cells = [[_cell(text, kind) for text, kind in zip(row, heads, strict=True)] for row in rows[1:]]
    table = table_of(importer, Book([Sheet(importer.title, [list(rows[0]), *cells])]))
    for outcome in carry_out(importer, context, table.rows):
        if outcome.effect is Effect.WRONG:
            refuse(f"{outcome.place} ({outcome.label}): {'; '.join(outcome.faults)}")


def _cell(text: str, kind: workbook.Kind) -> Cell:
    """A cell as a spreadsheet would hold it: a number under the head of numbers."""
    if not text:
        return None
    return text if kind is workbook.Kind.TEXT else parse_decimal(text)


def forget_table(row: SavedTable) -> None:
    """Bỏ một bảng điểm mẫu của cơ quan; plans made from it keep theirs."""
    db.session.delete(row)
