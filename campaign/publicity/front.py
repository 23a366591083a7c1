"""Trang đầu và trang phong trào: what a citizen sees first, put together from what is public."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from campaign.charts.drawn import Drawn
from campaign.core.prose import blocks as prose_blocks
from campaign.exemplars.stories.queries import newest as newest_stories
from campaign.planning.models import Block, Campaign
from campaign.publicity import pictures, queries
from campaign.publicity.queries import Progress
from campaign.ranking.frozen_tables import published_ranking
from campaign.ranking.models import FrozenStanding
from campaign.ranking.pictures import frozen_dots, standing
from campaign.ranking.queries import blocks as ranked_blocks
from campaign.scheme.queries import indicators_of
from campaign.scheme.rules.indicators import MeasuredIndicator

LONGEST_AIM = 420
"""Chữ của lời mở đầu trên trang đầu."""


class Section(NamedTuple):
    """Các hình của một chỉ tiêu: how its number came about, and where the units stand."""

    way: Drawn | None
    units: Drawn | None


class Leaders(NamedTuple):
    """Dẫn đầu một khối đã công bố: the first, or all who share the place, and the whole order."""

    block_id: int
    block: str
    first: list[FrozenStanding]
    picture: Drawn | None


def public_progress(campaign: Campaign, indicators: Mapping[int, MeasuredIndicator]) -> Progress:
    """Tiến độ, where the plan makes it public."""
    if not campaign.progress_is_public:
        return Progress({}, {})
    return queries.progress(campaign, indicators)


def sections(
    campaign: Campaign,
    indicators: Mapping[int, MeasuredIndicator],
    progress: Progress,
    today: date,
) -> dict[int, Section]:
    """Các hình của từng chỉ tiêu có số liệu."""
    return {
        key: Section(
            pictures.way(campaign, indicators[key], progress.lead.get(key, []), today),
            pictures.units(indicators[key], values),
        )
        for key, values in progress.newest.items()
    }


def leaders(campaign: Campaign, head: tuple[str, ...] = ("Đơn vị", "Kết quả")) -> list[Leaders]:
    """Đơn vị dẫn đầu từng khối; none before publication; without a head no table is drawn."""
    rows = published_ranking(campaign.id)
    if not rows:
        return []
    source = "Bảng xếp hạng đã công bố."
    return [
        Leaders(
            block.id,
            block.name,
            [row for row in own if row.rank == 1],
            standing(campaign, block, frozen_dots(campaign, own), source, head=head),
        )
        for block, own in _by_block(campaign.id, rows)
        if any(row.rank == 1 for row in own)
    ]


def _by_block(
    campaign_id: int, rows: Sequence[FrozenStanding]
) -> list[tuple[Block, list[FrozenStanding]]]:
    return [
        (block, [row for row in rows if row.block_id == block.id])
        for block in ranked_blocks(campaign_id)
    ]


NOTHING: dict[str, Any] = {
    "aim": "",
    "indicators": {},
    "targets": None,
    "leaders": [],
    "stories": [],
    "participants": {},
}
"""Chưa phát động phong trào nào."""


def front(campaign: Campaign | None) -> dict[str, Any]:
    """Phong trào mới nhất trên trang đầu: what it is about, its targets, who leads."""
    if campaign is None:
        return NOTHING
    indicators = indicators_of(campaign.id)
    paragraphs = [text for kind, text in prose_blocks(campaign.announcement) if kind == "p"]
    return {
        "aim": next((text for text in paragraphs if isinstance(text, str)), "")[:LONGEST_AIM],
        "indicators": indicators,
        "targets": pictures.targets(indicators, public_progress(campaign, indicators)),
        "leaders": leaders(campaign),
        "stories": newest_stories(campaign.id),
        "participants": queries.participants(campaign.id),
    }
