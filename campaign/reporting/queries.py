"""Báo cáo: what its pages read, and who may see which unit's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Result, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.accounts.models import User
from campaign.core.errors import NotVisible
from campaign.core.permissions import Role
from campaign.council.queries import active_member, hidden_unit_ids
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import shares_of, tasks_of
from campaign.reporting.checks import sorted_answers
from campaign.reporting.listed import ListedOccurrence, Lists
from campaign.reporting.models import (
    ClaimedValue,
    Evidence,
    Narrative,
    Occurrence,
    Report,
    ReportVersion,
    SelfScore,
    WarningAnswer,
)
from campaign.reporting.rules import (
    SENT,
    ClaimedFigure,
    Content,
    Demands,
    SelfAssessment,
    concerned,
)
from campaign.scheme.rules.table import Scheme
from campaign.units.models import Unit

SEE_ALL = frozenset({Role.SECRETARIAT, Role.INSPECTOR, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Sight:
    """Tầm nhìn: of which units a person may see reports; `hidden` binds a council member."""

    own: frozenset[int]
    sees_others: bool
    hidden: frozenset[int] = frozenset()

    def sees(self, unit_id: int) -> bool:
        """Whether this unit exists for them."""
        return unit_id in self.own or (self.sees_others and unit_id not in self.hidden)


def sight_of(user: User, campaign_id: int, day: date) -> Sight:
    """Tầm nhìn của một người: own units; all for the secretariat, inspectors and Director; for a
    council member all but those they are kept away from.
    """
    own = frozenset(user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))
    if user.roles & SEE_ALL:
        return Sight(own, sees_others=True)
    member = active_member(user.id, campaign_id, day) if Role.COUNCIL_MEMBER in user.roles else None
    if member is None:
        return Sight(own, sees_others=False)
    return Sight(own, sees_others=True, hidden=hidden_unit_ids(member))


def report(campaign_id: int, report_id: int, sight: Sight) -> Report:
    """Một báo cáo, with unit, block and period; outside one's sight it does not exist."""
    statement = (
        select(Report)
        .join(Report.participation)
        .where(Report.id == report_id, Participation.campaign_id == campaign_id)
        .options(
            contains_eager(Report.participation).joinedload(Participation.unit, innerjoin=True),
            joinedload(Report.period, innerjoin=True),
        )
    )
    row = db.session.scalars(statement).one_or_none()
    if row is None or not sight.sees(row.participation.unit_id):
        raise NotVisible
    return row


def report_of(participation_id: int, period_id: int) -> Report | None:
    """Báo cáo của đơn vị cho kỳ, if it was opened."""
    return db.session.scalars(
        select(Report).where(
            Report.participation_id == participation_id, Report.period_id == period_id
        )
    ).one_or_none()


def participations_seen(campaign_id: int, sight: Sight) -> Sequence[Participation]:
    """Đơn vị tham gia trong tầm nhìn, by name."""
    statement = (
        select(Participation)
        .join(Participation.unit)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .options(joinedload(Participation.unit), joinedload(Participation.block))
        .order_by(Unit.sort_key, Participation.id)
    )
    if not sight.sees_others:
        statement = statement.where(Participation.unit_id.in_(sight.own))
    elif sight.hidden - sight.own:
        statement = statement.where(Participation.unit_id.not_in(sight.hidden - sight.own))
    return db.session.scalars(statement).all()


class FiledReport(NamedTuple):
    """Báo cáo trên bảng: its state, how many versions it has, and whether the last came on time."""

    report_id: int
    state: Any
    versions: int
    is_on_time: bool | None

    @property
    def is_sent(self) -> bool:
        """Đang tính là đã nộp."""
        return self.state in SENT


_OWN_VERSIONS = select(ReportVersion.id).where(ReportVersion.report_id == Report.id)
_LAST_VERSION = _OWN_VERSIONS.order_by(ReportVersion.number.desc()).limit(1)
_FILED = select(
    Report.participation_id,
    Report.period_id,
    Report.id,
    Report.state,
    _OWN_VERSIONS.with_only_columns(func.count()).scalar_subquery(),
    _LAST_VERSION.with_only_columns(ReportVersion.is_on_time).scalar_subquery(),
).join(Report.participation)


def filed(
    campaign_id: int, participation_ids: Collection[int] | None = None
) -> dict[tuple[int, int], FiledReport]:
    """Báo cáo theo (đơn vị tham gia, kỳ): how many versions, and whether the last came on time."""
    statement = _FILED.where(Participation.campaign_id == campaign_id)
    if participation_ids is not None:
        statement = statement.where(Report.participation_id.in_(participation_ids))
    return {
        (participation_id, period): FiledReport(*row)
        for participation_id, period, *row in db.session.execute(statement)
    }


def content_of(report_id: int) -> Content:
    """Nội dung đang soạn: six queries, one a table."""
    values = _figures_of(report_id)
    narratives = dict(map(tuple, _of_report(report_id, Narrative.task_id, Narrative.text)))
    scores = _scores_of(report_id)
    answered = _of_report(
        report_id, WarningAnswer.warning, WarningAnswer.reason, WarningAnswer.about
    )
    answers, outdated = sorted_answers(map(tuple, answered), values)
    listed = _occurrences_of(report_id)
    return Content(values, narratives, scores, _evidence_of(report_id), answers, outdated, listed)


