"""Quyết định trên trang công khai: pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.decision.queries import decision as decision_of
from campaign.decision.rules import DecisionState
from campaign.decision.signed_copy.queries import published_copies
from campaign.files import storage
from campaign.planning.rules import Phase
from campaign.publicity.queries import public_campaign
from campaign.web.access import requires
from campaign.web.files import send_stored

decided = Blueprint("decided", __name__)


@decided.get("/results/<int:campaign_id>/decisions/<int:decision_id>/signed-copy")
@requires(Permission.PUBLIC)
def signed_copy(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Tải bản ký số của quyết định đã công bố."""
    campaign = public_campaign(campaign_id)
    decision = decision_of(campaign_id, decision_id)
    row = published_copies([decision_id]).get(decision_id)
    is_out = campaign.phase is Phase.PUBLISHED and decision.state is DecisionState.SIGNED
    if row is None or not is_out:
        raise NotVisible
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type="application/pdf"
    )
