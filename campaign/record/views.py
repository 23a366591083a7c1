"""Nhật ký: pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import queries
from campaign.audit.names import ACTS, TABLES
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.record import workbook
from campaign.record.listing import asked_entries, statement
from campaign.record.queries import shown_changes
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

audit = Blueprint("audit", __name__)


@audit.get("/")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """Nhật ký, newest first."""
    here = asked_entries()
    page = paginate(statement(here), number=page_number())
    return render_template("audit/index.html", page=page, asked=here, acts=ACTS)


@audit.get("/excel")
@requires(Permission.AUDIT_READ)
def spreadsheet() -> ResponseReturnValue:
    """Nhật ký ra Excel, with the conditions of the page in force; read as it is written."""
    here = asked_entries()
    rows = db.session.scalars(statement(here).execution_options(yield_per=500))
    return send_tables(
        workbook.entries(rows),
        title="Nhật ký",
        state="mọi dòng đến lúc lập",
        name="nhat-ky",
        notes=[
            ("Việc", ACTS.get(here.chosen["act"], "mọi việc")),
            ("Ai", here.text or "mọi người"),
        ],
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
