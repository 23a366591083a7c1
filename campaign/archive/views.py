"""Lưu trữ: the page from which a finished campaign is handed to the archive."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.archive import packing
from campaign.archive.rules import PackingState, Step
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored

archive = Blueprint("archive", __name__)
REFRESH_SECONDS = "3"


@archive.get("/")
@requires(Permission.ARCHIVE_PACK)
def index(campaign_id: int) -> ResponseReturnValue:
    """Nói gói lưu trữ có gì, và việc lập gói đang ra sao."""
    campaign = campaign_for(current_user, campaign_id)
    workshop = packing.workshop_of(campaign)
    state = workshop.state(datetime.now(UTC))
    headers = {"Refresh": REFRESH_SECONDS} if state is PackingState.RUNNING else {}
    return render_template(
        "archive/index.html",
        campaign=campaign,
        is_ready=campaign.phase is Phase.PUBLISHED,
        state=state,
        states=PackingState,
        steps=len(Step),
        note=workshop.read(),
    ), headers


@archive.post("/package")
@requires(Permission.ARCHIVE_PACK)
def package(campaign_id: int) -> ResponseReturnValue:
    """Bắt đầu lập gói lưu trữ."""
    campaign = campaign_for(current_user, campaign_id)
    packing.begin(campaign, asked_by=current_user.full_name, now=clock.now())
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@archive.get("/package")
@requires(Permission.ARCHIVE_PACK)
def download(campaign_id: int) -> ResponseReturnValue:
    """Tải gói lưu trữ đã lập."""
    workshop = packing.workshop_of(campaign_for(current_user, campaign_id))
    if workshop.state(datetime.now(UTC)) is not PackingState.READY:
        refuse("Chưa có gói lưu trữ nào để tải. Hãy lập gói trước.")
    name = f"ngon-co-phong-trao-{campaign_id}.zip"
    return send_stored(workshop.package.open("rb"), name=name, media_type="application/zip")
