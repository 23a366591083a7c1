"""Giải trình sau thẩm định: which units are in which state, and what one round holds."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from campaign.clarification.models import (
    ClarificationFile,
    ClarificationLine,
    ClarificationRound,
)
from campaign.clarification.rules import Stage, stage
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.models import Report
from campaign.units.models import Unit
from campaign.verification.models import Verification


class Place(NamedTuple):
    """Đơn vị đã thẩm định xong báo cáo cuối kỳ, and how far its round is."""

    participation_id: int
    unit_id: int
    block_id: int | None
    unit: str
    report_id: int
    verification_id: int
    due_on: date | None
    has_replied: bool
    is_closed: bool
    answers: int

    def stage(self, today: date) -> Stage:
        """Trạng thái của đợt giải trình, as of today."""
        if self.due_on is None:
            return Stage.UNOPENED
        return stage(
            due_on=self.due_on,
            answers=self.answers,
            has_replied=self.has_replied,
            is_closed=self.is_closed,
            today=today,
        )


_ANSWERS = (
    select(func.count())
    .select_from(ClarificationLine)
    .where(
        ClarificationLine.round_id == ClarificationRound.id,
        ClarificationLine.answered_at.is_not(None),
    )
    .scalar_subquery()
)
_PLACES = (
    select(
        Participation.id,
        Participation.unit_id,
        Participation.block_id,
        Unit.short_name,
        Report.id,
        Verification.id,
        ClarificationRound.due_on,
        ClarificationRound.replied_at.is_not(None),
        ClarificationRound.closed_at.is_not(None),
        _ANSWERS,
    )
    .select_from(Verification)
    .join(Report, Report.id == Verification.report_id)
    .join(Participation, Participation.id == Report.participation_id)
    .join(Unit, Unit.id == Participation.unit_id)
    .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
    .outerjoin(ClarificationRound, ClarificationRound.verification_id == Verification.id)
    .where(
        Participation.state == ParticipationState.CONFIRMED,
        ReportingPeriod.is_final,
        Verification.finished_at.is_not(None),
    )
    .order_by(Unit.sort_key, Participation.id)
)


def places(campaign_id: int) -> list[Place]:
    """Các đơn vị đã thẩm định xong báo cáo cuối kỳ, by name, in one query."""
    rows = db.session.execute(_PLACES.where(Participation.campaign_id == campaign_id))
    return [Place(*row) for row in rows]


def held_back(campaign: Campaign, today: date) -> frozenset[int]:
    """Đơn vị (participation) chưa xong giải trình: verified, and not yet open to marking; nobody,
    without asking, where the plan has no such round.
    """
    if campaign.clarification_days is None:
        return frozenset()
    return frozenset(
        row.participation_id for row in places(campaign.id) if not row.stage(today).is_over
    )


def round_of(report_id: int, *, hold: bool = False) -> ClarificationRound | None:
    """Đợt giải trình của một báo cáo; `hold` keeps others from it until the transaction ends."""
    statement = (
        select(ClarificationRound)
        .join(Verification, Verification.id == ClarificationRound.verification_id)
        .where(Verification.report_id == report_id)
    )
    if hold:
        statement = statement.with_for_update(of=ClarificationRound).execution_options(
            populate_existing=True
        )
    return db.session.scalars(statement).one_or_none()


def lines_of(round_id: int) -> dict[int, ClarificationLine]:
    """Các dòng của một đợt, by criterion."""
    rows = db.session.scalars(
        select(ClarificationLine)
        .where(ClarificationLine.round_id == round_id)
        .order_by(ClarificationLine.id)
        .execution_options(populate_existing=True)
    )
    return {row.criterion_id: row for row in rows}


def files_of(round_id: int) -> dict[int, list[ClarificationFile]]:
    """Minh chứng của một đợt, by line."""
    by_line: dict[int, list[ClarificationFile]] = defaultdict(list)
    for row in db.session.scalars(
        select(ClarificationFile)
        .join(ClarificationLine, ClarificationLine.id == ClarificationFile.line_id)
        .where(ClarificationLine.round_id == round_id)
        .order_by(ClarificationFile.id)
    ):
        by_line[row.line_id].append(row)
    return by_line


def file_of(report_id: int, file_id: int) -> ClarificationFile:
    """Một minh chứng giải trình của báo cáo này; another's does not exist here."""
    return visible_row(
        select(ClarificationFile)
        .join(ClarificationLine, ClarificationLine.id == ClarificationFile.line_id)
        .join(ClarificationRound, ClarificationRound.id == ClarificationLine.round_id)
        .join(Verification, Verification.id == ClarificationRound.verification_id)
        .where(ClarificationFile.id == file_id, Verification.report_id == report_id)
    )


def size_of(files: dict[int, list[ClarificationFile]]) -> int:
    """Dung lượng minh chứng của đợt, bytes."""
    return sum(row.size for rows in files.values() for row in rows)


def unopened(campaign_id: int, block_id: int | None, participation_id: int | None) -> list[Place]:
    """Đơn vị đã thẩm định mà chưa mở giải trình, of one unit, a block, or all."""
    return [
        row
        for row in places(campaign_id)
        if row.due_on is None
        and block_id in {None, row.block_id}
        and participation_id in {None, row.participation_id}
    ]
