"""Các danh sách của kế hoạch: pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import actions, corrections, queries, workbook
from campaign.planning.forms import (
    BandForm,
    BlockForm,
    CorrectionForm,
    PeriodForm,
    TaskForm,
)
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.rules import PART_NAMES
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from campaign.scheme.rules.progress import Shares
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.fields import VietnameseForm
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

lists = Blueprint("lists", __name__)


@dataclass(frozen=True)
class Kind:
    """Một danh sách của kế hoạch: its table, form and words."""

    model: type[Any]
    form: type[VietnameseForm]
    title: str
    noun: str
    has_order: bool = True


KINDS = {
    "blocks": Kind(Block, BlockForm, "Khối thi đua", "khối"),
    "tasks": Kind(Task, TaskForm, "Nhiệm vụ chuyên môn", "nhiệm vụ"),
    "periods": Kind(ReportingPeriod, PeriodForm, "Kỳ báo cáo", "kỳ báo cáo"),
    "bands": Kind(Band, BandForm, "Mức xếp loại", "mức xếp loại", has_order=False),
}


def _kind(name: str) -> Kind:
    if name not in KINDS:
        abort(404)
    return KINDS[name]


@lists.get("/<int:campaign_id>/plan/<kind>")
@requires(Permission.CAMPAIGN_PLAN)
def index(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Một danh sách của kế hoạch: khối, nhiệm vụ, kỳ báo cáo, mức xếp loại."""
    campaign = queries.campaign_for(current_user, campaign_id)
    chosen = _kind(kind)
    return render_template(
        "lists/index.html",
        campaign=campaign,
        kind=kind,
        words=chosen,
        rows=(held := queries.rows_of(chosen.model, campaign_id)),
        shares=_shares(campaign, kind, held),
        lacks_parts=kind == "tasks" and not {row.name for row in held} >= PART_NAMES,
    )


def _shares(campaign: Campaign, kind: str, rows: Sequence[Any]) -> dict[int, Shares]:
    """Tiến độ phải đạt của từng kỳ, where the rows are periods."""
    return {row.id: queries.shares_of(campaign, row) for row in rows} if kind == "periods" else {}


@lists.get("/<int:campaign_id>/plan/<kind>/excel")
@requires(Permission.CAMPAIGN_PLAN)
def spreadsheet(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Một danh sách của kế hoạch ra Excel."""
    campaign, chosen = queries.campaign_for(current_user, campaign_id), _kind(kind)
    held = queries.rows_of(chosen.model, campaign_id)
    return send_tables(
        workbook.plan_list(kind, chosen.title, held, _shares(campaign, kind, held)),
        title=f"{chosen.title}, {campaign.title}",
        state="đã phát động" if campaign.is_frozen else "kế hoạch chưa phát động",
        name="ke-hoach",
        points_places=campaign.points_places,
    )


@lists.post("/<int:campaign_id>/plan/tasks/report-parts")
@requires(Permission.CAMPAIGN_PLAN)
def add_report_parts(campaign_id: int) -> ResponseReturnValue:
    """Thêm các phần của báo cáo: communication, awards, what lacked and why, lessons, what next."""
    campaign = queries.campaign_for(current_user, campaign_id)
    added = actions.add_report_parts(campaign)
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã thêm {added} phần của báo cáo.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id, kind="tasks"), HTTPStatus.SEE_OTHER)


@lists.route("/<int:campaign_id>/plan/<kind>/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Thêm một dòng."""
    return _row_page(campaign_id, kind, None)


@lists.route("/<int:campaign_id>/plan/<kind>/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Sửa một dòng."""
    return _row_page(campaign_id, kind, row_id)


def _row_page(campaign_id: int, kind: str, row_id: int | None) -> ResponseReturnValue:
    campaign, chosen = queries.campaign_for(current_user, campaign_id), _kind(kind)
    row = chosen.model() if row_id is None else queries.row_of(chosen.model, campaign_id, row_id)
    form: Any = chosen.form(obj=row if row_id is not None else None)
    if form.validate_on_submit() and _row_saved(form, campaign, kind, row):
        flash("Đã lưu.", "success")
        goes_on = row_id is None and request.form.get("more") == "y"
        to = ".new" if goes_on else ".index"
        return redirect(url_for(to, campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER)
    return form_page(
        "lists/edit.html",
        form,
        campaign=campaign,
        kind=kind,
        words=chosen,
        is_new=row_id is None,
    )


def _row_saved(form: Any, campaign: Campaign, kind: str, row: Any) -> bool:
    """Write the row; False where it was refused and must be shown again."""
    try:
        _save_row(campaign, kind, row, form.typed)
        recorder.act("plan.edit", campaign_id=campaign.id)
        db.session.commit()
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


def _save_row(campaign: Campaign, kind: str, row: Any, values: dict[str, Any]) -> None:
    if kind == "periods":
        actions.save_period(campaign, row, values)
    else:
        actions.save_row(campaign, row, values)


CORRECTED: dict[str, tuple[type[Any], str]] = {
    "blocks": (Block, "lists.index"),
    "tasks": (Task, "lists.index"),
    "criteria": (Criterion, "criteria.index"),
    "groups": (CriterionGroup, "criteria.index"),
    "indicators": (Indicator, "indicators.index"),
}
"""Các dòng đính chính được, each with the list it stands on."""


@lists.route("/<int:campaign_id>/plan/<kind>/<int:row_id>/correct", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def correct(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Đính chính lời văn của một dòng sau phát động, with a reason."""
    if kind not in CORRECTED:
        abort(404)
    campaign, (model, endpoint) = queries.campaign_for(current_user, campaign_id), CORRECTED[kind]
    row = queries.row_of(model, campaign_id, row_id)
    back = url_for(
        endpoint, campaign_id=campaign_id, kind=kind if endpoint == "lists.index" else None
    )
    form = CorrectionForm(obj=row)
    for name in {"name", "short_name", "guidance", "source"} - set(corrections.CORRECTABLE[model]):
        del form[name]
    if form.validate_on_submit() and _corrected(form, campaign, row):
        flash("Đã ghi đính chính.", "success")
        return redirect(back, HTTPStatus.SEE_OTHER)
    return form_page("lists/correct.html", form, campaign=campaign, name=row.name, back=back)


def _corrected(form: CorrectionForm, campaign: Campaign, row: Any) -> bool:
    """Write the correction; False where it was refused and must be shown again."""
    try:
        corrections.correct(
            campaign, row, form.typed, reason=form.reason.data, by=current_user, at=clock.now()
        )
        recorder.act("plan.correct", campaign_id=campaign.id)
        db.session.commit()
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


@lists.post("/<int:campaign_id>/plan/<kind>/<int:row_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Chuyển một dòng lên hoặc xuống."""
    actions.refuse_if_frozen(queries.campaign_for(current_user, campaign_id))
    chosen = _kind(kind)
    queries.row_of(chosen.model, campaign_id, row_id)
    if chosen.has_order:
        actions.move_row(
            queries.rows_of(chosen.model, campaign_id), row_id, up=request.form.get("up") == "1"
        )
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    return redirect(url_for(".index", campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER)


@lists.post("/<int:campaign_id>/plan/<kind>/<int:row_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Xoá một dòng."""
    campaign = queries.campaign_for(current_user, campaign_id)
    actions.delete_row(campaign, queries.row_of(_kind(kind).model, campaign_id, row_id))
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER)
