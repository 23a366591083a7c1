"""Who is not given which line, and how a wrong recusal is lifted."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.voting import actions, casting, queries, recusals
from campaign.voting.rules import Choice, Outcome
from tests import build
from tests.council_room import YES, ballot, close, gather, outcomes_of, prepared, vote


def test_the_recused_leave_the_base_of_their_line_only(council):
    gather(council)
    made, lines = ballot(council, recused={0: {council.members[4].id: "đơn vị của mình"}})
    for place in range(4):
        vote(council, made, lines, {place: (YES, YES)})
    casting.cast_secret(made, council.members[4].id, {lines[1].id: YES})
    close(council, made)
    assert outcomes_of(made) == [(4, 0, 4, Outcome.ELECTED), (5, 0, 5, Outcome.ELECTED)]


def _about(council, label, *, unit=None):
    """A prepared ballot of one line about a person of a unit taking part."""
    entry = build.participation(
        council.campaign, unit=unit or build.unit(), block=build.block(council.campaign)
    )
    made = actions.prepare_ballot(
        council.meeting,
        title="Giấy khen",
        rule=VoteRule(Mode.OPEN, Base.TOTAL, 70, 100),
        lines=[actions.LineSpec(label, participation_id=entry.id), actions.LineSpec("Việc khác")],
    )
    return made, queries.lines_of([made.id])[made.id][0]


def _named(council, name, *, unit=None):
    """The fourth member under that name, of that unit."""
    member = council.members[3]
    member.user.full_name, member.user.unit_id = name, unit.id if unit else None
    db.session.flush()
    return member


@pytest.mark.parametrize(
    ("name", "own", "why"),
    [
        ("Nguyễn Văn Hùng", "other", {}),
        ("Nguyễn Văn Hưng", "other", {}),
        ("Nguyễn Văn Hưng", "same", "là người được đề nghị"),
        ("Nguyễn Văn Hùng", "same", "đơn vị của mình"),
        ("NGUYỄN  VĂN HƯNG", None, "là người được đề nghị"),
        ("Nguyễn Văn Hùng", None, {}),
    ],
)
def test_a_person_is_known_by_his_name_with_tones_and_his_unit(council, name, own, why):
    unit = build.unit()
    member = _named(council, name, unit={"same": unit, "other": build.unit(), None: None}[own])
    made, line = _about(council, "Ông Nguyễn Văn Hưng", unit=unit)
    assert queries.recusals_of([made.id]).get(line.id, {}) == ({member.id: why} if why else {})


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Nguyễn Văn Hùng",
            "Thành viên Nguyễn Văn Hùng và “Ông Nguyễn Văn Hưng” chỉ khác dấu, đơn vị khác "
            "nhau. Có phải một người không?",
        ),
        (
            "Nguyễn Văn Hưng",
            "Thành viên Nguyễn Văn Hưng và “Ông Nguyễn Văn Hưng” trùng họ tên, đơn vị khác "
            "nhau. Có phải một người không?",
        ),
    ],
)
def test_a_namesake_of_another_unit_is_asked_about_until_somebody_answers(council, name, sentence):
    member = _named(council, name, unit=build.unit())
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    assert [row.words for row in queries.namesakes(council.meeting, [made.id])] == [sentence]
    with pytest.raises(RuleViolation, match="Hãy ghi vì sao đây là hai người khác nhau."):
        recusals.tell_apart(
            council.meeting, made, line.id, member.id, reason=" ", by=council.users[0], at=build.NOW
        )
    recusals.tell_apart(
        council.meeting,
        made,
        line.id,
        member.id,
        reason="khác năm sinh",
        by=council.users[0],
        at=build.NOW,
    )
    assert queries.namesakes(council.meeting, [made.id]) == []
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert (queries.recusals_of([made.id]), len(queries.may_vote_on(made, member.id))) == ({}, 2)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã mở"):
        recusals.tell_apart(
            council.meeting,
            made,
            line.id,
            member.id,
            reason="lại",
            by=council.users[0],
            at=build.NOW,
        )


def test_no_ballot_opens_over_a_namesake_nobody_told_apart_but_over_one_of_other_tones(council):
    member = _named(council, "Nguyễn Văn Hưng", unit=build.unit())
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    gather(council)
    with pytest.raises(
        RuleViolation,
        match="trùng họ tên, đơn vị khác nhau. Có phải một người không\\? Hãy trả lời ở dòng đó",
    ):
        actions.open_ballot(council.meeting, made, at=build.NOW)
    member.user.full_name = "Nguyễn Văn Hùng"
    with pytest.raises(RuleViolation, match="Không còn câu hỏi nào về hai tên này."):
        recusals.tell_apart(
            council.meeting,
            made,
            line.id,
            council.members[2].id,
            reason="nhầm",
            by=council.users[0],
            at=build.NOW,
        )
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert line in queries.may_vote_on(made, member.id)


def test_a_wrong_recusal_is_lifted_with_a_reason_and_stays_lifted_when_the_vote_is_repeated(
    council,
):
    member, by = _named(council, "Nguyễn Văn Hưng"), council.users[0]
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    with pytest.raises(RuleViolation, match="Hãy ghi lý do cho thành viên biểu quyết dòng này."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason=" ", by=by, at=build.NOW
        )
    recusals.lift_recusal(
        council.meeting,
        made,
        line.id,
        member.id,
        reason="trùng tên, người khác",
        by=by,
        at=build.NOW,
    )
    with pytest.raises(RuleViolation, match="Thành viên này vẫn biểu quyết dòng ấy."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="lại", by=by, at=build.NOW
        )
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    assert line in queries.may_vote_on(made, member.id)
    for voter in council.members:
        casting.cast_open(
            made,
            voter.id,
            {row.id: Choice.YES for row in queries.may_vote_on(made, voter.id)},
            by=by,
        )
    close(council, made)
    assert (line.issued, line.base_count) == (5, 5)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã kiểm phiếu."):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="muộn", by=by, at=build.NOW
        )
    again = actions.repeat_ballot(council.meeting, made, reason="nhầm")
    assert queries.recusals_of([again.id]) == {}


def test_a_recusal_is_lifted_while_the_ballot_is_open_until_the_member_has_voted(council):
    member, by = _named(council, "Nguyễn Văn Hưng"), council.users[0]
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    (other,) = queries.may_vote_on(made, member.id)
    casting.cast_open(made, member.id, {other.id: Choice.YES}, by=by)
    with pytest.raises(RuleViolation, match="Thành viên này đã bỏ phiếu lượt này"):
        recusals.lift_recusal(
            council.meeting, made, line.id, member.id, reason="nhầm", by=by, at=build.NOW
        )


def test_the_recusal_from_ones_own_unit_is_never_lifted(council):
    unit = build.unit()
    member = _named(council, "Lê Thị Mai", unit=unit)
    made, line = _about(council, "Ông Nguyễn Văn Hưng", unit=unit)
    with pytest.raises(
        RuleViolation, match="Đây là đơn vị của chính thành viên này nên không bỏ được."
    ):
        recusals.lift_recusal(
            council.meeting,
            made,
            line.id,
            member.id,
            reason="nhầm",
            by=council.users[0],
            at=build.NOW,
        )
    assert queries.recusals_of([made.id]) == {line.id: {member.id: "đơn vị của mình"}}


def test_where_the_plan_keeps_blocks_away_nobody_lets_a_member_vote_on_his_own(council):
    council.campaign.recuses_block = True
    own = build.unit()
    member = _named(council, "Lê Văn Bình", unit=own)
    made, line = _about(council, "Sở Hai")
    other = db.session.get_one(Participation, line.participation_id)
    block = db.session.get_one(Block, other.block_id)
    build.participation(council.campaign, unit=own, block=block)
    recusals.keep_away(council.meeting, [made.id])
    assert queries.recusals_of([made.id]) == {line.id: {member.id: "cùng khối với đơn vị của mình"}}
    with pytest.raises(RuleViolation, match="không biểu quyết cả khối của đơn vị mình"):
        recusals.lift_recusal(
            council.meeting,
            made,
            line.id,
            member.id,
            reason="nhầm",
            by=council.users[0],
            at=build.NOW,
        )


def test_who_was_let_vote_again_may_still_declare_himself(council):
    member = _named(council, "Nguyễn Văn Hưng")
    made, line = _about(council, "Ông Nguyễn Văn Hưng")
    recusals.lift_recusal(
        council.meeting, made, line.id, member.id, reason="nhầm", by=council.users[0], at=build.NOW
    )
    recusals.recuse(council.meeting, made, line.id, member.id, reason="là em ruột")
    assert queries.recusals_of([made.id]) == {line.id: {member.id: "là em ruột"}}


def test_a_line_may_be_declined_until_the_ballot_opens(council):
    made, line = prepared(council)
    recusals.recuse(
        council.meeting, made, line.id, council.members[2].id, reason="vợ là người được đề nghị"
    )
    assert queries.recusals_of([made.id])[line.id] == {
        council.members[2].id: "vợ là người được đề nghị"
    }
    gather(council)
    actions.open_ballot(council.meeting, made, at=build.NOW)
    with pytest.raises(RuleViolation, match="Lượt biểu quyết đã mở"):
        recusals.recuse(council.meeting, made, line.id, council.members[3].id, reason="muộn")
