"""Đợt đính chính: its page."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.conduct import correcting as rounds
from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import queries
from campaign.planning.models import Campaign
from campaign.web import clock
from campaign.web.access import requires

correcting = Blueprint("correcting", __name__)


@correcting.route("/<int:campaign_id>/correction", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def show(campaign_id: int) -> ResponseReturnValue:
    """Đính chính cả kế hoạch: opened with a reason; while open, what was changed so far."""
    campaign = queries.campaign_for(current_user, campaign_id)
    error = ""
    if request.method == "POST":
        try:
            rounds.open_round(
                campaign, reason=request.form.get("reason", ""), by=current_user, at=clock.now()
            )
        except RuleViolation as violation:
            db.session.rollback()
            error = str(violation)
        else:
            recorder.act("plan.correct", campaign_id=campaign_id)
            db.session.commit()
            flash("Kế hoạch mở để đính chính; hãy sửa trên các trang của kế hoạch.", "success")
            return redirect(url_for(".show", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    return _page(campaign, error)


def _page(campaign: Campaign, error: str) -> ResponseReturnValue:
    """The round that is open with what it changed so far, or why none can be opened."""
    opened = rounds.round_of(campaign)
    return render_template(
        "correcting/show.html",
        campaign=campaign,
        opened=opened,
        changed=rounds.changed(campaign, opened) if opened else [],
        problems=problems(campaign, Step.LAUNCH, clock.today()) if opened else [],
        why_not="" if opened else rounds.why_not(campaign),
        error=error,
        reason=request.form.get("reason", ""),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


@correcting.post("/<int:campaign_id>/correction/close")
@requires(Permission.CAMPAIGN_PLAN)
def close(campaign_id: int) -> ResponseReturnValue:
    """Ghi đính chính: every change of the round, on record."""
    campaign = queries.campaign_for(current_user, campaign_id)
    number = rounds.close_round(campaign, by=current_user, at=clock.now(), today=clock.today())
    recorder.act("plan.correct", campaign_id=campaign_id)
    db.session.commit()
    flash(
        f"Đã ghi {number} đính chính."
        if number
        else "Không có gì thay đổi, đã đóng đợt đính chính.",
        "success",
    )
    return redirect(url_for("planning.show", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
