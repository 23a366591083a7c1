"""Chỉ tiêu: pages."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import actions, queries
from campaign.planning.indicators.actions import confirm_indicator, save_indicator
from campaign.planning.indicators.questions import ask_of_sizes
from campaign.planning.indicators.trial import answer, trial_form
from campaign.planning.models import Block, Campaign, ReportingPeriod
from campaign.scheme import queries as tables
from campaign.scheme import workbook
from campaign.scheme.forms import IndicatorForm
from campaign.scheme.models import Indicator
from campaign.scheme.rule_fields import typed_points_rule
from campaign.scheme.rules.magnitudes import GivenNumbers, magnitude_warning
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import TargetOf
from campaign.units import queries as units
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import tell_refusal
from campaign.web.spreadsheets import send_tables

indicators = Blueprint("indicators", __name__)


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
        rule_words=rule_words,
    )


@indicators.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Chỉ tiêu và chỉ tiêu giao ra Excel."""
    campaign = queries.campaign_for(current_user, campaign_id)
    names = {row.id: (row.code, row.name) for row in units.in_order()}
    groups = {row.id: row.code for row in tables.bonus_groups_of(campaign_id)}
    measured = tables.indicators_of(campaign_id).values()
    blocks, periods = (
        {row.id: row.name for row in queries.rows_of(model, campaign_id)}
        for model in (Block, ReportingPeriod)
    )
    given = workbook.given_targets(measured, names, blocks, periods)
    return send_tables(
        [*workbook.targets(measured, names, groups), given],
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
    typed = typed_points_rule(indicator.points_rule) if indicator else None
    form = IndicatorForm(obj=indicator, data=typed)
    form.measure_unit_id.choices = [
        ("", "— chọn đơn vị đo —"),
        *[(str(row.id), row.name) for row in tables.measure_units()],
    ]
    form.bonus_group_id.choices = [
        ("", "— không có —"),
        *((str(row.id), f"{row.code}. {row.name}") for row in tables.bonus_groups_of(campaign.id)),
    ]
    return form


def _page(campaign: Campaign, indicator: Indicator | None) -> ResponseReturnValue:
    form = _form(campaign, indicator)
    if form.validate_on_submit() and _saved(form, campaign, indicator or Indicator()):
        return redirect(url_for(".index", campaign_id=campaign.id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    is_asked = indicator is not None and request.method == "GET" and "trial_value" in request.args
    asked = trial_form(campaign, request.args if is_asked else None, _maximum(campaign, indicator))
    tried = answer(campaign, form, asked) if is_asked else None
    return render_template(
        "indicators/edit.html",
        form=form,
        trial_form=asked,
        campaign=campaign,
        indicator=indicator,
        is_asked=is_asked,
        answer=tried,
    ), status


def _saved(form: IndicatorForm, campaign: Campaign, row: Indicator) -> bool:
    """Write the indicator; False where it was refused and must be shown again."""
    try:
        is_stale = save_indicator(campaign, row, _values(form))
        recorder.act("plan.edit", campaign_id=campaign.id)
        db.session.commit()
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    stale = "; cần đối chiếu lại" if is_stale else ""
    flash(f"Đã lưu chỉ tiêu “{row.name}”{stale}.", "success")
    _ask_of_numbers(campaign, row)
    return True


def _ask_of_numbers(campaign: Campaign, row: Indicator) -> None:
    """Hỏi lại cỡ của các số đã ghi, which a slip of a digit would make too large or too small."""
    yearly = row.year_target if row.target_of is TargetOf.YEAR else None
    if warning := magnitude_warning(yearly, row.growth_target, row.previous_year_value):
        flash(f"Hãy xem lại cỡ số: {warning}", "warning")
    given = GivenNumbers(row.year_target, row.growth_target, row.previous_year_value)
    ask_of_sizes(campaign.id, row.id, [("", given)])


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


_PLAIN = (
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


def _values(form: IndicatorForm) -> dict[str, Any]:
    return {
        **{name: form[name].data for name in _PLAIN},
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
        trial_form(campaign, request.args),
    )
    form.measure_unit_id.choices = form.bonus_group_id.choices = []
    return render_template(
        "indicators/_trial.html", campaign=campaign, answer=answer(campaign, form, asked)
    )


@indicators.post("/<int:indicator_id>/move")
@requires(Permission.CAMPAIGN_PLAN)
def move(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Chuyển chỉ tiêu lên hoặc xuống."""
    campaign = queries.campaign_for(current_user, campaign_id)
    queries.row_of(Indicator, campaign_id, indicator_id)
    actions.refuse_if_frozen(campaign)
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
