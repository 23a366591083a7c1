"""Việc của đơn vị: to enrol, to report, to sign."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.dates import format_date
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.home.clarification_work import of_answering
from campaign.home.directive_work import of_directives
from campaign.home.exemplar_work import of_following
from campaign.home.rules import SOON, Todo
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import periods_of
from campaign.planning.rules import Phase
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.models import ExtensionWish
from campaign.reporting.queries import FiledReport, Sight, filed, participations_seen
from campaign.reporting.rules import EDITABLE, OPEN_PHASES, Dates, ReportState
from campaign.reporting.wishes.queries import open_wishes


def of_unit(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của cán bộ và thủ trưởng đơn vị trong một phong trào."""
    own = frozenset(user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))
    heads = set(user.units_as(Role.UNIT_HEAD))
    if heads - _enrolled(campaign.id, own) and campaign.phase in {Phase.LAUNCHED, Phase.REPORTING}:
        yield Todo(
            "Đăng ký tham gia phong trào",
            "gửi giao ước thi đua của đơn vị",
            url_for("enrolment.index", campaign_id=campaign.id),
            1,
        )
    if campaign.phase in OPEN_PHASES:
        yield from _of_reports(campaign, own, heads, today)
    yield from of_answering(campaign, own, today)
    yield from of_following(campaign, own)
    yield from of_directives(campaign, own, today)


def _enrolled(campaign_id: int, unit_ids: Collection[int]) -> set[int]:
    """Of these units those that take part, or asked to."""
    return set(
        db.session.scalars(
            select(Participation.unit_id).where(
                Participation.campaign_id == campaign_id, Participation.unit_id.in_(unit_ids)
            )
        )
    )


def _of_reports(
    campaign: Campaign, own: frozenset[int], heads: set[int], today: date
) -> Iterable[Todo]:
    """Báo cáo còn phải làm: of each period that has begun, for each unit of theirs."""
    for row, period, report, due, wish in _unreported(campaign, own, today):
        name = f"{period.name} – {row.unit.short_name}"
        asked = _wished_words(wish)
        if today > due.locks_on:
            note = f"đóng nhận báo cáo sau {format_date(due.locks_on)}; " + (
                asked or "muốn nộp, hãy xin Thường trực gia hạn"
            )
            here: dict[str, Any] = {"participation_id": row.id, "period_id": period.id}
            url = url_for("wishes.ask", campaign_id=campaign.id, **here)
            yield Todo(f"Đã đóng nhận mà chưa nộp: {name}", note, url, 0)
            continue
        url, state = _report_url(campaign.id, report), report.state if report else None
        todo = _report_todo(name, state, url, due.due_on, today, is_head=row.unit_id in heads)
        yield replace(todo, note=f"{todo.note}; {asked}") if asked else todo


def _unreported(
    campaign: Campaign, own: frozenset[int], today: date
) -> Iterator[
    tuple[Participation, ReportingPeriod, FiledReport | None, Dates, ExtensionWish | None]
]:
    """Of units and periods that have begun those not sent: how far, until when, what was asked."""
    rows = participations_seen(campaign.id, Sight(own, sees_others=False))
    ids, periods = [row.id for row in rows], periods_of(campaign.id)
    reports, dates, wishes = filed(campaign.id, ids), dates_of(ids, periods), open_wishes(ids)
    for row in rows:
        for period in periods:
            key = (row.id, period.id)
            report = reports.get(key)
            is_sent = report and report.state not in {*EDITABLE, ReportState.AWAITING_SIGNATURE}
            if not is_sent and today >= period.starts_on:
                yield row, period, report, dates[key], wishes.get(key)


def _report_url(campaign_id: int, report: FiledReport | None) -> str:
    """The report where one was begun, else the page on which to begin it."""
    if report is None:
        return url_for("reporting.index", campaign_id=campaign_id)
    return url_for("reporting.show", campaign_id=campaign_id, report_id=report.report_id)


def _wished_words(wish: ExtensionWish | None) -> str:
    return f"đã xin gia hạn đến hết {format_date(wish.wished_on)}, chờ trả lời" if wish else ""


def _when(days: int, due_on: date) -> str:
    """Còn mấy ngày, or how many it is late."""
    if days < 0:
        return f"quá hạn {-days} ngày"
    return f"còn {days} ngày, hạn {format_date(due_on)}" if days else "hạn hôm nay"


def _report_todo(
    name: str, state: ReportState | None, url: str, due_on: date, today: date, *, is_head: bool
) -> Todo:
    days = (due_on - today).days
    when = _when(days, due_on)
    urgency, word = (0, "") if days < 0 else (1, "") if days <= SOON.days else (2, "chưa đến hạn")
    if state is ReportState.RETURNED:
        return Todo(
            f"Sửa báo cáo bị trả lại: {name}", when, url, 0, state=state.label, due_on=due_on
        )
    if state is ReportState.AWAITING_SIGNATURE:
        if is_head:
            return Todo(f"Ký nộp: {name}", when, url, min(urgency, 1), due_on=due_on)
        return Todo(f"Đang chờ thủ trưởng ký: {name}", when, url, 3, due_on=due_on)
    verb = "Viết tiếp báo cáo" if state else "Bắt đầu báo cáo"
    return Todo(f"{verb}: {name}", when, url, urgency, state=word, due_on=due_on)
