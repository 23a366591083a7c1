"""Gia hạn: the page."""

from collections.abc import Sequence
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
from campaign.reporting.models import ExtensionWish
from campaign.reporting.queries import filed as filed_reports
from campaign.reporting.rules import Dates, may_extend
from campaign.reporting.wishes import queries as wishes
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows

deadlines = Blueprint("deadlines", __name__)


@deadlines.route("/extend/<int:participation_id>/<int:period_id>", methods=["GET", "POST"])
@requires(Permission.EXTENSION_GRANT)
def extend(campaign_id: int, participation_id: int, period_id: int) -> ResponseReturnValue:
    """Gia hạn cho một đơn vị."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(campaign_id, participation_id)
    period = row_of(ReportingPeriod, campaign_id, period_id)
    dates = queries.dates_of([participation_id], [period])[participation_id, period_id]
    wish = wishes.open_wishes([participation_id]).get((participation_id, period_id))
    wished = _wished(wish, dates) if wish else None
    form = ExtensionForm(data=wished)
    if form.validate_on_submit():
        try:
            # not a rollback of all: the page still shows people, the one at the screen among them
            with db.session.begin_nested():
                _grant(campaign, [participation], period, form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
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
    rows = [
        row
        for row in enrolment.chosen(campaign_id, ids)
        if row.state is ParticipationState.CONFIRMED
    ]
    if not rows:
        refuse("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên bảng báo cáo.")
    filed = filed_reports(campaign_id, [row.id for row in rows])
    sent = {row.id for row in rows if (key := (row.id, period.id)) in filed and filed[key].is_sent}
    ready = [row for row in rows if row.id not in sent]
    form = ExtensionForm()
    if form.validate_on_submit():
        try:
            # not a rollback of all: the page still shows people, the one at the screen among them
            with db.session.begin_nested():
                _grant(campaign, ready, period, form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _granted(campaign_id, f"Đã gia hạn cho {len(ready)} đơn vị.")
    return render_template(
        "reporting/extend_many.html",
        campaign=campaign,
        period=period,
        ready=ready,
        sent=[row for row in rows if row.id in sent],
        dates=queries.dates_of([row.id for row in ready], [period]),
        is_open=may_extend(campaign.phase),
        form=form,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _granted(campaign_id: int, message: str) -> ResponseReturnValue:
    recorder.act("report.extend", campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("reporting.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _grant(
    campaign: Campaign,
    participations: Sequence[Participation],
    period: ReportingPeriod,
    form: ExtensionForm,
) -> None:
    actions.refuse_extension_after_reporting(campaign)
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
        withdraw_all(report_key(row.id, period.id), at=at)
        if (row.id, period.id) in waiting:
            withdraw(f"extension-asked:{waiting[row.id, period.id].id}", at=at)
        events.extended(
            campaign.id, extension.id, row.unit_id, period.name, extension.due_on, at=at
        )
