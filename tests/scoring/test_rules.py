"""Marks: what may be given, how far they lie from the others', and who may reopen a sheet."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.core.errors import RuleViolation
from campaign.council.rules import CouncilFunction
from campaign.planning.rules import Phase
from campaign.scheme.rules.markers import Markers
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.scoring.rules import (
    Severity,
    council_criteria,
    criteria_of,
    is_outlier,
    missing_words,
    parse_mark,
    refuse_unless_open,
    sees_names,
    severity,
    who_reopens,
)


@pytest.mark.parametrize(
    ("text", "step", "points"),
    [("7,5", "0.5", "7.5"), ("0", "0.5", "0"), ("10", "0.25", "10"), ("7,25", "0.25", "7.25")],
)
def test_a_mark_is_read_up_to_its_maximum_in_whole_steps(text, step, points):
    assert parse_mark(text, maximum=D(10), step=D(step), places=2) == D(points)


@pytest.mark.parametrize(
    ("text", "step", "sentence"),
    [("7,3", "0.5", "Điểm chấm theo bước 0,5."), ("7,1", "0.25", "Điểm chấm theo bước 0,25.")],
)
def test_a_mark_between_two_steps_is_refused(text, step, sentence):
    with pytest.raises(RuleViolation) as refusal:
        parse_mark(text, maximum=D(10), step=D(step), places=2)
    assert (str(refusal.value), refusal.value.field) == (sentence, None)


@pytest.mark.parametrize(
    ("text", "step", "places", "sentence"),
    [
        ("7,125", "0.125", 2, "Nhiều nhất 2 chữ số sau dấu phẩy."),
        ("7,5", "1", 0, "Số này phải là số nguyên."),
        ("7,1", "0.125", 3, "Điểm chấm theo bước 0,125."),
    ],
)
def test_a_mark_keeps_to_the_decimals_of_the_plan(text, step, places, sentence):
    assert parse_mark("7,125", maximum=D(10), step=D("0.125"), places=3) == D("7.125")
    with pytest.raises(RuleViolation) as refusal:
        parse_mark(text, maximum=D(10), step=D(step), places=places)
    assert str(refusal.value) == sentence


def test_a_mark_beyond_the_maximum_is_refused():
    with pytest.raises(RuleViolation):
        parse_mark("10,5", maximum=D(10), step=D("0.5"), places=2)


@pytest.mark.parametrize(
    ("phase", "is_locked", "sentence"),
    [
        (Phase.VERIFYING, False, "Phong trào chưa mở hoặc đã đóng việc chấm điểm."),
        (Phase.MEETING, False, "Phong trào chưa mở hoặc đã đóng việc chấm điểm."),
        (Phase.SCORING, True, "Phiếu chấm đã khoá."),
    ],
)
def test_nothing_is_marked_before_or_after_scoring_or_on_a_locked_sheet(phase, is_locked, sentence):
    with pytest.raises(RuleViolation) as refusal:
        refuse_unless_open(phase, is_locked=is_locked)
    assert str(refusal.value) == sentence


def test_an_open_sheet_is_marked_while_scoring_is_open():
    refuse_unless_open(Phase.SCORING, is_locked=False)


def test_the_council_marks_the_criteria_that_are_its_own_in_order():
    rows = tuple(
        ScoredCriterion(key, 1, f"A{key}", "", "", D(5), CriterionKind.BASE, judged, False)  # noqa: FBT003 - in the order of its parts
        for key, judged in (
            (3, JudgedBy.COUNCIL),
            (1, JudgedBy.SECRETARIAT),
            (2, JudgedBy.COUNCIL),
            (4, JudgedBy.INDICATOR),
        )
    )
    scheme = Scheme((ScoredGroup(1, "A", "", rows),), {})
    assert [row.id for row in council_criteria(scheme)] == [3, 2]


@pytest.mark.parametrize(
    ("function", "user_id", "marked"),
    [("chair", 7, [1, 2]), ("member", 8, [1, 2]), ("member", 9, [1]), ("secretary", 9, [1])],
)
def test_a_member_marks_what_is_the_whole_councils_and_what_is_given_to_them_by_name(
    function, user_id, marked
):
    everybodys = ScoredCriterion(
        1, 1, "A1", "", "", D(5), CriterionKind.BASE, JudgedBy.COUNCIL, evidence_required=False
    )
    named = replace(everybodys, id=2, markers=Markers(frozenset({"chair"}), frozenset({8})))
    scheme = Scheme((ScoredGroup(1, "A", "", (everybodys, named)),), {})
    rows = criteria_of(scheme, CouncilFunction(function), user_id)
    assert [row.id for row in rows] == marked


@pytest.mark.parametrize(
    ("marks", "difference", "is_flat", "words"),
    [
        (3, None, True, "cho mọi đơn vị điểm như nhau"),
        (1, None, False, "chưa đủ điểm để so"),
        (3, "0.09", False, "gần trung vị"),
        (3, "-0.09", False, "gần trung vị"),
        (3, "0.0999", False, "gần trung vị"),
        (3, "0.10", False, "rộng hơn"),
        (3, "-0.10", False, "nghiêm hơn"),
    ],
)
def test_how_strict_a_member_is_stands_in_words(marks, difference, is_flat, words):
    severe = Severity(marks, None if difference is None else F(difference), is_flat)
    assert severe.words == words


OWN = {(1, 7): D(8), (2, 7): D(6), (3, 7): D(9)}
EVERYBODY = {
    (1, 7): [D(8), D(9), D(10)],
    (2, 7): [D(6), D("6.5")],
    (3, 7): [D(9)],
}


@pytest.mark.parametrize(
    ("others", "exact", "told"),
    [(0, F(-5, 12), "-0.42"), (1, F(-5, 8), "-0.63"), (2, F(-1), "-1.00")],
)
def test_strictness_is_the_mean_distance_in_cells_that_enough_others_marked(others, exact, told):
    found = severity(OWN, EVERYBODY, others=others)
    assert (found, str(found.difference)) == (Severity(3, exact, is_flat=False), told)


def test_one_other_is_enough_unless_said_and_a_cell_nobody_marked_is_left_out():
    assert severity(OWN, EVERYBODY) == Severity(3, F(-5, 8), is_flat=False)
    assert severity(OWN, {}) == Severity(3, None, is_flat=False)
    assert severity(OWN, EVERYBODY, others=3) == Severity(3, None, is_flat=False)
    assert severity({}, EVERYBODY) == Severity(0, None, is_flat=False)


@pytest.mark.parametrize(
    ("own", "is_flat"),
    [
        ({(1, 7): D(8), (2, 7): D(8), (3, 7): D(8)}, True),
        ({(1, 7): D(8), (2, 7): D(8)}, False),
        ({(1, 7): D(8), (1, 8): D(8), (2, 7): D(8)}, False),
        ({(1, 7): D(8), (2, 7): D(8), (3, 7): D(8), (3, 8): D(5)}, True),
        ({(1, 7): D(8), (2, 7): D(8), (3, 7): D(8), (2, 8): D(4), (3, 8): D(5)}, False),
    ],
)
def test_three_units_alike_in_every_criterion_are_flat(own, is_flat):
    assert severity(own, {}).is_flat is is_flat


@pytest.mark.parametrize(
    ("of", "who"),
    [
        (CouncilFunction.CHAIR, {CouncilFunction.VICE_CHAIR, CouncilFunction.SECRETARY}),
        (CouncilFunction.VICE_CHAIR, {CouncilFunction.CHAIR}),
        (CouncilFunction.MEMBER, {CouncilFunction.CHAIR}),
        (CouncilFunction.SECRETARY, {CouncilFunction.CHAIR}),
    ],
)
def test_the_chair_reopens_sheets_but_never_the_chairs_own(of, who):
    assert who_reopens(of) == who


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([("Sở A", "B1"), ("Sở C", "B1"), ("Sở A", "B2")],
         "Còn 3 ô chưa chấm: Sở A (B1, B2); Sở C (B1)."),
        ([(f"Đơn vị {n}", "B1") for n in range(1, 6)],
         "Còn 5 ô chưa chấm: Đơn vị 1 (B1); Đơn vị 2 (B1); Đơn vị 3 (B1); Đơn vị 4 (B1); "
         "Đơn vị 5 (B1)."),
        ([(f"Đơn vị {n}", "B1") for n in range(1, 8)],
         "Còn 7 ô chưa chấm: Đơn vị 1 (B1); Đơn vị 2 (B1); Đơn vị 3 (B1); Đơn vị 4 (B1); "
         "Đơn vị 5 (B1); và 2 đơn vị nữa."),
    ],
)  # fmt: skip
def test_cells_without_a_mark_are_told_unit_by_unit(cells, words):
    assert missing_words(cells) == words


@pytest.mark.parametrize(
    ("points", "peers", "is_odd"),
    [
        ("6", ["6", "8", "8"], True),
        ("10", ["10", "8", "8"], True),
        ("6.1", ["6.1", "8", "8"], False),
        ("1", ["1", "9"], False),
    ],
)
def test_a_mark_a_fifth_of_the_maximum_from_the_median_of_three_is_an_outlier(
    points, peers, is_odd
):
    assert is_outlier(D(points), [D(peer) for peer in peers], D(10)) is is_odd


@pytest.mark.parametrize(
    ("phase", "function", "sees"),
    [
        (Phase.SCORING, CouncilFunction.CHAIR, False),
        (Phase.MEETING, CouncilFunction.CHAIR, True),
        (Phase.MEETING, CouncilFunction.SECRETARY, True),
        (Phase.PUBLISHED, CouncilFunction.SECRETARY, True),
        (Phase.MEETING, CouncilFunction.VICE_CHAIR, False),
        (Phase.MEETING, CouncilFunction.MEMBER, False),
    ],
)
def test_names_beside_marks_are_for_chair_and_secretary_after_closing(phase, function, sees):
    assert sees_names(phase, function) is sees
