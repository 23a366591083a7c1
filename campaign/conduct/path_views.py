"""Các bước lập kế hoạch: its page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.conduct.changes import copy_of
from campaign.conduct.path import StepState
from campaign.conduct.planned import standing_steps
from campaign.core.permissions import Permission
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires

plan_path = Blueprint("plan_path", __name__)


@plan_path.get("/<int:campaign_id>/steps")
@requires(Permission.CAMPAIGN_PLAN)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các bước lập kế hoạch: what is done, what is missing, and which comes next."""
    campaign = campaign_for(current_user, campaign_id)
    steps = [] if campaign.is_frozen else standing_steps(campaign, clock.today())
    waiting = (StepState.LACKING, StepState.EMPTY)
    return render_template(
        "plan_path/index.html",
        campaign=campaign,
        steps=steps,
        following=next((row for row in steps if row.state in waiting), None),
        done=sum(1 for row in steps if row.state is StepState.DONE),
        is_copy=copy_of(campaign_id) is not None,
    )
