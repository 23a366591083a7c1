"""Nhắc báo cáo: the secretariat reminds by hand, and reads who was reminded."""

from collections.abc import Collection
from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.reminders import actions, queries
from campaign.reminders.forms import RemindForm
from campaign.reminders.queries import Expected, Plan
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows
from campaign.web.paging import page_number, paginate

reminders = Blueprint("reminders", __name__)


@reminders.route("/remind", methods=["GET", "POST"])
@requires(Permission.REPORT_REMIND)
def remind(campaign_id: int) -> ResponseReturnValue:
    """Nhắc các báo cáo chậm: first who will be told, then they are; the chosen units', or all."""
    campaign, today = campaign_for(current_user, campaign_id), clock.today()
    period_id, ids = request.values.get("period", 0, type=row_id), chosen_rows()
    if "period" in request.args and not ids:
        refuse("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trên bảng báo cáo.")
    plan = queries.by_hand(campaign_id, _chosen_late(campaign, today, period_id, ids), today)
    form = RemindForm()
    if form.validate_on_submit():
        return _reminded(campaign_id, plan, form.note.data)
    return render_template(
        "reminders/remind.html",
        campaign=campaign,
        today=today,
        plan=plan,
        period_id=period_id,
        form=form,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _chosen_late(
    campaign: Campaign, today: date, period_id: int, ids: Collection[int]
) -> list[Expected]:
    """The late reports of one period, or of all, of the chosen units or of all."""
    return [
        row
        for row in queries.late(campaign, today)
        if period_id in {0, row.period.id} and (not ids or row.participation.id in ids)
    ]


def _reminded(campaign_id: int, plan: Plan, note: str) -> ResponseReturnValue:
    """They are told, and the log shows it."""
    if not plan.ready:
        refuse("Không còn báo cáo chậm nào để nhắc: đã nộp, đã gia hạn hoặc đã nhắc hôm nay.")
    actions.remind_by_hand(plan.ready, note=note, by=current_user, at=clock.now())
    recorder.act("report.remind", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã nhắc {len(plan.ready)} báo cáo chậm.", "success")
    return redirect(url_for(".log", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@reminders.get("/reminders")
@requires(Permission.REPORT_REMIND)
def log(campaign_id: int) -> ResponseReturnValue:
    """Nhật ký nhắc: who was reminded of what, when and by whom."""
    return render_template(
        "reminders/log.html",
        campaign=campaign_for(current_user, campaign_id),
        page=paginate(queries.log(campaign_id), number=page_number()),
    )
