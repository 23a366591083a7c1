"""Bảng tính xếp hạng: the rows of the page, with each criterion's points where it shows them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaign.core.numbers import read_written
from campaign.papers.workbook import Cell, Chart, Column, Kind, Table
from campaign.planning.models import Block
from campaign.ranking.agreement.compared import Compared
from campaign.ranking.models import FrozenStanding
from campaign.ranking.outline import RowKind, outline
from campaign.ranking.rules import Spread
from campaign.ranking.sums import measure_words
from campaign.ranking.table import Column as RankingColumn
from campaign.ranking.table import Part, Row
from campaign.ranking.table import Table as Ranking
from campaign.scheme.rules.table import ScoredCriterion


def frozen(
    blocks: Sequence[Block], standings: Sequence[FrozenStanding], measure: str
) -> list[Table]:
    """Xếp hạng đã chốt, a sheet for each block; `measure` names what units are ranked by."""
    columns = _columns(measure)
    return [
        Table(
            block.name,
            columns,
            [
                (row.rank, row.participation.unit.name, row.total, row.band, _remark(row))
                for row in standings
                if row.block_id == block.id
            ],
            Chart(f"{measure}, {block.name}", 1, 2),
        )
        for block in blocks
    ]


def _columns(measure: str, *parts: Column) -> list[Column]:
    """Các cột của bảng xếp hạng, with the parts of the total before it."""
    return [
        Column("Hạng", Kind.WHOLE, 8),
        Column("Đơn vị", width=44),
        *parts,
        Column(measure, Kind.POINTS),
        Column("Xếp loại", width=18),
        Column("Ghi chú", width=40),
    ]


LAYERS = (
    Column("Khối", width=54),
    Column("Đơn vị", width=44),
    Column("Mã", width=8),
    Column("Tiêu chí", width=40),
    Column("Ai chấm", width=20),
    Column("Tối đa", Kind.POINTS),
    Column("Tự chấm", Kind.POINTS),
    Column("Thẩm định", Kind.POINTS),
    Column("Hội đồng", Kind.POINTS),
    Column("Được tính", Kind.POINTS),
)


def layers(blocks: Sequence[Block], standings: Sequence[FrozenStanding]) -> Table:
    """Các lớp điểm of every unit: its own, verified, the Council's, and what counts, as the
    explanation froze them; with bonus, caps and re-scaling what counts adds up to the total.
    """
    names = {block.id: block.name for block in blocks}
    return Table(
        "Các lớp điểm",
        LAYERS,
        (
            (names[row.block_id], row.participation.unit.name, *cells)
            for row in standings
            for cells in _layers(row.explanation)
        ),
    )


_LAYERS_OF_A_LINE = ("maximum", "self", "verified", "council", "points")


def _layers(data: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for group in data["groups"]:
        for kind, row in outline(group):
            if kind is RowKind.LINE:
                points = (read_written(row[key]) for key in _LAYERS_OF_A_LINE)
                yield row["code"], row["name"], row["judged_by"], *points
            elif kind is RowKind.MORE:
                yield group["code"], row["name"], "", *(None,) * 4, read_written(row["points"])
    if data.get("rescaling"):
        yield "", "Quy đổi", "", None, None, None, None, read_written(data["rescaling"])


def _remark(row: FrozenStanding) -> str:
    if row.rank is None:
        return str(row.explanation.get("reason", ""))
    return "; ".join(filter(None, (row.tie, *row.explanation.get("remarks", ()))))


def current(tables: Sequence[Ranking]) -> list[Table]:
    """Xếp hạng tính ngay, with the points of every criterion and what they add up to."""
    return [_current(table) for table in tables]


def _current(table: Ranking) -> Table:
    parts, measure = table.columns, measure_words(table.rescaling)
    columns = _columns(measure, *(_part_column(part) for part in parts))
    rows = [_ranked(row, parts) for row in table.ranked]
    rows += [
        (None, row.name, *row.points_of(parts), None, "", row.reason) for row in table.unranked
    ]
    return Table(
        table.block.name, columns, rows, Chart(f"{measure}, {table.block.name}", 1, len(parts) + 2)
    )


def _part_column(part: RankingColumn) -> Column:
    """Cột của một phần cộng vào tổng; of a criterion with its code."""
    is_criterion = part.part is Part.CRITERION
    return Column(f"{part.head} {part.title}" if is_criterion else part.title, Kind.POINTS, 16)


def _ranked(row: Row, parts: Sequence[RankingColumn]) -> tuple[Cell, ...]:
    """Đơn vị có hạng: its points part by part, and what is remarked."""
    return (
        row.standing.rank if row.standing else None,
        row.name,
        *row.points_of(parts),
        row.total,
        row.band,
        "; ".join(filter(None, (row.tie, *row.remarks))),
    )


EXPLAINED = (
    Column("Nhóm", width=8),
    Column("Mã", width=8),
    Column("Tiêu chí", width=40),
    Column("Ai chấm", width=20),
    Column("Tối đa", Kind.POINTS),
    Column("Tự chấm", Kind.POINTS),
    Column("Thẩm định", Kind.POINTS),
    Column("Hội đồng", Kind.POINTS),
    Column("Điểm", Kind.POINTS),
    Column("Cách tính", width=60),
    Column("Dữ kiện", width=44),
    Column("Nhận xét", width=40),
)
GROUPS = (
    Column("Nhóm", width=8),
    Column("Tên nhóm", width=44),
    Column("Điểm", Kind.POINTS),
    Column("Trần", Kind.POINTS),
    Column("Sàn", Kind.POINTS),
    Column("Ghi chú", width=44),
)


def explained(data: Mapping[str, Any], measure: str) -> list[Table]:
    """Giải trình một đơn vị: each criterion with its arithmetic, and what the groups add up to."""
    criteria = [row for group in data["groups"] for row in _criteria(group)]
    groups = [row for group in data["groups"] for row in _sections(group)]
    if data["rescaling"]:
        remarks = "; ".join(data["remarks"])
        groups.append(("", "Quy đổi", read_written(data["rescaling"]), None, None, remarks))
    groups.append(("", measure, read_written(data["total"] or ""), None, None, data["band"]))
    return [Table("Tiêu chí", EXPLAINED, criteria), Table("Nhóm", GROUPS, groups)]


def _sections(group: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """A group, then the sections below it; what these add up to is in the group's points."""
    for section in (group, *group.get("sections", ())):
        yield (
            section["code"],
            section["name"],
            *(read_written(section.get(name) or "") for name in ("points", "cap", "floor")),
            "; ".join(
                filter(
                    None,
                    (
                        "" if section is group else f"trong nhóm {group['code']}",
                        section.get("bonus", ""),
                    ),
                )
            ),
        )


