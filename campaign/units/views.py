"""Đơn vị: pages."""

from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.units import actions, queries, workbook
from campaign.units.forms import UnitForm
from campaign.units.listing import asked_units, statement
from campaign.units.models import Unit
from campaign.units.successions import queries as successions
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import tell_refusal
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

units = Blueprint("units", __name__)


@units.get("/")
@requires(Permission.UNIT_MANAGE)
def index() -> ResponseReturnValue:
    """Danh sách đơn vị."""
    here = asked_units()
    page = paginate(statement(here, clock.today()), number=page_number())
    return render_template("units/index.html", page=page, asked=here)


@units.get("/excel")
@requires(Permission.UNIT_MANAGE)
def spreadsheet() -> ResponseReturnValue:
    """Danh sách đơn vị ra Excel, with the conditions of the page in force."""
    here = asked_units()
    return send_tables(
        [
            *workbook.units(db.session.scalars(statement(here, clock.today()))),
            *workbook.successions(successions.all_successions()),
        ],
        title="Đơn vị",
        state={"valid": "đang hoạt động", "ceased": "đã ngừng", "all": "tất cả"}[
            here.chosen["state"]
        ],
        name="don-vi",
        notes=[("Tên có", here.text or "tất cả")],
    )


@units.get("/<int:unit_id>")
@requires(Permission.UNIT_MANAGE)
def show(unit_id: int) -> ResponseReturnValue:
    """Một đơn vị."""
    unit = queries.unit(unit_id)
    return render_template(
        "units/show.html",
        unit=unit,
        below=queries.subordinates(unit),
        successions=successions.of_unit(unit.id),
    )


def _form(unit: Unit | None) -> UnitForm:
    form = UnitForm(obj=unit)
    if not current_app.config["DEMO"]:
        del form.is_illustrative
    form.kind.choices = queries.kind_choices()
    form.parent_id.choices = [
        ("", "— cấp cao nhất —"),
        *[
            (str(row.id), row.name)
            for row in queries.in_order()
            if unit is None or row.id != unit.id
        ],
    ]
    return form


def _save(form: UnitForm, unit: Unit | None) -> Unit | None:
    """Write the form; None where it was refused and must be shown again."""
    try:
        return actions.save_unit(
            unit,
            code=form.code.data,
            name=form.name.data,
            short_name=form.short_name.data,
            kind=form.kind.data,
            parent_id=form.parent_id.chosen,
            valid_from=form.valid_from.data,
            valid_to=form.valid_to.data,
            head_title=form.head_title.data,
            is_illustrative=form.is_illustrative.data
            if form.is_illustrative
            else unit is not None and unit.is_illustrative,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return None


@units.route("/new", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def new() -> ResponseReturnValue:
    """Thêm đơn vị."""
    form = _form(None)
    if form.validate_on_submit() and (unit := _save(form, None)) is not None:
        db.session.commit()
        flash(f"Đã thêm {unit.name}.", "success")
        if others := queries.named_alike(unit):
            named = "; ".join(f"{other.name} (mã {other.code})" for other in others)
            flash(f"Đã có {named}: hai đơn vị khác nhau?", "warning")
        return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("units/edit.html", form=form, unit=None), status


@units.route("/<int:unit_id>/edit", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def edit(unit_id: int) -> ResponseReturnValue:
    """Sửa đơn vị."""
    unit = queries.unit(unit_id)
    form = _form(unit)
    if form.validate_on_submit() and _save(form, unit) is not None:
        db.session.commit()
        flash(f"Đã lưu {unit.name}.", "success")
        return redirect(url_for(".show", unit_id=unit.id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("units/edit.html", form=form, unit=unit), status
