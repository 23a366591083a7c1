"""Tin Atom: the newest posts."""

from flask import Blueprint, Response, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from campaign.core.permissions import Permission
from campaign.publicity.feed.queries import entries, last_updated
from campaign.publicity.kept import kept_page
from campaign.web import clock
from campaign.web.access import requires

feed = Blueprint("feed", __name__)


@feed.get("/posts/atom")
@requires(Permission.PUBLIC)
def posts() -> ResponseReturnValue:
    """Các bài đang được đăng, as an Atom feed."""

    def render() -> str:
        day = clock.today()
        rows = entries(day)
        return render_template(
            "publicity/atom.xml",
            base=current_app.config["PUBLIC_URL"],
            entries=rows,
            updated=last_updated(rows, day),
        )

    answer: Response = make_response(kept_page(render))
    answer.mimetype = "application/atom+xml"
    return answer
