"""Gia hạn: the page."""

from collections.abc import Collection, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.notices import events
from campaign.notices.actions import withdraw, withdraw_all
from campaign.notices.rules import report_key
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import campaign_for, row_of
from campaign.reporting.deadlines import actions, queries
from campaign.reporting.deadlines.forms import ExtensionForm
from campaign.reporting.models import Extension, ExtensionWish
from campaign.reporting.queries import filed as filed_reports
from campaign.reporting.rules import Dates, may_extend
from campaign.reporting.wishes import queries as wishes
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows

deadlines = Blueprint("deadlines", __name__)
Rows = Sequence[Participation]


@deadlines.route("/extend/<int:participation_id>/<int:period_id>", methods=["GET", "POST"])
@requires(Permission.EXTENSION_GRANT)
def extend(campaign_id: int, participation_id: int, period_id: int) -> ResponseReturnValue:
    """Gia hạn cho một đơn vị."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(campaign_id, participation_id)
    period = row_of(ReportingPeriod, campaign_id, period_id)
    dates = queries.dates_of([participation_id], [period])[participation_id, period_id]
    wish = wishes.open_wishes([participation_id]).get((participation_id, period_id))
    form = ExtensionForm(data=_wished(wish, dates) if wish else None)
    if form.validate_on_submit() and _is_granted(campaign, [participation], period, form):
        return _granted(campaign_id, f"Đã gia hạn cho {participation.unit.name}.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "reporting/extend.html",
        campaign=campaign,
        participation=participation,
        period=period,
        form=form,
        dates=dates,
        wish=wish,
        extensions=queries.extensions(participation_id, period_id),
    ), status


def _wished(wish: ExtensionWish, dates: Dates) -> dict[str, Any]:
    """Điền sẵn theo đề nghị của đơn vị."""
    return {
        "due_on": wish.wished_on,
        "locks_on": max(wish.wished_on, dates.locks_on),
        "reason": f"Theo đề nghị của đơn vị: {wish.reason}",
    }


@deadlines.route("/extend-many", methods=["GET", "POST"])
@requires(Permission.EXTENSION_GRANT)
def extend_many(campaign_id: int) -> ResponseReturnValue:
    """Gia hạn các đơn vị đã chọn: shown first, who gets more time and who needs none; all or
    none.
    """
    campaign, ids = campaign_for(current_user, campaign_id), chosen_rows()
    if not request.values.get("period"):
        refuse("Hãy chọn kỳ được gia hạn, rồi xem trước lại.")
    period = row_of(ReportingPeriod, campaign_id, request.values.get("period", 0, type=row_id))
    rows = _confirmed(campaign_id, ids)
    filed = filed_reports(campaign_id, [row.id for row in rows])
    came = {key for key, report in filed.items() if report.is_sent}
    ready = [row for row in rows if (row.id, period.id) not in came]
    sent = [row for row in rows if (row.id, period.id) in came]
    form = ExtensionForm()
    if form.validate_on_submit() and _is_granted(campaign, ready, period, form):
        return _granted(campaign_id, f"Đã gia hạn cho {len(ready)} đơn vị.")
    return _extending(campaign, period, ready, sent, form)


def _confirmed(campaign_id: int, ids: Collection[int]) -> Rows:
    """Đơn vị đã xác nhận among those that were chosen; refused where there are none."""
    rows = [
        row
        for row in enrolment.chosen_participations(campaign_id, ids)
        if row.state is ParticipationState.CONFIRMED
    ]
    if not rows:
        refuse("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên bảng báo cáo.")
    return rows


def _extending(
    campaign: Campaign, period: ReportingPeriod, ready: Rows, sent: Rows, form: ExtensionForm
) -> ResponseReturnValue:
    """The page that shows who gets more time, and who needs none."""
    return render_template(
        "reporting/extend_many.html",
        campaign=campaign,
        period=period,
        ready=ready,
        sent=sent,
        dates=queries.dates_of([row.id for row in ready], [period]),
        is_open=may_extend(campaign.phase),
        form=form,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _is_granted(
    campaign: Campaign, participations: Rows, period: ReportingPeriod, form: ExtensionForm
) -> bool:
    """Gia hạn as the form tells it; the form tells what is refused."""
    try:
        # not a rollback of all: the page still shows people, the one at the screen among them
        with db.session.begin_nested():
            actions.refuse_extension_after_reporting(campaign)
            _grant(campaign, participations, period, form)
    except RuleViolation as violation:
        form.add_violation(violation)
        return False
    return True


def _granted(campaign_id: int, message: str) -> ResponseReturnValue:
    recorder.act("report.extend", campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("reporting.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _grant(
    campaign: Campaign, participations: Rows, period: ReportingPeriod, form: ExtensionForm
) -> None:
    if not participations:
        refuse("Các đơn vị đã chọn đều đã nộp báo cáo kỳ này; không có đơn vị nào cần gia hạn.")
    at, waiting = clock.now(), wishes.open_wishes([row.id for row in participations])
    granted = actions.grant_extensions(
        participations,
        period,
        due_on=form.due_on.data,
        locks_on=form.locks_on.data,
        reason=form.reason.data,
        by=current_user,
        at=at,
    )
    for row, extension in zip(participations, granted, strict=True):
        _tell(campaign, row, period, extension, waiting.get((row.id, period.id)), at)


def _tell(
    campaign: Campaign,
    row: Participation,
    period: ReportingPeriod,
    extension: Extension,
    wish: ExtensionWish | None,
    at: datetime,
) -> None:
    """Báo hạn mới cho đơn vị; what reminded of the old one and asked for more is over."""
    withdraw_all(report_key(row.id, period.id), at=at)
    if wish is not None:
        withdraw(f"extension-asked:{wish.id}", at=at)
    events.extended(campaign.id, extension.id, row.unit_id, period.name, extension.due_on, at=at)
