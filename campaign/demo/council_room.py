"""Phòng họp diễn tập: nominations, meeting and decision of 2021, all of it invented."""

from collections.abc import Sequence
from datetime import date

from campaign.core.vote_rules import Base, Mode, VoteRule, rule_from_data
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind, SignerForm
from campaign.decision.signing import actions as signing
from campaign.decision.upward import actions as upwards
from campaign.decision.upward import queries as upward_requests
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.people import ABSENT, DIRECTOR, head_of, officer_of
from campaign.demo.content.plan import QUOTAS
from campaign.demo.content.units import DISTRICTS
from campaign.demo.content.words import DEED, MADE_UP, MEETING_AGENDA, MEETING_NOTES, MEETING_PLACE
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.rules import Level, Subject
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.rules import Presence
from campaign.nomination import actions as nominating
from campaign.nomination import ballots as before_council
from campaign.nomination import proposals
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.planning.models import Campaign
from campaign.ranking.queries import blocks
from campaign.voting import actions as voting
from campaign.voting import casting, protocol, sweeping
from campaign.voting import queries as votes
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import BallotType, Choice, Outcome

MEETING_DAY = date(2021, 5, 11)
SIGNING_DAY = date(2021, 5, 13)
CORRECTING_DAY = date(2021, 5, 14)


def plan(campaign: Campaign) -> None:
    """Hình thức và chỉ tiêu: certificates of the office, and one of the province a block."""
    types = {row.code: row for row in catalogue.award_types(campaign.rule_set_code)}
    for (code, subject), quotas in QUOTAS.items():
        award_type = types[code]
        is_person = subject == Subject.INDIVIDUAL.value
        vote = (
            VoteRule(Mode.SECRET, Base.TOTAL, 70, 100)
            if is_person
            else rule_from_data(award_type.vote)
        )
        kind = award_kinds.save_kind(
            campaign,
            None,
            award_type=award_type,
            subject=Subject(subject),
            vote=vote,
            leader_limit=50 if is_person else None,
        )
        for block, count in zip(blocks(campaign.id), quotas, strict=True):
            award_kinds.set_quota(kind, block.id, count=count, percent=None)


def nominate(cast: Cast, campaign: Campaign) -> None:
    """Đề nghị: heads and officers of the offices, officers of the districts; heads sign."""
    kind = next(row for row in nominations.kinds(campaign.id) if row.subject is Subject.INDIVIDUAL)
    offices = {district.code for district in DISTRICTS}
    for code, participation in cast.participations.items():
        head = cast.users[head_of(code)]
        people = (
            [cast.users[officer_of(code)]]
            if code in offices
            else [head, cast.users[officer_of(code)]]
        )
        with act("award.nominate", head, campaign):
            rows = [
                nominating.save_nominee(
                    campaign,
                    None,
                    participation,
                    kind,
                    {
                        "name": person.full_name,
                        "honorific": person.honorific or "Ông",
                        "job": person.position,
                        "is_leader": person is head,
                        "achievements": DEED,
                        "is_illustrative": True,
                        "measures": "",
                        "effects": "",
                        "earlier_awards": "",
                        "birth_year": None,
                    },
                )
                for person in people
            ]
            for row in rows:
                nominating.sign_nominee(row, by=head, at=moment(date(2021, 4, 27), 15))


def call(cast: Cast, campaign: Campaign) -> Meeting:
    """Mời họp, đề xuất, đưa ra Hội đồng; one who will be away gives a written opinion."""
    by, at = cast.secretary, moment(date(2021, 5, 10), 14)
    with act("meeting.call", by, campaign):
        meeting = meeting_actions.call_meeting(
            campaign,
            council.members(campaign.id),
            place=MEETING_PLACE,
            starts_at=moment(MEETING_DAY, 14),
            opinions_until=moment(MEETING_DAY, 11),
            agenda=MEETING_AGENDA,
            at=at,
        )
    with act("award.propose", by, campaign):
        proposals.propose_all(campaign, by=by, at=at)
        _name_the_leaders(cast, campaign)
    with act("award.council", by, campaign):
        before_council.put_before_council(campaign, meeting)
    absent = cast.users[ABSENT.lower()]
    row = next(
        entry for entry in meetings.attendances(meeting.id) if entry.member.user_id == absent.id
    )
    with act("meeting.opinion", absent, campaign):
        lines = [
            line
            for ballot in votes.ballots(meeting.id)
            for line in votes.may_vote_on(ballot, row.member_id)
        ]
        casting.enter_opinion(
            meeting,
            row,
            {line.id: Choice.YES for line in lines},
            by=absent,
            at=moment(date(2021, 5, 10), 20),
            note=f"Đi công tác tại Hà Nội {MADE_UP}",
        )
    return meeting


