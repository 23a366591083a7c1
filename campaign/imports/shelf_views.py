"""Bảng điểm mẫu: to look through, to use in a plan, and to keep a plan's table as one."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.imports import shelf
from campaign.imports.forms import SavedTableForm
from campaign.imports.importer import Context
from campaign.imports.indicators import INDICATORS
from campaign.imports.scoring_tree import SCORING_TREE
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.scheme.models import SavedTable
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal

ready_tables = Blueprint("ready_tables", __name__)


def _table(key: str) -> shelf.ReadyTable:
    table = shelf.ready_table(key)
    if table is None:
        raise NotVisible
    return table


@ready_tables.get("/")
@requires(Permission.CAMPAIGN_PLAN)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các bảng điểm mẫu."""
    return render_template(
        "ready_tables/index.html",
        campaign=campaign_for(current_user, campaign_id),
        tables=shelf.ready_tables(),
        has_table=bool(scheme_of(campaign_id).groups),
    )


@ready_tables.get("/<key>")
@requires(Permission.CAMPAIGN_PLAN)
def show(campaign_id: int, key: str) -> ResponseReturnValue:
    """Một bảng điểm mẫu: its indicators and its criteria."""
    table = _table(key)
    return render_template(
        "ready_tables/show.html",
        campaign=campaign_for(current_user, campaign_id),
        ready=table,
        parts=[
            (importer.title, table.content[importer.slug])
            for importer in (INDICATORS, SCORING_TREE)
        ],
        has_table=bool(scheme_of(campaign_id).groups),
    )


@ready_tables.post("/<key>/take")
@requires(Permission.CAMPAIGN_PLAN)
def take(campaign_id: int, key: str) -> ResponseReturnValue:
    """Dùng một bảng điểm mẫu."""
    campaign = campaign_for(current_user, campaign_id)
    table = _table(key)
    shelf.take_table(table, Context(current_user, clock.now(), campaign), campaign)
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã lấy “{table.name}”. Hãy sửa cho hợp với phong trào.", "success")
    return redirect(url_for("criteria.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@ready_tables.route("/keep", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Lưu bảng điểm của phong trào làm mẫu của cơ quan."""
    campaign = campaign_for(current_user, campaign_id)
    form = SavedTableForm()
    if form.validate_on_submit() and (row := _kept(form, campaign)) is not None:
        recorder.act("plan.edit", campaign_id=campaign_id)
        db.session.commit()
        flash(f"Đã lưu bảng điểm mẫu “{row.name}”.", "success")
        return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    return form_page("ready_tables/keep.html", form, campaign=campaign)


def _kept(form: SavedTableForm, campaign: Campaign) -> SavedTable | None:
    """Put the table on the shelf; None where it was refused and must be shown again."""
    try:
        return shelf.keep_table(
            campaign,
            name=form.name.data or "",
            note=form.note.data or "",
            by=current_user,
            at=clock.now(),
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return None


@ready_tables.post("/<int:table_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int, table_id: int) -> ResponseReturnValue:
    """Bỏ một bảng điểm mẫu của cơ quan."""
    campaign_for(current_user, campaign_id)
    row = db.session.get(SavedTable, table_id)
    if row is None:
        raise NotVisible
    shelf.forget_table(row)
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã bỏ bảng điểm mẫu “{row.name}”.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
