"""Đủ người chấm: where fewer members may mark a unit than the plan asks marks of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select

from campaign.core.listing import first_few
from campaign.council.named import seated_members
from campaign.council.queries import recusals_by_member
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.units.models import Unit

LISTED = 5
"""Kể tên mấy đơn vị thiếu người chấm."""


@dataclass(frozen=True, slots=True)
class ShortBlock:
    """Khối thiếu người chấm: its units that too few may mark, each with how many may."""

    name: str
    units: int
    short: Sequence[tuple[str, int]]

    def words(self, minimum: int) -> str:
        """Khối nào, mấy đơn vị, còn mấy người chấm được."""
        counts = sorted({count for _, count in self.short})
        people = "–".join(str(count) for count in {counts[0]: None, counts[-1]: None})
        which = (
            "mọi đơn vị"
            if len(self.short) == self.units
            else f"{len(self.short)}/{self.units} đơn vị ({self._names()})"
        )
        return (
            f"{self.name}: {which} chỉ có {people} người trong Hội đồng chấm được, ít hơn số phiếu "
            f"chấm tối thiểu {minimum}, nên sẽ không xếp hạng được."
        )

    def _names(self) -> str:
        """Các đơn vị ấy, the first few by name."""
        return first_few([name for name, _ in self.short], LISTED, "đơn vị nữa")


def short_blocks(campaign: Campaign) -> list[ShortBlock]:
    """Các khối có đơn vị thiếu người chấm, among the confirmed, in the plan's order; none
    where the whole Council is too small, which is another thing to say.
    """
    members = seated_members(campaign.id)
    if len(members) < campaign.minimum_marks:
        return []
    rows = _confirmed(campaign.id)
    kept = recusals_by_member(campaign.id, members)
    by_block: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for block, unit_id, name in rows:
        by_block[block].append((name, sum(unit_id not in kept[row.id] for row in members)))
    return [
        ShortBlock(block, len(units), short)
        for block, units in by_block.items()
        if (short := [unit for unit in units if unit[1] < campaign.minimum_marks])
    ]


def _confirmed(campaign_id: int) -> Sequence[Row[str, int, str]]:
    """Đơn vị đã xác nhận: block, id and short name, in the plan's order."""
    return db.session.execute(
        select(Block.name, Unit.id, Unit.short_name)
        .select_from(Participation)
        .join(Block, Block.id == Participation.block_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Block.position, Block.id, Unit.sort_key, Unit.id)
    ).all()
