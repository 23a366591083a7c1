"""Nhật ký: pages."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import queries
from campaign.audit.names import ACTS, TABLES
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.record import workbook
from campaign.record.queries import shown_changes
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

audit = Blueprint("audit", __name__)


@audit.get("/")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """Nhật ký, newest first."""
    act, actor = request.args.get("act", ""), request.args.get("actor", "").strip()
    page = paginate(queries.entries(act=act, actor=actor), number=page_number())
    return render_template("audit/index.html", page=page, act=act, actor=actor, acts=ACTS)


@audit.get("/excel")
@requires(Permission.AUDIT_READ)
def spreadsheet() -> ResponseReturnValue:
    """Nhật ký ra Excel, with the conditions of the page in force; read as it is written."""
    act, actor = request.args.get("act", ""), request.args.get("actor", "").strip()
    rows = db.session.scalars(
        queries.entries(act=act, actor=actor).execution_options(yield_per=500)
    )
    return send_tables(
        workbook.entries(rows),
        title="Nhật ký",
        state="mọi dòng đến lúc lập",
        name="nhat-ky",
        notes=[("Việc", ACTS.get(act, act) or "mọi việc"), ("Ai", actor or "mọi người")],
    )


@audit.get("/<int:number>")
@requires(Permission.AUDIT_READ)
def show(number: int) -> ResponseReturnValue:
    """Một dòng nhật ký, before and after, as far as this reader may know it."""
    entry = queries.entry(number)
    changes = shown_changes(entry, current_user.permissions)
    return render_template(
        "audit/show.html", entry=entry, changes=changes, acts=ACTS, tables=TABLES
    )
