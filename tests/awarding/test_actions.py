"""From kinds and quotas to the signed decision and what amends it; each refusal."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_from_data, rule_to_data
from campaign.council.rules import CouncilFunction
from campaign.decision import actions as deciding
from campaign.decision import amending, figures, reliance
from campaign.decision import queries as decisions
from campaign.decision.models import DecisionLine, UpwardRequest
from campaign.decision.notice import actions as noticing
from campaign.decision.rules import Answer, DecisionKind, DecisionState, ObjectionState, Order
from campaign.decision.signing import actions as signing
from campaign.decision.upward import actions as upwards
from campaign.decision.upward import queries as upward_requests
from campaign.extensions import db
from campaign.files.storage import Stored
from campaign.honours import actions as honours
from campaign.honours import past_awards
from campaign.honours import queries as catalogue
from campaign.honours.catalogue import AWARD_FORMS, BASE_SALARIES
from campaign.honours.models import AwardForm, BaseSalary
from campaign.honours.rule_sets import RULE_SETS
from campaign.honours.rules import Fact, Ground, Level, Rounding, Subject
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.nomination import actions as nominating
from campaign.nomination import ballots as before_council
from campaign.nomination import conditions, proposals
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import Gate, NomineeState, Strictness
from campaign.planning.rules import Phase
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.register import queries as registers
from campaign.register.certificates.printing import certificate_data
from campaign.units.models import Letterhead, Unit
from campaign.voting import actions as voting
from campaign.voting import casting
from campaign.voting import queries as votes
from campaign.voting.rules import Choice, Outcome
from tests import build

TODAY = build.TODAY
SCAN = ("quyết định.pdf", Stored("s" * 32, 10, "0" * 64, "application/pdf"))


@pytest.fixture
def field(app):
    """A campaign at the meeting, its ranking frozen: three units ranked 1, 2, 2; a kind for
    collectives, one for people.
    """
    del app
    secretariat = build.user(Role.SECRETARIAT)
    build.rule_set(legal_basis="Luật Thi đua, khen thưởng")
    db.session.add(Letterhead(id=1, code="SCT"))
    db.session.add(BaseSalary(from_on=date(2019, 7, 1), amount=1_490_000, source="NĐ 38/2019"))
    campaign = build.campaign(phase=Phase.MEETING, rule_set_code="RS-THU")
    block, period = build.block(campaign), build.period(campaign)
    entries = []
    ranking = FrozenRanking(
        campaign_id=campaign.id,
        at=build.NOW,
        by_id=secretariat.id,
        settings={},
        audit_number=0,
        audit_hash="",
        sha256="",
    )
    db.session.add(ranking)
    db.session.flush()
    for rank in (1, 2, 2):
        entry = build.participation(campaign, unit=build.unit(), block=block)
        build.verified(of=entry, period=period, by=secretariat)
        db.session.add(
            FrozenStanding(
                ranking_id=ranking.id,
                participation_id=entry.id,
                block_id=block.id,
                rank=rank,
                total=Decimal(90),
                explanation={"tied_with": []},
            )
        )
        entries.append(entry)
    collective = build.award_kind(campaign)
    person = build.award_kind(campaign, subject=Subject.INDIVIDUAL)
    db.session.commit()
    return SimpleNamespace(
        campaign=campaign,
        block=block,
        entries=entries,
        collective=collective,
        person=person,
        by=secretariat,
    )


def _council(field, size=3):
    functions = [
        CouncilFunction.CHAIR,
        CouncilFunction.SECRETARY,
        *[CouncilFunction.MEMBER] * (size - 2),
    ]
    members = [
        build.member(field.campaign, user=build.user(Role.COUNCIL_MEMBER), function=function)
        for function in functions
    ]
    return members, meeting_actions.call_meeting(
        field.campaign,
        members,
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )


def _elect(field, choice=Choice.YES):
    """Put what is proposed before a council of three, which votes all alike."""
    members, meeting = _council(field)
    before_council.put_before_council(field.campaign, meeting)
    for member in members:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    meeting_actions.open_meeting(meeting, at=build.NOW)
    for ballot in votes.ballots(meeting.id):
        voting.open_ballot(meeting, ballot, at=build.NOW)
        for member in members:
            allowed = votes.may_vote_on(ballot, member.id)
            casting.cast_open(
                ballot, member.id, {line.id: choice for line in allowed}, by=member.user
            )
        voting.close_ballot(meeting, ballot, at=build.NOW)
    return meeting


def _drafted(field, nominees=1):
    """A draft whose list holds the first units."""
    for entry in field.entries[:nominees]:
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
        )
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=TODAY)
    deciding.edit_decision(field.campaign, decision, {"signer_name": "Phạm Minh Đức"})
    return decision


def _edit_form(row, values):
    """Edit an award type, told what its page is told."""
    honours.edit_form(
        row, values, is_in_use=reliance.is_in_use(row.id), chosen=nominations.chosen_in(row.id)
    )


def _add_salary(from_on, amount, source):
    """Add a base salary, told what its page is told."""
    return honours.add_salary(
        from_on,
        amount,
        source,
        is_in_use=reliance.salary_is_in_use(from_on),
        last_signed_on=reliance.last_signed_on(),
    )


def test_a_draft_takes_its_head_from_the_office_then_from_its_last_decision(field):
    office = build.unit(name="Sở Y tế tỉnh Cao Bằng", code="SYT")
    field.campaign.organiser_id = office.id
    head = db.session.get(Letterhead, 1)
    head.code, head.leader_name, head.leader_job = "", "Phạm Minh Đức", "Giám đốc"
    first = _drafted(field)
    seen = [(one.place, one.symbol, one.fund, one.signer_job, one.signer_name) for one in [first]]
    assert seen == [
        (
            "Cao Bằng",
            "QĐ-SYT",
            "Quỹ thi đua, khen thưởng của Sở Y tế tỉnh Cao Bằng",
            "Giám đốc",
            "Phạm Minh Đức",
        )
    ]
    head.place, head.code = "Thành phố Cao Bằng", "YT"
    assert [
        deciding._usual_head(build.campaign())[name] for name in ("place", "symbol", "fund")
    ] == ["Thành phố Cao Bằng", "QĐ-YT", ""]
    deciding.edit_decision(field.campaign, first, {"place": "Hà Nội", "fund": "Ngân sách tỉnh"})
    again = deciding._usual_head(build.campaign(organiser_id=office.id))
    assert (again["place"], again["fund"], again["symbol"]) == (
        "Hà Nội",
        "Ngân sách tỉnh",
        "QĐ-SYT",
    )


def _sign(field, decision, **more):
    facts = {
        "number": "45",
        "signed_on": TODAY,
        "today": TODAY,
        "at": build.NOW,
        "scan": None,
    } | more
    signing.sign(
        field.campaign, decision, by=facts.pop("by", None) or build.user(Role.DIRECTOR), **facts
    )
    return decision


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
    meeting = _elect(field, choice)
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
        assert [one.places for one in votes.ballots(following.id)] == [1]
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
        (one.from_state, one.to_state, one.reason) for one in nominations.changes_of(row.id)
    ] == [(NomineeState.SIGNED, NomineeState.PROPOSED, "tập thể đề nghị")]


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (
            {"discipline": "khiển trách ngày 01/4/2021", "complaint": ""},
            "không bị kỷ luật trong kỳ”: khiển trách ngày 01/4/2021",
        ),
        (
            {"discipline": "", "complaint": "đơn số 5"},
            "không có khiếu nại đang giải quyết”: đơn số 5",
        ),
    ],
)
def test_a_blocking_gate_names_its_rule(field, note, sentence):
    row = build.nominee(field.campaign, of=field.entries[0], kind=field.person, honorific="Bà")
    nominating.note_standing(row, **note)
    with pytest.raises(RuleViolation, match=sentence):
        proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason="vì", by=field.by, at=build.NOW
        )


def test_a_unit_that_did_not_finish_reporting_is_blocked(field):
    entry = build.participation(field.campaign, unit=build.unit(), block=field.block)
    row = build.nominee(field.campaign, of=entry, kind=field.person, honorific="Ông")
    with pytest.raises(RuleViolation, match="Báo cáo cuối kỳ chưa thẩm định xong."):
        proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason="vì", by=field.by, at=build.NOW
        )


def test_the_same_person_in_another_campaign_is_found_and_one_of_other_tones_asked_about(field):
    other = build.campaign(phase=Phase.MEETING, title="Phong trào khác", rule_set_code="RS-THU")
    entry = build.participation(other, unit=build.unit(), block=build.block(other))
    build.nominee(
        other,
        of=entry,
        kind=build.award_kind(other, subject=Subject.INDIVIDUAL),
        name="Hoà Văn An",
        birth_year=1980,
    )
    same = build.nominee(
        field.campaign, of=field.entries[0], kind=field.person, name="HÒA VĂN AN", birth_year=1980
    )
    alike = build.nominee(
        field.campaign, of=field.entries[2], kind=field.person, name="Hòa Văn Ân", birth_year=1980
    )
    namesake = build.nominee(
        field.campaign, of=field.entries[1], kind=field.person, name="Hoa Văn An", birth_year=1990
    )
    found = conditions.duplicates(field.campaign, nominations.nominees(field.campaign.id))
    assert found == {same.id: ["cũng được đề nghị trong “Phong trào khác”"]}
    told = {
        row_id: [(one.verdict.value, one.reason) for one in checked if one.gate is Gate.DUPLICATE]
        for row_id, checked in conditions.gate_checks(
            field.campaign, nominations.nominees(field.campaign.id)
        ).items()
    }
    assert told == {
        same.id: [("blocked", "cũng được đề nghị trong “Phong trào khác”")],
        namesake.id: [("passed", "")],
        alike.id: [
            (
                "warned",
                "Hoà Văn An cũng được đề nghị trong “Phong trào khác”; tên gần giống, có phải "
                "một người không?; "
                "HÒA VĂN AN cũng được đề nghị trong phong trào này; tên gần giống, có phải một "
                "người không?",
            )
        ],
    }


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " ", "honorific": "Ông"}, "Hãy ghi họ và tên."),
        ({"name": "A", "honorific": ""}, "Hãy chọn Ông hoặc Bà."),
    ],
)
def test_a_nominee_is_named_in_full(field, values, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        nominating.save_nominee(field.campaign, None, field.entries[0], field.person, values)


def test_a_head_signs_what_holds_an_achievement_and_may_take_it_back_with_a_reason(field):
    row = nominating.save_nominee(
        field.campaign, None, field.entries[0], field.person, {"name": "Lê An", "honorific": "Bà"}
    )
    with pytest.raises(RuleViolation, match="Hãy ghi tóm tắt thành tích trước khi ký."):
        nominating.sign_nominee(row, by=field.by, at=build.NOW)
    values = {"name": "Lê An", "honorific": "Bà", "achievements": "Hoàn thành tốt"}
    nominating.save_nominee(field.campaign, row, field.entries[0], field.person, values)
    nominating.sign_nominee(row, by=field.by, at=build.NOW)
    with pytest.raises(RuleViolation, match="Đề nghị đã được thủ trưởng ký"):
        nominating.save_nominee(field.campaign, row, field.entries[0], field.person, values)
    nominating.unsign_nominee(row, reason="bổ sung thành tích", by=field.by, at=build.NOW)
    assert (row.state, row.signed_at) == (NomineeState.DRAFT, None)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"is_annual": True}, "danh hiệu xét hằng năm"),
        ({"minimum_months": 36}, "từ 3 năm trở lên"),
        ({"by_launcher_only": True}, "do chính cấp đó tổ chức"),
        ({"for_collectives": False}, "không tặng tập thể"),
    ],
)
def test_a_kind_that_cannot_belong_to_the_campaign_is_refused_with_its_rule(field, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        award_kinds.save_kind(
            field.campaign,
            None,
            form=build.award_form(**more),
            subject=Subject.COLLECTIVE,
            vote=VoteRule(),
            leader_limit=None,
        )


def test_a_form_of_another_rule_set_is_refused(field):
    form = build.award_form()
    form.rule_set_code = build.rule_set(code="RS-KHAC").code
    with pytest.raises(RuleViolation, match="không thuộc bộ quy định của phong trào"):
        award_kinds.save_kind(
            field.campaign,
            None,
            form=form,
            subject=Subject.COLLECTIVE,
            vote=VoteRule(),
            leader_limit=None,
        )


def test_a_quota_is_a_number_or_a_share_not_both(field):
    with pytest.raises(RuleViolation, match="Chỉ nhập số lượng hoặc tỷ lệ"):
        award_kinds.set_quota(field.collective, field.block.id, count=1, percent=1)
    award_kinds.set_quota(field.collective, field.block.id, count=None, percent=67)
    db.session.flush()
    panel = nominations.panels(field.campaign, [])[0]
    assert panel.limit == 2


def test_too_many_leaders_do_not_come_before_the_council(field):
    field.person.leader_limit = 40
    for is_leader in (True, False):
        build.nominee(
            field.campaign,
            of=field.entries[0],
            kind=field.person,
            state=NomineeState.PROPOSED,
            is_leader=is_leader,
        )
    _, meeting = _council(field)
    with pytest.raises(RuleViolation, match="lãnh đạo 1/2, vượt giới hạn 40 %."):
        before_council.put_before_council(field.campaign, meeting)


@pytest.mark.parametrize(("overall", "is_refused"), [(2, False), (1, True)])
def test_all_blocks_together_stay_within_the_overall_quota(field, overall, is_refused):
    field.collective.overall_limit = overall
    for entry in field.entries[:2]:
        build.nominee(field.campaign, of=entry, kind=field.collective, state=NomineeState.PROPOSED)
    _, meeting = _council(field)
    if not is_refused:
        assert before_council.put_before_council(field.campaign, meeting) == 1
        return
    with pytest.raises(
        RuleViolation,
        match="đề xuất 2, nhiều hơn chỉ tiêu chung 1 của phong trào; hãy bớt đề xuất.",
    ):
        before_council.put_before_council(field.campaign, meeting)


def test_a_member_is_not_given_the_line_of_his_own_unit_nor_his_own(field):
    members, meeting = _council(field, size=4)
    members[2].user.unit_id = field.entries[0].unit_id
    members[3].user.full_name = "Trần Bình"
    db.session.flush()
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    build.nominee(
        field.campaign,
        of=field.entries[1],
        kind=field.person,
        name="Trần Bình",
        state=NomineeState.PROPOSED,
    )
    assert before_council.put_before_council(field.campaign, meeting) == 2
    lines = [
        line
        for ballot in votes.ballots(meeting.id)
        for line in votes.lines_of([ballot.id])[ballot.id]
    ]
    kept = votes.recusals_of([ballot.id for ballot in votes.ballots(meeting.id)])
    assert [kept[line.id] for line in lines] == [
        {members[2].id: "đơn vị của mình"},
        {members[3].id: "là người được đề nghị"},
    ]


def test_nothing_comes_before_the_council_twice(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    _, meeting = _council(field)
    before_council.put_before_council(field.campaign, meeting)
    with pytest.raises(RuleViolation, match="Không còn đề xuất nào chờ đưa ra Hội đồng."):
        before_council.put_before_council(field.campaign, meeting)


def test_a_decision_lists_the_elected_with_their_money(field):
    decision = _drafted(field, nominees=2)
    assert [(line.amount, line.steps) for line in decisions.lines_of(decision.id)] == [
        (900_000, "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000")
    ] * 2
    assert decision.legal_basis == "Luật Thi đua, khen thưởng"


def test_without_an_elected_line_there_is_no_decision(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    _elect(field, Choice.NO)
    field.campaign.phase = Phase.DECIDING
    with pytest.raises(RuleViolation, match="Không có đề nghị nào đã được Hội đồng thông qua"):
        deciding.draft_decision(field.campaign, on=TODAY)


def test_the_money_is_that_of_the_day_of_signing(field):
    db.session.add(BaseSalary(from_on=date(2021, 4, 20), amount=1_800_000, source="thử"))
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"planned_on": date(2021, 4, 1)})
    assert [line.amount for line in decisions.lines_of(decision.id)] == [900_000]
    _sign(field, decision)
    assert (
        [line.amount for line in decisions.lines_of(decision.id)],
        decision.figures["base_salary"],
    ) == ([1_080_000], 1_800_000)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"number": " "}, "Hãy ghi số quyết định."),
        ({"signed_on": date(2021, 4, 29)}, "Ngày ký không được ở tương lai."),
    ],
)
def test_a_signature_is_recorded_in_full(field, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        _sign(field, _drafted(field), **more)


def test_a_decision_needs_its_signer(field):
    decision = _drafted(field)
    decision.signer_name = ""
    with pytest.raises(RuleViolation, match="Dự thảo chưa có tên người ký."):
        _sign(field, decision)


def test_a_signed_decision_is_frozen_with_its_figures_and_numbers_without_gaps(field):
    decision = _sign(field, _drafted(field, nominees=3), scan=SCAN)
    assert [
        (line.register_year, line.register_number) for line in decisions.lines_of(decision.id)
    ] == [(2021, 1), (2021, 2), (2021, 3)]
    assert (
        decision.state,
        decision.title,
        decision.figures["total"],
        decision.scan_name,
        len(decision.sha256),
    ) == (DecisionState.SIGNED, "45/QĐ-SCT", 2_700_000, "quyết định.pdf", 64)
    for refused in (
        lambda: deciding.edit_decision(field.campaign, decision, {"fund": "x"}),
        lambda: deciding.remove_line(
            field.campaign, decision, decisions.lines_of(decision.id)[0].nominee_id
        ),
        lambda: deciding.delete_decision(decision),
        lambda: _sign(field, decision),
    ):
        with pytest.raises(RuleViolation):
            refused()


def test_what_a_signed_decision_rests_on_cannot_change(field):
    decision = _sign(field, _drafted(field))
    with pytest.raises(RuleViolation, match="Đã có quyết định ký theo hình thức này"):
        _edit_form(field.collective.form, {"coefficient": Decimal(1)})
    with pytest.raises(RuleViolation, match="Đã có quyết định ký theo mức lương này"):
        _add_salary(date(2019, 7, 1), 2_000_000, "thử")
    with pytest.raises(RuleViolation, match="Đã có quyết định ký từ ngày này về sau"):
        _add_salary(date(2021, 1, 1), 2_000_000, "thử")
    assert _add_salary(date(2021, 5, 1), 2_000_000, "thử").amount == 2_000_000
    assert decision.figures["total"] == 900_000


def test_of_a_rule_set_a_signed_decision_rests_on_only_name_source_and_end_change(
    field, sign_in, page
):
    _sign(field, _drafted(field))
    db.session.commit()
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU"
    typed = {
        "title": "Tên đúng hơn",
        "in_force_from": "",
        "in_force_to": "31/12/2023",
        "rounding": "ceil_10000",
        "legal_basis": "Luật Thi đua, khen thưởng",
        "source": "công báo",
    }
    answer = client.post(address, data=typed | {"rounding": "none"})
    assert (answer.status_code, page(answer).value("title")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Tên đúng hơn",
    )
    assert (
        "căn cứ, cách làm tròn, cách trả thưởng, thứ tự ưu tiên không sửa được; hãy lập bộ quy "
        "định mới." in answer.get_data(as_text=True)
    )
    assert client.post(address, data=typed).status_code == HTTPStatus.SEE_OTHER
    assert (build.rule_set().title, build.rule_set().in_force_to) == (
        "Tên đúng hơn",
        date(2023, 12, 31),
    )


def test_a_new_rule_set_is_made_from_an_old_one_and_nothing_of_it_is_checked(field, sign_in):
    honours.confirm(catalogue.forms("RS-THU")[0], by=field.by, on=TODAY)
    db.session.commit()
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU/copy"
    typed = {"code": "RS-2026", "title": "Luật 06/2026", "in_force_from": "01/10/2026"}
    assert client.post(address, data=typed).status_code == HTTPStatus.SEE_OTHER
    made = build.rule_set(code="RS-2026")
    assert (made.in_force_from, made.legal_basis, made.checked_on) == (
        date(2026, 10, 1),
        "Luật Thi đua, khen thưởng",
        None,
    )
    assert [(row.name, row.coefficient, row.checked_on) for row in catalogue.forms("RS-2026")] == [
        (row.name, row.coefficient, None) for row in catalogue.forms("RS-THU")
    ]
    assert client.post(address, data=typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_who_checked_an_entry_stands_beside_it(field, sign_in, page):
    honours.confirm(catalogue.forms("RS-THU")[0], by=field.by, on=TODAY)
    db.session.commit()
    shown = page(sign_in(field.by).get("/awards/catalogue")).all("td[data-label=Nguồn] span")
    assert f"{field.by.full_name} đã đối chiếu 28/04/2021" in shown


def test_an_edited_entry_must_be_checked_again(field):
    form = build.award_form()
    honours.confirm(form, by=field.by, on=TODAY)
    assert form.checked_on == TODAY
    _edit_form(form, {"source": "văn bản khác"})
    assert (form.checked_on, form.checked_by_id) == (None, None)


FORM = {
    "name": "Giấy khen đột xuất",
    "level": "department",
    "signatory": "Giám đốc Sở",
    "for_individuals": "y",
    "minimum_months": "",
    "coefficient": "0,3",
    "collective_factor": "2",
    "report_form": "Mẫu số 06",
    "source": "công báo",
    "money_ground": "law",
    "vote_ground": "office",
    "vote_source": "Quy chế của Sở",
    "report_ground": "law",
    "mode": "secret",
    "base": "total",
    "share": "2/3",
    "is_strict": "y",
}


def test_a_form_is_added_to_a_rule_set_with_all_that_the_rules_ask_of_it(field, sign_in, page):
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU/forms/new"
    assert address in page(client.get("/awards/catalogue")).links()
    assert page(client.get(address)).value("share") == "70 %"
    assert (
        client.post(address, data=FORM | {"minimum_months": "18"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    made = catalogue.forms("RS-THU")[-1]
    assert (
        made.level,
        made.facts.subjects,
        made.minimum_months,
        made.coefficient,
        made.checked_on,
    ) == (Level.DEPARTMENT, {Subject.INDIVIDUAL}, 18, Decimal("0.3"), None)
    assert rule_from_data(made.vote) == VoteRule(Mode.SECRET, Base.TOTAL, 2, 3, is_strict=True)
    shown = page(client.get(f"/awards/catalogue/{made.id}"))
    assert [shown.value(name) for name in ("level", "minimum_months", "mode", "share")] == [
        "department",
        "18",
        "secret",
        "2/3",
    ]
    assert (
        client.post(f"/awards/catalogue/{made.id}", data=FORM | {"level": "province"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert (made.level, made.minimum_months) == (Level.PROVINCE, None)


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"name": "GIAY KHEN thu"}, "name", "Bộ quy định đã có hình thức tên này."),
        ({"name": ""}, "name", "Hãy ghi tên."),
        (
            {"share": "4/3"},
            "share",
            "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3.",
        ),
        (
            {"share": "0,7"},
            "share",
            "“0,7” có phải là “0,7 %” không? Hãy ghi tỷ lệ như 70 % hoặc 2/3.",
        ),
        (
            {"for_individuals": None},
            "for_individuals",
            "Hãy chọn hình thức này tặng tập thể, hộ gia đình hay cá nhân.",
        ),
        ({"minimum_months": "0"}, "minimum_months", "Số phải từ 1 trở lên."),
    ],
)
def test_a_form_that_says_nothing_or_twice_the_same_is_refused_at_its_field(
    field, sign_in, page, typed, name, sentence
):
    build.award_form(name="Giấy khen thử")
    given = {key: value for key, value in (FORM | typed).items() if value is not None}
    refused = page(sign_in(field.by).post("/awards/rule-sets/RS-THU/forms/new", data=given))
    assert (refused.status, refused.all(f"#{name}-error"), refused.value("source")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        [sentence],
        "công báo",
    )
    assert [row.name for row in catalogue.forms("RS-THU") if row.source == "công báo"] == []


def test_a_form_cannot_be_changed_into_one_its_campaigns_may_not_choose(field):
    form, title = catalogue.form(field.collective.form_id), field.campaign.title
    with pytest.raises(
        RuleViolation,
        match=f"Phong trào “{title}” đang dùng hình thức này: .* từ 18 tháng trở lên",
    ):
        _edit_form(form, {"minimum_months": 18})


def test_a_form_under_a_signed_decision_is_not_changed(field, sign_in, page):
    _sign(field, _drafted(field))
    db.session.commit()
    refused = page(
        sign_in(field.by).post(f"/awards/catalogue/{field.collective.form_id}", data=FORM)
    )
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đã có quyết định ký theo hình thức này nên không sửa được" in refused.one("main")


def test_a_posted_draft_waits_for_its_days_and_its_answers(field):
    decision = _drafted(field)
    with pytest.raises(RuleViolation, match="Hãy ghi số ngày lấy ý kiến trong dự thảo."):
        noticing.post(decision, on=TODAY)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    noticing.post(decision, on=date(2021, 4, 20))
    assert decision.notice_until == date(2021, 4, 23)
    with pytest.raises(
        RuleViolation, match="Thời gian lấy ý kiến đến hết ngày 23/04/2021; chưa ký được."
    ):
        _sign(field, decision, today=date(2021, 4, 23), signed_on=date(2021, 4, 23))
    row = noticing.object_to(
        decision, author="", words="Chưa rõ thành tích", nominee_id=None, on=date(2021, 4, 21)
    )
    with pytest.raises(RuleViolation, match="Còn ý kiến chưa trả lời."):
        _sign(field, decision)
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Đã công khai.",
        sends_back=False,
        by=field.by,
        at=build.NOW,
        on=TODAY,
    )
    _sign(field, decision)
    assert (row.state, decision.state) == (ObjectionState.KEPT, DecisionState.SIGNED)


def test_working_days_of_a_notice_leave_out_the_days_off_of_the_draft(field):
    decision = _drafted(field)
    assert decision.notice_holidays == ["2021-01-01", "2021-04-30", "2021-05-01", "2021-09-02"]
    deciding.edit_decision(
        field.campaign,
        decision,
        {"notice_days": 3, "notice_holidays": [*decision.notice_holidays, "2021-05-03"]},
    )
    noticing.post(decision, on=date(2021, 4, 28))  # counted are 29/4, 4/5 and 5/5
    assert decision.notice_until == date(2021, 5, 5)


def test_days_off_are_read_as_a_list_of_dates_and_a_wrong_one_stays_typed(field, sign_in, page):
    decision = _drafted(field)
    browser, url = sign_in(field.by), f"/campaigns/{field.campaign.id}/decisions/{decision.id}/edit"
    opened = page(browser.get(url))
    assert opened.value("notice_holidays") == "01/01/2021, 30/04/2021, 01/05/2021, 02/09/2021"
    head = {
        "opened": opened.value("opened"),
        "symbol": "QĐ-SCT",
        "planned_on": "28/04/2021",
        "signer_form": "self",
        "signer_job": "Giám đốc",
        "signer_name": "Phạm Minh Đức",
        "order": "rank",
        "notice_days": "3",
    }
    refused = page(browser.post(url, data={**head, "notice_holidays": "30/04/2021, 31/04/2021"}))
    assert (refused.status, refused.value("notice_holidays")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "30/04/2021, 31/04/2021",
    )
    assert "Không có ngày 31/04/2021." in refused.all(".field__error")
    assert (
        browser.post(url, data={**head, "notice_holidays": "03/05/2021; 30/04/2021"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert decision.notice_holidays == ["2021-04-30", "2021-05-03"]


def test_an_objection_may_send_a_line_back_to_the_council(field):
    decision = _drafted(field, nominees=2)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    row = noticing.object_to(
        decision, author="Bà A", words="Không đúng người", nominee_id=doubted, on=TODAY
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=TODAY,
    )
    nominee = nominations.nominee(field.campaign.id, doubted)
    assert (
        len(decisions.lines_of(decision.id)),
        nominee.state,
        doubted in nominations.settled(field.campaign.id),
    ) == (1, NomineeState.LEFT_OUT, False)


def _sent_back(field, decision):
    """The first line of a posted draft goes back to the Council; its nominee."""
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    row = noticing.object_to(
        decision, author="Bà A", words="Không đúng người", nominee_id=doubted, on=TODAY
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=TODAY,
    )
    field.campaign.phase = Phase.MEETING
    nominee = nominations.nominee(field.campaign.id, doubted)
    proposals.set_proposed(
        field.campaign,
        nominee,
        is_proposed=True,
        reason="đã kiểm tra lại",
        by=field.by,
        at=build.NOW,
    )
    return nominee


def test_what_was_sent_back_is_decided_only_when_the_council_passed_it_again(field):
    decision = _drafted(field, nominees=2)
    nominee = _sent_back(field, decision)
    assert (
        decisions.undecided(field.campaign.id),
        nominations.council_says(field.campaign.id, [nominee]),
    ) == ([], {})
    _again(field)
    assert [row.id for row in decisions.undecided(field.campaign.id)] == [nominee.id]
    noticing.withdraw(decision, reason="bổ sung dòng Hội đồng xét lại", by=field.by, at=build.NOW)
    assert deciding.add_elected(field.campaign, decision) == 1
    assert (len(decisions.lines_of(decision.id)), decisions.undecided(field.campaign.id)) == (2, [])


def test_a_line_that_waits_for_its_second_vote_has_no_outcome(field):
    nominee = _sent_back(field, _drafted(field, nominees=2))
    (meeting,) = meetings.meetings(field.campaign.id)
    before_council.put_before_council(field.campaign, meeting)
    assert nominations.council_says(field.campaign.id, [nominee]) == {}


def _again(field):
    """The same council votes yes on what waits, in the meeting that is still open."""
    (meeting,) = meetings.meetings(field.campaign.id)
    before_council.put_before_council(field.campaign, meeting)
    ballot = votes.ballots(meeting.id)[-1]
    voting.open_ballot(meeting, ballot, at=build.NOW)
    for row in meetings.attendances(meeting.id):
        lines = votes.may_vote_on(ballot, row.member_id)
        casting.cast_open(
            ballot, row.member_id, {line.id: Choice.YES for line in lines}, by=row.member.user
        )
    voting.close_ballot(meeting, ballot, at=build.NOW)


def test_a_posted_draft_is_withdrawn_with_a_reason_and_posted_anew(field):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    with pytest.raises(RuleViolation, match="Dự thảo ghi lấy ý kiến 3 ngày mà chưa đưa ra"):
        _sign(field, decision)
    with pytest.raises(RuleViolation, match="Chỉ rút được dự thảo đang lấy ý kiến."):
        noticing.withdraw(decision, reason="nhầm người ký", by=field.by, at=build.NOW)
    noticing.post(decision, on=date(2021, 4, 20))
    with pytest.raises(RuleViolation, match="Hãy ghi lý do."):
        noticing.withdraw(decision, reason=" ", by=field.by, at=build.NOW)
    noticing.withdraw(decision, reason="nhầm người ký", by=field.by, at=build.NOW)
    assert (decision.state, decision.posted_on, decision.notice_until) == (
        DecisionState.DRAFT,
        None,
        None,
    )
    deciding.edit_decision(field.campaign, decision, {"signer_name": "Hà Thị Thanh Thủy"})
    noticing.post(decision, on=date(2021, 4, 23))
    assert decision.notice_until == date(2021, 4, 28)


def test_why_a_draft_was_withdrawn_and_what_was_said_stand_on_its_page_for_those_who_decide(
    field, sign_in, page
):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    noticing.post(decision, on=date(2021, 4, 20))
    noticing.object_to(
        decision, author="Bà A", words="Nhầm người ký", nominee_id=None, on=date(2021, 4, 21)
    )
    db.session.commit()
    client, address = sign_in(field.by), f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert (
        client.post(f"{address}/withdraw", data={"reason": "nhầm người ký"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    (row,) = decisions.withdrawals_of(decision.id)
    assert (row.reason, row.by_id, row.posted_on, row.notice_until) == (
        "nhầm người ký",
        field.by.id,
        date(2021, 4, 20),
        date(2021, 4, 23),
    )
    shown = page(client.get(address))
    assert shown.all(".history li b") == [
        "Rút khi đang lấy ý kiến từ 20/04/2021 đến hết 23/04/2021"
    ]
    assert shown.one(".history li").endswith(field.by.full_name)
    assert shown.all("article p") == ["Bà A, 21/04/2021: Nhầm người ký"]
    assert f"{address}/delete" not in [form.get("action") for form in shown.tree.cssselect("form")]
    decision.state, decision.number, decision.signed_on, decision.signed_at = (
        DecisionState.SIGNED,
        "45",
        TODAY,
        build.NOW,
    )
    db.session.commit()
    officer = build.user(Role.UNIT_OFFICER, at=build.unit())
    assert [
        page(sign_in(user).get(address)).all(".history li b") != [] for user in (field.by, officer)
    ] == [True, False]


def test_a_draft_that_was_posted_once_is_not_deleted(field):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    noticing.post(decision, on=TODAY)
    noticing.withdraw(decision, reason="nhầm người ký", by=field.by, at=build.NOW)
    with pytest.raises(RuleViolation, match="Chỉ xoá được dự thảo chưa lấy ý kiến."):
        deciding.delete_decision(decision)


def test_what_cannot_be_signed_is_not_posted(field):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3, "signer_name": ""})
    with pytest.raises(RuleViolation, match="Dự thảo chưa có tên người ký."):
        noticing.post(decision, on=TODAY)
    deciding.edit_decision(field.campaign, decision, {"signer_name": "Phạm Minh Đức"})
    deciding.remove_line(field.campaign, decision, decisions.lines_of(decision.id)[0].nominee_id)
    with pytest.raises(RuleViolation, match="Danh sách kèm theo quyết định đang trống."):
        noticing.post(decision, on=TODAY)


def test_a_decision_bears_no_day_before_its_notice_was_over_nor_before_the_council_met(field):
    decision = _drafted(field)
    (meeting,) = meetings.meetings(field.campaign.id)
    meeting_actions.close_meeting(meeting, unfinished=votes.unfinished(meeting.id), at=build.NOW)
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 28/04/2021: là ngày Hội đồng họp xong.",
    ):
        _sign(field, decision, signed_on=date(2021, 4, 27))
    deciding.edit_decision(field.campaign, decision, {"notice_days": 2, "notice_is_working": False})
    noticing.post(decision, on=TODAY)
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 01/05/2021: khi đó mới hết thời gian lấy ý kiến.",
    ):
        _sign(field, decision, signed_on=date(2021, 4, 30), today=date(2021, 5, 3))
    _sign(field, decision, signed_on=date(2021, 5, 1), today=date(2021, 5, 3))
    line = decisions.lines_of(decision.id)[0]
    made = amending.amend(
        field.campaign,
        decision,
        DecisionKind.REVOCATION,
        [line.nominee_id],
        reason="khai sai",
        on=TODAY,
    )
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 01/05/2021: là ngày ký quyết định số 45/QĐ-SCT.",
    ):
        _sign(field, made, number="46", signed_on=date(2021, 4, 30), today=date(2021, 5, 3))


def test_what_was_revoked_does_not_come_back_in_the_next_draft(field):
    old = _sign(field, _drafted(field))
    line = decisions.lines_of(old.id)[0]
    _sign(
        field,
        amending.amend(
            field.campaign,
            old,
            DecisionKind.REVOCATION,
            [line.nominee_id],
            reason="khai sai",
            on=TODAY,
        ),
        number="46",
    )
    with pytest.raises(
        RuleViolation,
        match="Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.",
    ):
        deciding.draft_decision(field.campaign, on=TODAY)


def test_an_annulled_ballot_that_is_voted_again_is_before_the_council_once(field):
    row = build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    members, meeting = _council(field)
    before_council.put_before_council(field.campaign, meeting)
    for member in members:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    meeting_actions.open_meeting(meeting, at=build.NOW)
    (ballot,) = votes.ballots(meeting.id)
    voting.open_ballot(meeting, ballot, at=build.NOW)
    voting.annul_ballot(meeting, ballot, reason="nhầm danh sách", at=build.NOW)
    voting.repeat_ballot(meeting, ballot, reason="bỏ phiếu lại")
    assert nominations.settled(field.campaign.id) == {row.id}
    with pytest.raises(RuleViolation, match="Không còn đề xuất nào chờ đưa ra Hội đồng."):
        before_council.put_before_council(field.campaign, meeting)


def test_a_number_is_used_once_a_year(field):
    _sign(field, _drafted(field))
    second = build.decision(field.campaign, signer_name="Phạm Minh Đức")
    nominee = build.nominee(field.campaign, of=field.entries[2], kind=field.person)
    build.decision_line(second, nominee=nominee, kind=field.person)
    with pytest.raises(RuleViolation, match="Số quyết định này đã dùng trong năm."):
        _sign(field, second)


def test_a_revocation_names_the_old_decision_and_what_to_recover(field):
    old = _sign(field, _drafted(field, nominees=2))
    first, second = decisions.lines_of(old.id)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do."):
        amending.amend(
            field.campaign, old, DecisionKind.REVOCATION, [first.nominee_id], reason="", on=TODAY
        )
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id],
        reason="khai sai thành tích",
        on=TODAY,
    )
    assert (made.recover, made.legal_basis.splitlines()[-1]) == (
        900_000,
        "Quyết định số 45/QĐ-SCT ngày 28 tháng 4 năm 2021",
    )
    _sign(field, made, number="46")
    first, second = decisions.lines_of(old.id)
    assert (first.ended_by_id, second.ended_by_id, old.figures["total"]) == (
        made.id,
        None,
        1_800_000,
    )
    assert [line.amount for line in decisions.lines_of(made.id)] == [900_000]
    assert (made.figures["total"], made.figures["recover"]) == (900_000, 900_000)
    assert [len(lines) for _, lines in decisions.signed_lines(field.campaign.id)] == [1, 0]


def test_a_line_taken_out_of_a_revocation_is_not_paid_back_either(field):
    old = _sign(field, _drafted(field, nominees=2))
    first, second = decisions.lines_of(old.id)
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id, second.nominee_id],
        reason="khai sai",
        on=TODAY,
    )
    assert made.recover == 1_800_000
    deciding.remove_line(field.campaign, made, first.nominee_id)
    assert made.recover == 900_000
    with pytest.raises(
        RuleViolation,
        match="Số tiền thu hồi không được lớn hơn tiền thưởng của các dòng bị thu hồi: "
        "900.000 đồng.",
    ):
        deciding.edit_decision(field.campaign, made, {"reason": "khai sai", "recover": 900_001})


def _corrected(field, **fields):
    """A signed decision, and the draft that corrects its line into what `fields` say."""
    old = _sign(field, _drafted(field))
    line = decisions.lines_of(old.id)[0]
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.CORRECTION,
        [line.nominee_id],
        reason="ghi sai tên",
        on=TODAY,
    )
    facts = {"name": line.name, "honorific": line.honorific, "job": line.job} | fields
    amending.correct_line(made, line.nominee_id, **facts)
    return old, made


def test_a_correction_gives_a_new_line_and_ends_the_old_one(field):
    old, made = _corrected(field, name="Tên đúng")
    was = decisions.lines_of(old.id)[0].name
    _sign(field, made, number="46")
    assert decisions.lines_of(old.id)[0].ended_by_id == made.id
    (new,) = decisions.lines_of(made.id)
    assert (new.name, new.amount, new.register_number) == ("Tên đúng", 900_000, 2)
    assert made.figures["lines"][0]["corrected"] == [f"tên: “{was}” nay sửa thành “Tên đúng”"]


@pytest.mark.parametrize("step", ["sign", "post"])
def test_a_correction_that_puts_nothing_right_is_refused(field, step):
    old, made = _corrected(field)
    name = decisions.lines_of(old.id)[0].name
    made.notice_days = 3 if step == "post" else 0
    with pytest.raises(
        RuleViolation,
        match=f"Dòng “{name}” chưa sửa gì; hãy sửa dòng đó, hoặc bỏ khỏi dự thảo.",
    ):
        noticing.post(made, on=TODAY) if step == "post" else _sign(field, made, number="46")


@pytest.mark.parametrize(
    ("fields", "columns", "money"),
    [
        (
            {"name": "Tên đúng"},
            ["STT", "Tên", "Đơn vị", "Hình thức", "Nội dung điều chỉnh", "Số vào sổ"],
            ["Tiền thưởng không thay đổi."],
        ),
        (
            {"amount": 450_000},
            [
                "STT",
                "Tên",
                "Đơn vị",
                "Hình thức",
                "Nội dung điều chỉnh",
                "Tiền thưởng",
                "Cách tính",
                "Số vào sổ",
            ],
            [],
        ),
    ],
)
def test_a_correction_says_what_is_put_right_and_money_only_where_it_changes(
    field, sign_in, page, fields, columns, money
):
    old, made = _corrected(field, **fields)
    _sign(field, made, number="46")
    was = decisions.lines_of(old.id)[0]
    shown = page(
        sign_in(build.user(Role.DIRECTOR)).get(
            f"/campaigns/{field.campaign.id}/decisions/{made.id}"
        )
    )
    words = (
        f"tên: “{was.name}” nay sửa thành “Tên đúng”"
        if "name" in fields
        else ("tiền thưởng: “900.000 đồng” nay sửa thành “450.000 đồng”")
    )
    assert (shown.all("thead th"), shown.all("td[data-label='Nội dung điều chỉnh']")) == (
        columns,
        [words],
    )
    assert [
        text for text in shown.all("section.card > p") if text.startswith(("Tiền", "Tổng"))
    ] == money
    old_page = page(
        sign_in(build.user(Role.DIRECTOR)).get(f"/campaigns/{field.campaign.id}/decisions/{old.id}")
    )
    assert "đã điều chỉnh theo quyết định số 46/QĐ-SCT" in old_page.all("tbody th")[0]


def test_a_revocation_names_who_and_its_sums_are_right(field, sign_in, page):
    old = _sign(field, _drafted(field, nominees=2))
    line = decisions.lines_of(old.id)[0]
    made = _sign(
        field,
        amending.amend(
            field.campaign,
            old,
            DecisionKind.REVOCATION,
            [line.nominee_id],
            reason="khai sai",
            on=TODAY,
        ),
        number="46",
    )
    shown = page(
        sign_in(build.user(Role.DIRECTOR)).get(
            f"/campaigns/{field.campaign.id}/decisions/{made.id}"
        )
    )
    assert (
        shown.all("p.note--info")[0]
        == f"Thu hồi đối với {line.name} trong quyết định số 45/QĐ-SCT. Lý do: khai sai"
    )
    assert shown.all("thead th") == [
        "STT",
        "Tên",
        "Đơn vị",
        "Hình thức",
        "Tiền thưởng đã tặng",
        "Cách tính",
    ]
    assert [text for text in shown.all("section.card > p") if text[:2] in {"Tổ", "Số"}] == [
        "Tổng tiền thưởng đã tặng: 900.000 đồng (Chín trăm nghìn đồng).",
        "Số tiền phải thu hồi: 900.000 đồng (Chín trăm nghìn đồng).",
    ]


def test_a_signature_is_recorded_by_the_signers_side_or_with_the_scan_and_says_which(
    field, sign_in, page
):
    officer, director = (
        build.user(Role.SECRETARIAT, name="Cán bộ Thường trực"),
        build.user(Role.DIRECTOR, name="Lãnh Đạo"),
    )
    decision = _drafted(field)
    with pytest.raises(
        RuleViolation,
        match="Chỉ lãnh đạo ghi được việc ký mà không có bản chụp; hãy kèm bản chụp",
    ):
        _sign(field, decision, by=officer)
    _sign(field, decision, by=officer, scan=SCAN)
    line = decisions.lines_of(decision.id)[0]
    made = _sign(
        field,
        amending.amend(
            field.campaign,
            decision,
            DecisionKind.REVOCATION,
            [line.nominee_id],
            reason="khai sai",
            on=TODAY,
        ),
        number="46",
        by=director,
    )
    browser = sign_in(build.user(Role.DIRECTOR))
    told = [
        page(browser.get(f"/campaigns/{field.campaign.id}/decisions/{one.id}")).all("p.small")[-2]
        for one in (decision, made)
    ]
    assert told == [
        "Việc ký ghi theo bản chụp quyết định đã ký; người ghi: Cán bộ Thường trực, 09:00 "
        "28/04/2021.",
        "Việc ký do lãnh đạo ghi; người ghi: Lãnh Đạo, 09:00 28/04/2021.",
    ]
    assert [one.figures["signature"] for one in (decision, made)] == ["scan", "signer"]


def test_an_officer_is_told_beside_the_form_that_the_scan_is_missing(field, sign_in, page):
    decision = _drafted(field)
    db.session.commit()
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).post(
            f"/campaigns/{field.campaign.id}/decisions/{decision.id}/sign",
            data={"number": "45", "signed_on": "28/04/2021"},
        )
    )
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "hãy kèm bản chụp quyết định đã ký." in answer.one(".error-summary")


def _posted(field):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3, "notice_is_public": False})
    noticing.post(decision, on=TODAY)
    db.session.commit()
    return decision, f"/campaigns/{field.campaign.id}/decisions/{decision.id}/notice"


def test_the_units_of_a_campaign_read_a_notice_that_is_not_public_and_object_to_it(
    field, sign_in, page
):
    decision, address = _posted(field)
    units = [db.session.get_one(Unit, entry.unit_id) for entry in field.entries[:2]]
    head, other = (
        build.user(Role.UNIT_HEAD, at=unit, name=name)
        for unit, name in zip(units, ("Đinh Trưởng", "Hà Phó"), strict=True)
    )
    browser = sign_in(head)
    line = decisions.lines_of(decision.id)[0]
    assert page(browser.get(address)).all("section.card ol li") == [
        f"{line.name}: {line.form_name}"
    ]
    refused = page(browser.post(address, data={"text": " "}))
    assert (refused.status, refused.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy ghi nội dung ý kiến.",
    )
    assert (
        browser.post(
            address, data={"text": "Chưa rõ số liệu", "nominee_id": line.nominee_id}
        ).status_code
        == HTTPStatus.SEE_OTHER
    )
    (row,) = decisions.objections_of(decision.id)
    assert (row.author, row.unit_id, row.by_id) == (
        f"Đinh Trưởng, {units[0].name}",
        units[0].id,
        head.id,
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Đã đối chiếu.",
        sends_back=False,
        by=field.by,
        at=build.NOW,
        on=TODAY,
    )
    db.session.commit()
    assert page(browser.get(address)).all("article p") == [
        f"Đinh Trưởng, {units[0].name}, {row.received_on:%d/%m/%Y}, về {line.name}: Chưa rõ số "
        "liệu",
        "Trả lời 28/04/2021 (giữ nguyên): Đã đối chiếu.",
    ]
    assert page(sign_in(other).get(address)).all("article") == []


def test_a_notice_is_told_to_its_units_and_does_not_exist_for_others(field, sign_in, page):
    decision, address = _posted(field)
    browser = sign_in(
        build.user(Role.UNIT_OFFICER, at=db.session.get_one(Unit, field.entries[0].unit_id))
    )
    assert "Cho ý kiến về dự thảo quyết định khen thưởng" in page(browser.get("/home/")).one("main")
    told = page(browser.get(f"/campaigns/{field.campaign.id}/awards/")).one("p.note--info")
    assert told == (
        "Dự thảo quyết định khen thưởng đang lấy ý kiến đến hết ngày "
        f"{decision.notice_until:%d/%m/%Y}."
    )
    stranger = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND
    noticing.withdraw(decision, reason="soát lại", by=field.by, at=build.NOW)
    db.session.commit()
    assert browser.get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_results_tell_each_decision_by_its_kind_and_strike_the_award_that_was_revoked(
    field, client, sign_in, page
):
    old = _sign(field, _drafted(field, nominees=2))
    first, second = decisions.lines_of(old.id)
    revoked = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id],
        reason="khai sai",
        on=TODAY,
    )
    corrected = amending.amend(
        field.campaign,
        old,
        DecisionKind.CORRECTION,
        [second.nominee_id],
        reason="ghi sai",
        on=TODAY,
    )
    was, form = second.name, second.form_name
    amending.correct_line(corrected, second.nominee_id, name="Tên đúng", honorific="", job="")
    _sign(field, revoked, number="46")
    _sign(field, corrected, number="47")
    field.campaign.phase, field.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    shown = page(client.get(f"/results/{field.campaign.id}"))
    assert [text for text in shown.all("h2") if "Quyết định" in text] == [
        "Khen thưởng theo Quyết định số 45/QĐ-SCT ngày 28/04/2021",
        "Thu hồi theo Quyết định số 46/QĐ-SCT ngày 28/04/2021",
        "Điều chỉnh theo Quyết định số 47/QĐ-SCT ngày 28/04/2021",
    ]
    assert shown.all("section.card ol li") == [
        f"{first.name}: {form} (đã thu hồi theo quyết định số 46/QĐ-SCT)",
        f"{was}: {form} (đã điều chỉnh theo quyết định số 47/QĐ-SCT)",
        f"{first.name}: {form}",
        f"Tên đúng: {form} tên: “{was}” nay sửa thành “Tên đúng”",
    ]
    assert shown.all("s") == [f"{first.name}: {form}", f"{was}: {form}"]
    unit = sign_in(
        build.user(Role.UNIT_HEAD, at=db.session.get_one(Unit, field.entries[0].unit_id))
    )
    assert "Kết quả của đơn vị" not in page(
        unit.get(f"/campaigns/{field.campaign.id}/awards/")
    ).all("h2")
    register = page(sign_in(build.user(Role.SECRETARIAT)).get("/awards/")).all("tbody th")
    assert register[-2:] == [
        f"{was} đã điều chỉnh theo quyết định số 47/QĐ-SCT",
        f"{first.name} đã thu hồi theo quyết định số 46/QĐ-SCT",
    ]


def test_each_level_is_sent_its_own_letter(field, sign_in, page):
    campaign, rows = field.campaign, {}
    for level in (Level.PROVINCE, Level.MINISTRY):
        kind = build.award_kind(
            campaign, form=build.award_form(name=f"Bằng khen {level.label}", level=level)
        )
        rows[level] = build.nominee(
            campaign, of=field.entries[0], kind=kind, state=NomineeState.PROPOSED
        ).id
    _elect(field)
    campaign.phase = Phase.DECIDING
    db.session.commit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    seen = page(browser.get(f"/campaigns/{campaign.id}/awards/"))
    assert seen.all("label[for^=letter-]") == [
        "Số, ký hiệu tờ trình gửi cấp bộ",
        "Số, ký hiệu tờ trình gửi cấp tỉnh",
    ]
    browser.post(
        f"/campaigns/{campaign.id}/awards/upward",
        data={"level": "ministry", "letter": "13/TTr-SCT"},
    )
    db.session.expire_all()
    assert [(one.nominee_id, one.letter) for one in upward_requests.upward(campaign.id)] == [
        (rows[Level.MINISTRY], "13/TTr-SCT")
    ]
    assert [one.id for one in upward_requests.waiting_upward(campaign.id)] == [rows[Level.PROVINCE]]


def test_a_higher_award_is_sent_upwards_and_its_answer_recorded(field):
    form = build.award_form(name="Bằng khen", level=Level.PROVINCE)
    kind = build.award_kind(field.campaign, form=form)
    row = build.nominee(field.campaign, of=field.entries[0], kind=kind, state=NomineeState.PROPOSED)
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    with pytest.raises(RuleViolation, match="Không có đề nghị nào đã được Hội đồng thông qua"):
        deciding.draft_decision(field.campaign, on=TODAY)
    waiting = upward_requests.waiting_upward(field.campaign.id)
    assert [one.id for one in waiting] == [row.id]
    upwards.send_upwards(field.campaign, waiting, letter="12/TTr-SCT", on=TODAY)
    (sent,) = upward_requests.upward(field.campaign.id)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do không khen thưởng."):
        upwards.record_answer(sent, Answer.REFUSED, on=TODAY, number="", reason="")
    with pytest.raises(RuleViolation, match="Hãy ghi số quyết định của cấp trên."):
        upwards.record_answer(sent, Answer.GRANTED, on=TODAY, number="", reason="")
    upwards.record_answer(sent, Answer.GRANTED, on=TODAY, number="900/QĐ-UBND", reason="")
    assert (sent.answer, upward_requests.waiting_upward(field.campaign.id)) == (Answer.GRANTED, [])


def test_the_register_is_searched_without_tones_and_counted(field):
    decision = _drafted(field)
    decisions.lines_of(decision.id)[0].search_key = "phong kinh te"
    _sign(field, decision)
    assert [
        line.register_number
        for line in db.session.scalars(registers.register(words="Phòng Kinh tế", year=2021))
    ] == [1]
    assert list(db.session.scalars(registers.register(words="không có"))) == []
    ((year, figures),) = registers.statistics()
    level = field.collective.form.level.label
    assert (year, figures[f"{field.collective.form.name}, tập thể"], figures[level]) == (2021, 1, 1)


def test_the_register_counts_what_a_higher_level_granted_and_the_books_of_before(field):
    kind = build.award_kind(
        field.campaign,
        form=build.award_form(name="Bằng khen", level=Level.PROVINCE),
        subject=Subject.INDIVIDUAL,
    )
    row = build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=kind,
        name="Hoà Văn An",
        honorific="Ông",
        is_leader=True,
    )
    other = build.nominee(
        field.campaign, of=field.entries[1], kind=kind, name="Lê Thị Bình", honorific="Bà"
    )
    db.session.add_all(
        [
            UpwardRequest(
                nominee_id=row.id,
                sent_on=TODAY,
                letter="12/TTr-SCT",
                answer=Answer.GRANTED,
                answered_on=date(2021, 6, 1),
                number="900/QĐ-UBND",
            ),
            UpwardRequest(
                nominee_id=other.id,
                sent_on=TODAY,
                letter="12/TTr-SCT",
                answer=Answer.REFUSED,
                answered_on=date(2021, 6, 1),
                reason="đã khen năm trước",
            ),
        ]
    )
    past_awards.Books().save(
        {
            "year": 2019,
            "number": "5/QĐ",
            "form_name": "Giấy khen",
            "subject": Subject.COLLECTIVE,
            "name": "Phòng A",
            "unit_name": "",
        }
    )
    db.session.flush()
    assert [
        one.nominee_id
        for one in registers.granted_upwards(words="hoa van", year=2021, subject=Subject.INDIVIDUAL)
    ] == [row.id]
    assert registers.granted_upwards(year=2020) == []
    assert registers.register_years() == [2021, 2019]
    assert registers.statistics() == [
        (2021, {"Bằng khen, cá nhân": 1, field.block.name: 1, "cấp tỉnh": 1, "lãnh đạo": 1}),
        (2019, {"Giấy khen, tập thể": 1}),
    ]


def test_an_award_in_the_books_of_before_is_a_duplicate_in_its_unit_and_year(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.person, name="Hoà Văn An", honorific="Ông"
    )
    db.session.commit()
    db.session.expunge_all()
    (row,) = nominations.nominees(field.campaign.id)
    book = {
        "form_name": "Giấy khen",
        "subject": Subject.INDIVIDUAL,
        "name": "Hòa Văn An",
        "number": "7/QĐ-SCT",
    }
    past_awards.Books().save(book | {"year": 2021, "unit_name": row.participation.unit.name})
    past_awards.Books().save(book | {"year": 2021, "unit_name": "Một nơi khác"})
    past_awards.Books().save(book | {"year": 2020, "unit_name": row.participation.unit.name})
    past_awards.Books().save(
        book | {"year": 2021, "name": "Hòa Văn Ân", "unit_name": row.participation.unit.name}
    )
    assert conditions.duplicates(field.campaign, [row]) == {
        row.id: ["đã được tặng Giấy khen theo quyết định số 7/QĐ-SCT năm 2021"]
    }


def _annulled(field):
    """A proposed line whose ballot was opened and annulled; the row, its meeting and that
    ballot.
    """
    row = build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=field.collective,
        name="Phòng Một",
        state=NomineeState.PROPOSED,
    )
    members, meeting = _council(field)
    before_council.put_before_council(field.campaign, meeting)
    for member in members:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    meeting_actions.open_meeting(meeting, at=build.NOW)
    (ballot,) = votes.ballots(meeting.id)
    voting.open_ballot(meeting, ballot, at=build.NOW)
    voting.annul_ballot(meeting, ballot, reason="nhầm danh sách", at=build.NOW)
    return row, meeting, ballot


def test_an_annulled_ballot_lets_the_line_come_back_and_says_why(field):
    row, meeting, _ = _annulled(field)
    row.state_reason = "hạng 1"
    assert nominations.returning(field.campaign.id) == {
        row.id: "lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách"
    }
    assert before_council.put_before_council(field.campaign, meeting) == 1
    second = votes.ballots(meeting.id)[-1]
    assert [(line.subject_id, line.detail) for line in votes.lines_of([second.id])[second.id]] == [
        (row.id, "đưa lại vì lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách")
    ]
    assert nominations.returning(field.campaign.id) == {}


def test_a_line_that_came_back_is_not_voted_a_second_time_by_repeating_the_annulled_ballot(
    field, sign_in, page
):
    _, meeting, ballot = _annulled(field)
    db.session.commit()
    client, address = sign_in(field.by), f"/campaigns/{field.campaign.id}/meetings/{meeting.id}"
    repeats = f"{address}/ballots/{ballot.id}/repeat"
    told = page(client.get(address))
    assert repeats in [form.get("action") for form in told.tree.cssselect("form")]
    assert told.one(f"#ballot-{ballot.id} .note") == (
        "Các dòng của lượt này chưa có kết quả: bỏ phiếu lại tại cuộc họp này, hoặc để các "
        "dòng trở lại phần Khen thưởng và vào lần đưa đề xuất tới."
    )
    before_council.put_before_council(field.campaign, meeting)
    db.session.commit()
    told = page(client.get(address))
    assert (
        repeats in [form.get("action") for form in told.tree.cssselect("form")],
        told.all(f"#ballot-{ballot.id} .note"),
    ) == (False, [])
    with pytest.raises(RuleViolation, match="dòng của lượt đã đưa vào một lượt sau"):
        voting.repeat_ballot(meeting, ballot, reason="bỏ phiếu lại")


def test_the_page_of_proposals_names_the_lines_that_come_back_and_why_to_those_who_propose(
    field, sign_in, page
):
    row, _, _ = _annulled(field)
    db.session.commit()
    address, why = (
        f"/campaigns/{field.campaign.id}/awards/",
        "lượt 1 của cuộc họp số 1 đã huỷ: nhầm danh sách",
    )
    client = sign_in(field.by)
    shown = page(client.get(address))
    assert (shown.all("#returning li"), shown.all("td[data-label='Lý do'] .small")) == (
        [f"Phòng Một: {why}"],
        [f"Trở lại: {why}"],
    )
    assert page(client.get(f"{address}nominees/{row.id}")).one("p.note--warn") == (
        f"Chưa có kết quả của Hội đồng: {why}. Đề nghị này vào lần đưa đề xuất ra Hội đồng tới."
    )
    head = build.user(Role.UNIT_HEAD, at=db.session.get(Unit, field.entries[0].unit_id))
    assert (
        page(sign_in(head).get(address)).all("#returning li, td[data-label='Lý do'] .small") == []
    )


def test_the_catalogue_is_installed_once(field):
    build.rule_set(code="RS-2017")
    honours.install_catalogue()
    honours.install_catalogue()
    names = [form.name for form in catalogue.forms("RS-2017")]
    assert (
        len(names),
        len(set(names)),
        all(form.checked_on is None for form in catalogue.forms("RS-2017")),
    ) == (7, 7, True)


def test_an_upgrade_renames_only_forms_that_stand_as_they_were_shipped(field):
    build.rule_set(code="RS-2022b")
    honours.install_catalogue()
    rows = {form.code: form for form in catalogue.forms("RS-2022b")}
    rows["giay-khen"].report_form = "mẫu theo NĐ 152/2025/NĐ-CP"
    rows["bang-khen-bo"].report_form = "Mẫu của Sở"
    rows["bang-khen-tinh"].report_form = "mẫu theo NĐ 152/2025/NĐ-CP"
    honours.confirm(rows["bang-khen-tinh"], by=field.by, on=TODAY, fact=Fact.REPORT)
    honours.install_catalogue()
    assert [rows[code].report_form for code in ("giay-khen", "bang-khen-bo", "bang-khen-tinh")] == [
        "Mẫu số 08, NĐ 152/2025/NĐ-CP",
        "Mẫu của Sở",
        "mẫu theo NĐ 152/2025/NĐ-CP",
    ]


def test_money_majority_and_report_each_have_their_source_and_mark(field, sign_in, page):
    build.rule_set(code="RS-2022b")
    honours.install_catalogue()
    db.session.commit()
    row = next(form for form in catalogue.forms("RS-2022b") if form.code == "giay-khen")
    assert [(part.fact, part.ground, part.is_doubted, part.words) for part in row.grounds] == [
        (Fact.MONEY, Ground.LAW, True, "NĐ 152/2025/NĐ-CP"),
        (
            Fact.VOTE,
            Ground.PROPOSAL,
            False,
            "đề xuất, không phải quy định của pháp luật; mức ghi sẵn để tham khảo",
        ),
        (Fact.REPORT, Ground.LAW, True, "NĐ 152/2025/NĐ-CP, theo thứ tự danh mục mẫu"),
    ]
    browser, address = sign_in(field.by), f"/awards/catalogue/{row.id}/confirm"
    assert browser.post(address, data={"fact": "report"}).status_code == HTTPStatus.SEE_OTHER
    assert (row.report_checked_by_id, row.checked_on, row.vote_checked_on) == (
        field.by.id,
        None,
        None,
    )
    assert browser.post(address, data={"fact": "khac"}).status_code == HTTPStatus.NOT_FOUND
    honours.confirm(row, by=field.by, on=TODAY, fact=Fact.VOTE)
    _edit_form(row, {"report_form": "Mẫu khác"})
    assert (row.report_checked_on, row.vote_checked_on) == (None, TODAY)
    shown = page(browser.get("/awards/catalogue"))
    told = (
        "Biểu quyết: đề xuất, không phải quy định của pháp luật; mức ghi sẵn để tham khảo "
        f"{field.by.full_name} đã đối chiếu 28/04/2021"
    )
    assert told in shown.all("td[data-label=Nguồn] p")


def test_a_meeting_that_awards_asks_for_the_quorum_of_one(field):
    field.campaign.award_quorum_numerator, field.campaign.award_quorum_denominator = 80, 100
    members, meeting = _council(field, size=5)
    assert (meeting.quorum_numerator, meeting.quorum_denominator) == (2, 3)
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    before_council.put_before_council(field.campaign, meeting)
    assert (meeting.quorum_numerator, meeting.quorum_denominator) == (80, 100)
    for member in members[:3]:
        meeting_actions.set_presence(
            meeting,
            meetings.attendance(meeting.id, member.id),
            Presence.PRESENT,
            reason="",
            at=build.NOW,
        )
    with pytest.raises(RuleViolation, match=r"Chưa đủ điều kiện họp: có mặt 3/5, phải đạt 80 %\."):
        meeting_actions.open_meeting(meeting, at=build.NOW)


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


@pytest.mark.parametrize(
    ("members", "women", "kept"), [(10, 7, (10, 7)), (None, None, (None, None))]
)
def test_how_many_of_a_collective_are_women_is_written_with_it(field, members, women, kept):
    row = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        field.collective,
        {"name": "Tổ Một", "member_count": members, "women_count": women},
    )
    assert (row.member_count, row.women_count) == kept
    person = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        field.person,
        {"name": "Lê An", "honorific": "Bà", "member_count": 3, "women_count": 1},
    )
    assert (person.member_count, person.women_count) == (None, None)


@pytest.mark.parametrize(
    ("members", "women", "name", "sentence"),
    [
        (10, 11, "women_count", "Số nữ không được nhiều hơn số người của tập thể."),
        (10, None, "women_count", "Hãy ghi cả số người và số nữ, hoặc để trống cả hai."),
        (None, 3, "member_count", "Hãy ghi cả số người và số nữ, hoặc để trống cả hai."),
    ],
)
def test_women_of_a_collective_are_among_its_members(field, members, women, name, sentence):
    with pytest.raises(RuleViolation) as refused:
        nominating.save_nominee(
            field.campaign,
            None,
            field.entries[0],
            field.collective,
            {"name": "Tổ Một", "member_count": members, "women_count": women},
        )
    assert (str(refused.value), refused.value.field) == (sentence, name)


def test_a_kind_says_that_its_majority_is_only_a_proposal(field, sign_in, page):
    shown = page(sign_in(field.by).get(f"/campaigns/{field.campaign.id}/awards/kinds")).all(
        ".proposal"
    )
    assert shown == ["Mức biểu quyết này là đề xuất, không phải quy định của pháp luật."] * 2
    field.collective.vote = rule_to_data(VoteRule(Mode.OPEN, Base.TOTAL, 2, 3))
    form = db.session.get_one(AwardForm, field.person.form_id)
    form.vote_ground = Ground.LAW
    db.session.commit()
    assert (
        page(sign_in(field.by).get(f"/campaigns/{field.campaign.id}/awards/kinds")).all(".proposal")
        == []
    )


@pytest.mark.parametrize(
    ("code", "ground"),
    [
        ("RS-2017", Ground.PROPOSAL),
        ("RS-2022a", Ground.LAW),
        ("RS-2022b", Ground.LAW),
        ("RS-2026", Ground.LAW),
    ],
)
def test_the_emulation_fighter_of_an_office_needs_80_per_cent_of_all_members_by_ballot(
    app, code, ground
):
    build.rule_set(code=code)
    honours.install_catalogue()
    row = next(form for form in catalogue.forms(code) if form.code == "chien-si-thi-dua")
    assert (rule_from_data(row.vote), row.vote_ground) == (
        VoteRule(Mode.SECRET, Base.TOTAL, 80, 100),
        ground,
    )


def test_an_upgrade_corrects_the_majority_that_was_shipped_wrong_and_no_other(app):
    build.rule_set(code="RS-2022a")
    honours.install_catalogue()
    row = next(form for form in catalogue.forms("RS-2022a") if form.code == "chien-si-thi-dua")
    for stored, kept in (
        (VoteRule(Mode.SECRET, Base.TOTAL, 90, 100), 80),
        (VoteRule(Mode.OPEN, Base.TOTAL, 75, 100), 75),
    ):
        row.vote, row.vote_source, row.vote_ground = rule_to_data(stored), "", Ground.LAW
        honours.install_catalogue()
        assert rule_from_data(row.vote).numerator == kept


def test_no_source_of_a_rule_set_is_younger_than_the_rule_set():
    ends = {rules["code"]: rules["in_force_to"] for rules in RULE_SETS}
    for code, rows in AWARD_FORMS.items():
        sources = [
            str(row.get(name, ""))
            for row in rows
            for name in ("source", "vote_source", "report_source", "report_form")
        ]
        years = [int(year) for source in sources for year in re.findall(r"/(20\d\d)/", source)]
        assert ends[code] is None or max(years) <= ends[code].year, code
    for day, _amount, source in BASE_SALARIES:
        assert all(int(year) <= day.year for year in re.findall(r"/(20\d\d)/", source))


def test_the_rule_set_of_a_decision_follows_the_day_its_dossier_was_received(field, sign_in, page):
    rules = build.rule_set()
    rules.in_force_to = date(2021, 4, 27)
    newer = build.rule_set(
        code="RS-MOI",
        in_force_from=date(2021, 4, 28),
        legal_basis="Luật mới",
        rounding=Rounding.NONE,
    )
    form = db.session.get_one(AwardForm, field.collective.form_id)
    db.session.add(
        AwardForm(
            rule_set_code=newer.code,
            code=form.code,
            name=form.name,
            level=form.level,
            signatory=form.signatory,
            coefficient=Decimal("0.5"),
            vote=form.vote,
        )
    )
    decision = _drafted(field)
    assert (decision.received_on, decision.rule_set_code, decision.legal_basis) == (
        TODAY,
        "RS-MOI",
        "Luật mới",
    )
    assert [line.amount for line in decisions.lines_of(decision.id)] == [1_490_000]
    assert decisions.law_warnings(decision) == ["Căn cứ: Luật: thiếu ngày ban hành."]
    deciding.edit_decision(field.campaign, decision, {"received_on": date(2021, 4, 27)})
    assert (decision.rule_set_code, decision.legal_basis) == ("RS-THU", "Luật Thi đua, khen thưởng")
    assert [line.amount for line in decisions.lines_of(decision.id)] == [900_000]
    deciding.edit_decision(
        field.campaign, decision, {"rule_set_code": "RS-MOI", "legal_basis": "Luật của Sở"}
    )
    db.session.commit()
    told = (
        "Bộ quy định RS-MOI có hiệu lực từ 28/04/2021, không gồm ngày nhận hồ sơ 27/04/2021; "
        "ngày đó theo RS-THU. "
        "Hồ sơ nhận trước ngày quy định mới có hiệu lực thì theo quy định cũ, trừ khi quy định "
        "mới có lợi hơn."
    )
    assert decisions.law_warnings(decision)[0] == told
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert page(sign_in(field.by).get(address)).all("#law-warnings li")[0] == told


def test_a_dossier_was_received_when_the_last_head_signed(field):
    for entry, moment in zip(
        field.entries[:2], ("2021-04-20T02:00", "2021-04-21T20:00"), strict=True
    ):
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
            signed_by_id=field.by.id,
            signed_at=datetime.fromisoformat(moment).replace(tzinfo=UTC),
        )
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    assert deciding.draft_decision(field.campaign, on=TODAY).received_on == date(2021, 4, 22)


def test_a_basis_younger_than_the_decision_is_warned_of_before_it_is_signed(field):
    decision = _drafted(field)
    text = (
        "Quyết định số 9/QĐ-UBND ngày 29 tháng 4 năm 2021 của Uỷ ban nhân dân tỉnh về khen thưởng"
    )
    deciding.edit_decision(field.campaign, decision, {"legal_basis": text})
    assert decisions.law_warnings(decision) == [
        "Căn cứ: Quyết định 9/QĐ-UBND ban hành ngày 29/04/2021, sau ngày 28/04/2021 của văn bản."
    ]


def test_of_two_awards_of_one_collective_only_the_highest_is_paid(field):
    build.rule_set().pays_highest_only = True
    build.rule_set().highest_source = "NĐ 152/2025/NĐ-CP Điều 49"
    higher = build.award_kind(
        field.campaign,
        form=build.award_form(name="Giấy khen chuyên đề", coefficient=Decimal("0.5")),
    )
    for kind in (field.collective, higher):
        build.nominee(
            field.campaign,
            of=field.entries[0],
            kind=kind,
            name="Đơn vị Một",
            state=NomineeState.PROPOSED,
        )
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=TODAY)
    assert sorted((line.amount, line.steps) for line in decisions.lines_of(decision.id)) == [
        (
            0,
            "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000; chỉ "
            "trả mức cao nhất "
            "(NĐ 152/2025/NĐ-CP Điều 49), đã tính ở Giấy khen chuyên đề: 0",
        ),
        (1_490_000, "1.490.000 × 0,5 × 2 = 1.490.000"),
    ]


def test_a_household_is_awarded_one_and_a_half_times_a_person(field):
    form = build.award_form(name="Giấy khen hộ", for_households=True)
    kind = award_kinds.save_kind(
        field.campaign,
        None,
        form=form,
        subject=Subject.HOUSEHOLD,
        vote=VoteRule(),
        leader_limit=None,
    )
    row = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        kind,
        {"name": "Hộ bà Lê Thị An", "achievements": "Nộp thuế"},
    )
    row.state = NomineeState.PROPOSED
    build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=field.collective,
        name="Đơn vị",
        state=NomineeState.PROPOSED,
    )
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=TODAY)
    assert [
        (line.subject, line.name, line.honorific, line.amount, line.steps)
        for line in decisions.lines_of(decision.id)
    ] == [
        (
            Subject.COLLECTIVE,
            "Đơn vị",
            "",
            900_000,
            "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000",
        ),
        (
            Subject.HOUSEHOLD,
            "Hộ bà Lê Thị An",
            "",
            680_000,
            "1.490.000 × 0,3 × 1,5 = 670.500, làm tròn lên hàng chục nghìn đồng: 680.000",
        ),
    ]
    assert decisions.about_whom_of(decision.id) == "Đơn vị, Hộ bà Lê Thị An"
    decision.signer_name = "Phạm Minh Đức"
    names = [
        recipient["name"]
        for recipient in certificate_data(
            field.campaign, _sign(field, decision), decisions.lines_of(decision.id)
        )["recipients"]
    ]
    assert names == ["Tập thể Đơn vị", "Hộ bà Lê Thị An"]


def test_a_form_that_is_not_for_households_names_none(field):
    with pytest.raises(RuleViolation, match=r"không tặng hộ gia đình\."):
        award_kinds.save_kind(
            field.campaign,
            None,
            form=build.award_form(name="Giấy khen khác"),
            subject=Subject.HOUSEHOLD,
            vote=VoteRule(),
            leader_limit=None,
        )
    kind = build.award_kind(
        field.campaign, subject=Subject.HOUSEHOLD, form=build.award_form(for_households=True)
    )
    with pytest.raises(RuleViolation, match=r"Hãy ghi tên hộ\."):
        nominating.save_nominee(field.campaign, None, field.entries[0], kind, {"name": " "})


@pytest.mark.parametrize(
    ("code", "households"),
    [("RS-2017", []), ("RS-2022b", ["giay-khen", "bang-khen-tinh", "bang-khen-bo"])],
)
def test_households_are_awarded_by_the_rule_sets_that_know_them(app, code, households):
    build.rule_set(code=code)
    honours.install_catalogue()
    rows = [row for row in catalogue.forms(code) if row.for_households]
    assert (
        [row.code for row in rows],
        {row.household_factor for row in rows} - {Decimal("1.5")},
    ) == (households, set())


def test_what_an_earlier_decision_of_the_campaign_paid_is_not_paid_again(field):
    build.rule_set().pays_highest_only = True
    first = _sign(field, _drafted(field))
    other = build.award_kind(field.campaign, form=build.award_form(name="Giấy khen khác"))
    entry = field.entries[0]
    row = build.nominee(field.campaign, of=entry, kind=other, name=f"Đơn vị {entry.id}")
    second = build.decision(field.campaign, signer_name="Phạm Minh Đức")
    build.decision_line(second, nominee=row, kind=other)
    figures.refigure(field.campaign, second)
    (line,) = decisions.lines_of(second.id)
    assert (line.amount, line.steps.split("; ")[1]) == (
        0,
        f"chỉ trả mức cao nhất, đã trả 900.000 theo Quyết định số {first.title}: 0",
    )


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (date(2025, 7, 15), ["Quyết định của tỉnh", "Luật", "Thông tư cũ"]),
        (date(2025, 8, 5), ["Quyết định của tỉnh", "Luật", "Thông tư mới"]),
        (date(2026, 12, 1), ["Quyết định của tỉnh", "Luật", "Thông tư mới"]),
    ],
)
def test_a_draft_cites_what_stands_on_its_day_and_the_power_to_sign_first(app, day, lines):
    rules = build.rule_set(
        power_basis="Quyết định của tỉnh",
        in_force_to=date(2026, 9, 30),
        legal_basis="Luật\nThông tư cũ (đến 04/08/2025)\nThông tư mới (từ 05/08/2025)",
    )
    assert deciding.drafted_basis(rules, day).splitlines() == lines


def test_gates_are_kept_as_they_were_chosen(field):
    how = dict.fromkeys(Gate, Strictness.OFF) | {Gate.REPORTED: Strictness.WARN}
    kind = award_kinds.save_kind(
        field.campaign,
        None,
        form=build.award_form(),
        subject=Subject.INDIVIDUAL,
        vote=VoteRule(),
        leader_limit=50,
        gates=how,
    )
    entry = build.participation(field.campaign, unit=build.unit(), block=field.block)
    row = build.nominee(field.campaign, of=entry, kind=kind)
    found = conditions.gate_checks(field.campaign, nominations.nominees(field.campaign.id))[row.id]
    assert [(one.gate, one.verdict.value) for one in found] == [(Gate.REPORTED, "warned")]


def test_outcomes_reach_the_unit(field):
    decision = _sign(field, _drafted(field))
    assert decisions.outcome_for_unit(field.campaign.id, [field.entries[0].unit_id]) == list(
        decisions.lines_of(decision.id)
    )
    assert decisions.outcome_for_unit(field.campaign.id, [field.entries[1].unit_id]) == []
    assert set(
        nominations.council_says(
            field.campaign.id, nominations.nominees(field.campaign.id)
        ).values()
    ) == {Outcome.ELECTED}


def test_people_stand_by_name_where_the_draft_says_so(field):
    for name, entry in (("Lê Yên", field.entries[0]), ("Trần An", field.entries[1])):
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.person,
            name=name,
            honorific="Ông",
            state=NomineeState.PROPOSED,
        )
    _elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=TODAY)
    assert [line.name for line in decisions.lines_of(decision.id)] == ["Lê Yên", "Trần An"]
    deciding.edit_decision(field.campaign, decision, {"order": Order.NAME})
    assert [line.name for line in decisions.lines_of(decision.id)] == ["Trần An", "Lê Yên"]


def test_a_line_is_revoked_once(field):
    old = _sign(field, _drafted(field))
    nominee_id = decisions.lines_of(old.id)[0].nominee_id
    first, second = (
        amending.amend(
            field.campaign, old, DecisionKind.REVOCATION, [nominee_id], reason="khai sai", on=TODAY
        )
        for _ in range(2)
    )
    _sign(field, first, number="46")
    with pytest.raises(
        RuleViolation, match="Có dòng đã được một quyết định khác điều chỉnh hoặc thu hồi"
    ):
        _sign(field, second, number="47")


def test_drafting_twice_gives_one_decision(field):
    _drafted(field)
    with pytest.raises(
        RuleViolation,
        match="Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.",
    ):
        deciding.draft_decision(field.campaign, on=TODAY)


def test_who_objected_is_for_those_who_decide_not_for_the_units(field, sign_in, page):
    decision = _drafted(field)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=date(2021, 4, 20))
    row = noticing.object_to(
        decision, author="Bà Người Góp Ý", words="Chưa rõ", nominee_id=None, on=date(2021, 4, 20)
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Đã rõ.",
        sends_back=False,
        by=field.by,
        at=build.NOW,
        on=TODAY,
    )
    _sign(field, decision)
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    shown = [
        ("Bà Người Góp Ý" in page(sign_in(user).get(address)).one("main"))
        for user in (build.user(Role.DIRECTOR), build.user(Role.UNIT_OFFICER, at=build.unit()))
    ]
    assert shown == [True, False]


@pytest.mark.both_databases
@pytest.mark.parametrize(("numbers", "signed"), [(("45", "46", "47"), 3), (("45", "45", "45"), 1)])
def test_signing_at_the_same_moment_leaves_no_gap_and_no_number_twice(
    app, field, sign_in, numbers, signed
):
    waiting = []
    for entry in field.entries:
        draft = build.decision(field.campaign, signer_name="Phạm Minh Đức")
        for kind in (field.collective, field.person):
            build.decision_line(
                draft,
                nominee=build.nominee(field.campaign, of=entry, kind=kind, honorific="Bà"),
                kind=kind,
            )
        waiting.append(f"/campaigns/{field.campaign.id}/decisions/{draft.id}/sign")
    director = build.user(Role.DIRECTOR)
    db.session.commit()
    clients, together, statuses = [sign_in(director) for _ in waiting], Barrier(len(waiting)), []
    tokens = [client.csrf_token() for client in clients]
    db.session.remove()

    def press(client, token, address, number):
        together.wait()
        with app.app_context():
            typed = {"number": number, "signed_on": "28/04/2021"}
            answer = super(type(client), client).open(
                address, method="POST", data=typed, headers={"X-CSRFToken": token}
            )
            statuses.append(answer.status_code)
            db.session.remove()

    threads = [
        Thread(target=press, args=row)
        for row in zip(clients, tokens, waiting, numbers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [HTTPStatus.SEE_OTHER] * signed + [
        HTTPStatus.UNPROCESSABLE_ENTITY
    ] * (3 - signed)
    taken = db.session.scalars(
        select(DecisionLine.register_number).where(DecisionLine.register_number.is_not(None))
    ).all()
    assert sorted(taken) == list(range(1, 2 * signed + 1))


def _nominee_form(row, version, **typed):
    return {
        "opened": version,
        "participation_id": row.participation_id,
        "kind_id": row.kind_id,
        "name": row.name,
        **typed,
    }


def test_the_second_who_saves_a_nominee_sees_both_texts_and_overwrites_only_what_he_has_seen(
    field, sign_in, page
):
    row = build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.DRAFT
    )
    browser, url = (
        sign_in(field.by),
        f"/campaigns/{field.campaign.id}/awards/nominees/{row.id}/edit",
    )
    opened = page(browser.get(url)).value("opened")
    assert (
        browser.post(
            url, data=_nominee_form(row, opened, measures="Bản của người trước")
        ).status_code
        == HTTPStatus.SEE_OTHER
    )
    told = page(browser.post(url, data=_nominee_form(row, opened, measures="Bản của người sau")))
    assert (told.status, told.all(".conflict__text")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Bản của người sau", "Bản của người trước"],
    )
    assert (row.measures, told.value("measures")) == ("Bản của người trước", "Bản của người sau")
    again = browser.post(
        url, data=_nominee_form(row, told.value("opened"), measures="Bản của người sau")
    )
    assert (again.status_code, row.measures) == (HTTPStatus.SEE_OTHER, "Bản của người sau")


def test_the_second_who_saves_the_head_of_a_decision_sees_both_texts(field, sign_in, page):
    decision = _drafted(field)
    browser, url = sign_in(field.by), f"/campaigns/{field.campaign.id}/decisions/{decision.id}/edit"
    opened = page(browser.get(url)).value("opened")
    head = {
        "opened": opened,
        "symbol": "QĐ-SCT",
        "planned_on": "28/04/2021",
        "signer_form": "self",
        "signer_job": "Giám đốc",
        "signer_name": "Phạm Minh Đức",
        "order": "rank",
        "notice_days": "0",
    }
    assert (
        browser.post(url, data={**head, "legal_basis": "Căn cứ của người trước"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    told = page(browser.post(url, data={**head, "legal_basis": "Căn cứ của người sau"}))
    assert (told.status, told.all(".conflict__text"), told.value("legal_basis")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Căn cứ của người sau", "Căn cứ của người trước"],
        "Căn cứ của người sau",
    )


def test_only_those_tied_at_the_line_compete_for_the_last_places(field):
    for entry in field.entries:
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
        )
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    _, meeting = _council(field)
    assert before_council.put_before_council(field.campaign, meeting) == 2
    first, second = votes.ballots(meeting.id)
    lines = votes.lines_of([first.id, second.id])
    assert [[line.participation_id for line in lines[one.id]] for one in (first, second)] == [
        [field.entries[0].id],
        [entry.id for entry in field.entries[1:]],
    ]
    assert [(one.places, one.follows_id) for one in (first, second)] == [
        (None, None),
        (1, first.id),
    ]
    assert [one.title.rpartition(": ")[2] for one in (first, second)] == [
        "trong chỉ tiêu",
        "tại ranh chỉ tiêu",
    ]
