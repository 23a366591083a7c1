"""Cấp trên: sending upwards, and recording the answer."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.dates import parse_date
from campaign.core.errors import NotVisible, refuse
from campaign.core.permissions import Permission
from campaign.decision.models import UpwardRequest
from campaign.decision.rules import Answer
from campaign.decision.upward import actions, queries
from campaign.nomination.views import _done
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires

upward = Blueprint("upward", __name__)


@upward.post("/upward")
@requires(Permission.AWARD_PLAN)
def send(campaign_id: int) -> ResponseReturnValue:
    """Gửi cấp trên: what waits for the level that is named; each has its own letter."""
    campaign, level = campaign_for(current_user, campaign_id), request.form.get("level", "")
    waiting = [
        row
        for row in queries.waiting_upward(campaign_id)
        if level in {"", row.kind.award_type.level.value}
    ]
    count = actions.send_upwards(
        campaign, waiting, letter=request.form.get("letter", ""), on=clock.today()
    )
    return _done(campaign_id, "award.upward", f"Đã ghi {count} đề nghị gửi cấp trên.")


@upward.post("/upward/<int:nominee_id>")
@requires(Permission.AWARD_PLAN)
def record_answer(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Ghi trả lời của cấp trên."""
    campaign_for(current_user, campaign_id)
    row = _sent(campaign_id, nominee_id)
    answer = request.form.get("answer", "")
    if row is None or (answer and answer not in set(Answer)):
        raise NotVisible
    if not answer:
        refuse("Hãy chọn trả lời của cấp trên.")
    actions.record_answer(
        row,
        Answer(answer),
        on=parse_date(request.form.get("answered_on", "")),
        number=request.form.get("number", ""),
        reason=request.form.get("reason", ""),
    )
    return _done(campaign_id, "award.upward", "Đã ghi trả lời của cấp trên.")


def _sent(campaign_id: int, nominee_id: int) -> UpwardRequest | None:
    sent = (row for row in queries.upward(campaign_id) if row.nominee_id == nominee_id)
    return next(sent, None)
