"""Phòng họp diễn tập: the Council's meeting of 2021, all of it invented."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.core.vote_rules import Mode
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.people import ABSENT, DIRECTOR
from campaign.demo.content.words import MADE_UP, MEETING_AGENDA, MEETING_NOTES, MEETING_PLACE
from campaign.demo.nominations import name_the_leaders
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.rules import Presence
from campaign.nomination import ballots as before_council
from campaign.nomination import proposals
from campaign.planning.models import Campaign
from campaign.voting import actions as voting
from campaign.voting import casting, protocol, sweeping
from campaign.voting import queries as votes
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import BallotType, Choice, Outcome

MEETING_DAY = date(2021, 5, 11)


def call(cast: Cast, campaign: Campaign) -> Meeting:
    """Mời họp, đề xuất, đưa ra Hội đồng; one who will be away gives a written opinion."""
    by, at = cast.secretary, moment(date(2021, 5, 10), 14)
    with act("meeting.call", by, campaign):
        meeting = _called(campaign, at)
    with act("award.propose", by, campaign):
        proposals.propose_all(campaign, by=by, at=at)
        name_the_leaders(cast, campaign)
    with act("award.council", by, campaign):
        before_council.put_before_council(campaign, meeting, at=at)
    absent = cast.users[ABSENT.lower()]
    with act("meeting.opinion", absent, campaign):
        _opine(meeting, absent)
    return meeting


def _called(campaign: Campaign, at: datetime) -> Meeting:
    return meeting_actions.call_meeting(
        campaign,
        council.members(campaign.id),
        place=MEETING_PLACE,
        starts_at=moment(MEETING_DAY, 14),
        opinions_until=moment(MEETING_DAY, 11),
        agenda=MEETING_AGENDA,
        at=at,
    )


def _opine(meeting: Meeting, absent: User) -> None:
    """Yes, in writing, to every line that the absent one may vote on."""
    attending = meetings.attendances(meeting.id)
    row = next(entry for entry in attending if entry.member.user_id == absent.id)
    choices = {
        line.id: Choice.YES
        for ballot in votes.ballots(meeting.id)
        for line in votes.may_vote_on(ballot, row.member_id)
    }
    casting.enter_opinion(
        meeting,
        row,
        choices,
        by=absent,
        at=moment(date(2021, 5, 10), 20),
        note=f"Đi công tác tại Hà Nội {MADE_UP}",
    )


def hold(cast: Cast, campaign: Campaign, meeting: Meeting) -> None:
    """Họp: everybody but the absent one; each ballot, and those that ended in a tie once more."""
    chair = cast.users[DIRECTOR.user_name]
    at = moment(MEETING_DAY, 14)
    with act("meeting.open", chair, campaign):
        for row in meetings.attendances(meeting.id):
            if row.presence is Presence.INVITED:
                meeting_actions.set_presence(meeting, row, Presence.PRESENT, reason="", at=at)
        meeting_actions.open_meeting(meeting, at=at)
    waiting = list(votes.ballots(meeting.id))
    while waiting:
        ballot = waiting.pop(0)
        _vote(cast, campaign, meeting, ballot)
        if any(line.outcome is Outcome.TIED for line in votes.lines_of([ballot.id])[ballot.id]):
            with act("ballot.repeat", chair, campaign):
                why = f"bằng phiếu tại ranh chỉ tiêu {MADE_UP}"
                waiting.append(voting.repeat_ballot(meeting, ballot, reason=why))
    _close(chair, campaign, meeting)


def _close(chair: User, campaign: Campaign, meeting: Meeting) -> None:
    """The meeting ends, and its chair confirms the minutes."""
    with act("meeting.close", chair, campaign):
        meeting_actions.save_notes(meeting, MEETING_NOTES)
        meeting_actions.close_meeting(
            meeting, unfinished=votes.unfinished(meeting.id), at=moment(MEETING_DAY, 16)
        )
    with act("meeting.confirm", chair, campaign):
        minutes.confirm(
            meeting,
            protocol.entries(meeting),
            protocol.explained(meeting),
            at=moment(MEETING_DAY, 17),
        )


def _vote(cast: Cast, campaign: Campaign, meeting: Meeting, ballot: Ballot) -> None:
    chair, at = cast.users[DIRECTOR.user_name], moment(MEETING_DAY, 15)
    with act("ballot.open", chair, campaign):
        voting.open_ballot(meeting, ballot, at=at)
    members = {member.id: member for member in council.members(campaign.id)}
    lines = votes.lines_of([ballot.id])[ballot.id]
    voters = [members[number] for number in sorted(votes.voters(ballot))]
    given = {
        voter.id: [line.id for line in votes.may_vote_on(ballot, voter.id)] for voter in voters
    }
    for member in voters:
        choices = _choices(ballot, lines, member, given)
        with act("ballot.cast", member.user, campaign):
            if ballot.mode is Mode.SECRET:
                casting.cast_secret(ballot, member.id, choices)
            else:
                casting.cast_open(ballot, member.id, choices, by=member.user)
    with act("ballot.close", chair, campaign):
        voting.close_ballot(meeting, ballot, at=at)
    sweeping.destroy_used_keys()


DOUBTED = 2
"""So many lines at the end of a list are doubted; where there are no more, all are agreed to."""


def _choices(
    ballot: Ballot,
    lines: Sequence[BallotLine],
    member: CouncilMember,
    given: Mapping[int, Sequence[int]],
) -> dict[int, Choice]:
    """Yes to all; where there are too many lines the last two lose one vote more. `given`: the
    lines that each voter is given.
    """
    allowed = given[member.id]
    if ballot.form is BallotType.CHOOSE:
        return dict.fromkeys(allowed[-(ballot.places or 1) :], Choice.YES)
    choices = dict.fromkeys(allowed, Choice.YES)
    if ballot.places is not None and len(lines) > ballot.places and len(lines) > DOUBTED:
        least = min(len(_able(line.id, given)) for line in lines[:-DOUBTED])
        for number in [line.id for line in lines[-DOUBTED:]]:
            able = _able(number, given)
            if number in choices and member.id in able[: max(len(able) - least + 1, 0)]:
                choices[number] = Choice.NO
    return choices


def _able(line_id: int, given: Mapping[int, Sequence[int]]) -> list[int]:
    """Who may say yes to a line."""
    return [voter for voter, lines in given.items() if line_id in lines]
