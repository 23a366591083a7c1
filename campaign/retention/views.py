"""Thời hạn lưu: the administrator's pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.retention import actions, queries
from campaign.retention.forms import TermForm
from campaign.retention.rules import Kind
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page

retention = Blueprint("retention", __name__)


@retention.get("/")
@requires(Permission.SYSTEM_OPERATE)
def index() -> ResponseReturnValue:
    """Các thời hạn lưu, what is due now, and what was taken away."""
    today = clock.today()
    return render_template(
        "retention/index.html",
        rows=[(term, queries.due(term, today)) for term in queries.terms()],
        runs=queries.runs(),
    )


def _decide(kind: Kind, form: TermForm) -> None:
    """Đặt thời hạn as the form tells it; an empty number of months is none."""
    months = form.months.data
    actions.decide(
        kind,
        months=None if months is None else int(months),
        basis=form.basis.data,
        is_checked=form.is_checked.data,
    )


@retention.route("/<string:kind>", methods=["GET", "POST"])
@requires(Permission.SYSTEM_OPERATE)
def edit(kind: str) -> ResponseReturnValue:
    """Sửa thời hạn lưu một loại."""
    if kind not in set(Kind):
        raise NotVisible
    term = next(term for term in queries.terms() if term.kind == kind)
    form = TermForm(obj=term)
    if form.validate_on_submit():
        try:
            _decide(term.kind, form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            recorder.act("retention.decide")
            db.session.commit()
            flash("Đã lưu thời hạn.", "success")
            return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    return form_page("retention/edit.html", form, term=term)
