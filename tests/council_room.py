"""The Council's room: five members called to a meeting, and what they do in it."""

from datetime import timedelta
from types import SimpleNamespace

from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.council.queries import members as members_of
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.rules import Presence
from campaign.planning.rules import Phase
from campaign.voting import actions, casting, protocol, queries
from campaign.voting.rules import Choice
from tests import build

YES = Choice.YES
NO = Choice.NO


def council_room():
    """A campaign at the step of the meeting with a chair, a secretary and three members, called to
    a meeting.
    """
    campaign = build.campaign(phase=Phase.MEETING)
    functions = [CouncilFunction.CHAIR, CouncilFunction.SECRETARY, *[CouncilFunction.MEMBER] * 3]
    users = [build.user(Role.COUNCIL_MEMBER) for _ in functions]
    members = [
        build.member(campaign, user=user, function=function)
        for user, function in zip(users, functions, strict=True)
    ]
    meeting = meeting_actions.call_meeting(
        campaign,
        members,
        place="Phòng họp",
        starts_at=build.NOW + timedelta(days=1),
        opinions_until=build.NOW + timedelta(hours=1),
        agenda="Xét khen thưởng",
        at=build.NOW,
    )
    db.session.commit()
    return SimpleNamespace(campaign=campaign, users=users, members=members, meeting=meeting)


def gather(council, *, absent=()):
    """Everybody comes but those at the places `absent`; the meeting opens."""
    come_together(council.meeting, council.members, absent=absent)


def come_together(meeting, members, *, absent=()):
    """These members come, but for those at the places `absent`; the meeting opens."""
    for place, member in enumerate(members):
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.ABSENT if place in absent else Presence.PRESENT,
            reason="công tác" if place in absent else "",
            at=build.NOW,
        )
    meeting_actions.open_meeting(meeting, at=build.NOW)


def ballot(council, *, labels=("Đơn vị A", "Đơn vị B"), mode=Mode.SECRET, recused=None, **more):
    """A ballot of `labels`, 70 of 100 of all members, unless told otherwise; open."""
    rule = more.pop("rule", VoteRule(mode, Base.TOTAL, 70, 100))
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=rule,
        lines=[
            actions.LineSpec(label, recused=(recused or {}).get(place, {}))
            for place, label in enumerate(labels)
        ],
        **more,
    )
    actions.open_ballot(council.meeting, made, at=build.NOW)
    return made, queries.lines_of([made.id])[made.id]


def close(council, made):
    """Whoever has not voted is said not to take part; then it is closed."""
    for member in sorted(queries.missing_voters(made)):
        casting.decline(council.meeting, made, member, reason="không bỏ phiếu", by=council.users[1])
    actions.close_ballot(council.meeting, made, at=build.NOW)


def give_blank(council, made, *places):
    """The members at `places` give blank papers."""
    for place in places:
        casting.cast_secret(made, council.members[place].id, {})


def vote(council, made, lines, papers):
    for place, marks in papers.items():
        casting.cast_secret(
            made,
            council.members[place].id,
            dict(zip([line.id for line in lines], marks, strict=True)),
        )


def outcomes_of(made):
    return [
        (line.yes, line.no, line.base_count, line.outcome)
        for line in queries.lines_of([made.id])[made.id]
    ]


def leave(council, *places):
    for place in places:
        row = meetings.attendance(council.meeting.id, council.members[place].id)
        meeting_actions.set_presence(
            council.meeting, row, Presence.LEFT, reason="việc đột xuất", at=build.NOW
        )


def names_at(council, *places):
    return ", ".join(council.users[place].full_name for place in places)


def prepared(council, **more):
    made = actions.prepare_ballot(
        council.meeting, title="Giấy khen", lines=[actions.LineSpec("A")], rule=VoteRule(**more)
    )
    return made, queries.lines_of([made.id])[made.id][0]


def called_again(council, **more):
    """The meeting at hand is closed and its minutes confirmed; the next one is called. Its roll by
    member.
    """
    gather(
        SimpleNamespace(
            meeting=council.meeting,
            members=[
                member
                for member in council.members
                if meetings.attendance(council.meeting.id, member.id).presence
                is not Presence.REPLACED
            ],
        )
    )
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    minutes.confirm(council.meeting, protocol.entries(council.meeting), at=build.NOW)
    made = meeting_actions.call_meeting(
        council.campaign,
        members_of(council.campaign.id),
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
        **more,
    )
    return made, set(meetings.roll(made.id).presence)


def room_address(council, rest=""):
    """Where the meeting's room is."""
    return f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}{rest}"
