"""Bàn chấm: what the person at the screen may mark, of a block, a page or one unit."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from flask_login import current_user

from campaign.clarification.queries import held_back
from campaign.core.cells import cell_name
from campaign.core.errors import NotVisible
from campaign.core.numbers import known_id
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
from campaign.scoring.units import UnitRow, markable_unit, unit_of, units_of
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
    recusals: dict[int, council.Ground]
    sheet: ScoreSheet | None
    scheme: Scheme
    criteria: tuple[ScoredCriterion, ...]
    units: list[UnitRow]
    results: dict[int, UnitResult]
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
    def asked(self) -> list[tuple[int, int]]:
        """Các ô chấm được, by participation and criterion."""
        return [(cell.participation_id, cell.criterion_id) for cell in self.cells]

    @property
    def recusals_told(self) -> list[council.Ground]:
        """Không chấm những ai, a whole block as one."""
        return council.grounds_told(self.recusals.values())

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


class Seat(NamedTuple):
    """Ai chấm khối nào: the units they are kept away from, and the sheet if begun."""

    campaign: Campaign
    member: CouncilMember
    block: Block
    recusals: dict[int, council.Ground]
    sheet: ScoreSheet | None


def sitting(campaign_id: int, block_id: int) -> Seat:
    """Chỗ chấm của người đang ngồi trước máy."""
    campaign = campaign_for(current_user, campaign_id)
    member, block, sheet = queries.seat(current_user.id, campaign_id, block_id, clock.today())
    return Seat(campaign, member, block, council.recusals_of(member), sheet)


def _open(campaign: Campaign, results: dict[int, UnitResult]) -> dict[int, UnitResult]:
    """Those whose round of explanations, where the plan has one, is over."""
    held = held_back(campaign, clock.today())
    return {key: result for key, result in results.items() if key not in held} if held else results


def _desk(
    seat: Seat,
    scheme: Scheme,
    units: list[UnitRow],
    results: dict[int, UnitResult],
    marks: dict[tuple[int, int], queries.Cell],
) -> Desk:
    """The desk at this seat, with these units and what is known of them."""
    return Desk(
        *seat,
        scheme,
        criteria_of(scheme, seat.member.function, seat.member.user_id),
        units,
        results,
        marks,
    )


def desk_of(campaign_id: int, block_id: int) -> Desk:
    """The desk for the whole block."""
    seat, scheme = sitting(campaign_id, block_id), scheme_of(campaign_id)
    units = units_of(block_id, frozenset(seat.recusals))
    results = _open(seat.campaign, verified_results(campaign_id, scheme, block_id))
    marks = queries.marks_of(seat.sheet.id) if seat.sheet else {}
    return _desk(seat, scheme, units, results, marks)


def page_of_desk(campaign_id: int, block_id: int, page: int) -> Desk:
    """The desk with one page of units: no other unit's results or marks are read."""
    seat, scheme = sitting(campaign_id, block_id), scheme_of(campaign_id)
    units = units_of(block_id, frozenset(seat.recusals), page=page, size=PER_PAGE)
    ids = [unit.id for unit in units]
    results = {
        key: result
        for key, (_, result) in results_of_some(campaign_id, scheme, block_id, ids).items()
    }
    results = _open(seat.campaign, results)
    marks = queries.marks_on_page(seat.sheet.id, ids) if seat.sheet else {}
    return _desk(seat, scheme, units, results, marks)


def desk_for(
    campaign_id: int, block_id: int, participation_id: int
) -> tuple[Desk, VerifiedUnit | None]:
    """The desk for one unit; of the others only the names before and after are read."""
    seat, scheme = sitting(campaign_id, block_id), scheme_of(campaign_id)
    row = unit_of(block_id, participation_id, frozenset(seat.recusals))
    verified = finished_unit(campaign_id, scheme, block_id, participation_id)
    if participation_id in held_back(seat.campaign, clock.today()):
        verified = None
    marks = queries.marks_of(seat.sheet.id, [participation_id]) if seat.sheet else {}
    results = {participation_id: verified[1]} if verified else {}
    desk = _desk(seat, scheme, [row], results, marks)
    return desk, verified[0] if verified else None


def named_cell(
    campaign: Campaign, member: CouncilMember, block_id: int, field: str
) -> tuple[str, Markable]:
    """Ô mà tên này chỉ, and whether its mark or its note, if the member may mark it; no other
    exists for them.
    """
    name = cell_name(field)
    if name.letter not in {"m", "n"}:
        raise NotVisible
    participation_id, criterion_id = name.number, known_id(name.part)
    row, version_id = markable_unit(block_id, participation_id, council.hidden_unit_ids(member))
    if participation_id in held_back(campaign, clock.today()):
        raise NotVisible
    maximum = _maximum(scheme_of(campaign.id), member, row, criterion_id)
    return name.letter, Markable(participation_id, criterion_id, maximum, version_id)


def _maximum(scheme: Scheme, member: CouncilMember, row: UnitRow, criterion_id: int) -> Decimal:
    """Điểm tối đa của một tiêu chí that the member marks and that applies to the unit."""
    asked = criteria_of(scheme, member.function, member.user_id)
    criterion = next((row for row in asked if row.id == criterion_id), None)
    if criterion is None or not scheme.applies(criterion, row.unit_id, row.block_id):
        raise NotVisible
    return criterion.maximum


def page_of(desk: Desk) -> int:
    """Trang của bảng chấm on which the one unit of this desk stands."""
    places = [unit.id for unit in units_of(desk.block.id, frozenset(desk.recusals))]
    return places.index(desk.units[0].id) // PER_PAGE + 1


def claimed_by(desk: Desk, verified: VerifiedUnit) -> Content:
    """Báo cáo cuối kỳ của đơn vị, with its own points on the scale on which the Council marks."""
    unit = desk.units[0]
    maxima = desk.scheme.maxima_for(unit.unit_id, unit.block_id)
    return on_plans_scale(desk.scheme, maxima, queries.final_content(unit.id, verified.version_id))
