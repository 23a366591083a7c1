"""Gia hạn: the page."""

from http import HTTPStatus

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import campaign_for, row_of
from campaign.reporting.deadlines import actions, queries
from campaign.reporting.deadlines.forms import ExtensionForm
from campaign.web import clock
from campaign.web.access import requires

deadlines = Blueprint("deadlines", __name__)


@deadlines.route("/extend/<int:participation_id>/<int:period_id>", methods=["GET", "POST"])
@requires(Permission.EXTENSION_GRANT)
def extend(campaign_id: int, participation_id: int, period_id: int) -> ResponseReturnValue:
    """Gia hạn cho một đơn vị."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(campaign_id, participation_id)
    period = row_of(ReportingPeriod, campaign_id, period_id)
    form = ExtensionForm()
    if form.validate_on_submit():
        try:
            # not a rollback of all: the page still shows people, the one at the screen among them
            with db.session.begin_nested():
                _grant(campaign, participation, period, form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            recorder.act("report.extend", campaign_id=campaign_id)
            db.session.commit()
            flash(f"Đã gia hạn cho {participation.unit.name}.", "success")
            return redirect(
                url_for("reporting.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "reporting/extend.html",
        campaign=campaign,
        participation=participation,
        period=period,
        form=form,
        dates=queries.dates_of([participation_id], [period])[participation_id, period_id],
        extensions=queries.extensions(participation_id, period_id),
    ), status


def _grant(
    campaign: Campaign, participation: Participation, period: ReportingPeriod, form: ExtensionForm
) -> None:
    actions.refuse_extension_after_reporting(campaign)
    actions.grant_extension(
        participation,
        period,
        due_on=form.due_on.data,
        locks_on=form.locks_on.data,
        reason=form.reason.data,
        by=current_user,
        at=clock.now(),
    )
