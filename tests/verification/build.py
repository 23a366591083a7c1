"""Verified units and the tables they are measured by, as plain values."""

from decimal import Decimal as D

from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement
from campaign.verification.rules import VerifiedFigure, VerifiedUnit

BASE = CriterionKind.BASE


def indicator(
    number, kind=PointsRuleKind.LINEAR, direction=Direction.AT_LEAST, *, rule=None, **more
):
    return MeasuredIndicator(
        **{"year_target": D(100), **more},
        id=number,
        name=f"Chỉ tiêu {number}",
        short_name="",
        symbol="%",
        direction=direction,
        judgement=Judgement.LEVEL,
        growth_target=None,
        previous_year_value=None,
        decimals=2,
        required_kind=None,
        source_required=False,
        is_checked=False,
        rule=points_rule_from_data(rule or {"kind": kind}),
    )


def criterion(number, *, judged_by=JudgedBy.INDICATOR, indicator_id=None, maximum="10"):
    return ScoredCriterion(
        id=number,
        group_id=1,
        code=f"A{number}",
        name="",
        guidance="",
        maximum=D(maximum),
        kind=BASE,
        judged_by=judged_by,
        evidence_required=False,
        indicator_id=indicator_id,
    )


def scheme(*criteria, indicators=()):
    group = ScoredGroup(id=1, code="A", name="A", criteria=criteria)
    return Scheme(groups=(group,), indicators={row.id: row for row in indicators})


def unit(number, value, *, block=1, reason="", points=None):
    checked = VerifiedFigure(
        number, D(value) if value is not None else None, None, None, not_applicable_reason=reason
    )
    return VerifiedUnit(number, number, block, number, {1: checked}, points or {})
