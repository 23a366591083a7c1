"""Bảng tính xếp hạng: the same rows as the page, with the points of each criterion where the page shows them."""

from collections.abc import Sequence

from campaign.papers.workbook import Chart, Column, Kind, Table
from campaign.planning.models import Block
from campaign.ranking.models import FrozenStanding
from campaign.ranking.queries import Table as Ranking


def frozen(blocks: Sequence[Block], standings: Sequence[FrozenStanding]) -> list[Table]:
    """Xếp hạng đã khoá, a sheet for each block."""
    columns = [Column("Hạng", Kind.WHOLE, 8), Column("Đơn vị", width=44), Column("Tổng điểm", Kind.POINTS), Column("Xếp loại", width=18),
               Column("Ghi chú", width=40)]
    return [Table(block.name, columns, [
        (row.rank, row.participation.unit.name, row.total, row.band, _remark(row))
        for row in standings if row.block_id == block.id], Chart(f"Tổng điểm, {block.name}", 1, 2)) for block in blocks]


def _remark(row: FrozenStanding) -> str:
    if row.rank is None:
        return str(row.explanation.get("reason", ""))
    return "đồng hạng" if row.explanation.get("tied_with") else ""


def current(tables: Sequence[Ranking]) -> list[Table]:
    """Xếp hạng tính ngay, with the points of every criterion and what they add up to."""
    return [_current(one) for one in tables]


def _current(table: Ranking) -> Table:
    criteria = table.scheme.criteria
    columns = [Column("Hạng", Kind.WHOLE, 8), Column("Đơn vị", width=44),
               *[Column(f"{one.code} {one.name}", Kind.POINTS, 16) for one in criteria],
               Column("Tổng điểm", Kind.POINTS), Column("Xếp loại", width=18), Column("Ghi chú", width=40)]
    ids = [one.id for one in criteria]
    rows = [(row.standing.rank if row.standing else None, row.name, *row.points_of(ids), row.total, row.band,
             "đồng hạng" if row.standing and row.standing.tied_with else "") for row in table.ranked]
    rows += [(None, row.name, *row.points_of(ids), None, "", row.reason) for row in table.unranked]
    return Table(table.block.name, columns, rows, Chart(f"Tổng điểm, {table.block.name}", 1, len(ids) + 2))
