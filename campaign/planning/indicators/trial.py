"""Tính thử: what a value would give under the rule as typed; nothing is written."""

from decimal import Decimal
from typing import Any

from campaign.core.errors import RuleViolation, refuse
from campaign.planning import queries
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.scheme.forms import IndicatorForm, TrialForm
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.points import IndicatorPoints, indicator_points
from campaign.scheme.rules.progress import Share
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf


def trial_form(campaign: Campaign, typed: Any = None, maximum: Decimal = Decimal(10)) -> TrialForm:
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


def answer(
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
            refuse(f"{field.label.text}: {errors[0]}")
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
        standing=Standing(asked.trial_place.data or 1),
    )
