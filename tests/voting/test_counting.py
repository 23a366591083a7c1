"""What stands on a ballot and what follows from it, at the smallest numbers."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from campaign.core.vote_rules import Ordering, VoteRule
from campaign.voting.rules import (
    Choice,
    Count,
    Namesake,
    Outcome,
    count_line,
    is_tie,
    name_on,
    outcomes,
    percent,
    reaches,
    secrecy_warnings,
    share_words,
)

YES, NO, BLANK = Choice.YES, Choice.NO, Choice.BLANK


@pytest.mark.parametrize(
    ("votes", "base", "rule", "is_reached"),
    [
        (0, 0, VoteRule(), False),
        (0, 5, VoteRule(), False),
        (1, 0, VoteRule(), False),
        (1, 1, VoteRule(), True),
        (1, 0, VoteRule(is_strict=True), False),
        (-1, -5, VoteRule(), False),
        (5, -1, VoteRule(), False),
        (7, 10, VoteRule(), True),
        (7, 10, VoteRule(is_strict=True), False),
    ],
)
def test_nothing_is_reached_of_nothing(votes, base, rule, is_reached):
    assert reaches(votes, base, rule) is is_reached


@pytest.mark.parametrize(
    ("votes", "base", "share"),
    [(1, 1, "100.00"), (1, 3, "33.33"), (1, 800, "0.13"), (1, 0, None), (3, 800, "0.38")],
)
def test_a_share_to_read_is_rounded_half_up(votes, base, share):
    assert percent(votes, base) == (None if share is None else D(share))


@pytest.mark.parametrize(
    ("ordering", "yes", "base", "weight"),
    [
        (Ordering.SHARE, 1, 1, F(1)),
        (Ordering.SHARE, 3, 4, F(3, 4)),
        (Ordering.SHARE, 3, 0, F(3)),
        (Ordering.COUNT, 3, 4, F(3)),
    ],
)
def test_lines_are_ordered_by_their_share_or_by_their_votes(ordering, yes, base, weight):
    assert Count(1, 5, 5, yes, 0, base).weight(ordering) == weight


@pytest.mark.parametrize(
    ("yes", "no", "base", "tied"),
    [(1, 1, 2, True), (1, 1, 1, True), (0, 0, 0, False), (1, 1, 3, False), (2, 1, 3, False)],
)
def test_a_tie_needs_everybody_of_the_base(yes, no, base, tied):
    assert is_tie(Count(1, 5, 5, yes, no, base)) is tied


@pytest.mark.parametrize(
    ("yes", "base", "outcome"),
    [
        (1, 1, Outcome.ELECTED),
        (0, 3, Outcome.NO_RESULT),
        (1, 0, Outcome.NO_RESULT),
        (1, 2, Outcome.NOT_ELECTED),
    ],
)
def test_a_single_vote_is_a_result_and_none_is_not(yes, base, outcome):
    assert outcomes([Count(4, 3, 3, yes, 0, base)], VoteRule()) == {4: outcome}


def test_a_line_is_counted_from_what_stands_on_its_papers():
    count = count_line(4, choices=[YES, YES, YES, NO, BLANK, BLANK], issued=9, base=8, chair=NO)
    assert count == Count(4, 9, 6, 3, 1, 8, NO)
    assert (count.valid, count.invalid) == (4, 2)
    assert count_line(4, choices=[], issued=9, base=8) == Count(4, 9, 0, 0, 0, 8, None)


ALONE = "Chỉ có một người bỏ phiếu: kết quả chính là lựa chọn của người đó, không còn là phiếu kín."
ALIKE = "Nếu mọi phiếu giống nhau thì ai cũng biết mọi người đã chọn gì; không cách nào tránh được."


@pytest.mark.parametrize(
    ("voters", "warnings"),
    [
        (0, (ALONE,)),
        (1, (ALONE,)),
        (
            2,
            (ALIKE, "Chỉ có 2 người bỏ phiếu: người này có thể suy ra lựa chọn của người kia."),
        ),
        (
            3,
            (ALIKE, "Chỉ có 3 người bỏ phiếu: người này có thể suy ra lựa chọn của người kia."),
        ),
        (4, (ALIKE,)),
    ],
)
def test_whoever_opens_a_secret_ballot_is_told_what_small_numbers_give_away(voters, warnings):
    assert secrecy_warnings(voters) == warnings


@pytest.mark.parametrize(
    ("yes", "is_strict", "words"),
    [
        (7, False, "7 × 100 = 700 ≥ 70 × 10 = 700: đạt"),
        (6, False, "6 × 100 = 600 < 70 × 10 = 700: không đạt"),
        (7, True, "7 × 100 = 700 ≤ 70 × 10 = 700: không đạt"),
        (8, True, "8 × 100 = 800 > 70 × 10 = 700: đạt"),
    ],
)
def test_the_test_of_a_share_is_written_out(yes, is_strict, words):
    assert share_words(yes, 10, VoteRule(is_strict=is_strict)) == words


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ông Trần Văn An", "Trần Văn An"),
        ("bà  Lê Thị Bình", "Lê Thị Bình"),
        ("Bàng Thị C", "Bàng Thị C"),
        ("Trần Ông Bình", "Trần Ông Bình"),
        ("  Phòng\nThương mại ", "Phòng Thương mại"),
    ],
)
def test_the_name_on_a_line_goes_without_its_title(label, name):
    assert name_on(label) == name


@pytest.mark.parametrize(("is_exact", "how"), [(True, "trùng họ tên"), (False, "chỉ khác dấu")])
def test_a_namesake_is_asked_about(is_exact, how):
    namesake = Namesake(1, 2, "Trần Văn An", "Trần Văn Ân", is_exact)
    assert namesake.words == (
        f"Thành viên Trần Văn Ân và “Trần Văn An” {how}, đơn vị khác nhau. Có phải một người không?"
    )