def _criteria(group: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a group in order; headings have no points, so that the others add up."""
    nothing = (None,) * 4
    for kind, row in outline(group):
        if kind is RowKind.SECTION:
            yield group["code"], row["code"], row["name"], "", *nothing, None, "", "", ""
        elif kind is RowKind.MORE:
            points = read_written(row["points"])
            yield group["code"], "", row["name"], "", *nothing, points, "", "", ""
        else:
            yield group["code"], *_criterion(row)


def _criterion(line: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Một tiêu chí: its points at each step, and how they came about."""
    return (
        line["code"],
        line["name"],
        line["judged_by"],
        *(read_written(line[key]) for key in _LAYERS_OF_A_LINE),
        "; ".join(line["steps"]),
        line["facts"],
        line["comment"],
    )


SPREADS = (
    Column("Mã", width=8),
    Column("Tiêu chí", width=44),
    Column("Khoảng cách trung bình", Kind.POINTS, 22),
    Column("Rộng nhất", Kind.POINTS),
)
ORDERS = (
    Column("Cách tổng hợp", width=30),
    Column("Đơn vị", width=44),
    Column("Hạng hiện tại", Kind.WHOLE),
    Column("Hạng nếu đổi", Kind.WHOLE),
)
CONCORD = (
    Column("Kendall W", Kind.MEASURE),
    Column("Số đơn vị so được", Kind.WHOLE, 18),
    Column("Số phiếu", Kind.WHOLE),
    Column("Ghi chú", width=60),
)


def agreement(compared: Compared) -> list[Table]:
    """Độ đồng thuận: the spread of each criterion, the ranks that other ways to aggregate would
    change, Kendall's W.
    """
    w = compared.w
    return [
        Table("Phân tán", SPREADS, [_spread(*row) for row in compared.spreads]),
        Table("Thứ hạng đổi", ORDERS, _moves(compared)),
        Table("Kendall W", CONCORD, [(w.w, w.units, w.raters, _left_out_words(compared))]),
    ]


def _spread(criterion: ScoredCriterion, width: Spread | None) -> tuple[Cell, ...]:
    """Độ phân tán của một tiêu chí; nothing where it has too few marks."""
    if width is None:
        return criterion.code, criterion.name, None, None
    return criterion.code, criterion.name, width.mean_range, width.widest


def _moves(compared: Compared) -> list[tuple[Cell, ...]]:
    """Đơn vị nào đổi hạng, by which other way to aggregate."""
    orders = compared.orders
    return [
        (method.label, orders.names[unit], orders.places[unit], place)
        for method, moved in orders.changed.items()
        for unit, place in moved.items()
    ]


def _left_out_words(compared: Compared) -> str:
    """Vì sao không tính được, and which units were not compared."""
    left_out = f"không so được: {', '.join(compared.left_out)}" if compared.left_out else ""
    return "; ".join(filter(None, (compared.w.problem, left_out)))
