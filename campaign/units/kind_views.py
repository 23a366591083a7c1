"""Loại đơn vị: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.units import kinds, queries
from campaign.units.forms import UnitKindForm
from campaign.units.models import UnitKind
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal

unit_kinds = Blueprint("unit_kinds", __name__)


@unit_kinds.route("/", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def index() -> ResponseReturnValue:
    """Danh mục loại đơn vị, and one more."""
    return _page(None)


@unit_kinds.route("/<code>", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def edit(code: str) -> ResponseReturnValue:
    """Sửa loại đơn vị."""
    return _page(kinds.kind_named(code))


def _page(row: UnitKind | None) -> ResponseReturnValue:
    form = UnitKindForm(obj=row)
    if form.validate_on_submit():
        try:
            saved = kinds.save_kind(row, name=form.name.data, competes=form.competes.data)
            db.session.commit()
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            flash(f"Đã lưu loại “{saved.name}”.", "success")
            return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    return form_page(
        "units/kinds.html",
        form,
        code=row.code if row else None,
        rows=queries.counted_kinds() or [(kind, 0) for kind in kinds.usual_kinds()],
    )


@unit_kinds.post("/<code>/delete")
@requires(Permission.UNIT_MANAGE)
def delete(code: str) -> ResponseReturnValue:
    """Xoá loại đơn vị."""
    kinds.delete_kind(kinds.kind_named(code))
    db.session.commit()
    flash("Đã xoá loại đơn vị.", "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
