"""Ảnh để chia sẻ: what a link to a drive shows where it is passed on, as a PNG of 1200 × 630."""

from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Bars, PlacedBar
from campaign.charts.rules import shortened
from campaign.core.dates import format_date
from campaign.papers.typesetting import picture
from campaign.planning.models import Campaign

MOST_ROWS = 6
LONG_TITLE = 70
"""Tên dài hơn thế thì chữ nhỏ hơn."""


def share_picture(campaign: Campaign, targets: Drawn | None) -> bytes:
    """Ảnh PNG: name, days, finding and bars of what the public page says anyhow."""
    bars = targets.picture if targets and isinstance(targets.picture, Bars) else None
    return picture(
        "sheets/share.typ",
        {
            "lead": shortened(_lead(campaign), 90),
            "title": shortened(campaign.title, 150),
            "size": 30 if len(campaign.title) > LONG_TITLE else 36,
            "finding": targets.finding if targets else shortened(campaign.occasion, 110),
            "source": targets.source if targets else "",
            "rows": [_bar(row) for row in (bars.rows if bars else ())[:MOST_ROWS]],
        },
    )


def _lead(campaign: Campaign) -> str:
    """Whose drive it is, and its days."""
    days = f"{format_date(campaign.starts_on)} – {format_date(campaign.ends_on)}"
    return f"{campaign.organiser.name} · {days}" if campaign.organiser else days


def _bar(row: PlacedBar) -> dict[str, object]:
    return {
        "name": shortened(row.short, 22),
        "words": shortened(row.words, 30),
        "width": row.width.rstrip("%"),
        "mark": row.mark.rstrip("%"),
        "is_met": row.state == "met",
    }
