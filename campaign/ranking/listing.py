"""Bảng xếp hạng: by what its tables are searched, narrowed, sorted and paged, each block by
itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from flask import request
from markupsafe import Markup

from campaign.planning.models import Block
from campaign.ranking.models import FrozenStanding
from campaign.ranking.rules import BandRule
from campaign.ranking.table import Row, Table
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

Content = TypeVar("Content")


def asked_ranking(
    columns: Sequence[Column],
    blocks: Iterable[Block],
    bands: Iterable[BandRule],
    *,
    compares: bool,
) -> Asked:
    """Điều kiện của bảng xếp hạng; `compares` offers the table of now beside the frozen one."""
    filters = [
        Filter("block", "Khối", choices_of(blocks)),
        Filter("band", "Xếp loại", tuple((band.name, band.name) for band in bands)),
    ]
    if compares:
        filters.append(Filter("now", "Bảng", (("", "đã chốt"), ("1", "tính lại để so"))))
    return asked(columns, filters, search="Tìm theo tên đơn vị", endpoint="ranking.index")


def _frozen_name(row: FrozenStanding) -> str:
    return row.participation.unit.name


def _live_name(row: Row) -> str:
    return row.name


def frozen_columns(measure: str) -> tuple[Column, ...]:
    """Các cột xếp được của bảng đã chốt."""
    return (
        Column("rank", "Hạng", value=lambda row: row.rank),
        Column("name", "Đơn vị", value=_frozen_name),
        Column("total", measure, value=lambda row: row.total, is_number=True),
    )


def live_columns(measure: str) -> tuple[Column, ...]:
    """Các cột xếp được của bảng tính ngay."""
    return (
        Column(
            "rank",
            "Hạng",
            value=lambda row: row.standing.rank if row.standing else None,
            is_number=True,
        ),
        Column("name", "Đơn vị", value=_live_name),
        Column("total", measure, value=lambda row: row.total, is_number=True),
    )


@dataclass(frozen=True, slots=True)
class Shown(Generic[Content]):
    """Bảng của một khối như trang cho thấy: what stands on it, and which of its pages it is."""

    block: Block
    content: Content
    page: Page[Any]
    pictures: Markup | None = None

    @property
    def page_name(self) -> str:
        """Tên của số trang trong địa chỉ: each block has its own."""
        return _page_name(self.block)


def _band(of: Asked, band: str) -> bool:
    return of.chosen["band"] in {"", band}


def _page_name(block: Block) -> str:
    return f"page-{block.id}"


def frozen_parts(
    of: Asked, blocks: Iterable[Block], standings: Sequence[FrozenStanding]
) -> list[Shown[Sequence[FrozenStanding]]]:
    """Các bảng đã chốt như điều kiện nói; a block where nothing is found has no table."""
    found = [row for row in of.matching(standings, _frozen_name) if _band(of, row.band)]
    tables = []
    for block in narrowed(of, blocks):
        rows = of.sorted([row for row in found if row.block_id == block.id])
        page = page_of(rows, number=page_number(_page_name(block)))
        if rows or not of.is_narrowed:
            tables.append(Shown(block, page.rows, page))
    return tables


def narrowed(of: Asked, blocks: Iterable[Block]) -> list[Block]:
    """Các khối như điều kiện nói."""
    number = of.number("block")
    return [block for block in blocks if number in {None, block.id}]


def is_plain(of: Asked) -> bool:
    """Whether nothing is asked for but which table: then everybody asks for the same."""
    pages = any(name.startswith("page") for name in request.args)
    return not pages and of.values.keys() <= {"now"}


def live_part(of: Asked, table: Table) -> Shown[Table]:
    """Bảng tính ngay của một khối như điều kiện nói; who has no rank stands after who has one."""
    ranked, unranked = (
        of.sorted([row for row in of.matching(rows, _live_name) if _band(of, row.band)])
        for rows in (table.ranked, table.unranked)
    )
    page = page_of([*ranked, *unranked], number=page_number(_page_name(table.block)))
    shown = {row.id for row in page.rows}
    part = replace(
        table,
        ranked=[row for row in ranked if row.id in shown],
        unranked=[row for row in unranked if row.id in shown],
    )
    return Shown(table.block, part, page)