def _name_the_leaders(cast: Cast, campaign: Campaign) -> None:
    """The first of each block is proposed for the province's certificate."""
    ranks = nominations.frozen_ranks(campaign.id)
    kind = next(
        row for row in nominations.kinds(campaign.id) if row.award_type.level is Level.PROVINCE
    )
    for participation in cast.participations.values():
        standing = ranks.get(participation.id)
        if standing is None or standing.rank != 1:
            continue
        entry = next(
            row for row in nominations.participations(campaign.id) if row.id == participation.id
        )
        row = nominating.save_nominee(
            campaign,
            None,
            entry,
            kind,
            {"name": "", "achievements": DEED, "is_illustrative": True},
            added_reason=f"Đơn vị dẫn đầu khối {MADE_UP}",
        )
        nominating.sign_nominee(row, by=cast.secretary, at=moment(date(2021, 5, 10), 14))
        proposals.set_proposed(
            campaign,
            row,
            is_proposed=True,
            reason=f"Dẫn đầu khối {MADE_UP}",
            by=cast.secretary,
            at=moment(date(2021, 5, 10), 14),
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
                waiting.append(
                    voting.repeat_ballot(
                        meeting, ballot, reason=f"bằng phiếu tại ranh chỉ tiêu {MADE_UP}"
                    )
                )
    with act("meeting.close", chair, campaign):
        meeting_actions.save_notes(meeting, MEETING_NOTES)
        meeting_actions.close_meeting(
            meeting, unfinished=votes.unfinished(meeting.id), at=moment(MEETING_DAY, 16)
        )
    with act("meeting.confirm", chair, campaign):
        minutes.confirm(meeting, protocol.entries(meeting), at=moment(MEETING_DAY, 17))


def _vote(cast: Cast, campaign: Campaign, meeting: Meeting, ballot: Ballot) -> None:
    chair, at = cast.users[DIRECTOR.user_name], moment(MEETING_DAY, 15)
    with act("ballot.open", chair, campaign):
        voting.open_ballot(meeting, ballot, at=at)
    members = {member.id: member for member in council.members(campaign.id)}
    lines = votes.lines_of([ballot.id])[ballot.id]
    voters = [members[number] for number in sorted(votes.voters(ballot))]
    for member in voters:
        choices = _choices(ballot, lines, member, voters)
        with act("ballot.cast", member.user, campaign):
            if ballot.mode is Mode.SECRET:
                casting.cast_secret(ballot, member.id, choices)
            else:
                casting.cast_open(ballot, member.id, choices, by=member.user)
    with act("ballot.close", chair, campaign):
        voting.close_ballot(meeting, ballot, at=at)
    sweeping.destroy_used_keys()


DOUBTED = 2
"""So many lines at the end of a list are doubted; where there are no more, all are agreed to, and
tied.
"""


def _choices(
    ballot: Ballot,
    lines: Sequence[BallotLine],
    member: CouncilMember,
    voters: Sequence[CouncilMember],
) -> dict[int, Choice]:
    """Yes to all; where there are too many lines the last two lose one vote more."""
    allowed = [line.id for line in votes.may_vote_on(ballot, member.id)]
    if ballot.form is BallotType.CHOOSE:
        return dict.fromkeys(allowed[-(ballot.places or 1) :], Choice.YES)
    choices = dict.fromkeys(allowed, Choice.YES)
    if ballot.places is not None and len(lines) > ballot.places and len(lines) > DOUBTED:
        doubted = [line.id for line in lines[-DOUBTED:]]
        least = min(_possible(ballot, line, voters) for line in lines[:-DOUBTED])
        for number in doubted:
            line = next(row for row in lines if row.id == number)
            able = [
                row.id
                for row in voters
                if number in {votable.id for votable in votes.may_vote_on(ballot, row.id)}
            ]
            if (
                number in choices
                and member.id in able[: max(_possible(ballot, line, voters) - least + 1, 0)]
            ):
                choices[number] = Choice.NO
    return choices


def _possible(ballot: Ballot, line: BallotLine, voters: Sequence[CouncilMember]) -> int:
    """How many may say yes to a line."""
    return sum(
        line.id in {votable.id for votable in votes.may_vote_on(ballot, voter.id)}
        for voter in voters
    )


def decide(cast: Cast, campaign: Campaign) -> None:
    """Quyết định, signed on 13/05/2021 under an invented number; the province's go upwards."""
    by = cast.secretary
    with act("decision.draft", by, campaign):
        decision = deciding.draft_decision(campaign, on=SIGNING_DAY)
        deciding.edit_decision(
            campaign,
            decision,
            {
                "signer_form": SignerForm.SELF,
                "signer_job": "Giám đốc",
                "signer_name": DIRECTOR.full_name,
            },
        )
    director = cast.users[DIRECTOR.user_name]
    with act("decision.sign", director, campaign):
        signing.sign(
            campaign,
            decision,
            number="00",
            signed_on=SIGNING_DAY,
            today=SIGNING_DAY,
            at=moment(SIGNING_DAY, 9),
            by=director,
            scan=None,
        )
    with act("award.upward", by, campaign):
        upwards.send_upwards(
            campaign,
            upward_requests.waiting_upward(campaign.id),
            letter=f"00/TTr-SCT {MADE_UP}",
            on=SIGNING_DAY,
        )
    db.session.expire_all()


def correct(cast: Cast, campaign: Campaign) -> None:
    """Quyết định điều chỉnh: one person's job had been written wrongly; signed the day after."""
    by, (old, *_) = cast.secretary, decisions.decisions(campaign.id)
    line = next(row for row in decisions.lines_of(old.id) if row.subject is Subject.INDIVIDUAL)
    with act("decision.amend", by, campaign):
        made = amending.amend(
            campaign,
            old,
            DecisionKind.CORRECTION,
            [line.nominee_id],
            reason=f"Danh sách ghi chưa đúng chức vụ {MADE_UP}",
            on=CORRECTING_DAY,
        )
        amending.correct_line(
            made,
            line.nominee_id,
            name=line.name,
            honorific=line.honorific,
            job=f"Chuyên viên chính {MADE_UP}",
        )
    director = cast.users[DIRECTOR.user_name]
    db.session.refresh(director, ["grants"])
    with act("decision.sign", director, campaign):
        signing.sign(
            campaign,
            made,
            number="01",
            signed_on=CORRECTING_DAY,
            today=CORRECTING_DAY,
            at=moment(CORRECTING_DAY, 9),
            by=director,
            scan=None,
        )
    db.session.expire_all()
