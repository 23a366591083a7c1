"""Bỏ phiếu lại: whether a ballot may be voted on again, and by which rule."""

from collections.abc import Sequence
from dataclasses import replace

from campaign.core.errors import refuse
from campaign.core.vote_rules import PLURALITY, VoteRule
from campaign.voting import queries, results
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import BallotState, BallotType, Outcome

Terms = tuple[VoteRule, BallotType, int | None]
"""Thể thức: the rule, the kind of paper, and among how many places is chosen."""


def demand_repeatable(ballot: Ballot) -> None:
    """Bỏ phiếu lại được: counted, not voted on again already, its free places not given away."""
    if ballot.state is not BallotState.CLOSED:
        refuse("Chỉ bỏ phiếu lại sau khi kiểm phiếu.")
    if ballot.id in results.repeated(ballot.meeting_id):
        refuse("Lượt này đã được bỏ phiếu lại, hoặc dòng của lượt đã đưa vào một lượt sau.")
    _demand_places_kept(ballot)


def _demand_places_kept(ballot: Ballot) -> None:
    """What this ballot left free may not have gone to another: both would then be more than the
    quota.
    """
    taken = _taken_by(ballot)
    if taken is not None:
        refuse(
            f"Suất mà lượt này để lại đã thuộc về lượt {taken}, nên lượt này không bỏ phiếu lại "
            "được nữa."
        )


def _taken_by(ballot: Ballot) -> int | None:
    """Lượt đã nhận suất mà lượt này để lại, by its number."""
    return next(
        (
            other.number
            for other in queries.ballots(ballot.meeting_id)
            if other.follows_id is not None
            and other.state is not BallotState.PREPARED
            and ballot.id in _before(other)
        ),
        None,
    )


def _before(ballot: Ballot) -> set[int]:
    """Các lượt mà lượt này theo sau: the one it names, and what that was repeated by."""
    followed = {ballot.follows_id}
    for other in queries.ballots(ballot.meeting_id):
        if other.repeats_id in followed:
            followed.add(other.id)
    return {number for number in followed if number is not None}


def tied_lines(lines: Sequence[BallotLine]) -> list[BallotLine]:
    """Các dòng bằng phiếu."""
    return [line for line in lines if line.outcome is Outcome.TIED]


def terms_of_repeat(ballot: Ballot, lines: Sequence[BallotLine]) -> Terms:
    """Thể thức bỏ phiếu lại: the same, but among tied lines the greater number of votes chooses for
    the places that are left.
    """
    if ballot.places is None or not tied_lines(lines):
        return ballot.rule, ballot.form, ballot.places
    by_order = replace(
        ballot.rule,
        numerator=PLURALITY[0],
        denominator=PLURALITY[1],
        is_strict=False,
        needs_chair=False,
    )
    elected = sum(line.outcome is Outcome.ELECTED for line in lines)
    return by_order, BallotType.CHOOSE, ballot.places - elected
