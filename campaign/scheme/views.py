"""Danh mục đơn vị đo: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.scheme import queries, workbook
from campaign.scheme.actions import add_measure_unit
from campaign.scheme.forms import MeasureUnitForm
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

scheme = Blueprint("scheme", __name__)


@scheme.route("/measure-units", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def measure_units() -> ResponseReturnValue:
    """Danh mục đơn vị đo."""
    form = MeasureUnitForm()
    if form.validate_on_submit():
        try:
            add_measure_unit(form.name.data, form.symbol.data)
            recorder.act("plan.edit")
            db.session.commit()
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            flash("Đã thêm đơn vị đo.", "success")
            return redirect(url_for(".measure_units"), HTTPStatus.SEE_OTHER)
    return form_page("scheme/measure_units.html", form, rows=queries.measure_units())


@scheme.get("/measure-units/excel")
@requires(Permission.CAMPAIGN_PLAN)
def measure_units_spreadsheet() -> ResponseReturnValue:
    """Danh mục đơn vị đo ra Excel."""
    return send_tables(
        workbook.measure_units(queries.measure_units()),
        title="Danh mục đơn vị đo",
        state="mọi đơn vị đo đến lúc lập",
        name="don-vi-do",
    )
