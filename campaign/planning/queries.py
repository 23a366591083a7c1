"""Phát động: what the pages of a plan read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, bindparam, select, union
from sqlalchemy.orm import joinedload

from campaign.audit.shelves import keep_row, keep_settled
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Viewer
from campaign.core.text import search_key
from campaign.extensions import db
from campaign.honours.instruments import basis_problems, outside_words
from campaign.honours.models import RuleSet
from campaign.honours.queries import rule_sets
from campaign.planning.models import (
    Band,
    Block,
    Campaign,
    PhaseChange,
    PlanCorrection,
    ReportingPeriod,
    Task,
)
from campaign.planning.rules import Phase
from campaign.planning.ties import bonus_lost, is_missing
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionScope,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.queries import read_scheme
from campaign.scheme.rules.progress import Shares, shares
from campaign.scheme.rules.table import Scheme, weight_problem
from campaign.scheme.rules.terms import Direction, Judgement
from campaign.units import queries as units
from campaign.units.models import Unit
from campaign.units.rules import absence

MOST_SCHEMES = 50
_kept_schemes: dict[tuple[object, ...], Scheme] = {}
"""Bảng điểm đã cố định, of this process; the key changes with the campaign's row, and with the
database it stands in.
"""


def forget_schemes() -> None:
    """Quên các bảng điểm đã giữ, after the database was exchanged for another one."""
    _kept_schemes.clear()


def scheme_of(campaign_id: int) -> Scheme:
    """Bảng điểm của phong trào; what a launch froze is read once, and kept until the campaign's row
    changes.
    """
    campaign = _campaign(campaign_id)
    if campaign is None or not campaign.is_frozen:
        return read_scheme(campaign_id)
    key = (campaign.id, campaign.token, campaign.version, campaign.frozen_at)
    scheme = _kept_schemes.get(key)
    if scheme is None:
        if len(_kept_schemes) >= MOST_SCHEMES:
            forget_schemes()
        _kept_schemes[key] = scheme = read_scheme(campaign_id)
    return scheme


def campaign_for(viewer: Viewer, campaign_id: int) -> Campaign:
    """Phong trào; a draft exists only for those who plan."""
    campaign = _campaign(campaign_id)
    if campaign is None or (
        campaign.phase is Phase.DRAFT and Permission.CAMPAIGN_PLAN not in viewer.permissions
    ):
        raise NotVisible
    return campaign


def _campaign(campaign_id: int) -> Campaign | None:
    return keep_row("campaign", campaign_id, lambda: db.session.get(Campaign, campaign_id))


def organiser_and_rules(campaign: Campaign) -> tuple[Unit | None, RuleSet | None]:
    """Đơn vị phát động và bộ quy định của phong trào."""
    return (
        db.session.get(Unit, campaign.organiser_id) if campaign.organiser_id else None,
        db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None,
    )


@dataclass(frozen=True)
class Problem:
    """Việc còn thiếu: a sentence, where to mend it, and whether it blocks or only warns."""

    sentence: str
    endpoint: str
    is_blocking: bool = True
    values: tuple[tuple[str, Any], ...] = ()


def campaigns(*, with_drafts: bool, text: str = "") -> Select[Any]:
    """Danh sách phong trào, newest first; the few titles are searched without tones, as all lists
    are.
    """
    statement = (
        select(Campaign)
        .options(joinedload(Campaign.organiser))
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )
    if not with_drafts:
        statement = statement.where(Campaign.phase != Phase.DRAFT)
    if text:
        titles = db.session.execute(select(Campaign.id, Campaign.title))
        statement = statement.where(
            Campaign.id.in_([row.id for row in titles if search_key(text) in search_key(row.title)])
        )
    return statement


@cache
def _in_order(model: type[Any]) -> Select[Any]:
    order = (
        (model.position, model.id)
        if hasattr(model, "position")
        else (model.from_points.desc(), model.id)
    )
    return select(model).where(model.campaign_id == bindparam("campaign_id")).order_by(*order)


def rows_of(model: type[Any], campaign_id: int) -> Sequence[Any]:
    """Các dòng của kế hoạch (blocks, tasks, periods, bands), in their order."""
    statement = _in_order(model)  # type: ignore[arg-type] # a class is hashable
    return db.session.scalars(statement, {"campaign_id": campaign_id}).all()


_TASK = Task.__table__.c
_TASKS = (
    select(_TASK.id, _TASK.name, _TASK.guidance)
    .where(_TASK.campaign_id == bindparam("campaign_id"))
    .order_by(_TASK.position, _TASK.id)
)


class Asked(NamedTuple):
    """Nhiệm vụ chuyên môn that a report tells of, with the planner's guidance."""

    id: int
    name: str
    guidance: str


