"""Tiêu chí: pages of the scoring table."""

from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.numbers import format_decimal, row_id, row_ids
from campaign.core.permissions import Permission
from campaign.core.points import ZERO
from campaign.extensions import db
from campaign.planning import actions as plans
from campaign.planning import queries
from campaign.planning.criteria import actions, sections
from campaign.planning.criteria.filled import (
    count_trial,
    criterion_form,
    own_answer,
    typed_items,
    typed_rules,
    typed_values,
)
from campaign.planning.indicators.trial import trial_form
from campaign.planning.models import Block, Campaign
from campaign.scheme import workbook
from campaign.scheme.default_table import GROUP_A
from campaign.scheme.forms import CriterionForm, GroupForm
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import CriterionKind
from campaign.units import queries as units
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

criteria = Blueprint("criteria", __name__)


def _written(campaign_id: int, message: str) -> ResponseReturnValue:
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@criteria.get("/")
@requires(Permission.CAMPAIGN_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Bảng điểm; for one unit too, with the maxima re-scaled to what applies to it."""
    campaign = queries.campaign_for(current_user, campaign_id)
    scheme = queries.scheme_of(campaign_id)
    unit_id, block_id = _asked_unit()
    return render_template(
        "criteria/index.html",
        campaign=campaign,
        scheme=scheme,
        maxima=scheme.maxima_for(unit_id, block_id) if unit_id else None,
        rule_words=rule_words,
        lacks=_lacking_group(scheme),
        unit_id=unit_id,
        block_id=block_id,
        units=units.in_order(valid_on=campaign.starts_on),
        absent=queries.absent_units(campaign),
        blocks=queries.rows_of(Block, campaign_id),
    )


def _asked_unit() -> tuple[int | None, int | None]:
    """Đơn vị và khối that the table is asked for; None where it is asked for everybody."""
    return request.args.get("unit", type=row_id), request.args.get("block", type=row_id)


def _lacking_group(scheme: Scheme) -> tuple[str, Decimal] | None:
    """Nhóm A còn thiếu and its points: the one that has a criterion for each indicator."""
    code, _, points = GROUP_A
    return None if code in {group.code for group in scheme.groups} else (code, points)


@criteria.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng điểm ra Excel, for the unit and block the page is asked about."""
    campaign = queries.campaign_for(current_user, campaign_id)
    scheme = queries.scheme_of(campaign_id)
    unit_id, block_id = _asked_unit()
    notes = []
    if unit_id:
        names = {row.id: row.name for row in units.in_order()}
        blocks = {row.id: row.name for row in queries.rows_of(Block, campaign_id)}
        notes = [("Đơn vị", names.get(unit_id, "—")), ("Khối", blocks.get(block_id, "—"))]
    return send_tables(
        workbook.criteria(scheme, scheme.maxima_for(unit_id, block_id) if unit_id else None),
        title=f"Bảng điểm, {campaign.title}",
        state="đã phát động" if campaign.is_frozen else "kế hoạch chưa phát động",
        name="bang-diem",
        points_places=campaign.points_places,
        notes=notes,
    )


@criteria.post("/take-default")
@requires(Permission.CAMPAIGN_PLAN)
def take_default(campaign_id: int) -> ResponseReturnValue:
    """Lấy bảng điểm mẫu."""
    actions.take_default_table(queries.campaign_for(current_user, campaign_id))
    lacks = _lacking_group(queries.scheme_of(campaign_id))
    missing = (
        f" Còn thiếu nhóm {lacks[0]} ({format_decimal(lacks[1])} điểm): nhóm này lấy mỗi chỉ "
        "tiêu một tiêu chí, mà phong trào chưa có chỉ tiêu."
        if lacks
        else ""
    )
    return _written(campaign_id, f"Đã lấy bảng điểm mẫu. Hãy sửa cho hợp với phong trào.{missing}")


@criteria.post("/take-indicators")
@requires(Permission.CAMPAIGN_PLAN)
def take_indicators(campaign_id: int) -> ResponseReturnValue:
    """Lấy nhóm A của bảng điểm mẫu, once there are indicators."""
    actions.take_indicator_group(queries.campaign_for(current_user, campaign_id))
    return _written(campaign_id, f"Đã lấy nhóm {GROUP_A[0]} từ các chỉ tiêu.")


def _group_page(campaign: Campaign, group: CriterionGroup | None) -> ResponseReturnValue:
    form = GroupForm(obj=group, data={} if group else {"parent_id": request.args.get("parent", "")})
    scheme = queries.scheme_of(campaign.id)
    form.parent_id.choices = [
        ("", "— không, là một nhóm của bảng điểm —"),
        *sections.parents_offered(scheme, group.id if group else None),
    ]
    if form.validate_on_submit() and _group_saved(form, campaign, group):
        return _written(campaign.id, "Đã lưu nhóm tiêu chí.")
    return form_page("criteria/edit_group.html", form, campaign=campaign, is_new=group is None)


def _group_saved(form: GroupForm, campaign: Campaign, group: CriterionGroup | None) -> bool:
    """Write the group; False where it was refused and must be shown again."""
    try:
        sections.save_section(
            campaign,
            group or CriterionGroup(),
            code=form.code.data,
            name=form.name.data,
            parent_id=form.parent_id.chosen,
            ceiling=form.ceiling.data,
            floor=form.floor.data,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


@criteria.route("/groups/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new_group(campaign_id: int) -> ResponseReturnValue:
    """Thêm nhóm tiêu chí, or a section below one."""
    return _group_page(queries.campaign_for(current_user, campaign_id), None)


@criteria.route("/groups/<int:group_id>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit_group(campaign_id: int, group_id: int) -> ResponseReturnValue:
    """Sửa nhóm tiêu chí, or a section below one."""
    campaign = queries.campaign_for(current_user, campaign_id)
    return _group_page(campaign, queries.row_of(CriterionGroup, campaign_id, group_id))


@criteria.post("/groups/<int:group_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete_group(campaign_id: int, group_id: int) -> ResponseReturnValue:
    """Xoá nhóm tiêu chí: an empty one, or with all that it holds, when that was asked for."""
    campaign = queries.campaign_for(current_user, campaign_id)
    group = queries.row_of(CriterionGroup, campaign_id, group_id)
    if request.args.get("whole") == "1":
        sections.delete_whole(campaign, group)
    else:
        sections.delete_section(campaign, group)
    return _written(campaign_id, "Đã xoá nhóm.")


@criteria.post("/groups/<int:group_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move_group(campaign_id: int, group_id: int) -> ResponseReturnValue:
    """Chuyển nhóm lên hoặc xuống, among those that stand in the same section."""
    campaign = queries.campaign_for(current_user, campaign_id)
    group = queries.row_of(CriterionGroup, campaign_id, group_id)
    plans.refuse_if_frozen(campaign)
    same = sections.siblings_of(campaign, group)
    plans.move_row(same, group_id, up=request.form.get("up") == "1")
    return _written(campaign_id, "Đã đổi thứ tự.")


@criteria.get("/total")
@requires(Permission.CAMPAIGN_PLAN)
def total(campaign_id: int) -> ResponseReturnValue:
    """Tổng điểm chuẩn: what the sum would be with the criterion as typed; nothing is written."""
    campaign = queries.campaign_for(current_user, campaign_id)
    form = CriterionForm(request.args, meta={"csrf": False})
    return render_template(
        "criteria/_total.html",
        campaign=campaign,
        total=queries.scheme_of(campaign_id).total_with(
            request.args.get("criterion", 0, type=row_id),
            request.args.get("group_id", 0, type=row_id),
            form.maximum.data or ZERO,
            form.leaf_kind.data or CriterionKind.BASE,
        ),
        full=campaign.scale,
        count_trial=count_trial(form, campaign.points_places),
        answer=own_answer(campaign, form, request.args),
        items=typed_items(form),
    )


def _criterion_page(campaign: Campaign, criterion: Criterion | None) -> ResponseReturnValue:
    form = criterion_form(campaign, criterion, group=request.args.get("group", ""))
    if form.validate_on_submit() and _criterion_saved(form, campaign, criterion):
        return _written(campaign.id, "Đã lưu tiêu chí.")
    return form_page(
        "criteria/edit.html",
        form,
        campaign=campaign,
        criterion=criterion,
        full=campaign.scale,
        total=queries.scheme_of(campaign.id).base_total,
        count_trial=count_trial(form, campaign.points_places),
        answer=own_answer(campaign, form, request.args),
        items=typed_items(form),
        trial_form=trial_form(campaign),
    )


def _criterion_saved(form: CriterionForm, campaign: Campaign, criterion: Criterion | None) -> bool:
    """Write the criterion; False where it was refused and must be shown again."""
    values = typed_values(form)
    try:
        actions.save_criterion(
            campaign,
            criterion or Criterion(),
            values,
            rules=typed_rules(campaign, form),
            blocks=row_ids(form.blocks.data or []),
            units=row_ids(form.units.data or []),
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


@criteria.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new(campaign_id: int) -> ResponseReturnValue:
    """Thêm tiêu chí."""
    return _criterion_page(queries.campaign_for(current_user, campaign_id), None)


@criteria.route("/<int:criterion_id>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int, criterion_id: int) -> ResponseReturnValue:
    """Sửa tiêu chí."""
    campaign = queries.campaign_for(current_user, campaign_id)
    return _criterion_page(campaign, queries.row_of(Criterion, campaign_id, criterion_id))


@criteria.post("/<int:criterion_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move(campaign_id: int, criterion_id: int) -> ResponseReturnValue:
    """Chuyển tiêu chí lên hoặc xuống trong nhóm."""
    campaign = queries.campaign_for(current_user, campaign_id)
    criterion = queries.row_of(Criterion, campaign_id, criterion_id)
    plans.refuse_if_frozen(campaign)
    same = [
        row for row in queries.rows_of(Criterion, campaign_id) if row.group_id == criterion.group_id
    ]
    plans.move_row(same, criterion_id, up=request.form.get("up") == "1")
    return _written(campaign_id, "Đã đổi thứ tự.")


@criteria.post("/<int:criterion_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int, criterion_id: int) -> ResponseReturnValue:
    """Xoá tiêu chí."""
    campaign = queries.campaign_for(current_user, campaign_id)
    plans.delete_row(campaign, queries.row_of(Criterion, campaign_id, criterion_id))
    return _written(campaign_id, "Đã xoá tiêu chí.")
