"""Phát động: pages of campaigns and of the lists of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.core.prose import blocks as prose_blocks
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours import queries as catalogue
from campaign.honours import workbook as catalogue_tables
from campaign.planning import actions, corrections, queries, workbook
from campaign.planning.copying import copy_campaign
from campaign.planning.forms import (
    BandForm,
    BlockForm,
    CampaignForm,
    CopyForm,
    CorrectionForm,
    MeasureUnitForm,
    PeriodForm,
    SettingsForm,
    TaskForm,
)
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.problems import absent_problems
from campaign.planning.ties import step_words, steps_offered, tie_chain
from campaign.scheme import queries as tables
from campaign.scheme import workbook as scheme_workbook
from campaign.scheme.actions import add_measure_unit
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from campaign.scheme.rules.progress import Shares
from campaign.units import queries as units
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.fields import VietnameseForm
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

planning = Blueprint("planning", __name__)


@dataclass(frozen=True)
class Kind:
    """Một danh sách của kế hoạch: its table, form and words."""

    model: type[Any]
    form: type[VietnameseForm]
    title: str
    one: str
    has_order: bool = True


KINDS = {
    "blocks": Kind(Block, BlockForm, "Khối thi đua", "khối"),
    "tasks": Kind(Task, TaskForm, "Nhiệm vụ chuyên môn", "nhiệm vụ"),
    "periods": Kind(ReportingPeriod, PeriodForm, "Kỳ báo cáo", "kỳ báo cáo"),
    "bands": Kind(Band, BandForm, "Mức xếp loại", "mức xếp loại", has_order=False),
}


@planning.get("/")
@requires(Permission.CAMPAIGN_READ)
def index() -> ResponseReturnValue:
    """Danh sách phong trào."""
    text = request.args.get("q", "").strip()
    with_drafts = Permission.CAMPAIGN_PLAN in current_user.permissions
    page = paginate(queries.campaigns(with_drafts=with_drafts, text=text), number=page_number())
    return render_template("planning/index.html", page=page, q=text)


@planning.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet() -> ResponseReturnValue:
    """Danh sách phong trào ra Excel; drafts for those who plan."""
    text = request.args.get("q", "").strip()
    rows = db.session.scalars(
        queries.campaigns(
            with_drafts=Permission.CAMPAIGN_PLAN in current_user.permissions, text=text
        )
    )
    return send_tables(
        workbook.campaigns(rows),
        title="Phong trào thi đua",
        state="các phong trào đến lúc lập",
        name="phong-trao",
        notes=[("Tên có", text or "tất cả")],
    )


@planning.get("/<int:campaign_id>/")
@requires(Permission.CAMPAIGN_READ)
def show(campaign_id: int) -> ResponseReturnValue:
    """Kế hoạch của một phong trào."""
    campaign = queries.campaign_for(current_user, campaign_id)
    organiser, rule_set = queries.organiser_and_rules(campaign)
    scheme = queries.scheme_of(campaign_id)
    return render_template(
        "planning/show.html",
        campaign=campaign,
        organiser=organiser,
        rule_set=rule_set,
        prose=prose_blocks(campaign.announcement),
        blocks=queries.rows_of(Block, campaign_id),
        tasks=queries.rows_of(Task, campaign_id),
        periods=queries.periods_of(campaign_id),
        bands=queries.rows_of(Band, campaign_id),
        scheme=scheme,
        ties=[
            step_words(step, scheme.groups)
            for step in tie_chain(campaign.tie_breaks, scheme.groups)
        ],
        absent=absent_problems(scheme, queries.absent_units(campaign)),
        changes=queries.phase_changes(campaign_id),
        corrections=queries.corrections(campaign_id),
    )


def _campaign_form(campaign: Campaign | None) -> CampaignForm:
    form = CampaignForm(obj=campaign)
    form.organiser_id.choices = [
        ("", "— chưa chọn —"),
        *[(str(unit.id), unit.name) for unit in units.in_order()],
    ]
    form.rule_set_code.choices = [
        ("", "— chưa chọn —"),
        *[(row.code, f"{row.code}: {row.title}") for row in catalogue.rule_sets()],
    ]
    for name in (
        actions.FIXED_BY_LAUNCH if campaign is not None and campaign.is_frozen else ("reason",)
    ):
        del form[name]
    return form


def _values(form: CampaignForm) -> dict[str, Any]:
    names = (
        "title",
        "occasion",
        "starts_on",
        "ends_on",
        "counted_by",
        "legal_basis",
        "announcement",
        "progress_is_public",
    )
    values = {name: form[name].data for name in names if name in form} | {
        "organiser_id": form.organiser_id.chosen
    }
    return (
        values | {"rule_set_code": form.rule_set_code.data or None}
        if form.rule_set_code
        else values
    )


@planning.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new() -> ResponseReturnValue:
    """Lập phong trào mới."""
    form = _campaign_form(None)
    if form.validate_on_submit():
        try:
            campaign = actions.create_campaign(_values(form))
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            recorder.act("campaign.create", campaign_id=campaign.id)
            db.session.commit()
            flash(f"Đã lập dự thảo “{campaign.title}”.", "success")
            return redirect(url_for(".show", campaign_id=campaign.id), HTTPStatus.SEE_OTHER)
    return _form_page("planning/edit.html", form, campaign=None, rule_set=None)


def _form_page(template: str, form: Any, **values: Any) -> ResponseReturnValue:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(template, form=form, **values), status


@planning.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Sửa phong trào."""
    campaign = queries.campaign_for(current_user, campaign_id)
    form = _campaign_form(campaign)
    if form.validate_on_submit():
        try:
            if form.reason:
                corrections.note_texts(
                    campaign,
                    _values(form),
                    reason=form.reason.data,
                    by=current_user,
                    at=clock.now(),
                )
            actions.edit_campaign(campaign, _values(form))
            recorder.act("campaign.edit", campaign_id=campaign_id)
            db.session.commit()
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash("Đã lưu.", "success")
            return redirect(url_for(".show", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    return _form_page(
        "planning/edit.html",
        form,
        campaign=campaign,
        rule_set=queries.organiser_and_rules(campaign)[1],
    )


@planning.route("/copy", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def copy() -> ResponseReturnValue:
    """Sao chép kế hoạch của một phong trào trước."""
    form = CopyForm()
    rows = db.session.scalars(queries.campaigns(with_drafts=True)).all()
    form.source.choices = [
        *([("", "— chọn phong trào —")] if len(rows) > 1 else []),
        *((str(row.id), row.title) for row in rows),
    ]
    if form.validate_on_submit() and form.source.chosen is not None:
        source = queries.campaign_for(current_user, form.source.chosen)
        campaign = copy_campaign(source, title=form.title.data, starts_on=form.starts_on.data)
        recorder.act("campaign.copy", campaign_id=campaign.id)
        db.session.commit()
        flash(
            f"Đã sao chép thành dự thảo “{campaign.title}”. Hãy xem lại các ngày và đối chiếu "
            "lại chỉ tiêu.",
            "success",
        )
        return redirect(url_for(".show", campaign_id=campaign.id), HTTPStatus.SEE_OTHER)
    return _form_page("planning/copy.html", form)


@planning.post("/<int:campaign_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int) -> ResponseReturnValue:
    """Xoá dự thảo."""
    campaign = queries.campaign_for(current_user, campaign_id)
    actions.delete_campaign(campaign)
    recorder.act("campaign.delete", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá dự thảo.", "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _quorums(form: SettingsForm) -> dict[str, int | None]:
    """Điều kiện họp, as the campaign keeps it."""
    general, award = form.quorum.data or (2, 3), form.award_quorum.data or (None, None)
    return {
        "quorum_numerator": general[0],
        "quorum_denominator": general[1],
        "award_quorum_numerator": award[0],
        "award_quorum_denominator": award[1],
    }


@planning.route("/<int:campaign_id>/settings", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def settings(campaign_id: int) -> ResponseReturnValue:
    """Cách chấm và tổng hợp."""
    campaign = queries.campaign_for(current_user, campaign_id)
    chain = [*campaign.tie_breaks, *[""] * len(SettingsForm.CHAIN)]
    form = SettingsForm(obj=campaign, data=dict(zip(SettingsForm.CHAIN, chain, strict=False)))
    form.offer(steps_offered(queries.scheme_of(campaign_id).groups), campaign.tie_breaks)
    if form.validate_on_submit():
        try:
            actions.edit_settings(
                campaign,
                {
                    "aggregation": form.aggregation.data,
                    "mark_step": form.mark_step.data,
                    "minimum_marks": form.minimum_marks.data,
                    "rescaling": form.rescaling.data,
                    "tie_breaks": form.chain(),
                    **_quorums(form),
                },
            )
            recorder.act("plan.edit", campaign_id=campaign_id)
            db.session.commit()
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash("Đã lưu cách chấm.", "success")
            return redirect(url_for(".show", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    return _form_page("planning/settings.html", form, campaign=campaign)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        abort(404)
    return KINDS[name]


@planning.get("/<int:campaign_id>/plan/<kind>")
@requires(Permission.CAMPAIGN_PLAN)
def rows(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Một danh sách của kế hoạch: khối, nhiệm vụ, kỳ báo cáo, mức xếp loại."""
    campaign = queries.campaign_for(current_user, campaign_id)
    chosen = _kind(kind)
    return render_template(
        "planning/rows.html",
        campaign=campaign,
        kind=kind,
        words=chosen,
        rows=(found := queries.rows_of(chosen.model, campaign_id)),
        shares=_shares(campaign, kind, found),
    )


def _shares(campaign: Campaign, kind: str, rows: Sequence[Any]) -> dict[int, Shares]:
    """Tiến độ phải đạt của từng kỳ, where the rows are periods."""
    return {row.id: queries.shares_of(campaign, row) for row in rows} if kind == "periods" else {}


@planning.get("/<int:campaign_id>/plan/<kind>/excel")
@requires(Permission.CAMPAIGN_PLAN)
def rows_spreadsheet(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Một danh sách của kế hoạch ra Excel."""
    campaign, chosen = queries.campaign_for(current_user, campaign_id), _kind(kind)
    found = queries.rows_of(chosen.model, campaign_id)
    return send_tables(
        workbook.plan_list(kind, chosen.title, found, _shares(campaign, kind, found)),
        title=f"{chosen.title}, {campaign.title}",
        state="đã phát động" if campaign.is_frozen else "kế hoạch chưa phát động",
        name="ke-hoach",
    )


@planning.route("/<int:campaign_id>/plan/<kind>/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new_row(campaign_id: int, kind: str) -> ResponseReturnValue:
    """Thêm một dòng."""
    return _row_page(campaign_id, kind, None)


@planning.route("/<int:campaign_id>/plan/<kind>/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit_row(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Sửa một dòng."""
    return _row_page(campaign_id, kind, row_id)


def _row_page(campaign_id: int, kind: str, row_id: int | None) -> ResponseReturnValue:
    campaign, chosen = queries.campaign_for(current_user, campaign_id), _kind(kind)
    row = chosen.model() if row_id is None else queries.row_of(chosen.model, campaign_id, row_id)
    form: Any = chosen.form(obj=row if row_id is not None else None)
    if form.validate_on_submit():
        try:
            _save_row(campaign, kind, row, form.typed)
            recorder.act("plan.edit", campaign_id=campaign_id)
            db.session.commit()
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash("Đã lưu.", "success")
            return redirect(
                url_for(".rows", campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER
            )
    return _form_page(
        "planning/edit_row.html",
        form,
        campaign=campaign,
        kind=kind,
        words=chosen,
        is_new=row_id is None,
    )


def _save_row(campaign: Campaign, kind: str, row: Any, values: dict[str, Any]) -> None:
    if kind == "periods":
        actions.save_period(campaign, row, values)
    else:
        actions.save_row(campaign, row, values)


CORRECTED: dict[str, tuple[type[Any], str]] = {
    "blocks": (Block, "planning.rows"),
    "tasks": (Task, "planning.rows"),
    "criteria": (Criterion, "criteria.index"),
    "groups": (CriterionGroup, "criteria.index"),
    "indicators": (Indicator, "indicators.index"),
}
"""Các dòng đính chính được, each with the list it stands on."""


@planning.route("/<int:campaign_id>/plan/<kind>/<int:row_id>/correct", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def correct(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Đính chính lời văn của một dòng sau phát động, with a reason."""
    if kind not in CORRECTED:
        abort(404)
    campaign, (model, endpoint) = queries.campaign_for(current_user, campaign_id), CORRECTED[kind]
    row = queries.row_of(model, campaign_id, row_id)
    back = url_for(
        endpoint, campaign_id=campaign_id, kind=kind if endpoint == "planning.rows" else None
    )
    form = CorrectionForm(obj=row)
    for name in {"name", "short_name", "guidance", "source"} - set(corrections.CORRECTABLE[model]):
        del form[name]
    if form.validate_on_submit():
        try:
            corrections.correct(
                campaign, row, form.typed, reason=form.reason.data, by=current_user, at=clock.now()
            )
            recorder.act("plan.correct", campaign_id=campaign_id)
            db.session.commit()
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash("Đã ghi đính chính.", "success")
            return redirect(back, HTTPStatus.SEE_OTHER)
    return _form_page("planning/correct.html", form, campaign=campaign, name=row.name, back=back)


@planning.post("/<int:campaign_id>/plan/<kind>/<int:row_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move_row(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
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
    return redirect(url_for(".rows", campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER)


@planning.post("/<int:campaign_id>/plan/<kind>/<int:row_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete_row(campaign_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Xoá một dòng."""
    campaign = queries.campaign_for(current_user, campaign_id)
    actions.delete_row(campaign, queries.row_of(_kind(kind).model, campaign_id, row_id))
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá.", "success")
    return redirect(url_for(".rows", campaign_id=campaign_id, kind=kind), HTTPStatus.SEE_OTHER)


@planning.route("/measure-units", methods=["GET", "POST"])
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
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash("Đã thêm đơn vị đo.", "success")
            return redirect(url_for(".measure_units"), HTTPStatus.SEE_OTHER)
    return _form_page("planning/measure_units.html", form, rows=tables.measure_units())


@planning.get("/measure-units/excel")
@requires(Permission.CAMPAIGN_PLAN)
def measure_units_spreadsheet() -> ResponseReturnValue:
    """Danh mục đơn vị đo ra Excel."""
    return send_tables(
        scheme_workbook.measure_units(tables.measure_units()),
        title="Danh mục đơn vị đo",
        state="mọi đơn vị đo đến lúc lập",
        name="don-vi-do",
    )


@planning.get("/rule-sets/excel")
@requires(Permission.CAMPAIGN_READ)
def rule_sets_spreadsheet() -> ResponseReturnValue:
    """Các bộ quy định ra Excel."""
    rows = catalogue.rule_sets()
    return send_tables(
        catalogue_tables.rule_sets(rows, accounts.names_of({row.checked_by_id for row in rows})),
        title="Các bộ quy định",
        state="mọi bộ quy định đến lúc lập",
        name="bo-quy-dinh",
    )


@planning.get("/rule-sets")
@requires(Permission.CAMPAIGN_READ)
def rule_sets() -> ResponseReturnValue:
    """Các bộ quy định."""
    rows = catalogue.rule_sets()
    return render_template(
        "planning/rule_sets.html",
        rows=rows,
        checkers=accounts.names_of({row.checked_by_id for row in rows}),
    )


@planning.post("/rule-sets/<code>/confirm")
@requires(Permission.CAMPAIGN_PLAN)
def confirm_rule_set(code: str) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu một bộ quy định."""
    honours.confirm(catalogue.rule_set(code), by=current_user, on=clock.today())
    recorder.act("plan.edit")
    db.session.commit()
    flash(f"Đã ghi nhận đối chiếu {code}.", "success")
    return redirect(url_for(".rule_sets"), HTTPStatus.SEE_OTHER)