def tasks_of(campaign_id: int) -> list[Asked]:
    """Các nhiệm vụ chuyên môn, in the order of the plan."""
    return keep_settled(
        "tasks",
        campaign_id,
        lambda: [Asked(*row) for row in db.session.execute(_TASKS, {"campaign_id": campaign_id})],
    )


@cache
def _by_id(model: type[Any]) -> Select[Any]:
    return select(model).where(
        model.id == bindparam("row_id"), model.campaign_id == bindparam("campaign_id")
    )


def row_of(model: type[Any], campaign_id: int, row_id: int) -> Any:
    """Một dòng của kế hoạch; the row of another campaign does not exist here."""
    statement = _by_id(model)  # type: ignore[arg-type] # a class is hashable
    row = db.session.scalars(
        statement, {"row_id": row_id, "campaign_id": campaign_id}
    ).one_or_none()
    if row is None:
        raise NotVisible
    return row


def shares_of(campaign: Campaign, period: ReportingPeriod) -> Shares:
    """Tiến độ phải đạt đến cuối kỳ, of the year's targets and of the campaign's."""
    return shares(
        period.ends_on,
        typed=(period.expected_share, period.campaign_share),
        campaign=(campaign.starts_on, campaign.ends_on),
        by=campaign.counted_by,
    )


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
    mine = select(Indicator.id).where(Indicator.campaign_id == campaign.id)
    named: CompoundSelect[Any] = union(
        select(IndicatorOwner.unit_id).where(IndicatorOwner.indicator_id.in_(mine)),
        select(Allocation.unit_id).where(Allocation.indicator_id.in_(mine)),
        select(CriterionScope.unit_id)
        .join(Criterion, Criterion.id == CriterionScope.criterion_id)
        .where(Criterion.campaign_id == campaign.id, CriterionScope.unit_id.is_not(None)),
    )
    return {
        row.id: Absent(row.short_name, absence(campaign.starts_on, row.valid_from, row.valid_to))
        for row in units.absent(campaign.starts_on, select(named.subquery().c.unit_id))
    }


def absent_problems(scheme: Scheme, absent: Mapping[int, Absent]) -> list[Problem]:
    """Chỗ kế hoạch còn ghi đơn vị đã chấm dứt: the office takes them out, or corrects the dates of
    the unit.
    """
    named = [
        *(
            (
                f"Chỉ tiêu “{row.name}”",
                row.owners | row.allocations.keys(),
                "indicators.allocations",
                ("indicator_id", row.id),
            )
            for row in scheme.indicators.values()
        ),
        *(
            (f"Tiêu chí {row.code}", row.units, "criteria.edit", ("criterion_id", row.id))
            for row in scheme.criteria
        ),
    ]
    return [
        Problem(
            f"{what} có đơn vị không có vào ngày bắt đầu phong trào: {'; '.join(gone)}.",
            endpoint,
            values=(value,),
        )
        for what, unit_ids, endpoint, value in named
        if (gone := [one.told for key, one in absent.items() if key in unit_ids])
    ]


