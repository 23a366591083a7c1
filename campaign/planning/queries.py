"""Phát động: what the pages of a plan read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, select, union
from sqlalchemy.orm import contains_eager, joinedload

from campaign.audit.memory import remembered
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Viewer
from campaign.core.points import PLACES
from campaign.core.text import search_key
from campaign.extensions import db, visible_row
from campaign.honours.models import RuleSet
from campaign.planning.models import (
    Band,
    Campaign,
    PhaseChange,
    PlanCorrection,
    ReportingPeriod,
    Task,
)
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    CriterionScope,
    GivenTarget,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.queries import read_scheme
from campaign.scheme.rules.decimals import STORED
from campaign.scheme.rules.progress import Shares, shares
from campaign.scheme.rules.table import Scheme
from campaign.units import queries as units
from campaign.units.models import Unit
from campaign.units.rules import absence


def scheme_of(campaign_id: int) -> Scheme:
    """Bảng điểm của phong trào; once launched it is remembered until the campaign's row changes."""
    campaign = _campaign(campaign_id)
    places = PLACES if campaign is None else campaign.points_places
    if campaign is None or not campaign.is_frozen:
        return read_scheme(campaign_id, places)
    frozen = (campaign.token, campaign.version, campaign.frozen_at)
    return remembered("scheme", campaign_id, lambda: read_scheme(campaign_id, places), under=frozen)


def campaign_for(viewer: Viewer, campaign_id: int) -> Campaign:
    """Phong trào; a draft exists only for those who plan."""
    campaign = _campaign(campaign_id)
    if campaign is None or (
        campaign.phase is Phase.DRAFT and Permission.CAMPAIGN_PLAN not in viewer.permissions
    ):
        raise NotVisible
    return campaign


def _campaign(campaign_id: int) -> Campaign | None:
    return db.session.get(Campaign, campaign_id)


def organiser_and_rules(campaign: Campaign) -> tuple[Unit | None, RuleSet | None]:
    """Đơn vị phát động và bộ quy định của phong trào."""
    return (
        db.session.get(Unit, campaign.organiser_id) if campaign.organiser_id else None,
        db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None,
    )


def campaigns(*, with_drafts: bool, text: str = "", order: Sequence[Any] = ()) -> Select[Any]:
    """Danh sách phong trào, newest first; titles are searched without tones."""
    statement = (
        select(Campaign)
        .outerjoin(Campaign.organiser)
        .options(contains_eager(Campaign.organiser))
        .order_by(*order, Campaign.starts_on.desc(), Campaign.id.desc())
    )
    if not with_drafts:
        statement = statement.where(Campaign.phase != Phase.DRAFT)
    if text:
        titles = db.session.execute(select(Campaign.id, Campaign.title))
        statement = statement.where(
            Campaign.id.in_([row.id for row in titles if search_key(text) in search_key(row.title)])
        )
    return statement


def rows_of(model: type[Any], campaign_id: int) -> Sequence[Any]:
    """Các dòng của kế hoạch (blocks, tasks, periods, bands), in their order."""
    order = model.position if hasattr(model, "position") else model.from_points.desc()
    statement = select(model).where(model.campaign_id == campaign_id).order_by(order, model.id)
    return db.session.scalars(statement).all()


def planned(campaign_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Các dòng của kế hoạch có thể ghi điểm: the name of each, and what it stores of them."""
    rows = (
        row
        for model in (CriterionGroup, Criterion, Indicator, Band)
        for row in rows_of(model, campaign_id)
    )
    return [
        (
            getattr(row, "code", row.name),
            {name: getattr(row, name) for name in STORED if hasattr(row, name)},
        )
        for row in rows
    ]


class AskedTask(NamedTuple):
    """Nhiệm vụ chuyên môn that a report tells of, with the planner's guidance."""

    id: int
    name: str
    guidance: str


def tasks_of(campaign_id: int) -> list[AskedTask]:
    """Các nhiệm vụ chuyên môn, in the order of the plan."""
    statement = (
        select(Task.id, Task.name, Task.guidance)
        .where(Task.campaign_id == campaign_id)
        .order_by(Task.position, Task.id)
    )
    return [AskedTask(*row) for row in db.session.execute(statement)]


def row_of(model: type[Any], campaign_id: int, row_id: int) -> Any:
    """Một dòng của kế hoạch; the row of another campaign does not exist here."""
    return visible_row(select(model).where(model.id == row_id, model.campaign_id == campaign_id))


def shares_of(campaign: Campaign, period: ReportingPeriod) -> Shares:
    """Tiến độ phải đạt đến cuối kỳ, of the year's targets and of the campaign's."""
    return shares(
        period.ends_on,
        typed=(period.expected_share, period.campaign_share),
        campaign=(campaign.starts_on, campaign.ends_on),
        by=campaign.counted_by,
    )._replace(period_id=period.id)


def periods_of(campaign_id: int) -> Sequence[ReportingPeriod]:
    """Các kỳ báo cáo, in order."""
    rows: Sequence[ReportingPeriod] = rows_of(ReportingPeriod, campaign_id)
    return rows


def phase_changes(campaign_id: int) -> Sequence[PhaseChange]:
    """Lịch sử chuyển bước, newest first."""
    return db.session.scalars(
        select(PhaseChange)
        .where(PhaseChange.campaign_id == campaign_id)
        .options(joinedload(PhaseChange.by))
        .order_by(PhaseChange.id.desc())
    ).all()


def corrections(campaign_id: int) -> Sequence[PlanCorrection]:
    """Các đính chính sau phát động, newest first."""
    return db.session.scalars(
        select(PlanCorrection)
        .where(PlanCorrection.campaign_id == campaign_id)
        .options(joinedload(PlanCorrection.by))
        .order_by(PlanCorrection.id.desc())
    ).all()


class Absent(NamedTuple):
    """Đơn vị không có vào ngày bắt đầu phong trào, and why."""

    name: str
    why: str

    @property
    def told(self) -> str:
        """Tên và lý do, in one phrase."""
        return f"{self.name} ({self.why})"


def absent_units(campaign: Campaign) -> dict[int, Absent]:
    """Đơn vị có trong kế hoạch mà không có vào ngày bắt đầu, by id; a copied plan may hold them."""
    if campaign.is_frozen:
        return {}
    named = _named_units(campaign.id)
    return {
        row.id: Absent(row.short_name, absence(campaign.starts_on, row.valid_from, row.valid_to))
        for row in units.absent_on(campaign.starts_on, select(named.subquery().c.unit_id))
    }


def _named_units(campaign_id: int) -> CompoundSelect[Any]:
    """Đơn vị có trong kế hoạch: who has a part, a target, or a criterion of their own."""
    mine = select(Indicator.id).where(Indicator.campaign_id == campaign_id)
    return union(
        select(IndicatorOwner.unit_id).where(IndicatorOwner.indicator_id.in_(mine)),
        select(Allocation.unit_id).where(Allocation.indicator_id.in_(mine)),
        select(GivenTarget.unit_id).where(
            GivenTarget.indicator_id.in_(mine), GivenTarget.unit_id.is_not(None)
        ),
        select(CriterionScope.unit_id)
        .join(Criterion, Criterion.id == CriterionScope.criterion_id)
        .where(Criterion.campaign_id == campaign_id, CriterionScope.unit_id.is_not(None)),
    )
