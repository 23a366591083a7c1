"""Proposing by the frozen ranking and the quotas, or by hand."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState
from campaign.nomination import actions as nominees
from campaign.nomination import ballots as before_council
from campaign.nomination import proposals
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from tests import build, worlds


def test_the_proposal_follows_the_frozen_ranking_and_marks_the_tie_at_the_quota(field):
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    assert proposals.propose_all(field.campaign, by=field.by, at=build.NOW) == 3
    rows = sorted(nominations.nominees(field.campaign.id), key=lambda row: row.participation_id)
    assert [(row.state, row.is_tied, row.state_reason) for row in rows] == [
        (NomineeState.PROPOSED, False, "hạng 1, trong chỉ tiêu 2"),
        (NomineeState.PROPOSED, True, "hạng 2, đồng hạng tại ranh chỉ tiêu 2"),
        (NomineeState.PROPOSED, True, "hạng 2, đồng hạng tại ranh chỉ tiêu 2"),
    ]
    assert {row.added_reason for row in rows} == {"Thường trực lập theo xếp hạng đã chốt"}
    starts = {change.from_state for row in rows for change in nominations.changes_of(row.id)}
    assert (starts, {row.is_by_rank for row in rows}) == ({NomineeState.BY_RANK}, {True})


def test_proposing_again_changes_nothing_and_records_nothing(field):
    proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    row = nominations.nominees(field.campaign.id)[0]
    before = len(nominations.changes_of(row.id))
    proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    assert (len(nominations.nominees(field.campaign.id)), len(nominations.changes_of(row.id))) == (
        3,
        before,
    )


@pytest.mark.parametrize(("choice", "is_free"), [(Choice.YES, False), (Choice.NO, True)])
def test_who_was_passed_keeps_his_place_in_the_quota_and_who_was_not_gives_it_up(
    field, choice, is_free
):
    award_kinds.set_quota(field.collective, field.block.id, count=1, percent=None)
    proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    meeting = worlds.elect(field, choice)
    meeting.state, meeting.minutes, meeting.closed_at, meeting.confirmed_at = (
        MeetingState.CONFIRMED,
        {},
        build.NOW,
        build.NOW,
    )
    proposed = proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    assert proposed == (2 if is_free else 0), "the two of the second rank are tied for the place"
    late = next(
        row
        for row in nominations.nominees(field.campaign.id)
        if row.kind_id == field.collective.id
        and row.id not in nominations.settled(field.campaign.id)
    )
    if not is_free:
        proposals.set_proposed(
            field.campaign, late, is_proposed=True, reason="bổ sung", by=field.by, at=build.NOW
        )
    following = meeting_actions.call_meeting(
        field.campaign,
        [row.member for row in meetings.attendances(meeting.id)],
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )
    if is_free:
        before_council.put_before_council(field.campaign, following)
        assert [ballot.places for ballot in votes.ballots(following.id)] == [1]
    else:
        with pytest.raises(
            RuleViolation,
            match="đã dùng hết chỉ tiêu 1 cho những đề xuất đã ra Hội đồng; hãy đưa",
        ):
            before_council.put_before_council(field.campaign, following)


def test_nothing_is_proposed_before_the_ranking_is_frozen(app):
    campaign = build.campaign(phase=Phase.MEETING)
    with pytest.raises(RuleViolation, match="Hãy chốt xếp hạng trước khi đề xuất."):
        proposals.propose_all(campaign, by=build.user(), at=build.NOW)


def test_a_change_of_the_proposal_needs_its_reason_and_is_kept(field):
    row = build.nominee(field.campaign, of=field.entries[0], kind=field.person, honorific="Bà")
    with pytest.raises(RuleViolation, match="Hãy ghi lý do."):
        proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason=" ", by=field.by, at=build.NOW
        )
    proposals.set_proposed(
        field.campaign, row, is_proposed=True, reason="tập thể đề nghị", by=field.by, at=build.NOW
    )
    assert [
        (change.from_state, change.to_state, change.reason)
        for change in nominations.changes_of(row.id)
    ] == [(NomineeState.SIGNED, NomineeState.PROPOSED, "tập thể đề nghị")]


@pytest.mark.parametrize(
    "reason",
    [
        "đưa lại Hội đồng sau ý kiến: không đúng người",
        "  đưa lại  Hội đồng sau ý kiến:  không đúng người ",
    ],
)
def test_a_typed_reason_does_not_pass_for_an_objection_that_sends_back(field, reason):
    row = build.nominee(field.campaign, of=field.entries[0], kind=field.person, honorific="Bà")
    changes = len(nominations.changes_of(row.id))
    sentence = "Lý do này chỉ được ghi khi trả lời một ý kiến về dự thảo quyết định."
    for typed in (
        lambda: proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason=reason, by=field.by, at=build.NOW
        ),
        lambda: nominees.unsign_nominee(row, reason=reason, by=field.by, at=build.NOW),
    ):
        with pytest.raises(RuleViolation) as refusal:
            typed()
        assert (str(refusal.value), refusal.value.field) == (sentence, "reason")
    assert (row.state, len(nominations.changes_of(row.id))) == (NomineeState.SIGNED, changes)


@pytest.mark.parametrize(
    ("puts_women_first", "states"),
    [
        (True, [(True, False), (True, False), (False, False)]),
        (False, [(True, False), (True, True), (True, True)]),
    ],
)
def test_of_equal_collectives_one_of_women_stands_first_where_the_law_says_so(
    field, puts_women_first, states
):
    build.rule_set().puts_women_first, build.rule_set().women_source = (
        puts_women_first,
        "NĐ 152/2025/NĐ-CP Điều 4 khoản 6",
    )
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    for entry, women in zip(field.entries, (0, 7, 6), strict=True):
        build.nominee(
            field.campaign, of=entry, kind=field.collective, member_count=10, women_count=women
        )
    proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    rows = sorted(nominations.nominees(field.campaign.id), key=lambda row: row.participation_id)
    assert [(row.state is NomineeState.PROPOSED, row.is_tied) for row in rows] == states
    law = (
        ", nữ hoặc tập thể có từ 70 % là nữ xếp trước (NĐ 152/2025/NĐ-CP Điều 4 khoản 6)"
        if puts_women_first
        else ""
    )
    assert rows[1].state_reason == f"hạng 2, đồng hạng tại ranh chỉ tiêu 2{law}"
