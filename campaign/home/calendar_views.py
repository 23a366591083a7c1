"""Lịch riêng: the address that a calendar program reads; its token is the only right."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from campaign.core.permissions import Permission
from campaign.home import calendar
from campaign.notices.calendar import feed
from campaign.notices.queries import feed_owner
from campaign.web import clock
from campaign.web.access import requires

calendar_feed = Blueprint("calendar_feed", __name__)


@calendar_feed.get("/<token>")
@requires(Permission.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    """Lịch của người giữ địa chỉ: nothing that their own pages do not show."""
    user = feed_owner(token.removesuffix(".ics"))
    text = feed(calendar.meetings_of(user), calendar.deadlines_of(user), at=clock.now())
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
