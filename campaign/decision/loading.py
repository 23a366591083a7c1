"""Mở một quyết định: who may see it, and how a change of it ends."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible
from campaign.core.permissions import Role
from campaign.council import queries as council
from campaign.decision import queries
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.nomination.access import STAFF
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock


def reads_drafts(campaign_id: int) -> bool:
    """Đọc dự thảo và ý kiến: staff, and the council of this campaign, not of another."""
    if current_user.roles & STAFF:
        return True
    is_member = Role.COUNCIL_MEMBER in current_user.roles
    return is_member and (
        council.active_member(current_user.id, campaign_id, clock.today()) is not None
    )


def done(campaign_id: int, decision_id: int, act: str, message: str) -> ResponseReturnValue:
    """Ghi lại và trở về quyết định."""
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for("decision.show", campaign_id=campaign_id, decision_id=decision_id),
        HTTPStatus.SEE_OTHER,
    )


def loaded(
    campaign_id: int, decision_id: int, *, for_change: bool = True
) -> tuple[Campaign, Decision]:
    """Campaign and decision; drafts are for staff and council, signed ones for all readers."""
    campaign = campaign_for(current_user, campaign_id)
    decision = queries.decision(campaign_id, decision_id, for_change=for_change)
    if decision.state is not DecisionState.SIGNED and not reads_drafts(campaign_id):
        raise NotVisible
    if not current_user.roles & STAFF and queries.is_withheld(
        decision, council.withheld_from(current_user, campaign, clock.today())
    ):
        raise NotVisible
    return campaign, decision


def act_on(
    campaign_id: int,
    decision_id: int,
    act: str,
    message: str,
    change: Callable[[Campaign, Decision], Any],
) -> ResponseReturnValue:
    """Đổi một quyết định, and go back to it."""
    campaign, decision = loaded(campaign_id, decision_id)
    change(campaign, decision)
    return done(campaign_id, decision_id, act, message)
