"""What the rules of reporting say in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.reporting.checks import findings
from campaign.reporting.rules import (
    Content,
    Demands,
    ReportState,
    SelfAssessment,
    is_locked,
    progress_text,
    rule_points_text,
)
from campaign.scheme.rules.achievement import Observation, achievement
from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement

CRITERION = ScoredCriterion(
    id=1,
    group_id=1,
    code="C1",
    name="",
    guidance="",
    maximum=Decimal(10),
    kind=CriterionKind.BASE,
    judged_by=JudgedBy.COUNCIL,
    evidence_required=True,
)


@pytest.mark.parametrize(("day", "expected"), [(4, False), (5, False), (6, True)])
def test_a_period_takes_reports_to_the_end_of_its_last_day(day, expected):
    assert is_locked(date(2021, 5, day), date(2021, 5, 5)) is expected


@pytest.mark.parametrize(
    ("points", "words"), [(None, "chưa tính được"), (Decimal(0), "0,00"), (Decimal("7.5"), "7,50")]
)
def test_points_by_rule_are_told_and_zero_is_not_missing(points, words):
    assert rule_points_text(SelfAssessment(points), 2) == words


@pytest.mark.parametrize(
    ("judged_by", "sentences"),
    [
        (JudgedBy.INDICATOR, []),
        (JudgedBy.SECRETARIAT, ["C1: chưa tự chấm."]),
        (JudgedBy.COUNCIL, ["C1: chưa tự chấm."]),
    ],
)
def test_no_self_score_is_asked_where_a_rule_gives_the_points(judged_by, sentences):
    criterion = replace(CRITERION, judged_by=judged_by)
    assert [
        found.sentence
        for found in findings(Content(), Demands((), {}, (criterion,), {1: Decimal(10)}, {}))
    ] == sentences


def test_evidence_is_found_by_what_it_is_attached_to():
    of_a_criterion, of_an_indicator, of_the_report = (
        {"id": 1, "criterion_id": 7, "indicator_id": None},
        {"id": 2, "criterion_id": None, "indicator_id": 7},
        {"id": 3, "criterion_id": None, "indicator_id": None},
    )
    assert Content(evidence=(of_a_criterion, of_an_indicator, of_the_report)).attached == {
        ("criterion", 7): [of_a_criterion],
        ("indicator", 7): [of_an_indicator],
        ("report", 0): [of_the_report],
    }


@pytest.mark.parametrize(
    ("direction", "value", "words"),
    [
        (Direction.AT_LEAST, "44462", "đạt 100,00 %"),
        (Direction.AT_LEAST, "44461.98", "mới đạt 99,99996 %"),
        (Direction.AT_LEAST, "43186.5", "mới đạt 97,13 %"),
        (Direction.AT_LEAST, "44462.01", "đạt 100,00002 %"),
        (Direction.BELOW, "44462", "chưa đạt: bằng đúng mức phải ở dưới"),
        (Direction.AT_MOST, "44462", "đạt 100,00 %"),
        (Direction.AT_MOST, "44462.01", "mới đạt 99,99998 %"),
    ],
)
def test_progress_never_reads_as_reached_where_it_is_not(direction, value, words):
    seen = Observation(Decimal(value), target=Decimal(44_462))
    assert progress_text(achievement(direction, Judgement.LEVEL, seen)) == words


def test_a_report_is_coloured_by_its_state():
    assert [state.tone for state in ReportState] == ["neutral", "warn", "info", "bad", "ok"]


def test_a_report_asks_for_the_items_of_the_checklists_among_its_criteria():
    listed = replace(CRITERION, id=8, checklist=(ChecklistItem("Có kế hoạch", Decimal(5)),))
    demands = Demands((), {}, (CRITERION, listed), {}, {})
    assert demands.checklists == {8: listed}