def _figures_of(report_id: int) -> dict[int, ClaimedFigure]:
    """Số liệu đang ghi, by indicator."""
    value = ClaimedValue
    rows = _of_report(
        report_id,
        value.indicator_id,
        value.value,
        value.kind,
        value.source,
        value.comparison,
        value.note,
        value.blank_reason,
    )
    return {row[0]: ClaimedFigure(*row[1:]) for row in rows}


def _scores_of(report_id: int) -> dict[int, SelfAssessment]:
    """Điểm tự chấm đang ghi, by criterion."""
    rows = _of_report(
        report_id,
        SelfScore.criterion_id,
        SelfScore.points,
        SelfScore.explanation,
        SelfScore.ticks,
    )
    return {row[0]: SelfAssessment(*row[1:]) for row in rows}


def _occurrences_of(report_id: int) -> Lists:
    """Các lần kê trong báo cáo, by criterion and day."""
    lists: dict[int, tuple[ListedOccurrence, ...]] = {}
    rest: list[Any]
    for criterion_id, *rest in _listed(report_id):
        lists[criterion_id] = (*lists.get(criterion_id, ()), ListedOccurrence(*rest))
    return lists


def _listed(report_id: int) -> Iterable[Any]:
    """The criterion of each occurrence, and what is listed of it."""
    row = Occurrence
    statement = (
        select(
            row.criterion_id,
            row.id,
            row.held_on,
            row.kind,
            row.text,
            row.state,
            row.reason,
            row.evidence_id,
        )
        .where(row.report_id == report_id)
        .order_by(row.held_on, row.id)
    )
    return db.session.execute(statement)


def _of_report(report_id: int, *columns: Any) -> Result[Any]:
    """Các cột của một bảng nội dung, of one report."""
    return db.session.execute(select(*columns).where(columns[0].class_.report_id == report_id))


def _evidence_of(report_id: int) -> list[dict[str, Any]]:
    statement = (
        select(
            Evidence.id,
            Evidence.criterion_id,
            Evidence.indicator_id,
            Evidence.file_name,
            Evidence.media_type,
            Evidence.size,
            Evidence.sha256,
        )
        .where(Evidence.report_id == report_id, Evidence.removed_at.is_(None))
        .order_by(Evidence.id)
    )
    return [dict(row) for row in db.session.execute(statement).mappings()]


def demands_of(of: Report, scheme: Scheme) -> Demands:
    """Những gì báo cáo này phải có; criteria are self-scored in the final period only."""
    unit_id, block_id = of.participation.unit_id, of.participation.block_id
    maxima = scheme.maxima_for(unit_id, block_id)
    criteria = [row for row in scheme.criteria if row.id in maxima] if of.period.is_final else []
    tasks = tasks_of(of.participation.campaign_id)
    return Demands(
        indicators=concerned(scheme, unit_id, block_id),
        tasks={row.id: row.name for row in tasks},
        guidance={row.id: row.guidance for row in tasks if row.guidance.strip()},
        criteria=criteria,
        maxima=maxima,
        previous=previous_values(of),
        unit_id=unit_id,
        block_id=block_id,
        shares=shares_of(db.session.get_one(Campaign, of.participation.campaign_id), of.period),
        places=scheme.places,
        headings=scheme.headings(criteria),
    )


def report_before(of: Report) -> Select[int]:
    """Báo cáo kỳ trước: the unit's for the period that ended last before this one."""
    return (
        select(Report.id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .where(
            Report.participation_id == of.participation_id,
            ReportingPeriod.ends_on < of.period.ends_on,
        )
        .order_by(ReportingPeriod.ends_on.desc())
        .limit(1)
    )


def previous_values(of: Report) -> dict[int, Decimal]:
    """Số liệu kỳ trước: what the unit claimed for the period that ended last before this one."""
    rows = db.session.execute(
        select(ClaimedValue.indicator_id, ClaimedValue.value).where(
            ClaimedValue.report_id == report_before(of).scalar_subquery(),
            ClaimedValue.value.is_not(None),
        )
    )
    return {row.indicator_id: row.value for row in rows}


def latest_version(report_id: int) -> ReportVersion | None:
    """Bản nộp cuối cùng."""
    return db.session.scalars(
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id)
        .order_by(ReportVersion.number.desc())
        .limit(1)
    ).one_or_none()


def snapshots(version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Nội dung của các bản nộp, by version: one query."""
    rows = db.session.execute(
        select(ReportVersion.id, ReportVersion.snapshot).where(ReportVersion.id.in_(version_ids))
    )
    return {row.id: row.snapshot for row in rows}


def typist(user_id: int) -> str:
    """Tên người đã gõ."""
    return db.session.scalar(select(User.full_name).where(User.id == user_id)) or "người khác"
