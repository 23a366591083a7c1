"""Tính thử: what a value would give under the rule as typed; nothing is written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from campaign.core.errors import RuleViolation, refuse
from campaign.planning import queries
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.scheme.forms import CriterionForm, IndicatorForm, TrialForm
from campaign.scheme.rule_fields import RuleFields
from campaign.scheme.rules.achievement import Achievement, Observation, achievement, measured
from campaign.scheme.rules.block import Standing
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.points import IndicatorPoints, indicator_points
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.progress import Share
from campaign.scheme.rules.samples import Drawing, drawing
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf
from campaign.web.fields import NumberField


class Answer(NamedTuple):
    """Kết quả tính thử; or the sentence that says why there is none."""

    result: IndicatorPoints | None = None
    error: str | None = None
    drawing: Drawing | None = None


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


class Tried(NamedTuple):
    """Cách tính được thử: the rule as typed, and what its number is held against."""

    rule: PointsRule
    direction: Direction
    judgement: Judgement
    target: Decimal | None
    growth_target: Decimal | None
    target_of: TargetOf
    decimals: int


def answer(campaign: Campaign, form: IndicatorForm, asked: TrialForm) -> Answer:
    """What the trial value gives under the indicator as typed; or why nothing."""

    def tried() -> Tried:
        return Tried(
            form.rule(),
            form.direction.data or Direction.AT_LEAST,
            form.judgement.data or Judgement.LEVEL,
            form.year_target.data,
            form.growth_target.data,
            form.target_of.data or TargetOf.YEAR,
            form.decimals.data or 0,
        )

    return _answer(campaign, form, asked, tried, asked.trial_maximum)


def own_way_answer(
    campaign: Campaign, indicator: MeasuredIndicator, form: CriterionForm, asked: TrialForm
) -> Answer:
    """What the trial value gives under a criterion's own way as typed; or why nothing."""

    def tried() -> Tried:
        own = form.own_way_for(indicator.direction)
        return Tried(
            own.rule,
            indicator.direction,
            own.judgement,
            indicator.year_target,
            indicator.growth_target,
            indicator.target_of,
            indicator.decimals,
        )

    return _answer(campaign, form, asked, tried, form.maximum)


def _answer(
    campaign: Campaign,
    form: RuleFields,
    asked: TrialForm,
    tried: Callable[[], Tried],
    maximum: NumberField,
) -> Answer:
    asked.validate()
    try:
        _refuse_unread(form, asked)
        return _Trial(campaign, tried(), asked, maximum.data or Decimal(10)).answer()
    except RuleViolation as violation:
        return Answer(error=str(violation))


def _refuse_unread(form: RuleFields, asked: TrialForm) -> None:
    wrong = [
        *((field, field.process_errors) for field in form),
        *((field, field.errors) for field in asked),
    ]
    for field, errors in wrong:
        if errors:
            refuse(f"{field.label.text}: {errors[0]}")


class _Trial:
    """Một lần tính thử: the rule and what it is asked with."""

    def __init__(
        self, campaign: Campaign, tried: Tried, asked: TrialForm, maximum: Decimal
    ) -> None:
        self.tried, self.asked, self.maximum = tried, asked, maximum
        self.places = campaign.points_places
        self.rule = tried.rule
        self.share = _expected(campaign, tried.target_of, asked)
        self.place: int = asked.trial_place.data or 1
        self.size = max(asked.trial_size.data or 1, self.place)

    def answer(self) -> Answer:
        """Points of the typed value, and of seven beside each other."""
        value: Decimal | None = self.asked.trial_value.data
        reached = self._reached(Decimal(0) if value is None else value)
        drawn = drawing(
            self.rule,
            reached,
            self._points_at(value),
            decimals=self.tried.decimals,
            size=self.size,
        )
        return Answer(self._points(self._reached(value), self.place), drawing=drawn)

    def _points_at(self, value: Decimal | None) -> Any:
        """Points of another value, or of the same value at another place."""

        def at(number: Decimal) -> Decimal | None:
            return self._points(self._reached(number), self.place).points

        def at_place(place: Decimal) -> Decimal | None:
            return self._points(self._reached(value), int(place)).points

        return at_place if FORMULAS[self.rule.kind].is_by_place else at

    def _points(self, reached: Achievement, place: int) -> IndicatorPoints:
        lead: Decimal | None = self.asked.trial_leader.data
        leader = reached if lead is None else self._reached(lead)
        most = measured(leader)
        best = None if isinstance(most, str) else most
        standing = Standing(place, self.size, leader, best, best)
        return indicator_points(
            self.rule, reached, self.maximum, standing=standing, places=self.places
        )

    def _reached(self, value: Decimal | None) -> Achievement:
        seen = Observation(
            value=value,
            target=self.tried.target,
            growth_target=self.tried.growth_target,
            same_period_last_year=self.asked.trial_comparison.data,
            expected_share=self.share,
        )
        return achievement(self.tried.direction, self.tried.judgement, seen)


def _expected(campaign: Campaign, target_of: TargetOf, asked: TrialForm) -> Share | None:
    """Tiến độ phải đạt đến cuối kỳ đã chọn; all of it where the plan has no period yet."""
    chosen = asked.trial_period.chosen
    if chosen is None:
        return Share(Decimal(100))
    period = queries.row_of(ReportingPeriod, campaign.id, chosen)
    return queries.shares_of(campaign, period).of(target_of)
