"""Việc của tôi: pages."""

from datetime import date

from flask import Blueprint, current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.charts.drawn import Drawn
from campaign.core.permissions import Permission, Role
from campaign.home import first_visit, guides, queries
from campaign.home.help_views import addresses
from campaign.home.rules import Todo
from campaign.home.secretariat_work import completeness
from campaign.planning.models import Campaign
from campaign.web import clock
from campaign.web.access import requires

home = Blueprint("home", __name__)


@home.get("/")
@requires(Permission.HOME_READ)
def index() -> ResponseReturnValue:
    """Việc của tôi; who holds no role yet is told whom to ask."""
    today = clock.today()
    if not current_user.roles:
        administrators = queries.administrators(with_demo=current_app.config["DEMO"])
        return render_template("home/no_role.html", administrators=administrators, today=today)
    answer = make_response(_own_work(today))
    return first_visit.note(answer, current_user.id, today)


def _own_work(today: date) -> str:
    """All that waits for whoever asks, by the roles they hold."""
    parts = _parts(today)
    admin = queries.administration() if Role.ADMIN in current_user.roles else []
    drafts = queries.drafts(today) if Permission.CAMPAIGN_PLAN in current_user.permissions else []
    stops = _first_stops(today)
    return render_template(
        "home/index.html",
        first_stops=stops,
        guides=guides.guides_of(current_user.roles),
        ways=addresses(stops),
        parts=parts,
        admin=admin,
        drafts=drafts,
        own_units=queries.own_units(current_user),
        setting_up=queries.setting_up(current_user),
        today=today,
    )


def _parts(today: date) -> list[tuple[Campaign, list[Todo], Drawn | None]]:
    """Each running campaign, what there is to do in it, and how far reports have come."""
    oversees = Role.SECRETARIAT in current_user.roles
    return [
        (
            campaign,
            queries.todos(current_user, campaign, today),
            completeness(campaign, today) if oversees else None,
        )
        for campaign in queries.running_campaigns(current_user)
    ]


def _first_stops(today: date) -> list[guides.Stop]:
    """Where to begin, on the first day of whoever asks."""
    is_first = first_visit.is_first_day(current_user.id, today)
    return guides.first_stops(current_user.roles) if is_first else []
