"""A report as it is frozen and read back, its dates, and who reports what."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from campaign.planning.rules import Phase
from campaign.reporting.listed import ListedOccurrence, OccurrenceState
from campaign.reporting.rules import (
    ClaimedFigure,
    Content,
    Dates,
    SelfAssessment,
    concerned,
    effective_dates,
    from_snapshot,
    is_on_time,
    may_extend,
    progress_text,
    to_snapshot,
)
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement, ValueKind

CONTENT = Content(
    values={
        3: ClaimedFigure(D("97.50"), ValueKind.OFFICIAL, "niên giám", D("90.1"), "đủ", ""),
        4: ClaimedFigure(blank_reason="chưa có số"),
    },
    narratives={5: "Đã làm."},
    scores={6: SelfAssessment(D("7.25"), "đạt"), 7: SelfAssessment()},
    evidence=[{"key": "a1", "indicator_id": 3, "criterion_id": None}],
    answers={"jump:3": "do mùa vụ"},
    occurrences={
        6: (
            ListedOccurrence(
                9, date(2021, 4, 28), "Cờ", "Hội thi", OccurrenceState.STRUCK, "trùng", 12
            ),
            ListedOccurrence(10, date(2021, 4, 29), "", "Lớp học", OccurrenceState.CLAIMED),
        )
    },
)
SNAPSHOT = {
    "values": {
        "3": {
            "value": "97.50",
            "kind": "official",
            "source": "niên giám",
            "comparison": "90.1",
            "note": "đủ",
            "blank_reason": "",
        },
        "4": {
            "value": None,
            "kind": None,
            "source": "",
            "comparison": None,
            "note": "",
            "blank_reason": "chưa có số",
        },
    },
    "narratives": {"5": "Đã làm."},
    "scores": {
        "6": {"points": "7.25", "explanation": "đạt"},
        "7": {"points": None, "explanation": ""},
    },
    "evidence": [{"key": "a1", "indicator_id": 3, "criterion_id": None}],
    "answers": {"jump:3": "do mùa vụ"},
    "occurrences": {
        "6": [
            {
                "id": 9,
                "held_on": "2021-04-28",
                "kind": "Cờ",
                "text": "Hội thi",
                "state": "struck",
                "reason": "trùng",
                "evidence_id": 12,
            },
            {
                "id": 10,
                "held_on": "2021-04-29",
                "kind": "",
                "text": "Lớp học",
                "state": "claimed",
                "reason": "",
                "evidence_id": None,
            },
        ]
    },
}


def test_a_report_is_frozen_in_strings_and_read_back_as_it_was():
    assert to_snapshot(CONTENT) == SNAPSHOT
    assert from_snapshot(SNAPSHOT) == CONTENT


def test_a_snapshot_without_a_part_has_none_of_it():
    assert from_snapshot({}) == Content(evidence=[])


def test_a_report_that_lists_nothing_is_frozen_as_before_there_were_lists():
    assert to_snapshot(Content()) == {
        "values": {},
        "narratives": {},
        "scores": {},
        "evidence": [],
        "answers": {},
    }


def test_evidence_stands_where_it_was_attached():
    rows = [
        {"key": key, "criterion_id": criterion, "indicator_id": indicator}
        for key, criterion, indicator in (
            ("a", 6, None),
            ("b", None, 3),
            ("c", None, None),
            ("d", 6, 3),
        )
    ]
    assert {
        place: [row["key"] for row in files]
        for place, files in Content(evidence=rows).attached.items()
    } == {("criterion", 6): ["a", "d"], ("indicator", 3): ["b"], ("report", 0): ["c"]}


DUE, LOCKS, LATER = date(2026, 3, 10), date(2026, 3, 15), date(2026, 3, 20)


@pytest.mark.parametrize(
    ("extensions", "returns", "dates"),
    [
        ([], [], Dates(DUE, LOCKS, "")),
        (
            [
                (date(2026, 3, 20), date(2026, 3, 25), "mưa lũ"),
                (date(2026, 3, 12), date(2026, 3, 18), "lỗi mạng"),
            ],
            [],
            Dates(date(2026, 3, 12), date(2026, 3, 18), "lỗi mạng"),
        ),
        (
            [],
            [(date(2026, 3, 30), "thiếu biểu"), (date(2026, 3, 12), "sai số")],
            Dates(date(2026, 3, 12), LOCKS, "sai số"),
        ),
        (
            [],
            [(date(2026, 3, 20), "sai số")],
            Dates(date(2026, 3, 20), date(2026, 3, 20), "sai số"),
        ),
        ([], [(date(2026, 3, 5), "sai số")], Dates(DUE, LOCKS, "sai số")),
        (
            [(date(2026, 3, 20), date(2026, 3, 25), "mưa lũ")],
            [(date(2026, 3, 22), "sai số")],
            Dates(date(2026, 3, 22), date(2026, 3, 25), "sai số"),
        ),
    ],
)
def test_the_last_extension_counts_and_a_return_never_takes_time(extensions, returns, dates):
    assert effective_dates(DUE, LOCKS, extensions, returns) == dates


@pytest.mark.parametrize(("day", "on_time"), [(9, True), (10, True), (11, False)])
def test_the_due_day_is_in_time(day, on_time):
    assert is_on_time(date(2026, 3, day), DUE) is on_time


@pytest.mark.parametrize(
    ("phase", "extends"),
    [
        (Phase.DRAFT, True),
        (Phase.REPORTING, True),
        (Phase.SCORING, True),
        (Phase.MEETING, False),
        (Phase.PUBLISHED, False),
    ],
)
def test_time_is_extended_until_reports_are_taken_no_more(phase, extends):
    assert may_extend(phase) is extends


@pytest.mark.parametrize(
    ("problem", "text"), [("Chưa có số liệu.", "Chưa có số liệu."), (None, "")]
)
def test_progress_that_cannot_be_told_is_the_problem(problem, text):
    assert progress_text(Achievement(None, problem=problem)) == text


def test_a_unit_reports_what_is_asked_of_it_and_what_is_only_watched():
    asked = MeasuredIndicator(
        id=1,
        name="Bán lẻ",
        short_name="",
        symbol="%",
        direction=Direction.AT_LEAST,
        judgement=Judgement.LEVEL,
        year_target=None,
        growth_target=None,
        previous_year_value=None,
        decimals=2,
        required_kind=None,
        source_required=False,
        is_checked=False,
        rule=PointsRule(),
    )
    watched = replace(asked, id=2, direction=Direction.WATCH, owners=frozenset({9}))
    others = replace(asked, id=3, owners=frozenset({9}))
    scoped = replace(asked, id=4)
    criterion = ScoredCriterion(
        id=8,
        group_id=1,
        code="A1",
        name="",
        guidance="",
        maximum=D(5),
        kind=CriterionKind.BASE,
        judged_by=JudgedBy.INDICATOR,
        evidence_required=False,
        indicator_id=4,
        blocks=frozenset({2}),
    )
    scheme = Scheme(
        (ScoredGroup(1, "A", "", (criterion,)),),
        {row.id: row for row in (asked, watched, others, scoped)},
    )
    assert [
        [row.id for row in concerned(scheme, unit, block)]
        for unit, block in ((5, 1), (5, 2), (9, 1))
    ] == [[1, 2], [1, 2, 4], [1, 2, 3]]
