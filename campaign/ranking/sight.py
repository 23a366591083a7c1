"""Tầm nhìn: who asks for the ranking, and what of it exists for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_login import current_user

from campaign.core.errors import NotVisible
from campaign.core.permissions import Role
from campaign.council import queries as council
from campaign.council.queries import Withheld
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.ranking import frozen_tables, queries, tallies
from campaign.ranking.access import READS_MARKS, Asker, explains_all, sees_table
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.web import clock


def asker_in(campaign: Campaign) -> Asker:
    """Người hỏi: what whoever is signed in is to this campaign."""
    member = (
        council.active_member(current_user.id, campaign.id, clock.today())
        if Role.COUNCIL_MEMBER in current_user.roles
        else None
    )
    return Asker(
        is_secretariat=Role.SECRETARIAT in current_user.roles,
        is_director=Role.DIRECTOR in current_user.roles,
        is_member=member is not None,
        reads_marks=member is not None and member.function in READS_MARKS,
    )


def asker_who_sees(campaign: Campaign) -> Asker:
    """Người hỏi that may see the table; to others it does not exist."""
    asker = asker_in(campaign)
    if not sees_table(asker, campaign.phase):
        raise NotVisible
    return asker


@dataclass(frozen=True)
class Sight:
    """Tầm nhìn: the blocks a reader sees an order of, and what is withheld with the reason."""

    blocks: Sequence[Block]
    kept_from: Sequence[Block]
    """Khối có đơn vị người đọc không chấm hoặc là đơn vị của mình."""
    few_marks: Sequence[Block]
    """Khối có ô điểm do ít hơn ba thành viên khác chấm."""
    withheld: Withheld

    def hides(self, unit_id: int, block_id: int) -> bool:
        """Whether the result of this unit does not exist for the reader."""
        return self.withheld.hides(unit_id, block_id) or any(
            block.id == block_id for block in self.few_marks
        )

    def shows(self, block_id: int) -> bool:
        """Whether the reader sees an order of this block."""
        return any(block.id == block_id for block in self.blocks)


def sight_of(campaign: Campaign, asker: Asker, *, by_criterion: bool = False) -> Sight:
    """Tầm nhìn now; `by_criterion` where more is shown than is published."""
    blocks = queries.blocks(campaign.id)
    withheld = council.withheld_from(current_user, campaign, clock.today())
    withholding = (
        asker.reads_marks
        or not asker.is_member
        or (campaign.phase is Phase.PUBLISHED and not by_criterion)
    )
    withheld_blocks = [block for block in blocks if block.id in withheld.blocks]
    others = [block for block in blocks if block not in withheld_blocks]
    few = [] if withholding else _of_few_marks(others)
    return Sight([block for block in others if block not in few], withheld_blocks, few, withheld)


def _of_few_marks(blocks: Sequence[Block]) -> list[Block]:
    """Khối có ô điểm do quá ít thành viên chấm."""
    return [block for block in blocks if tallies.rests_on_few_marks(block.id)]


def shown_standings(frozen: FrozenRanking, sight: Sight) -> list[FrozenStanding]:
    """Thứ hạng đã chốt that this reader is shown."""
    return [
        row
        for row in frozen_tables.frozen_standings(frozen.id)
        if not sight.hides(row.participation.unit_id, row.block_id)
    ]


def compares(asker: Asker) -> bool:
    """The table of now: whoever reads the explanation of every unit, for it tells the same."""
    return request.args.get("now") == "1" and explains_all(asker)
