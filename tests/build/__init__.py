"""Rows for tests: keyword-only, flushed, without surprises. `build.campaign(phase=…)` and so on."""

from tests.build.awards import award_kind, award_type, decision, decision_line, nominee
from tests.build.base import NOW, TODAY
from tests.build.councils import ballot, kept_away, mark, meeting, member, sheet
from tests.build.exemplars import exemplar
from tests.build.people import found_user, unit, user
from tests.build.plans import (
    block,
    campaign,
    criterion,
    group,
    indicator,
    measure_unit,
    period,
    rule_set,
    task,
)
from tests.build.reports import evidence, participation, report, verified, version

__all__ = [
    "NOW",
    "TODAY",
    "award_kind",
    "award_type",
    "ballot",
    "block",
    "campaign",
    "criterion",
    "decision",
    "decision_line",
    "evidence",
    "exemplar",
    "found_user",
    "group",
    "indicator",
    "kept_away",
    "mark",
    "measure_unit",
    "meeting",
    "member",
    "nominee",
    "participation",
    "period",
    "report",
    "rule_set",
    "sheet",
    "task",
    "unit",
    "user",
    "verified",
    "version",
]
