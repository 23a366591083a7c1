"""What a unit reported where nothing was verified: what waits, what it would give, what agrees."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment, ValueKind
from campaign.scheme.rules.checklist import ChecklistItem, ItemAnswer
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.claims.rules import (
    Claim,
    claims,
    if_taken,
    on_plans_scale,
    open_scores,
    open_values,
)
from campaign.verification.rules import (
    CriterionResult,
    GivenPoints,
    VerifiedFigure,
    VerifiedUnit,
)
from tests.verification import build

MET, UNMET = ItemAnswer.MET, ItemAnswer.UNMET
LISTED = replace(
    build.criterion(3, judged_by=JudgedBy.CHECKLIST),
    checklist=(ChecklistItem("Có kế hoạch", D(6)), ChecklistItem("Có báo cáo", D(4))),
)
SCHEME = build.scheme(
    build.criterion(1, indicator_id=1),
    build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
    LISTED,
    indicators=[build.indicator(1)],
)
MAXIMA = {1: D(10), 2: D(10), 3: D(10)}
TICKS = {0: MET, 1: UNMET}
FIRM, EARLY = list(ValueKind)[:2]


def _unit(figure=None, **points):
    values = {} if figure is None else {1: figure}
    given = {int(name[1:]): row for name, row in points.items()}
    return VerifiedUnit(4, 5, 6, 7, values, given)


@pytest.mark.parametrize(
    ("claimed", "figure", "waits"),
    [
        ("98", None, True),
        ("98", VerifiedFigure(9, None, None, None), True),
        ("98", VerifiedFigure(9, D(98), None, None), False),
        ("98", VerifiedFigure(9, None, None, None, not_applicable_reason="không có chợ"), False),
        (None, None, False),
    ],
)
def test_a_number_waits_until_it_is_verified_or_set_aside(claimed, figure, waits):
    said = ClaimedFigure(None if claimed is None else D(claimed))
    values = open_values(SCHEME, _unit(figure), Content(values={1: said}))
    assert values == ({1: said} if waits else {})


def test_a_number_waits_only_where_it_is_asked_of_the_unit_and_of_its_block():
    asked, others, blocks, silent = (build.indicator(key) for key in (1, 2, 3, 4))
    scheme = build.scheme(
        replace(build.criterion(7, indicator_id=3), blocks=frozenset({6})),
        indicators=[
            replace(asked, owners=frozenset({5})),
            replace(others, owners=frozenset({9})),
            blocks,
            silent,
        ],
    )
    said = {key: ClaimedFigure(D(98)) for key in (1, 2, 3)}
    content = Content(values=said)
    assert list(open_values(scheme, _unit(), content)) == [1, 3]
    assert list(open_values(scheme, _unit()._replace(block_id=8), content)) == [1]


def test_points_out_of_a_maximum_that_was_stretched_are_read_on_the_scale_of_the_plan():
    content = Content(
        scores={
            1: SelfAssessment(D(9)),
            2: SelfAssessment(D(6), "đủ hồ sơ"),
            3: SelfAssessment(D(6), ticks=TICKS),
        }
    )
    assert on_plans_scale(SCHEME, {1: D(10), 2: D(15), 3: D(15)}, content).scores == {
        1: SelfAssessment(D(9)),
        2: SelfAssessment(D(4), "đủ hồ sơ"),
        3: SelfAssessment(D(6), ticks=TICKS),
    }
    assert content.scores[2] == SelfAssessment(D(6), "đủ hồ sơ")


@pytest.mark.parametrize(
    ("said", "given", "waits"),
    [
        (SelfAssessment(ticks=TICKS), None, True),
        (SelfAssessment(ticks={}), None, False),
        (SelfAssessment(D(6)), None, False),
        (SelfAssessment(ticks=TICKS), GivenPoints(9, None, ticks=TICKS), False),
        (
            SelfAssessment(ticks=TICKS),
            GivenPoints(9, None, not_applicable_reason="không có chợ"),
            False,
        ),
    ],
)
def test_a_checklist_waits_until_its_items_are_verified_or_it_is_set_aside(said, given, waits):
    unit = _unit(**({} if given is None else {"c3": given}))
    content = Content(scores={3: said})
    assert open_scores(SCHEME, MAXIMA, unit, content) == ({3: said} if waits else {})


def test_points_above_the_maximum_or_of_what_does_not_apply_are_not_taken_over():
    content = Content(scores={2: SelfAssessment(D("10.5"))})
    assert open_scores(SCHEME, MAXIMA, _unit(), content) == {}
    content = Content(scores={2: SelfAssessment(D(10))})
    assert open_scores(SCHEME, {1: D(10)}, _unit(), content) == {}
    assert open_scores(SCHEME, MAXIMA, _unit(), content) == {2: SelfAssessment(D(10))}


def test_what_is_taken_over_stands_as_if_it_had_been_verified_and_overwrites_no_comparison():
    said = ClaimedFigure(D(98), EARLY, comparison=D(90))
    bare = if_taken(_unit(), {1: said}, {3: SelfAssessment(ticks=TICKS), 2: SelfAssessment(D(5))})
    assert bare.values == {1: VerifiedFigure(0, D(98), EARLY, D(90))}
    assert bare.points == {3: GivenPoints(0, None, ticks=TICKS)}
    known = _unit(VerifiedFigure(9, None, FIRM, D(80)), c3=GivenPoints(8, None, "xem tờ 2"))
    taken = if_taken(known, {1: said}, {3: SelfAssessment(ticks=TICKS)})
    assert taken.values == {1: VerifiedFigure(9, D(98), FIRM, D(80))}
    assert taken.points == {3: GivenPoints(8, None, "xem tờ 2", ticks=TICKS)}
    assert known.values == {1: VerifiedFigure(9, None, FIRM, D(80))}


@pytest.mark.parametrize(
    ("own", "result", "said", "is_equal"),
    [
        (None, D("9.8"), "A1: tính ra 9,80", True),
        (None, None, "A1: chưa tính được", False),
        (D("9.8"), D("9.80"), "A1: tự chấm bằng điểm tính ra, 9,80", True),
        (D("9.9"), D("9.8"), "A1: tự chấm 9,90, tính ra 9,80", False),
        (D("9.9"), None, "A1: tự chấm 9,90, chưa tính được", False),
    ],
)
def test_a_number_is_told_with_the_points_it_gives_beside_those_the_unit_gave_itself(
    own, result, said, is_equal
):
    scores = {} if own is None else {1: SelfAssessment(own)}
    figure = ClaimedFigure(D("1234.5"), EARLY)
    told = claims(
        SCHEME, {1: figure}, {}, Content(scores=scores), {1: CriterionResult(result, D(10))}
    )
    assert told == [Claim("v", 1, "Chỉ tiêu 1", f"1.234,5 %, {EARLY.label}", said, is_equal)]
    assert told[0].field == "v:1"


def test_a_number_that_no_criterion_of_the_unit_takes_agrees_with_everything():
    told = claims(SCHEME, {1: ClaimedFigure(D(5))}, {}, Content(), {})
    assert told == [Claim("v", 1, "Chỉ tiêu 1", "5 %", "", is_equal=True)]


def test_a_number_that_several_criteria_take_is_told_with_the_points_of_each():
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(4, indicator_id=1),
        indicators=[build.indicator(1)],
    )
    results = {1: CriterionResult(D(0), D(10)), 4: CriterionResult(D(2), D(10))}
    content = Content(scores={1: SelfAssessment(D(0)), 4: SelfAssessment(D(3))})
    said = "A1: tự chấm bằng điểm tính ra, 0,00; A4: tự chấm 3,00, tính ra 2,00"
    assert claims(scheme, {1: ClaimedFigure(D(0))}, {}, content, results) == [
        Claim("v", 1, "Chỉ tiêu 1", "0 %", said, is_equal=False)
    ]


@pytest.mark.parametrize(
    ("ticks", "claimed"),
    [
        ({"1": MET, "2": MET}, "2/2 mục đạt"),
        ({"1": UNMET}, "0/2 mục đạt"),
    ],
)
def test_the_items_that_are_met_are_counted(ticks, claimed):
    content = Content(scores={3: SelfAssessment(ticks=ticks)})
    (told,) = claims(SCHEME, {}, content.scores, content, {})
    assert told.claimed == claimed


def test_no_points_at_all_are_claimed_as_such():
    content = Content(scores={2: SelfAssessment(D(0))})
    (told,) = claims(SCHEME, {}, content.scores, content, {})
    assert told.claimed == "0,00/10,00 điểm"


def test_points_are_told_with_their_evidence_and_a_checklist_with_its_items():
    content = Content(
        scores={2: SelfAssessment(D("7.5")), 3: SelfAssessment(D(6), ticks=TICKS)},
        evidence=[{"criterion_id": 2, "indicator_id": None}, {"criterion_id": 2}],
    )
    results = {3: CriterionResult(D(6), D(10))}
    assert claims(SCHEME, {}, content.scores, content, results) == [
        Claim(
            "p",
            2,
            "A2. ",
            "7,50/10,00 điểm",
            "Thường trực cho điểm; 2 minh chứng",
            is_equal=False,
        ),
        Claim("p", 3, "A3. ", "1/2 mục đạt", "A3: tự chấm bằng điểm tính ra, 6,00", is_equal=True),
    ]
    assert claims(SCHEME, {}, {3: content.scores[3]}, content, {}) == [
        Claim("p", 3, "A3. ", "1/2 mục đạt", "A3: tự chấm 6,00, chưa tính được", is_equal=False)
    ]
