"""Chỉ tiêu: pages."""

from collections.abc import Iterable
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.numbers import NumberError, format_decimal, parse_decimal
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import actions, corrections, queries
from campaign.planning.indicators.actions import confirm_indicator, save_allocations, save_indicator
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.rules import Phase
from campaign.scheme import queries as tables
from campaign.scheme import workbook
from campaign.scheme.forms import IndicatorForm, TrialForm
from campaign.scheme.models import Indicator
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.magnitudes import Known, magnitude_warning, size_question
from campaign.scheme.rules.points import IndicatorPoints, indicator_points
from campaign.scheme.rules.progress import Share
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import Direction, Judgement, OwnerPart, TargetOf
from campaign.units import queries as units
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.spreadsheets import send_tables

indicators = Blueprint("indicators", __name__)
_RULE_FIELDS = ("kind", "lost", "unit", "bands", "lost_percent", "bonus_per_percent", "bonus_cap")


@indicators.get("/")
@requires(Permission.CAMPAIGN_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các chỉ tiêu của phong trào."""
    campaign = queries.campaign_for(current_user, campaign_id)
    return render_template(
        "indicators/index.html",
        campaign=campaign,
        indicators=tables.indicators_of(campaign_id),
        absent=queries.absent_units(campaign),
    )


@indicators.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Chỉ tiêu và chỉ tiêu giao ra Excel."""
    campaign = queries.campaign_for(current_user, campaign_id)
    names = {row.id: (row.code, row.name) for row in units.in_order()}
    return send_tables(
        workbook.targets(tables.indicators_of(campaign_id).values(), names),
        title=f"Chỉ tiêu, {campaign.title}",
        state="đã phát động" if campaign.is_frozen else "kế hoạch chưa phát động",
        name="chi-tieu",
    )


@indicators.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new(campaign_id: int) -> ResponseReturnValue:
    """Thêm chỉ tiêu."""
    return _page(queries.campaign_for(current_user, campaign_id), None)


@indicators.route("/<int:indicator_id>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Sửa chỉ tiêu."""
    campaign = queries.campaign_for(current_user, campaign_id)
    return _page(campaign, queries.row_of(Indicator, campaign_id, indicator_id))


def _form(campaign: Campaign, indicator: Indicator | None) -> IndicatorForm:
    form = IndicatorForm(obj=indicator, data=_rule_data(indicator) if indicator else None)
    form.measure_unit_id.choices = [
        ("", "— chọn đơn vị đo —"),
        *[(str(row.id), row.name) for row in tables.measure_units()],
    ]
    form.bonus_group_id.choices = [
        ("", "— không có —"),
        *((str(row.id), f"{row.code}. {row.name}") for row in tables.bonus_groups_of(campaign.id)),
    ]
    return form


def _rule_data(indicator: Indicator) -> dict[str, Any]:
    """Quy tắc điểm đã lưu, as the fields of the form take it."""
    rule = points_rule_from_data(indicator.points_rule)
    bands = "\n".join(
        f"{format_decimal(start)}: {format_decimal(share)}" for start, share in rule.bands
    )
    return {**{name: getattr(rule, name) for name in _RULE_FIELDS}, "bands": bands}


def _page(campaign: Campaign, indicator: Indicator | None) -> ResponseReturnValue:
    form = _form(campaign, indicator)
    if form.validate_on_submit():
        try:
            row = indicator or Indicator()
            is_stale = save_indicator(campaign, row, _values(form))
            recorder.act("plan.edit", campaign_id=campaign.id)
            db.session.commit()
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            flash(
                f"Đã lưu chỉ tiêu “{row.name}”{'; cần đối chiếu lại' if is_stale else ''}.",
                "success",
            )
            yearly = row.year_target if row.target_of is TargetOf.YEAR else None
            if warning := magnitude_warning(yearly, row.growth_target, row.previous_year_value):
                flash(f"Hãy xem lại cỡ số: {warning}", "warning")
            _ask_of_sizes(campaign.id, row.id, [("", row.year_target, row.previous_year_value)])
            return redirect(url_for(".index", campaign_id=campaign.id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    is_asked = indicator is not None and request.method == "GET" and "trial_value" in request.args
    asked = _trial_form(campaign, request.args if is_asked else None, _maximum(campaign, indicator))
    result, error = _answer(campaign, form, asked) if is_asked else (None, None)
    return render_template(
        "indicators/edit.html",
        form=form,
        trial_form=asked,
        campaign=campaign,
        indicator=indicator,
        is_asked=is_asked,
        result=result,
        error=error,
    ), status


def _ask_of_sizes(
    campaign_id: int, indicator_id: int, rows: Iterable[tuple[str, Decimal | None, Decimal | None]]
) -> None:
    """Hỏi về cỡ của mục tiêu vừa ghi: of whom, the target, and the year before; it is saved
    already.
    """
    measured = queries.scheme_of(campaign_id).indicators[indicator_id]
    for whose, target, last_year in rows:
        known = Known(last_year=last_year)
        if target is not None and (question := size_question(target, measured, known)):
            flash(f"Hãy xem lại cỡ số{whose}: {question}", "warning")


def _maximum(campaign: Campaign, indicator: Indicator | None) -> Decimal:
    """Điểm tối đa of the criterion that follows the indicator; 10 where none does yet."""
    criteria = queries.scheme_of(campaign.id).criteria if indicator is not None else ()
    return next(
        (
            row.maximum
            for row in criteria
            if indicator is not None and row.indicator_id == indicator.id
        ),
        Decimal(10),
    )


def _values(form: IndicatorForm) -> dict[str, Any]:
    plain = (
        "name",
        "short_name",
        "decimals",
        "direction",
        "judgement",
        "target_of",
        "year_target",
        "growth_target",
        "previous_year_value",
        "source_required",
        "source",
    )
    return {
        **{name: form[name].data for name in plain},
        "required_kind": form.required_kind.data or None,
        "measure_unit_id": form.measure_unit_id.chosen,
        "bonus_group_id": form.bonus_group_id.chosen,
        "points_rule": form.rule().to_data(),
    }


@indicators.get("/trial")
@requires(Permission.CAMPAIGN_PLAN)
def trial(campaign_id: int) -> ResponseReturnValue:
    """Tính thử: what points a value would give under the rule as typed; nothing is written."""
    campaign = queries.campaign_for(current_user, campaign_id)
    form, asked = (
        IndicatorForm(request.args, meta={"csrf": False}),
        _trial_form(campaign, request.args),
    )
    form.measure_unit_id.choices = form.bonus_group_id.choices = []
    result, error = _answer(campaign, form, asked)
    return render_template("indicators/_trial.html", result=result, error=error)


def _trial_form(campaign: Campaign, typed: Any = None, maximum: Decimal = Decimal(10)) -> TrialForm:
    """Tính thử, with the campaign's own periods to choose among, the final one first."""
    periods = sorted(queries.periods_of(campaign.id), key=lambda row: not row.is_final)
    asked = TrialForm(typed, trial_maximum=maximum)
    asked.trial_period.choices = [(str(row.id), row.name) for row in periods] or [
        ("", "— hết thời gian —")
    ]
    if not asked.trial_period.data:
        asked.trial_period.data = asked.trial_period.choices[0][0]
    return asked


def _expected(campaign: Campaign, form: IndicatorForm, asked: TrialForm) -> Share | None:
    """Tiến độ phải đạt đến cuối kỳ đã chọn; all of it where the plan has no period yet."""
    chosen = asked.trial_period.chosen
    if chosen is None:
        return Share(Decimal(100))
    period = queries.row_of(ReportingPeriod, campaign.id, chosen)
    return queries.shares_of(campaign, period).of(form.target_of.data or TargetOf.YEAR)


def _answer(
    campaign: Campaign, form: IndicatorForm, asked: TrialForm
) -> tuple[IndicatorPoints | None, str | None]:
    """What the trial value gives, or the sentence that says why nothing."""
    asked.validate()
    try:
        return _tried(campaign, form, asked), None
    except RuleViolation as violation:
        return None, str(violation)


def _tried(campaign: Campaign, form: IndicatorForm, asked: TrialForm) -> IndicatorPoints:
    wrong = [
        *((field, field.process_errors) for field in form),
        *((field, field.errors) for field in asked),
    ]
    for field, errors in wrong:
        if errors:
            message = f"{field.label.text}: {errors[0]}"
            raise NumberError(message)
    seen = Observation(
        value=asked.trial_value.data,
        target=form.year_target.data,
        growth_target=form.growth_target.data,
        same_period_last_year=asked.trial_comparison.data,
        expected_share=_expected(campaign, form, asked),
    )
    reached = achievement(
        form.direction.data or Direction.AT_LEAST, form.judgement.data or Judgement.LEVEL, seen
    )
    return indicator_points(
        form.rule(),
        reached,
        asked.trial_maximum.data or Decimal(10),
        place=asked.trial_place.data or 1,
    )


@indicators.post("/<int:indicator_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Chuyển chỉ tiêu lên hoặc xuống."""
    actions.refuse_if_frozen(queries.campaign_for(current_user, campaign_id))
    queries.row_of(Indicator, campaign_id, indicator_id)
    actions.move_row(
        queries.rows_of(Indicator, campaign_id), indicator_id, up=request.form.get("up") == "1"
    )
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@indicators.post("/<int:indicator_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Xoá chỉ tiêu."""
    campaign = queries.campaign_for(current_user, campaign_id)
    actions.delete_row(campaign, queries.row_of(Indicator, campaign_id, indicator_id))
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá chỉ tiêu.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@indicators.post("/<int:indicator_id>/confirm")
@requires(Permission.CAMPAIGN_PLAN)
def confirm(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu chỉ tiêu với văn bản gốc."""
    queries.campaign_for(current_user, campaign_id)
    confirm_indicator(
        queries.row_of(Indicator, campaign_id, indicator_id),
        by_id=current_user.id,
        on=clock.today(),
    )
    recorder.act("plan.edit", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã ghi nhận đối chiếu.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@indicators.route("/<int:indicator_id>/allocations", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def allocations(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Đơn vị chủ trì, phối hợp và chỉ tiêu giao."""
    campaign = queries.campaign_for(current_user, campaign_id)
    indicator = queries.row_of(Indicator, campaign_id, indicator_id)
    absent = queries.absent_units(campaign)
    rows = units.in_order(valid_on=campaign.starts_on, also=absent)
    corrects = campaign.is_frozen and campaign.phase.place < Phase.MEETING.place
    wants = "correct" in request.args or request.method == "POST"
    errors: dict[str, str] = {}
    if request.method == "POST":
        owners = {
            row.id: OwnerPart(part)
            for row in rows
            if (part := request.form.get(f"part-{row.id}", "")) in set(OwnerPart)
        }
        targets = _typed_targets([row.id for row in rows], errors)
        if not errors and _allocated(campaign, indicator, owners, targets, errors):
            flash("Đã lưu chỉ tiêu giao.", "success")
            names = {unit.id: unit.short_name for unit in rows}
            _ask_of_sizes(
                campaign_id,
                indicator_id,
                (
                    (f", {names[unit_id]}", given["target"], given["previous_year_value"])
                    for unit_id, given in targets.items()
                ),
            )
            return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_template(
        "indicators/allocations.html",
        campaign=campaign,
        indicator=indicator,
        units=rows,
        owners=tables.owners_of(indicator_id),
        given=tables.allocations_of(indicator_id),
        errors=errors,
        typed=request.form,
        parts=OwnerPart,
        absent=absent,
        corrects=corrects,
        writes=not campaign.is_frozen or (corrects and wants),
    ), status


def _allocated(
    campaign: Campaign,
    indicator: Indicator,
    owners: dict[int, OwnerPart],
    targets: dict[int, dict[str, Decimal | None]],
    errors: dict[str, str],
) -> bool:
    """Write what is allotted; after the launch as a correction, whose missing reason is told at its
    field.
    """
    if not campaign.is_frozen:
        save_allocations(campaign, indicator, owners, targets)
        recorder.act("plan.edit", campaign_id=campaign.id)
    else:
        try:
            corrections.correct_allocations(
                campaign,
                indicator,
                owners,
                targets,
                by=current_user,
                at=clock.now(),
                reason=request.form.get("reason", ""),
            )
        except RuleViolation as violation:
            db.session.rollback()
            errors[violation.field or "reason"] = str(violation)
            return False
        recorder.act("plan.correct", campaign_id=campaign.id)
    db.session.commit()
    return True


def _typed_targets(
    unit_ids: list[int], errors: dict[str, str]
) -> dict[int, dict[str, Decimal | None]]:
    """What was typed for each unit; a unit with nothing typed has no allocation. Errors by field
    name.
    """
    targets: dict[int, dict[str, Decimal | None]] = {}
    for unit_id in unit_ids:
        values: dict[str, Decimal | None] = {}
        for name in ("target", "growth_target", "previous_year_value"):
            text = request.form.get(f"{name}-{unit_id}", "").strip()
            try:
                values[name] = parse_decimal(text, decimals=4) if text else None
            except NumberError as error:
                errors[f"{name}-{unit_id}"] = str(error)
        if any(value is not None for value in values.values()):
            targets[unit_id] = values
    return targets
