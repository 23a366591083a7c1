"""Tìm kiếm: one page for visitors and for whoever signed in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.permissions import Permission
from campaign.core.text import one_line
from campaign.publicity.kept import kept
from campaign.publicity.searching import queries
from campaign.publicity.searching.own import own_parts
from campaign.publicity.searching.rules import Found, found, is_long_enough
from campaign.web import clock
from campaign.web.access import is_signed_in, requires
from campaign.web.lists import LONGEST_SEARCH

searching = Blueprint("searching", __name__)


@searching.get("/search")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Tìm kiếm, without tones: what is public, then one's own work."""
    text = one_line(request.args.get("q", "")[:LONGEST_SEARCH])
    sought = is_long_enough(text)
    parts = _found(text) if sought else []
    return render_template(
        "publicity/search.html",
        text=text,
        is_short=bool(text) and not sought,
        parts=[part for part in parts if part.total],
        total=sum(part.total for part in parts),
    )


def _found(text: str) -> list[Found]:
    """Own work first: it is what a person who signed in looks for."""
    day = clock.today()
    public = kept("search", day.isoformat(), lambda: queries.public_parts(day))
    parts = [found(heading, rows, text) for heading, rows in public]
    if not is_signed_in() or not current_user.is_authenticated:
        return parts
    return [*own_parts(current_user, text, day), *parts]
