"""Nối tiếp của đơn vị: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.units import queries as units
from campaign.units.models import Unit
from campaign.units.successions import actions, queries
from campaign.units.successions.forms import SuccessionForm
from campaign.units.successions.models import UnitSuccession
from campaign.web.access import requires
from campaign.web.pages import form_page

successions = Blueprint("successions", __name__)


@successions.route("/<int:unit_id>/successions/new", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def new(unit_id: int) -> ResponseReturnValue:
    """Ghi đơn vị này thành gì."""
    return _page(units.unit(unit_id), None)


@successions.route("/<int:unit_id>/successions/<int:succession_id>", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def edit(unit_id: int, succession_id: int) -> ResponseReturnValue:
    """Sửa một lần nối tiếp."""
    return _page(units.unit(unit_id), queries.succession(unit_id, succession_id))


def _form(unit: Unit, row: UnitSuccession | None) -> SuccessionForm:
    form = SuccessionForm(obj=row)
    form.successor_id.choices = [
        ("", "— không có —"),
        *((str(other.id), other.name) for other in units.in_order() if other.id != unit.id),
    ]
    return form


def _page(unit: Unit, row: UnitSuccession | None) -> ResponseReturnValue:
    form = _form(unit, row)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():  # the page still shows the unit if it is refused
                actions.save_succession(
                    row,
                    unit,
                    successor_id=form.successor_id.chosen,
                    kind=form.kind.data,
                    effective_on=form.effective_on.data,
                    basis=form.basis.data,
                )
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _done(unit.id, f"Đã ghi nối tiếp của {unit.name}.")
    return form_page("units/succession.html", form, unit=unit, row=row)


@successions.post("/<int:unit_id>/successions/<int:succession_id>/remove")
@requires(Permission.UNIT_MANAGE)
def remove(unit_id: int, succession_id: int) -> ResponseReturnValue:
    """Xoá một lần nối tiếp ghi nhầm."""
    actions.remove_succession(queries.succession(unit_id, succession_id))
    return _done(unit_id, "Đã xoá lần nối tiếp; hiệu lực của đơn vị giữ nguyên.")


def _done(unit_id: int, message: str) -> ResponseReturnValue:
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("units.show", unit_id=unit_id), HTTPStatus.SEE_OTHER)
