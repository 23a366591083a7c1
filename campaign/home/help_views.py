"""Trợ giúp: a page of five minutes for each role, open to everybody."""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.home.guides import GUIDES, Guide, Stop, guide, guides_of
from campaign.home.queries import running_campaigns
from campaign.home.topics import CHAPTERS, topic
from campaign.web.access import is_signed_in, needed_permission, requires

helping = Blueprint("helping", __name__)


@helping.record_once
def _explain(state: BlueprintSetupState) -> None:
    """Let every page explain its hard fields."""
    state.app.jinja_env.globals["explained"] = topic


@helping.get("/")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Trợ giúp cho từng vai trò; of whoever has signed in their own roles first."""
    own = guides_of(current_user.roles) if is_signed_in() else []
    return render_template(
        "helping/index.html", own=own, others=[row for row in GUIDES if row not in own]
    )


@helping.get("/topics")
@requires(Permission.PUBLIC)
def topics() -> ResponseReturnValue:
    """Giải thích các ô khó, with examples."""
    return render_template("helping/topics.html", chapters=CHAPTERS)


@helping.get("/<string:role>")
@requires(Permission.PUBLIC)
def show(role: str) -> ResponseReturnValue:
    """5 phút cho một vai trò; links stand where the reader may follow them."""
    chosen = guide(role)
    if chosen is None:
        raise NotVisible
    return render_template("helping/show.html", guide=chosen, ways=ways_of(chosen))


def ways_of(chosen: Guide) -> dict[Stop, str]:
    """Địa chỉ của từng bước that this person may open, in the first of their campaigns."""
    if not is_signed_in() or not current_user.is_authenticated:
        return {}
    return addresses(chosen.stops)


def addresses(stops: Sequence[Stop]) -> dict[Stop, str]:
    """Địa chỉ của các bước mà người này mở được."""
    campaigns = running_campaigns(current_user) if stops else []
    return {
        stop: url_for(stop.endpoint, campaign_id=campaigns[0].id)
        if stop.of_campaign
        else url_for(stop.endpoint)
        for stop in stops
        if needed_permission(stop.endpoint) in current_user.permissions
        and (campaigns or not stop.of_campaign)
    }
