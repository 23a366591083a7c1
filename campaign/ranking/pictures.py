"""Hình vẽ của bảng xếp hạng: the units of a block beside each other, and beside one of them."""

from collections.abc import Iterable, Sequence

from campaign.charts import findings
from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Dot, dots
from campaign.core.numbers import format_points
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Rescaling
from campaign.ranking.models import FrozenStanding

_READ = "Mỗi chấm là một đơn vị; vạch đen là trung vị của khối."


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
        )
        for row in rows
        if row.total is not None
    ]


def standing(campaign: Campaign, block: Block, rows: Sequence[Dot], source: str) -> Drawn | None:
    """Thứ tự của một khối với trung vị; nothing where nobody has a rank."""
    if not rows:
        return None
    return Drawn(
        f"khoi-{block.id}",
        dots(rows, unit_of_measure(campaign)),
        findings.leading(rows, unit_of_measure(campaign)),
        _READ,
        source,
        ("Đơn vị", "Kết quả"),
    )
