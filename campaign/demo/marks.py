"""Diễn tập, chấm điểm: what each member of the Council marks."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP

from campaign.core import cells
from campaign.council import actions as council
from campaign.council import queries as members
from campaign.council.models import CouncilMember
from campaign.council.rules import RecusalOrigin
from campaign.demo.cast import HALF, Cast, act, moment
from campaign.demo.content.people import COUNCIL, UNLOCKED
from campaign.demo.content.words import MADE_UP
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.scoring import actions as scoring
from campaign.scoring import queries as sheets
from campaign.scoring.actions import Markable, Typed
from campaign.scoring.rules import council_criteria
from campaign.scoring.units import units_of
from campaign.verification import queries as verified


def score_blocks(cast: Cast, campaign: Campaign, *, is_over: bool) -> None:
    """Members mark; when scoring has begun two still have cells to fill."""
    names = {cast.users[name.lower()].id: name.lower() for name, _ in COUNCIL}
    council_members = members.members(campaign.id)
    _declare_interest(cast, campaign, council_members)
    blocks = sheets.blocks_of(campaign.id)
    markable = {block.id: _markable(campaign, block.id) for block in blocks}
    at = moment(date(2021, 5, 7) if is_over else date(2021, 4, 28), 7)
    for place, member in enumerate(council_members):
        is_waiting = not is_over and names[member.user_id] in {name.lower() for name in UNLOCKED}
        for number, block in enumerate(blocks):
            if number and not is_over and place % 2:
                continue
            left_out = 7 if is_waiting or (number and not is_over) else 0
            cells = _shown_to(member, block.id, markable[block.id])
            _fill_sheet(campaign, member, block.id, cells, place, left_out, at)


def _fill_sheet(
    campaign: Campaign,
    member: CouncilMember,
    block_id: int,
    cells: Sequence[Markable],
    place: int,
    left_out: int,
    at: datetime,
) -> None:
    """One sheet, but for the last cells, which are left out; a full one is locked."""
    with act("scoring.mark", member.user, campaign):
        sheet = scoring.begin_sheet(campaign, member, block_id)
        typed = [
            Typed(f"{cell.participation_id}:{cell.criterion_id}", cell, _mark_of(cell, place), "")
            for cell in cells[: len(cells) - left_out]
        ]
        for refusal in scoring.save_marks(campaign, sheet, typed, at=at).refused.values():
            raise refusal
    if not left_out:
        with act("scoring.lock", member.user, campaign):
            marks = sheets.marks_of(sheet.id)
            scoring.lock(campaign, sheet, cells, marks, units={}, criteria={}, at=at)


def _declare_interest(
    cast: Cast, campaign: Campaign, council_members: Sequence[CouncilMember]
) -> None:
    member = next(row for row in council_members if row.user_id == cast.users["pho-giam-doc-2"].id)
    with act("council.recuse", member.user, campaign):
        council.recuse(
            campaign,
            member,
            cast.units["LSN"].id,
            origin=RecusalOrigin.DECLARED,
            reason=f"Có người thân công tác tại đơn vị {MADE_UP}",
            by=member.user,
            at=moment(date(2021, 4, 26)),
        )


def cells_of(campaign: Campaign, member: CouncilMember, block_id: int) -> list[Markable]:
    """Các ô mà một thành viên chấm ở một khối, without those of whom they abstain from."""
    return _shown_to(member, block_id, _markable(campaign, block_id))


def _shown_to(member: CouncilMember, block_id: int, cells: Sequence[Markable]) -> list[Markable]:
    """Those of the units that the member is shown."""
    shown = {row.id for row in units_of(block_id, members.hidden_unit_ids(member))}
    return [cell for cell in cells if cell.participation_id in shown]


def _markable(campaign: Campaign, block_id: int) -> list[Markable]:
    """What can be marked in a block, whoever marks."""
    scheme = scheme_of(campaign.id)
    results = verified.verified_results(campaign.id, scheme, block_id)
    return [
        Markable(row.id, criterion.id, criterion.maximum, results[row.id].version_id)
        for row in units_of(block_id, frozenset())
        if row.id in results
        for criterion in council_criteria(scheme)
        if criterion.id in results[row.id].maxima
    ]


def _mark_of(cell: Markable, place: int) -> str:
    """A mark in halves: the unit's worth and each member's own hand; two thirds at least."""
    worth = cell.maximum * (97 - 6 * (cell.participation_id * 3 % 4)) / 100
    hand = (cell.participation_id * (place + 1) + cell.criterion_id) % 3 - 1
    halves = (worth / HALF).to_integral_value(ROUND_HALF_UP) + hand
    return cells.shown(min(max(halves * HALF, cell.maximum * 2 // 3), cell.maximum))
