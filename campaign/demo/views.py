"""Diễn tập: moving the rehearsal clock."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.audit import recorder
from campaign.core.dates import format_date, parse_date
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.demo import clock as rehearsal
from campaign.extensions import db
from campaign.planning.queries import campaigns
from campaign.web.access import requires

demo = Blueprint("demo", __name__)


@demo.route("/", methods=["GET", "POST"])
@requires(Permission.CLOCK_MOVE)
def clock() -> ResponseReturnValue:
    """Đồng hồ diễn tập: only in demo mode; the dates of each campaign stand beside it."""
    if not current_app.config["DEMO"]:
        abort(404)
    error = None
    if request.method == "POST":
        try:
            day = rehearsal.move(parse_date(request.form.get("today", "")))
        except RuleViolation as violation:
            db.session.rollback()
            error = str(violation)
        else:
            return _moved(day)
    return _clock_page(error)


def _moved(day: date) -> ResponseReturnValue:
    recorder.act("clock.move")
    db.session.commit()
    flash(f"Hôm nay trong diễn tập là {format_date(day)}.", "success")
    return redirect(url_for(".clock"), HTTPStatus.SEE_OTHER)


def _clock_page(error: str | None) -> ResponseReturnValue:
    """The day of the rehearsal, with what was typed and why it was refused."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_template(
        "demo/clock.html",
        error=error,
        typed=request.form.get("today", ""),
        campaigns=db.session.scalars(campaigns(with_drafts=True)).all(),
    ), status
