"""Bảng tính xếp hạng: the same rows as the page, with the points of each criterion where the page shows them."""

from collections.abc import Sequence
from decimal import Decimal

from campaign.core.numbers import NumberError, parse_decimal
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


LAYERS = (Column("Khối", width=54), Column("Đơn vị", width=44), Column("Mã", width=8), Column("Tiêu chí", width=40),
          Column("Ai chấm", width=20), Column("Tối đa", Kind.POINTS), Column("Tự chấm", Kind.POINTS), Column("Thẩm định", Kind.POINTS),
          Column("Hội đồng", Kind.POINTS), Column("Được tính", Kind.POINTS))


def layers(blocks: Sequence[Block], standings: Sequence[FrozenStanding]) -> Table:
    """Các lớp điểm of every unit: its own, verified, the Council's, and what counts, as the explanation froze them."""
    names = {block.id: block.name for block in blocks}
    return Table("Các lớp điểm", LAYERS, (
        (names[row.block_id], row.participation.unit.name, line["code"], line["name"], line["judged_by"],
         *(_points(line[key]) for key in ("maximum", "self", "verified", "council", "points")))
        for row in standings for group in row.explanation["groups"] for line in group["lines"]))


def _points(text: str) -> Decimal | None:
    try:
        return parse_decimal(text) if text else None
    except NumberError:
        return None


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
