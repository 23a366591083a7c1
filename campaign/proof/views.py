"""Đối chiếu: the page that says when the record was last compared, and what was found."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import queries as audit
from campaign.core.permissions import Permission
from campaign.proof import actions, queries
from campaign.web.access import requires

proof = Blueprint("proof", __name__)


@proof.get("/")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """Các lần đối chiếu, newest first."""
    return render_template("proof/index.html", runs=queries.runs(), head=audit.head())


@proof.post("/start")
@requires(Permission.AUDIT_VERIFY)
def start() -> ResponseReturnValue:
    """Bắt đầu đối chiếu, beside the working system."""
    actions.start(current_user.full_name)
    flash("Đã bắt đầu đối chiếu; kết quả hiện ở đây khi xong.", "success")
    return redirect(url_for(".index"), 303)
