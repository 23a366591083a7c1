"""Sao chép phong trào: its form, and what has changed since."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.conduct.changes import changes_since, copy_of
from campaign.conduct.copying import copy_plan
from campaign.conduct.forms import CopyForm
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import queries
from campaign.planning.models import Campaign
from campaign.web.access import requires
from campaign.web.fields import offered
from campaign.web.pages import form_page, tell_refusal

copying = Blueprint("copying", __name__)


@copying.route("/copy", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new() -> ResponseReturnValue:
    """Sao chép một phong trào trước, with what is ticked."""
    form = CopyForm()
    rows = db.session.scalars(queries.campaigns(with_drafts=True)).all()
    form.source.choices = offered("— chọn phong trào —", ((str(row.id), row.title) for row in rows))
    if form.validate_on_submit() and form.source.chosen is not None:
        source = queries.campaign_for(current_user, form.source.chosen)
        try:
            campaign = _copy(source, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            flash(f"Đã sao chép thành dự thảo “{campaign.title}”.", "success")
            return redirect(url_for(".changes", campaign_id=campaign.id), HTTPStatus.SEE_OTHER)
    return form_page("copying/new.html", form)


def _copy(source: Campaign, form: CopyForm) -> Campaign:
    """The copy as the form asks for it, kept and on record."""
    campaign = copy_plan(
        source,
        title=form.title.data,
        months=form.months.data or 0,
        parts=form.chosen_parts,
    )
    recorder.act("campaign.copy", campaign_id=campaign.id)
    db.session.commit()
    return campaign


@copying.get("/<int:campaign_id>/changes")
@requires(Permission.CAMPAIGN_PLAN)
def changes(campaign_id: int) -> ResponseReturnValue:
    """Luật, đơn vị, bảng điểm đã khác gì từ phong trào được sao chép."""
    campaign = queries.campaign_for(current_user, campaign_id)
    copied = copy_of(campaign_id)
    if copied is None:
        raise NotVisible
    return render_template(
        "copying/changes.html", campaign=campaign, changes=changes_since(campaign, copied)
    )
