"""Xin gia hạn: to ask, and to answer."""

from collections.abc import Collection
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.core.dates import format_date, local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, flush_or_refuse
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting import queries as reports
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.models import ExtensionWish
from campaign.reporting.rules import SENT, may_extend
from campaign.reporting.wishes import queries
from campaign.reporting.wishes.rules import WishState


def ask(
    campaign: Campaign,
    participation: Participation,
    period: ReportingPeriod,
    *,
    wished_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> ExtensionWish:
    """Đơn vị xin gia hạn một kỳ, with the reason and the day it wishes; one waits at a time."""
    refuse_where_nobody_may_ask(campaign, participation, period)
    now = deadlines.dates_of([participation.id], [period])[participation.id, period.id]
    first = max(now.due_on, local_date(at))
    if wished_on < first or wished_on == now.due_on:
        refuse(f"Ngày xin gia hạn phải sau {format_date(first)}.", "wished_on")
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do xin gia hạn.", "reason")
    row = ExtensionWish(
        participation_id=participation.id,
        period_id=period.id,
        wished_on=wished_on,
        reason=text,
        at=at,
        by_id=by.id,
        state=WishState.OPEN,
    )
    db.session.add(row)
    flush_or_refuse("Đơn vị đã xin gia hạn kỳ này rồi, đang chờ Thường trực trả lời.")
    return row


def refuse_where_nobody_may_ask(
    campaign: Campaign, participation: Participation, period: ReportingPeriod
) -> None:
    """Không xin gia hạn được: reports are taken no more, it was handed in, or not yet confirmed."""
    if not may_extend(campaign.phase):
        refuse("Phong trào không còn nhận báo cáo nên không xin gia hạn được nữa.")
    if participation.state is not ParticipationState.CONFIRMED:
        refuse("Đơn vị chưa được xác nhận tham gia.")
    report = reports.report_of(participation.id, period.id)
    if report is not None and report.state in SENT:
        refuse("Báo cáo kỳ này đã nộp nên không cần gia hạn.")


def settle(
    participation_ids: Collection[int],
    period_id: int,
    state: WishState,
    answer: str,
    *,
    by: User,
    at: datetime,
) -> list[int]:
    """Đề nghị đang chờ của các đơn vị này có trả lời; which they were."""
    rows = queries.waiting(participation_ids, period_id)
    for row in rows:
        row.state, row.answer, row.answered_at, row.answered_by_id = state, answer, at, by.id
    return [row.id for row in rows]


def turn_down(wish: ExtensionWish, *, answer: str, by: User, at: datetime) -> None:
    """Không gia hạn, with the reason."""
    text = one_line(answer)
    if not text:
        refuse("Hãy ghi lý do không gia hạn.", "reason")
    if wish.state is not WishState.OPEN:
        refuse(f"Đề nghị này {wish.state.label} rồi.")
    settle([wish.participation_id], wish.period_id, WishState.REFUSED, text, by=by, at=at)
