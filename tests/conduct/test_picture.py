"""What a correction is told from knows every column that a plan is written in."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Enum

from campaign.conduct.picture import picture
from campaign.database import Measure, Points
from campaign.extensions import db
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.pictures import differences
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from tests import build
from tests.build.base import saved

LEFT_OUT = {
    Campaign: {
        "phase",
        "frozen_at",
        "published_at",
        "is_correcting",
        "is_illustrative",
        "version",
        "token",
        "tie_breaks",
        "award_quorum_numerator",
        "award_quorum_denominator",
        "band_numerator",
        "band_denominator",
    },
    Indicator: {"checked_by_id", "checked_on", "is_carried_over", "position", "points_rule"},
    Criterion: {
        "position",
        "judged_by",
        "takes_from",
        "judgement",
        "points_rule",
        "count_rule",
        "checklist",
        "group_id",
    },
    CriterionGroup: {"position"},
    Block: {"position"},
    Task: {"position"},
    Band: set(),
    ReportingPeriod: {"position"},
}
"""Not of the plan's words; or bound to other columns and told with them."""


def _other(value, kind):
    """Another value of the same kind."""
    if isinstance(kind, Enum):
        return next(member for member in kind.enum_class if member is not value)
    if isinstance(kind, (Points, Measure)):
        return Decimal(3)
    others = {bool: not value, str: f"{value}x", date: date(2021, 4, 1), int: 4}
    return others[kind.python_type]


def _rows(campaign):
    group = build.group(campaign)
    above = build.group(campaign)
    indicator = build.indicator(campaign)
    return {
        Campaign: campaign,
        Block: build.block(campaign),
        Task: build.task(campaign),
        Band: saved(Band(campaign_id=campaign.id, name="Tốt", from_points=Decimal(80))),
        ReportingPeriod: build.period(campaign),
        Indicator: indicator,
        CriterionGroup: above,
        Criterion: build.criterion(campaign, within=group),
    }


@pytest.mark.parametrize("model", list(LEFT_OUT))
def test_each_column_of_a_plan_that_is_written_otherwise_is_a_difference(app, model):
    campaign = build.campaign()
    row = _rows(campaign)[model]
    untold = []
    for column in model.__table__.columns:
        name = column.key
        if name in LEFT_OUT[model] or column.primary_key or column.foreign_keys:
            continue
        before, held = picture(campaign), getattr(row, name)
        with db.session.no_autoflush:
            setattr(row, name, _other(held, column.type))
            if not list(differences(before, picture(campaign))):
                untold.append(name)
            setattr(row, name, held)
    assert untold == []
