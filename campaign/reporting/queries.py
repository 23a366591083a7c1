"""Báo cáo: what its pages read, and who may see which unit's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, func, select
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
from campaign.reporting.models import (
    ClaimedValue,
    Evidence,
    Narrative,
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


_REPORT = (
    select(Report)
    .join(Report.participation)
    .where(
        Report.id == bindparam("report_id"), Participation.campaign_id == bindparam("campaign_id")
    )
    .options(
        contains_eager(Report.participation).joinedload(Participation.unit, innerjoin=True),
        joinedload(Report.period, innerjoin=True),
    )
)


def report(campaign_id: int, report_id: int, sight: Sight) -> Report:
    """Một báo cáo, with unit, block and period; outside one's sight it does not exist."""
    row = db.session.scalars(
        _REPORT, {"report_id": report_id, "campaign_id": campaign_id}
    ).one_or_none()
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


_SENT, _FILED = Report.__table__.c, ReportVersion.__table__.c
_OF_THIS = select(_FILED.id).where(_FILED.report_id == _SENT.id)
_BOARD = (
    select(
        _SENT.participation_id,
        _SENT.period_id,
        _SENT.id,
        _SENT.state,
        _OF_THIS.with_only_columns(func.count()).scalar_subquery(),
        _OF_THIS.with_only_columns(_FILED.is_on_time)
        .order_by(_FILED.number.desc())
        .limit(1)
        .scalar_subquery(),
    )
    .join(Participation.__table__, Participation.__table__.c.id == _SENT.participation_id)
    .where(Participation.__table__.c.campaign_id == bindparam("campaign_id"))
)
_SOME: BindParameter[Any] = bindparam("participation_ids", expanding=True)
_BOARD_OF_SOME = _BOARD.where(_SENT.participation_id.in_(_SOME))


def filed(
    campaign_id: int, participation_ids: Collection[int] | None = None
) -> dict[tuple[int, int], FiledReport]:
    """Báo cáo theo (đơn vị tham gia, kỳ): how many versions, and whether the last came on time."""
    rows = (
        db.session.execute(_BOARD, {"campaign_id": campaign_id})
        if participation_ids is None
        else db.session.execute(
            _BOARD_OF_SOME,
            {"campaign_id": campaign_id, "participation_ids": list(participation_ids)},
        )
    )
    return {
        (participation_id, period): FiledReport(*row)
        for participation_id, period, *row in rows.all()
    }


def _of_report(*columns: Any) -> Select[Any]:
    """Các cột của một bảng nội dung, of one report."""
    return select(*columns).where(columns[0].table.c.report_id == bindparam("report_id"))


_VALUE, _NARRATIVE, _SCORE, _ANSWER, _FILE = (
    model.__table__.c for model in (ClaimedValue, Narrative, SelfScore, WarningAnswer, Evidence)
)
_VALUES = _of_report(
    _VALUE.indicator_id,
    _VALUE.value,
    _VALUE.kind,
    _VALUE.source,
    _VALUE.comparison,
    _VALUE.note,
    _VALUE.blank_reason,
)
_NARRATIVES = _of_report(_NARRATIVE.task_id, _NARRATIVE.text)
_SCORES = _of_report(_SCORE.criterion_id, _SCORE.points, _SCORE.explanation)
_ANSWERS = _of_report(_ANSWER.warning, _ANSWER.reason, _ANSWER.about)
_FILES = (
    _of_report(
        _FILE.id,
        _FILE.criterion_id,
        _FILE.indicator_id,
        _FILE.file_name,
        _FILE.media_type,
        _FILE.size,
        _FILE.sha256,
    )
    .where(_FILE.removed_at.is_(None))
    .order_by(_FILE.id)
)


def content_of(report_id: int) -> Content:
    """Nội dung đang soạn: five queries, one a table."""
    given = {"report_id": report_id}
    values = {
        indicator_id: ClaimedFigure(*rest)
        for indicator_id, *rest in db.session.execute(_VALUES, given)
    }
    narratives = {task_id: text for task_id, text in db.session.execute(_NARRATIVES, given)}  # noqa: C416 - rows are no pairs to mypy
    scores = {
        criterion_id: SelfAssessment(*rest)
        for criterion_id, *rest in db.session.execute(_SCORES, given)
    }
    answers, outdated = sorted_answers(
        ((*row,) for row in db.session.execute(_ANSWERS, given)), values
    )
    evidence = [dict(row) for row in db.session.execute(_FILES, given).mappings()]
    return Content(values, narratives, scores, evidence, answers, outdated)


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
        shares=shares_of(db.session.get_one(Campaign, of.participation.campaign_id), of.period),
    )


_EARLIER = (
    select(Report.id)
    .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
    .where(
        Report.participation_id == bindparam("participation_id"),
        ReportingPeriod.ends_on < bindparam("ends_on"),
    )
    .order_by(ReportingPeriod.ends_on.desc())
    .limit(1)
    .scalar_subquery()
)
_PREVIOUS = select(_VALUE.indicator_id, _VALUE.value).where(
    _VALUE.report_id == _EARLIER, _VALUE.value.is_not(None)
)


def previous_values(of: Report) -> dict[int, Decimal]:
    """Số liệu kỳ trước: what the unit claimed for the period that ended last before this one."""
    given = {"participation_id": of.participation_id, "ends_on": of.period.ends_on}
    return {row.indicator_id: row.value for row in db.session.execute(_PREVIOUS, given)}


_LATEST = (
    select(ReportVersion)
    .where(ReportVersion.report_id == bindparam("report_id"))
    .order_by(ReportVersion.number.desc())
    .limit(1)
)


def latest_version(report_id: int) -> ReportVersion | None:
    """Bản nộp cuối cùng."""
    return db.session.scalars(_LATEST, {"report_id": report_id}).one_or_none()


def snapshots(version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Nội dung của các bản nộp, by version: one query."""
    rows = db.session.execute(
        select(ReportVersion.id, ReportVersion.snapshot).where(ReportVersion.id.in_(version_ids))
    )
    return {row.id: row.snapshot for row in rows}


def typist(user_id: int) -> str:
    """Tên người đã gõ."""
    return db.session.scalar(select(User.full_name).where(User.id == user_id)) or "người khác"
