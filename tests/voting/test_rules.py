"""Quorum, thresholds and outcomes, on every edge."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.vote_rules import Ordering, VoteRule, rule_problem
from campaign.voting.marks import paper_problem, read_paper
from campaign.voting.rules import (
    BallotType,
    Choice,
    Count,
    Outcome,
    chair_words,
    count_line,
    outcomes,
    passes,
    percent,
    reaches,
    secrecy_warnings,
    share_words,
    told_apart,
)

YES, NO = Choice.YES, Choice.NO
SHARES = [(2, 3), (70, 100), (80, 100), (90, 100), (1, 2)]


def _rule(share=(70, 100), **more):
    return VoteRule(numerator=share[0], denominator=share[1], **more)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("size", range(1, 61))
def test_a_threshold_is_reached_exactly_where_the_fraction_says(size, share):
    for votes in range(size + 1):
        exact = Fraction(votes, size)
        assert reaches(votes, size, _rule(share)) == (votes > 0 and exact >= Fraction(*share))
        assert reaches(votes, size, _rule(share, is_strict=True)) == (
            votes > 0 and exact > Fraction(*share)
        )


@pytest.mark.parametrize(
    ("size", "share", "at_least", "more_than"),
    [
        (9, (2, 3), 6, 7),
        (10, (70, 100), 7, 8),
        (9, (70, 100), 7, 7),
        (60, (80, 100), 48, 49),
        (10, (90, 100), 9, 10),
        (1, (70, 100), 1, 1),
        (3, (2, 3), 2, 3),
    ],
)
def test_how_many_votes_are_needed(size, share, at_least, more_than):
    for least, is_strict in ((at_least, False), (more_than, True)):
        rule = _rule(share, is_strict=is_strict)
        assert [reaches(votes, size, rule) for votes in (least - 1, least)] == [False, True]


def test_a_percentage_that_only_rounds_up_to_the_threshold_does_not_reach_it():
    assert str(percent(13999, 20000)) == "70.00"
    assert not reaches(13999, 20000, _rule())


def test_nothing_reaches_of_nothing():
    assert (reaches(0, 0, _rule()), reaches(0, 9, _rule((1, 1000))), percent(0, 0)) == (
        False,
        False,
        None,
    )


def _count(line, yes, no=0, base=9):
    return Count(line, 9, yes + no, yes, no, base)


def test_without_votes_there_is_no_result():
    assert outcomes([_count(1, 0)], _rule()) == {1: Outcome.NO_RESULT}


def test_all_recused_is_no_result():
    assert outcomes([_count(1, 3, base=0)], _rule()) == {1: Outcome.NO_RESULT}


def test_lines_pass_or_fail_by_themselves_where_places_are_not_limited():
    assert outcomes([_count(1, 7, 2), _count(2, 6, 3)], _rule()) == {
        1: Outcome.ELECTED,
        2: Outcome.NOT_ELECTED,
    }


@pytest.mark.parametrize(
    ("yes", "places", "expected"),
    [
        ((9, 8, 7), 2, ("elected", "elected", "not_elected")),
        ((9, 8, 8), 2, ("elected", "tied", "tied")),
        ((8, 8, 8), 2, ("tied", "tied", "tied")),
        ((9, 8, 8), 3, ("elected", "elected", "elected")),
        ((9, 9, 8), 2, ("elected", "elected", "not_elected")),
        ((9, 8, 6), 1, ("elected", "not_elected", "not_elected")),
        ((9, 8, 7), 0, ("not_elected", "not_elected", "not_elected")),
    ],
)
def test_a_tie_at_the_last_place_is_never_broken_by_chance(yes, places, expected):
    found = outcomes(
        [_count(line, votes, 9 - votes) for line, votes in enumerate(yes)], _rule(), places
    )
    assert tuple(found[line].value for line in range(3)) == expected


def test_the_chair_separates_equals_only_where_the_order_alone_is_asked_for():
    counts = [
        Count(line, 9, 9, 8, 1, 9, choice) for line, choice in ((1, Choice.YES), (2, Choice.NO))
    ]
    assert outcomes(counts, _rule(chair_decides=True), 1) == {1: Outcome.TIED, 2: Outcome.TIED}


@given(yes=st.lists(st.integers(0, 9), min_size=1, max_size=12), places=st.integers(1, 12))
def test_never_more_are_elected_than_there_are_places(yes, places):
    found = outcomes(
        [_count(line, votes, 9 - votes) for line, votes in enumerate(yes)], _rule(), places
    )
    elected = [line for line, outcome in found.items() if outcome is Outcome.ELECTED]
    tied = [line for line, outcome in found.items() if outcome is Outcome.TIED]
    assert len(elected) <= places
    assert not tied or (
        len({yes[line] for line in tied}) == 1 and len(elected) + len(tied) > places > len(elected)
    )
    assert all(yes[line] > yes[other] for line in elected for other in tied)


def test_a_line_is_counted_from_its_papers():
    count = count_line(
        1, choices=[Choice.YES, Choice.NO, Choice.BLANK, Choice.YES, Choice.YES], issued=6, base=9
    )
    assert (count.issued, count.returned, count.valid, count.invalid) == (6, 5, 4, 1)
    assert (count.yes, count.no, count.base) == (3, 1, 9)


@pytest.mark.parametrize(
    ("form", "given_", "places", "expected"),
    [
        (BallotType.APPROVE, {1: Choice.YES}, None, None),
        (BallotType.APPROVE, {}, None, None),
        (
            BallotType.APPROVE,
            {3: Choice.YES},
            None,
            "Phiếu có dòng mà Ông/Bà không được biểu quyết.",
        ),
        (
            BallotType.CHOOSE,
            {1: Choice.YES, 2: Choice.YES},
            1,
            "Chỉ được chọn tối đa 1; phiếu đang chọn 2.",
        ),
        (BallotType.CHOOSE, {1: Choice.YES}, 1, None),
        (BallotType.CHOOSE, {1: Choice.YES}, None, None),
    ],
)
def test_a_paper_must_be_in_form(form, given_, places, expected):
    assert paper_problem(form, given_, {1, 2}, places) == expected


def test_the_arithmetic_is_said():
    assert share_words(7, 9, _rule()) == "7 × 100 = 700 ≥ 70 × 9 = 630: đạt"
    assert share_words(6, 9, _rule()) == "6 × 100 = 600 < 70 × 9 = 630: không đạt"
    assert share_words(6, 9, _rule((2, 3), is_strict=True)) == "6 × 3 = 18 ≤ 2 × 9 = 18: không đạt"


@pytest.mark.parametrize(("voters", "warnings"), [(0, 1), (1, 1), (2, 2), (3, 2), (9, 1)])
def test_small_numbers_are_warned_of(voters, warnings):
    assert len(secrecy_warnings(voters)) == warnings


_CHAIRED = VoteRule(numerator=90, needs_chair=True)
_CASTING = VoteRule(numerator=1, denominator=2, is_strict=True, chair_decides=True)


@pytest.mark.parametrize(
    ("rule", "yes", "no", "base", "chair", "is_passed", "words"),
    [
        (_CHAIRED, 9, 1, 10, Choice.YES, True, "; có Chủ tịch Hội đồng"),
        (_CHAIRED, 9, 1, 10, Choice.NO, False, "; Chủ tịch Hội đồng không đồng ý: không đạt"),
        (_CHAIRED, 9, 0, 10, Choice.BLANK, False, "; Chủ tịch Hội đồng không đồng ý: không đạt"),
        (_CHAIRED, 8, 2, 10, Choice.YES, False, "; có Chủ tịch Hội đồng"),
        (_CHAIRED, 9, 0, 9, None, True, "; Chủ tịch Hội đồng không được biểu quyết dòng này"),
        (_CASTING, 4, 4, 8, Choice.YES, True, "; ngang phiếu, theo bên có Chủ tịch Hội đồng: đạt"),
        (
            _CASTING,
            4,
            4,
            8,
            Choice.NO,
            False,
            "; ngang phiếu, theo bên có Chủ tịch Hội đồng: không đạt",
        ),
        (_CASTING, 4, 4, 9, Choice.YES, False, ""),
        (_CASTING, 4, 3, 8, Choice.YES, False, ""),
        (_CASTING, 5, 3, 8, Choice.NO, True, ""),
        (_CASTING, 4, 4, 8, None, False, ""),
        (
            replace(_CASTING, is_strict=False),
            4,
            4,
            8,
            Choice.NO,
            False,
            "; ngang phiếu, theo bên có Chủ tịch Hội đồng: không đạt",
        ),
        (VoteRule(numerator=90), 9, 1, 10, None, True, ""),
    ],
)
def test_the_chair_among_those_in_favour_and_the_casting_vote(
    rule, yes, no, base, chair, is_passed, words
):
    count = Count(1, base, base, yes, no, base, chair)
    assert (passes(count, rule), chair_words(count, rule)) == (is_passed, words)
    assert outcomes([count], rule) == {1: Outcome.ELECTED if is_passed else Outcome.NOT_ELECTED}


@pytest.mark.parametrize(
    ("marks", "places", "elected", "tied"),
    [
        ([(4, 4, YES), (4, 4, NO)], 1, [1], []),
        ([(4, 4, NO), (4, 4, YES)], 1, [2], []),
        ([(2, 7, YES), (7, 2, NO)], 1, [2], []),
        ([(4, 4, NO), (2, 6, YES), (2, 6, NO)], 1, [1], []),
        ([(3, 6, YES), (3, 6, NO), (3, 6, NO)], 1, [1], []),
        ([(6, 3, YES), (6, 3, YES), (6, 3, NO)], 2, [1, 2], []),
        ([(6, 3, YES), (6, 3, NO), (6, 3, NO)], 2, [], [1, 2, 3]),
        ([(5, 4, NO), (2, 7, YES), (2, 7, NO), (0, 9, NO)], 2, [1, 2], []),
        ([(4, 4, None), (4, 4, None)], 1, [], [1, 2]),
    ],
)
def test_where_only_the_order_is_asked_the_chair_breaks_a_tie_at_the_last_place_and_vetoes_nobody(
    marks, places, elected, tied
):
    rule = VoteRule(numerator=1, denominator=1000, chair_decides=True)
    assert rule_problem(rule) is None
    counts = [
        Count(place, 9, 9, yes, no, yes + no, chair)
        for place, (yes, no, chair) in enumerate(marks, start=1)
    ]
    decided = outcomes(counts, rule, places)
    assert [row for row in decided if decided[row] is Outcome.ELECTED] == elected
    assert [row for row in decided if decided[row] is Outcome.TIED] == tied


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        (Ordering.SHARE, [Outcome.TIED, Outcome.TIED]),
        (Ordering.COUNT, [Outcome.ELECTED, Outcome.NOT_ELECTED]),
    ],
)
def test_lines_of_different_bases_are_put_in_order_by_share_or_by_count(ordering, expected):
    counts = [Count(1, 9, 9, 9, 0, 9), Count(2, 8, 8, 8, 0, 8)]
    found = outcomes(counts, _rule(ordering=ordering), places=1)
    assert [found[1], found[2]] == expected


def test_a_line_everybody_entitled_agreed_to_stands_before_one_with_more_votes_of_more_people():
    counts = [Count(1, 9, 9, 8, 1, 9), Count(2, 7, 7, 7, 0, 7)]
    assert outcomes(counts, _rule(), places=1) == {1: Outcome.NOT_ELECTED, 2: Outcome.ELECTED}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({1, 2, 3, 4}, {1, 2, 3, 4}, set()),
        ({1, 2, 3, 4}, {1, 2, 3}, {4}),
        ({1, 2, 3}, {1, 2, 3, 4}, {4}),
        ({1, 2, 3, 4}, {1, 2, 3, 5}, {4, 5}),
        ({1, 2, 3, 4, 5, 6}, {1, 2, 3}, set()),
    ],
)
def test_two_results_tell_somebody_apart_where_few_voted_only_once(before, now, told):
    assert told_apart(before, now, 3) == told


LINES = {1: "A", 2: "B"}


@pytest.mark.parametrize(
    ("form", "sent", "blank", "expected"),
    [
        (
            BallotType.APPROVE,
            [("line-1", "yes"), ("line-2", "blank"), ("csrf_token", "x")],
            False,
            {1: Choice.YES, 2: Choice.BLANK},
        ),
        (BallotType.APPROVE, [], True, {1: Choice.BLANK, 2: Choice.BLANK}),
        (BallotType.CHOOSE, [], True, {1: Choice.BLANK, 2: Choice.BLANK}),
        (BallotType.CHOOSE, [("chosen", "2"), ("line-1", "no")], False, {2: Choice.YES}),
    ],
)
def test_a_paper_is_read_as_it_was_marked(form, sent, blank, expected):
    assert read_paper(form, sent, LINES, is_blank=blank) == expected
