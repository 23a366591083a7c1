"""Bàn chấm: what the person at the screen may mark, of a block, a page or one unit."""

from dataclasses import dataclass

from flask_login import current_user

from campaign.clarification.queries import held_back
from campaign.core.errors import NotVisible
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.rules import Content
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scoring import queries
from campaign.scoring.actions import Markable
from campaign.scoring.models import ScoreSheet
from campaign.scoring.rules import criteria_of
from campaign.scoring.units import UnitRow, unit_of, units_of
from campaign.verification.claims.rules import on_plans_scale
from campaign.verification.queries import finished_unit, results_of_some, verified_results
from campaign.verification.rules import UnitResult, VerifiedUnit
from campaign.web import clock

PER_PAGE = 50


@dataclass(frozen=True)
class Desk:
    """Bàn chấm: everything one member needs to mark one block."""

    campaign: Campaign
    member: CouncilMember
    block: Block
    scheme: Scheme
    criteria: tuple[ScoredCriterion, ...]
    units: list[UnitRow]
    results: dict[int, UnitResult]
    recusals: dict[int, council.Ground]
    sheet: ScoreSheet | None
    marks: dict[tuple[int, int], queries.Cell]

    @property
    def cells(self) -> list[Markable]:
        """Ô chấm được lúc này."""
        return [
            Markable(unit.id, criterion.id, criterion.maximum, self.results[unit.id].version_id)
            for unit in self.units
            if unit.id in self.results
            for criterion in self.criteria
            if criterion.id in self.results[unit.id].maxima
        ]

    @property
    def recusals_told(self) -> list[council.Ground]:
        """Không chấm những ai, a whole block as one."""
        return council.told(self.recusals.values())

    @property
    def is_open(self) -> bool:
        """Còn chấm được: scoring is open and the sheet is not locked."""
        return self.campaign.phase is Phase.SCORING and (
            self.sheet is None or self.sheet.locked_at is None
        )


def member_of(campaign: Campaign) -> CouncilMember:
    """Thành viên đang ngồi trước máy; whoever is none finds nothing here."""
    member = council.active_member(current_user.id, campaign.id, clock.today())
    if member is None:
        raise NotVisible
    return member


def sitting(
    campaign_id: int, block_id: int
) -> tuple[Campaign, CouncilMember, Block, dict[int, council.Ground], ScoreSheet | None]:
    """Who marks what: member, block, the units they are kept away from, and the sheet if begun."""
    campaign = campaign_for(current_user, campaign_id)
    member, block, sheet = queries.seat(current_user.id, campaign_id, block_id, clock.today())
    return campaign, member, block, council.recusals_of(member), sheet


def _open(campaign: Campaign, results: dict[int, UnitResult]) -> dict[int, UnitResult]:
    """Those whose round of explanations, where the plan has one, is over."""
    held = held_back(campaign, clock.today())
    return {key: result for key, result in results.items() if key not in held} if held else results


def desk_of(campaign_id: int, block_id: int) -> Desk:
    """The desk for the whole block."""
    campaign, member, block, recusals, sheet = sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    return Desk(
        campaign,
        member,
        block,
        scheme,
        criteria_of(scheme, member.function, member.user_id),
        units_of(block_id, frozenset(recusals)),
        _open(campaign, verified_results(campaign_id, scheme, block_id)),
        recusals,
        sheet,
        queries.marks_of(sheet.id) if sheet else {},
    )


def page_of_desk(campaign_id: int, block_id: int, page: int) -> Desk:
    """The desk with one page of units: no other unit's results or marks are read."""
    campaign, member, block, recusals, sheet = sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    units = units_of(block_id, frozenset(recusals), page=page, size=PER_PAGE)
    ids = [unit.id for unit in units]
    results = {
        key: result
        for key, (_, result) in results_of_some(campaign_id, scheme, block_id, ids).items()
    }
    return Desk(
        campaign,
        member,
        block,
        scheme,
        criteria_of(scheme, member.function, member.user_id),
        units,
        _open(campaign, results),
        recusals,
        sheet,
        queries.marks_on_page(sheet.id, ids) if sheet else {},
    )


def desk_for(
    campaign_id: int, block_id: int, participation_id: int
) -> tuple[Desk, VerifiedUnit | None]:
    """The desk for one unit; of the others only the names before and after are read."""
    campaign, member, block, recusals, sheet = sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    row = unit_of(block_id, participation_id, frozenset(recusals))
    verified = finished_unit(campaign_id, scheme, block_id, participation_id)
    if participation_id in held_back(campaign, clock.today()):
        verified = None
    return Desk(
        campaign,
        member,
        block,
        scheme,
        criteria_of(scheme, member.function, member.user_id),
        [row],
        {participation_id: verified[1]} if verified else {},
        recusals,
        sheet,
        queries.marks_of(sheet.id, [participation_id]) if sheet else {},
    ), verified[0] if verified else None


def page_of(desk: Desk) -> int:
    """Trang của bảng chấm on which the one unit of this desk stands."""
    places = [unit.id for unit in units_of(desk.block.id, frozenset(desk.recusals))]
    return places.index(desk.units[0].id) // PER_PAGE + 1


def claimed_by(desk: Desk, verified: VerifiedUnit) -> Content:
    """Báo cáo cuối kỳ của đơn vị, with its own points on the scale on which the Council marks."""
    unit = desk.units[0]
    maxima = desk.scheme.maxima_for(unit.unit_id, unit.block_id)
    return on_plans_scale(desk.scheme, maxima, queries.final_content(unit.id, verified.version_id))
