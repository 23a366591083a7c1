"""Tiêu chí: pages of the scoring table."""

from http import HTTPStatus
from typing import Any

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
from campaign.planning.indicators.trial import Answer, own_way_answer, trial_form
from campaign.planning.models import Block, Campaign
from campaign.scheme import queries as tables
from campaign.scheme import workbook
from campaign.scheme.checklist_fields import typed_checklist
from campaign.scheme.count_fields import typed_rule
from campaign.scheme.criterion_cells import Rules
from campaign.scheme.default_table import GROUP_A
from campaign.scheme.forms import CriterionForm, GroupForm
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from campaign.scheme.rule_fields import typed_points_rule
from campaign.scheme.rules.checklist import Checklist
from campaign.scheme.rules.counts import count_drawings, count_problems
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.samples import Drawing
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, Judgement, PointsWay
from campaign.scheme.rules.tree import NO_LIMIT
from campaign.units import queries as units
from campaign.web.access import requires
from campaign.web.pages import form_page
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
    unit_id = request.args.get("unit", type=row_id)
    block_id = request.args.get("block", type=row_id)
    maxima = scheme.maxima_for(unit_id, block_id) if unit_id else None
    code, _, points = GROUP_A
    lacks_indicators = code not in {group.code for group in scheme.groups}
    return render_template(
        "criteria/index.html",
        campaign=campaign,
        scheme=scheme,
        full=campaign.scale,
        maxima=maxima,
        rule_words=rule_words,
        lacks=(code, points) if lacks_indicators else None,
        unit_id=unit_id,
        block_id=block_id,
        units=units.in_order(valid_on=campaign.starts_on),
        absent=queries.absent_units(campaign),
        blocks=queries.rows_of(Block, campaign_id),
    )


