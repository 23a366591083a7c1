"""Xin gia hạn: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.notices import events
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import campaign_for, row_of
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.models import ExtensionWish
from campaign.reporting.opened import sight_here
from campaign.reporting.wishes import actions, queries
from campaign.reporting.wishes.forms import WishForm
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate

wishes = Blueprint("wishes", __name__)


@wishes.route("/ask-extension/<int:participation_id>/<int:period_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_PREPARE)
def ask(campaign_id: int, participation_id: int, period_id: int) -> ResponseReturnValue:
    """Xin gia hạn cho đơn vị mình, and what was answered before."""
    campaign, own = campaign_for(current_user, campaign_id), sight_here(campaign_id).own
    participation = enrolment.participation(campaign_id, participation_id, units=own)
    period, form = row_of(ReportingPeriod, campaign_id, period_id), WishForm()
    wish = _asked(campaign, participation, period, form) if form.validate_on_submit() else None
    if wish is not None:
        subject = f"{period.name} – {participation.unit.short_name}"
        return _sent(campaign_id, wish, subject)
    return render_template(
        "reporting/ask_extension.html",
        campaign=campaign,
        participation=participation,
        period=period,
        form=form,
        dates=deadlines.dates_of([participation_id], [period])[participation_id, period_id],
        wishes=queries.wishes_of(participation_id, period_id),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _asked(
    campaign: Campaign, participation: Participation, period: ReportingPeriod, form: WishForm
) -> ExtensionWish | None:
    """Đề nghị as the form tells it; none where it is refused, and the form tells why."""
    try:
        with db.session.begin_nested():  # the page still shows people: no rollback of all
            return actions.ask(
                campaign,
                participation,
                period,
                wished_on=form.wished_on.data,
                reason=form.reason.data,
                by=current_user,
                at=clock.now(),
            )
    except RuleViolation as violation:
        form.add_violation(violation)
    return None


def _sent(campaign_id: int, wish: ExtensionWish, subject: str) -> ResponseReturnValue:
    events.extension_asked(campaign_id, wish.id, subject, wish.wished_on, at=wish.at)
    recorder.act("report.ask_extension", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã gửi đề nghị gia hạn cho Thường trực.", "success")
    return redirect(request.path, HTTPStatus.SEE_OTHER)


@wishes.get("/extension-requests")
@requires(Permission.EXTENSION_GRANT)
def index(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị gia hạn của các đơn vị."""
    return render_template(
        "reporting/extension_requests.html",
        campaign=campaign_for(current_user, campaign_id),
        page=paginate(queries.wishes(campaign_id), number=page_number()),
    )


@wishes.post("/extension-requests/<int:wish_id>/refuse")
@requires(Permission.EXTENSION_GRANT)
def turn_down(campaign_id: int, wish_id: int) -> ResponseReturnValue:
    """Không gia hạn, with the reason."""
    campaign_for(current_user, campaign_id)
    wish, at = queries.wish(campaign_id, wish_id), clock.now()
    actions.turn_down(wish, answer=request.form.get("reason", ""), by=current_user, at=at)
    events.extension_refused(
        campaign_id,
        wish.id,
        (wish.participation_id, wish.period_id),
        wish.participation.unit_id,
        wish.period.name,
        wish.answer,
        at=at,
    )
    recorder.act("report.refuse_extension", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã trả lời {wish.participation.unit.name}: không gia hạn.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
