"""Lưu trữ: the page from which a finished campaign is handed to the archive."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.archive.packing import packed
from campaign.core.permissions import Permission
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored

archive = Blueprint("archive", __name__)


@archive.get("/")
@requires(Permission.ARCHIVE_PACK)
def index(campaign_id: int) -> ResponseReturnValue:
    """Nói gói lưu trữ có gì."""
    campaign = campaign_for(current_user, campaign_id)
    return render_template("archive/index.html", campaign=campaign, is_ready=campaign.phase is Phase.PUBLISHED)


@archive.post("/package")
@requires(Permission.ARCHIVE_PACK)
def package(campaign_id: int) -> ResponseReturnValue:
    """Tải gói lưu trữ."""
    campaign = campaign_for(current_user, campaign_id)
    made = packed(campaign, now=clock.now())
    return send_stored(made, name=f"ngon-co-phong-trao-{campaign_id}.zip", media_type="application/zip")