def launch_problems(campaign: Campaign) -> list[Problem]:
    """Việc còn thiếu của kế hoạch before the launch, each with the page where it is mended."""
    scheme = scheme_of(campaign.id)
    periods = periods_of(campaign.id)
    found: list[Problem] = []

    def need(condition: object, sentence: str, endpoint: str, **values: object) -> None:
        if not condition:
            found.append(Problem(sentence, endpoint, values=tuple(values.items())))

    need(campaign.announcement.strip(), "Chưa có nội dung phát động.", "planning.edit")
    need(campaign.legal_basis.strip(), "Chưa có căn cứ pháp lý.", "planning.edit")
    need(campaign.rule_set_code, "Chưa chọn bộ quy định.", "planning.edit")
    need(rows_of(Block, campaign.id), "Chưa có khối thi đua.", "planning.rows", kind="blocks")
    need(periods, "Chưa có kỳ báo cáo.", "planning.rows", kind="periods")
    need(
        not periods or any(period.is_final for period in periods),
        "Chưa chọn kỳ cuối.",
        "planning.rows",
        kind="periods",
    )
    need(rows_of(Band, campaign.id), "Chưa có mức xếp loại.", "planning.rows", kind="bands")
    problem = weight_problem(scheme.base_total)
    need(problem is None, problem or "", "criteria.index")
    for criterion in scheme.criteria:
        watched = scheme.indicators.get(criterion.indicator_id or 0)
        need(
            watched is None or watched.direction is not Direction.WATCH,
            f"Tiêu chí {criterion.code} tính theo một chỉ tiêu chỉ để theo dõi, nên không đơn "
            "vị nào có điểm.",
            "criteria.edit",
            criterion_id=criterion.id,
        )
    scored = {criterion.indicator_id for criterion in scheme.criteria}
    for indicator in scheme.indicators.values():
        if indicator.direction is Direction.WATCH:
            continue
        has_goal = (
            indicator.growth_target is not None
            if indicator.judgement is Judgement.GROWTH
            else indicator.year_target is not None
        )
        need(
            has_goal or indicator.allocations,
            f"Chỉ tiêu “{indicator.name}” chưa có mức phải đạt.",
            "indicators.edit",
            indicator_id=indicator.id,
        )
        if indicator.id not in scored:
            found.append(
                Problem(
                    f"Chỉ tiêu “{indicator.name}” chưa gắn với tiêu chí nào.",
                    "criteria.index",
                    is_blocking=False,
                )
            )
    found += [
        *_bonus_problems(scheme),
        *_tie_problems(campaign, scheme),
        *absent_problems(scheme, absent_units(campaign)),
    ]
    return found + _unchecked_problems(campaign, scheme) + _law_problems(campaign, periods)


def _law_problems(campaign: Campaign, periods: Sequence[ReportingPeriod]) -> list[Problem]:
    """Chỗ trái thời gian hiệu lực: the days of the plan and its dossiers against its rule set, and
    its bases.
    """
    rules = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    received = max((row.due_on for row in periods if row.is_final), default=campaign.ends_on)
    days = {campaign.starts_on: "ngày bắt đầu phong trào", received: "ngày dự kiến nhận hồ sơ"}
    warnings = (
        [outside_words(rules, rule_sets(), day, what) for day, what in days.items()]
        if rules
        else []
    )
    bases = [
        f"Căn cứ: {problem}" for problem in basis_problems(campaign.legal_basis, campaign.starts_on)
    ]
    return [
        Problem(sentence, "planning.edit", is_blocking=False)
        for sentence in [*warnings, *bases]
        if sentence
    ]


def _bonus_problems(scheme: Scheme) -> list[Problem]:
    """Điểm thưởng vượt chỉ tiêu that would be promised and never counted."""
    groups = {group.id: group for group in scheme.groups}
    criteria = {row.indicator_id for row in scheme.criteria}
    found = []
    for row in scheme.indicators.values():
        if row.rule.bonus_per_percent <= 0:
            continue
        lost = bonus_lost(
            row, groups.get(row.bonus_group_id or 0), has_criterion=row.id in criteria
        )
        if lost:
            found.append(
                Problem(
                    f"Điểm thưởng vượt của chỉ tiêu “{row.name}” sẽ không được tính: {lost}.",
                    "indicators.edit",
                    values=(("indicator_id", row.id),),
                )
            )
    return found


def _tie_problems(campaign: Campaign, scheme: Scheme) -> list[Problem]:
    if any(is_missing(step, scheme.groups) for step in campaign.tie_breaks):
        return [
            Problem(
                "Tiêu chí phụ khi bằng điểm theo một nhóm không có trong bảng điểm.",
                "planning.settings",
            )
        ]
    return []


def _unchecked_problems(campaign: Campaign, scheme: Scheme) -> list[Problem]:
    """Chỗ chưa đối chiếu với văn bản gốc: it may be launched, but not unseen."""
    found = []
    if names := [row.name for row in scheme.indicators.values() if row.is_doubted]:
        found.append(
            Problem(
                f"Chỉ tiêu chưa đối chiếu với văn bản gốc: {'; '.join(names)}.",
                "indicators.index",
                is_blocking=False,
            )
        )
    rules = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    if rules is not None and rules.checked_on is None:
        found.append(
            Problem(
                f"Bộ quy định {rules.code} chưa đối chiếu với văn bản gốc.",
                "planning.rule_sets",
                is_blocking=False,
            )
        )
    return found
