"""Việc của tôi: pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.permissions import Permission, Role
from campaign.home import queries
from campaign.web import clock
from campaign.web.access import requires

home = Blueprint("home", __name__)


@home.get("/")
@requires(Permission.CAMPAIGN_READ)
def index() -> ResponseReturnValue:
    """Việc của tôi."""
    today = clock.today()
    parts = [(campaign, queries.todos(current_user, campaign, today)) for campaign in queries.running_campaigns()]
    admin = queries.administration() if Role.ADMIN in current_user.roles else []
    drafts = queries.drafts(today) if Permission.CAMPAIGN_PLAN in current_user.permissions else []
    return render_template("home/index.html", parts=parts, admin=admin, drafts=drafts, today=today)
