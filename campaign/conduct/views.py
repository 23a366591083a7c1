"""Điều hành: pages."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.conduct import actions
from campaign.conduct.problems import problems
from campaign.conduct.rules import MOVES, Step, steps_from
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.council.queries import serving_user_ids
from campaign.enrolment.queries import confirmed
from campaign.extensions import db
from campaign.notices import events
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, phase_changes
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires

BEFORE_SCORING = {Phase.DRAFT, Phase.LAUNCHED, Phase.REPORTING, Phase.VERIFYING}

conduct = Blueprint("conduct", __name__)


@conduct.get("/")
@requires(Permission.CAMPAIGN_MOVE)
def index(campaign_id: int) -> ResponseReturnValue:
    """Điều hành: the next move with its checklist, the way back, the history."""
    campaign = campaign_for(current_user, campaign_id)
    today = clock.today()
    steps = [step for step in steps_from(campaign.phase) if step is not Step.BACK]
    return render_template(
        "conduct/index.html",
        campaign=campaign,
        changes=phase_changes(campaign_id),
        moves=[
            (step, MOVES[campaign.phase, step], problems(campaign, step, today)) for step in steps
        ],
        back=MOVES.get((campaign.phase, Step.BACK)),
        holding_back=problems(campaign, Step.BACK, today),
    )


@conduct.post("/<step>")
@requires(Permission.CAMPAIGN_MOVE)
def move(campaign_id: int, step: str) -> ResponseReturnValue:
    """Chuyển bước."""
    campaign = campaign_for(current_user, campaign_id)
    pressed, expected = _pressed(step)
    actions.move(
        campaign,
        pressed,
        expected=expected,
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
        is_warned=request.form.get("seen") == "1",
    )
    _tell(campaign, pressed)
    recorder.act("campaign.move", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã chuyển sang bước “{campaign.phase.label}”.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _pressed(step: str) -> tuple[Step, Phase]:
    """Nút đã bấm, and the phase that its page showed."""
    if step not in set(Step) or request.form.get("expected") not in set(Phase):
        refuse("Không có bước này.")
    return Step(step), Phase(request.form["expected"])


def _tell(campaign: Campaign, step: Step) -> None:
    """Nhắc những ai có việc mới after the step."""
    at = clock.now()
    if step is Step.LAUNCH:
        events.launched(campaign.id, campaign.title, at=at)
    elif step is Step.OPEN_SCORING:
        events.scoring_opened(
            campaign.id, campaign.title, serving_user_ids(campaign.id, clock.today()), at=at
        )
    elif step is Step.PUBLISH:
        _tell_published(campaign, at)
    elif step is Step.BACK:
        events.stepped_back(
            campaign.id,
            is_draft=campaign.phase is Phase.DRAFT,
            is_scored=campaign.phase not in BEFORE_SCORING,
            at=at,
        )


def _tell_published(campaign: Campaign, at: datetime) -> None:
    """The units that took part, and the Council that is at work."""
    events.published(
        campaign.id,
        campaign.title,
        [row.unit_id for row in confirmed(campaign.id)],
        serving_user_ids(campaign.id, clock.today()),
        at=at,
    )