@criteria.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng điểm ra Excel, for the unit and block the page is asked about."""
    campaign = queries.campaign_for(current_user, campaign_id)
    scheme = queries.scheme_of(campaign_id)
    unit_id, block_id = (
        request.args.get("unit", type=row_id),
        request.args.get("block", type=row_id),
    )
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
    code, _, points = GROUP_A
    missing = (
        ""
        if code in {group.code for group in queries.scheme_of(campaign_id).groups}
        else (
            f" Còn thiếu nhóm {code} ({format_decimal(points)} điểm): nhóm này lấy mỗi chỉ "
            "tiêu một tiêu chí, mà phong trào chưa có chỉ tiêu."
        )
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
    if form.validate_on_submit():
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
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _written(campaign.id, "Đã lưu nhóm tiêu chí.")
    return form_page("criteria/edit_group.html", form, campaign=campaign, is_new=group is None)


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


def _criterion_form(campaign: Campaign, criterion: Criterion | None) -> CriterionForm:
    blocks, scope_units = tables.scope_of(criterion.id) if criterion is not None else ([], [])
    form = CriterionForm(
        data={"blocks": blocks, "units": scope_units, **_stored(criterion)}
        if criterion
        else {"group_id": request.args.get("group", "")},
    )
    scheme = queries.scheme_of(campaign.id)
    form.group_id.choices = [
        ("", "— chọn nhóm —"),
        *[(str(node.id), sections.indented(node)) for node in scheme.nodes],
    ]
    form.taken_criterion_id.choices = [
        ("", "— chọn tiêu chí —"),
        *[
            (str(row.id), f"{row.code}. {row.name}")
            for row in scheme.criteria
            if row.kind is not CriterionKind.PENALTY
            and row.id != (criterion.id if criterion else 0)
        ],
    ]
    form.indicator_id.choices = [
        ("", "— không —"),
        *[(str(row.id), row.name) for row in tables.indicators_of(campaign.id).values()],
    ]
    form.blocks.choices = [(str(row.id), row.name) for row in queries.rows_of(Block, campaign.id)]
    absent = queries.absent_units(campaign)
    form.units.choices = [
        (str(row.id), absent[row.id].told if row.id in absent else row.name)
        for row in units.in_order(
            valid_on=campaign.starts_on, also=absent.keys() & set(scope_units)
        )
    ]
    return form


_PLAIN = (
    "code",
    "name",
    "guidance",
    "maximum",
    "takes_from",
    "judged_by",
    "evidence_required",
)
_ROWS = ("group_id", "indicator_id", "taken_criterion_id")


def _stored(criterion: Criterion) -> dict[str, Any]:
    """Tiêu chí đã lưu with its rules, as the fields of the form take it."""
    return {
        **{name: getattr(criterion, name) for name in (*_PLAIN, *_ROWS)},
        "leaf_kind": criterion.kind,
        **typed_rule(criterion.count_rule),
        **typed_checklist(criterion.checklist),
        **typed_points_rule(criterion.points_rule),
        "own_judgement": criterion.judgement or Judgement.LEVEL,
        "way": PointsWay.OWN if criterion.points_rule else PointsWay.INDICATOR,
    }


@criteria.get("/total")
@requires(Permission.CAMPAIGN_PLAN)
def total(campaign_id: int) -> ResponseReturnValue:
    """Tổng điểm chuẩn: what the sum would be with the criterion as typed; nothing is written."""
    campaign = queries.campaign_for(current_user, campaign_id)
    form = CriterionForm(request.args, meta={"csrf": False})
    sum_with = queries.scheme_of(campaign_id).total_with(
        request.args.get("criterion", 0, type=row_id),
        request.args.get("group_id", 0, type=row_id),
        form.maximum.data or ZERO,
        form.leaf_kind.data or CriterionKind.BASE,
    )
    return render_template(
        "criteria/_total.html",
        campaign=campaign,
        total=sum_with,
        full=campaign.scale,
        count_trial=_count_trial(form, campaign.points_places),
        answer=_own_answer(campaign, form),
        items=_items(form),
    )


def _items(form: CriterionForm) -> Checklist:
    """Danh mục đang nhập; nothing while it cannot be read."""
    if form.judged_by.data is not JudgedBy.CHECKLIST:
        return ()
    try:
        return form.checklist
    except RuleViolation:
        return ()


def _own_answer(campaign: Campaign, form: CriterionForm) -> Answer | None:
    """Tính thử cách tính riêng; nothing where the criterion has none, or names no indicator."""
    measured = tables.indicators_of(campaign.id).get(form.indicator_id.chosen or 0)
    if not form.has_own_way or measured is None:
        return None
    return own_way_answer(campaign, measured, form, trial_form(campaign, request.args))


def _rules(campaign: Campaign, form: CriterionForm) -> Rules:
    """Các quy tắc như đã nhập; only of the kind that is chosen."""
    return Rules(
        form.count_rule if form.judged_by.data is JudgedBy.COUNT else None,
        _own_way(campaign, form),
        form.checklist if form.judged_by.data is JudgedBy.CHECKLIST else None,
    )


def _own_way(campaign: Campaign, form: CriterionForm) -> OwnWay | None:
    """Cách tính riêng như đã nhập, if the criterion has one."""
    number = form.indicator_id.chosen
    if not form.has_own_way or number is None:
        return None
    return form.own_way_for(queries.row_of(Indicator, campaign.id, number).direction)


def _count_trial(form: CriterionForm, places: int) -> list[tuple[str, Drawing]]:
    """Tính thử quy tắc theo số lần, from 0 to 6; nothing while it is not a rule yet."""
    maximum = form.maximum.data
    if maximum is None and form.leaf_kind.data is not CriterionKind.BASE:
        maximum = NO_LIMIT
    if form.judged_by.data is not JudgedBy.COUNT or maximum is None:
        return []
    try:
        rule = form.count_rule
    except RuleViolation:
        return []
    return [] if count_problems(rule, maximum) else count_drawings(rule, maximum, places)


def _criterion_page(campaign: Campaign, criterion: Criterion | None) -> ResponseReturnValue:
    form = _criterion_form(campaign, criterion)
    if form.validate_on_submit():
        values: dict[str, Any] = {
            **{name: form[name].data for name in _PLAIN},
            **{name: form[name].chosen for name in _ROWS},
            "kind": form.leaf_kind.data,
        }
        try:
            actions.save_criterion(
                campaign,
                criterion or Criterion(),
                values,
                rules=_rules(campaign, form),
                blocks=row_ids(form.blocks.data or []),
                units=row_ids(form.units.data or []),
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _written(campaign.id, "Đã lưu tiêu chí.")
    return form_page(
        "criteria/edit.html",
        form,
        campaign=campaign,
        criterion=criterion,
        full=campaign.scale,
        total=queries.scheme_of(campaign.id).base_total,
        count_trial=_count_trial(form, campaign.points_places),
        answer=_own_answer(campaign, form),
        items=_items(form),
        trial_form=trial_form(campaign),
    )


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
