"""Mở bỏ phiếu: whose turn it is, the places it gets, and the sealed urn of a secret ballot."""

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.meeting.rules import MeetingState
from campaign.voting import keys, queries, results, urn
from campaign.voting.models import Ballot, Urn
from campaign.voting.rules import BallotState, Outcome
from campaign.voting.sweeping import claim_key_store, keys_problem


def demand_turn(meeting: Meeting, ballot: Ballot) -> None:
    """Đến lượt: the meeting goes on, the ballot waits, and no other is open."""
    if meeting.state is not MeetingState.OPEN:
        refuse("Cuộc họp chưa khai mạc hoặc đã bế mạc.")
    if ballot.state is not BallotState.PREPARED:
        refuse("Lượt này đã mở hoặc đã kiểm phiếu.")
    if any(other.state is BallotState.OPEN for other in queries.ballots(meeting.id)):
        refuse("Đang có lượt biểu quyết khác; hãy kiểm phiếu lượt đó trước.")


def take_free_places(meeting: Meeting, ballot: Ballot) -> None:
    """Suất còn lại của lượt trước: what is left free there comes to this one."""
    if ballot.follows_id is None or ballot.places is None:
        return
    before = queries.ballot(meeting.id, ballot.follows_id)
    lines = queries.lines_of([before.id])[before.id]
    newest = results.results_for(
        meeting.campaign_id, [line.subject_id for line in lines if line.subject_id is not None]
    )
    if any(line.outcome is None for _, line in newest.values()):
        refuse(
            f"Hãy kiểm phiếu lượt {before.number} trước: suất mà lượt đó để lại thuộc về lượt này."
        )
    ballot.places += sum(
        line.outcome is not Outcome.ELECTED and not voted_in.annulled_reason
        for voted_in, line in newest.values()
    )


def seal_urn(ballot: Ballot) -> None:
    """Niêm phong hòm phiếu trống, with a key of its own."""
    _demand_keys()
    key_name, sealed = urn.seal(ballot.id, urn.Papers())
    db.session.add(Urn(ballot_id=ballot.id, sealed=sealed, key_name=key_name))


def _demand_keys() -> None:
    """Giữ được khoá ở nơi mà mọi máy cùng dùng; else nothing secret is opened."""
    problem = keys.problem()
    if not problem:
        claim_key_store()
        problem = keys_problem()
    if problem:
        refuse(f"{problem} Chưa mở bỏ phiếu kín được. Hãy báo quản trị hệ thống.")
