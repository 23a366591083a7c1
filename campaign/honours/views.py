"""Các bộ quy định: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.honours import actions, queries, workbook
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.spreadsheets import send_tables

honours = Blueprint("honours", __name__)


@honours.get("/rule-sets/excel")
@requires(Permission.CAMPAIGN_READ)
def rule_sets_spreadsheet() -> ResponseReturnValue:
    """Các bộ quy định ra Excel."""
    rows = queries.rule_sets()
    return send_tables(
        workbook.rule_sets(rows, accounts.names_of({row.checked_by_id for row in rows})),
        title="Các bộ quy định",
        state="mọi bộ quy định đến lúc lập",
        name="bo-quy-dinh",
    )


@honours.get("/rule-sets")
@requires(Permission.CAMPAIGN_READ)
def rule_sets() -> ResponseReturnValue:
    """Các bộ quy định."""
    rows = queries.rule_sets()
    return render_template(
        "honours/rule_sets.html",
        rows=rows,
        checkers=accounts.names_of({row.checked_by_id for row in rows}),
    )


@honours.post("/rule-sets/<code>/confirm")
@requires(Permission.CAMPAIGN_PLAN)
def confirm_rule_set(code: str) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu một bộ quy định."""
    actions.confirm(queries.rule_set(code), by=current_user, on=clock.today())
    recorder.act("plan.edit")
    db.session.commit()
    flash(f"Đã ghi nhận đối chiếu {code}.", "success")
    return redirect(url_for(".rule_sets"), HTTPStatus.SEE_OTHER)
