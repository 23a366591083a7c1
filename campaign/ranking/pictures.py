"""Hình vẽ của bảng xếp hạng: the units of a block beside each other, and beside one of them."""

from collections.abc import Iterable, Sequence

from campaign.charts import findings
from campaign.charts.drawn import Drawn
from campaign.charts.marks import heat
from campaign.charts.pictures import Dot, dots
from campaign.charts.rules import Part
from campaign.core.numbers import format_points
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Rescaling
from campaign.ranking.models import FrozenStanding
from campaign.ranking.table import Table
from campaign.scheme.rules.sums import Line
from campaign.scheme.rules.terms import CriterionKind

MOST_HEATED = 40
"""Nhiều đơn vị hơn thế thì bảng số dễ đọc hơn bản đồ."""
_READ = "Mỗi chấm là một đơn vị; vạch đen là trung vị."
_READ_HEAT = "Ô càng đậm thì càng gần điểm tối đa của tiêu chí; đầu cột là ký hiệu tiêu chí."


def unit_of_measure(campaign: Campaign) -> str:
    """Đơn vị đo của con số dùng để xếp hạng."""
    return "%" if campaign.rescaling is Rescaling.SHARE else "điểm"


def frozen_dots(
    campaign: Campaign, rows: Iterable[FrozenStanding], own: int | None = None
) -> list[Dot]:
    """Các đơn vị có hạng trong bảng đã chốt; `own` is the one the page is about."""
    measure = unit_of_measure(campaign)
    return [
        Dot(
            row.participation.unit.short_name,
            row.total,
            f"{format_points(row.total, campaign.points_places)} {measure}",
            row.participation_id == own,
            rank=row.rank,
        )
        for row in rows
        if row.total is not None
    ]


def live_dots(campaign: Campaign, table: Table) -> list[Dot]:
    """Các đơn vị có hạng trong bảng tính ngay."""
    measure = unit_of_measure(campaign)
    return [
        Dot(
            row.short_name,
            row.total,
            f"{format_points(row.total, campaign.points_places)} {measure}",
            rank=row.standing.rank if row.standing else None,
        )
        for row in table.ranked
        if row.total is not None
    ]


def standing(
    campaign: Campaign,
    block: Block,
    rows: Sequence[Dot],
    source: str,
    *,
    is_whole: bool = True,
    head: tuple[str, ...] = (),
) -> Drawn | None:
    """Thứ tự của một khối với trung vị; nothing where nobody has a rank.

    Of a block that is not shown whole nobody is said to lead it.
    """
    if not rows:
        return None
    finding = findings.leading(rows, unit_of_measure(campaign))
    return Drawn(
        f"khoi-{block.id}",
        dots(rows, unit_of_measure(campaign)),
        finding if is_whole else f"Trong các đơn vị Ông/Bà được xem: {finding}",
        _READ,
        source,
        head,
    )


def beside_block(
    campaign: Campaign, block: Block, rows: Sequence[Dot], source: str
) -> Drawn | None:
    """Một đơn vị bên cạnh khối của mình; nothing where it has no rank, or stands alone."""
    own = next((row for row in rows if row.is_own), None)
    if own is None or len(rows) == 1:
        return None
    measure = unit_of_measure(campaign)
    return Drawn(
        f"khoi-{block.id}",
        dots(rows, measure),
        findings.against_middle(own, rows, measure),
        f"{_READ} Chấm đỏ lớn là {own.name}.",
        source,
        ("Đơn vị", "Kết quả"),
    )


def by_criterion(block: Block, table: Table, places: int, source: str) -> Drawn | None:
    """Đơn vị × tiêu chí, of the criteria that have a maximum; the same numbers as in the table."""
    columns = [
        row for row in table.scheme.criteria if row.kind is CriterionKind.BASE and row.is_limited
    ]
    if not columns or not 1 < len(table.ranked) <= MOST_HEATED:
        return None
    rows = [
        (unit.short_name, [_part(unit.lines.get(column.id)) for column in columns])
        for unit in table.ranked
    ]
    return Drawn(
        f"tieu-chi-{block.id}",
        heat([row.code for row in columns], rows, places),
        findings.weakest([f"{row.code}. {row.name}" for row in columns], rows),
        _READ_HEAT,
        source,
    )


def _part(line: Line | None) -> Part | None:
    """Điểm của một ô, against the most that this unit could be given."""
    return Part(line.signed, line.maximum) if line else None
