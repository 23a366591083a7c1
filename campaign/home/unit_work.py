"""Việc của đơn vị: to enrol, to report, to sign."""

from collections.abc import Iterable
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
from campaign.planning.models import Campaign
from campaign.planning.queries import periods_of
from campaign.planning.rules import Phase
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.models import ExtensionWish
from campaign.reporting.queries import Sight, filed, participations_seen
from campaign.reporting.rules import EDITABLE, OPEN_PHASES, ReportState
from campaign.reporting.wishes.queries import open_wishes


def of_unit(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của cán bộ và thủ trưởng đơn vị trong một phong trào."""
    own = frozenset(user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))
    heads = set(user.units_as(Role.UNIT_HEAD))
    enrolled = set(
        db.session.scalars(
            select(Participation.unit_id).where(
                Participation.campaign_id == campaign.id, Participation.unit_id.in_(own)
            )
        )
    )
    if heads - enrolled and campaign.phase in {Phase.LAUNCHED, Phase.REPORTING}:
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


def _of_reports(
    campaign: Campaign, own: frozenset[int], heads: set[int], today: date
) -> Iterable[Todo]:
    """Báo cáo còn phải làm: of each period that has begun, for each unit of theirs."""
    rows = participations_seen(campaign.id, Sight(own, sees_others=False))
    periods = periods_of(campaign.id)
    reports = filed(campaign.id, [row.id for row in rows])
    dates = dates_of([row.id for row in rows], periods)
    wishes = open_wishes([row.id for row in rows])
    for row in rows:
        for period in periods:
            report, due = reports.get((row.id, period.id)), dates[row.id, period.id]
            is_sent = report and report.state not in {*EDITABLE, ReportState.AWAITING_SIGNATURE}
            if is_sent or today < period.starts_on:
                continue
            name = f"{period.name} – {row.unit.short_name}"
            url = (
                url_for("reporting.show", campaign_id=campaign.id, report_id=report.report_id)
                if report
                else url_for("reporting.index", campaign_id=campaign.id)
            )
            asked = _wished_words(wishes.get((row.id, period.id)))
            if today > due.locks_on:
                here: dict[str, Any] = {"participation_id": row.id, "period_id": period.id}
                yield Todo(
                    f"Đã đóng nhận mà chưa nộp: {name}",
                    f"đóng nhận báo cáo sau {format_date(due.locks_on)}; "
                    + (asked or "muốn nộp, hãy xin Thường trực gia hạn"),
                    url_for("wishes.ask", campaign_id=campaign.id, **here),
                    0,
                )
                continue
            state = report.state if report else None
            todo = _report_todo(name, state, url, due.due_on, today, is_head=row.unit_id in heads)
            yield replace(todo, note=f"{todo.note}; {asked}") if asked else todo


def _wished_words(wish: ExtensionWish | None) -> str:
    return f"đã xin gia hạn đến hết {format_date(wish.wished_on)}, chờ trả lời" if wish else ""


def _report_todo(
    name: str, state: ReportState | None, url: str, due_on: date, today: date, *, is_head: bool
) -> Todo:
    days = (due_on - today).days
    when = (
        f"quá hạn {-days} ngày"
        if days < 0
        else "hạn hôm nay"
        if days == 0
        else f"còn {days} ngày, hạn {format_date(due_on)}"
    )
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
