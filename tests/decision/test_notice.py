"""Posting a draft, objections and their answers, and taking a draft back."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.notice import actions as noticing
from campaign.decision.rules import DecisionKind, DecisionState, ObjectionState
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.nomination import ballots as before_council
from campaign.nomination import proposals
from campaign.nomination import queries as nominations
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.voting import actions as voting
from campaign.voting import casting
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from campaign.web import clock
from tests import build, worlds


def test_a_posted_draft_waits_for_its_days_and_its_answers(field, drafted):
    decision = drafted()
    with pytest.raises(RuleViolation, match="Hãy ghi số ngày lấy ý kiến trong dự thảo."):
        noticing.post(decision, on=build.TODAY)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    noticing.post(decision, on=date(2021, 4, 20))
    assert decision.notice_until == date(2021, 4, 23)
    with pytest.raises(
        RuleViolation, match="Thời gian lấy ý kiến đến hết ngày 23/04/2021; chưa ký được."
    ):
        worlds.signed(field, decision, today=date(2021, 4, 23), signed_on=date(2021, 4, 23))
    row = noticing.object_to(
        decision, author="", words="Chưa rõ thành tích", nominee_id=None, on=date(2021, 4, 21)
    )
    with pytest.raises(RuleViolation, match="Còn ý kiến chưa trả lời."):
        worlds.signed(field, decision)
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Đã công khai.",
        sends_back=False,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
    )
    worlds.signed(field, decision)
    assert (row.state, decision.state) == (ObjectionState.KEPT, DecisionState.SIGNED)


def test_working_days_of_a_notice_leave_out_the_days_off_of_the_draft(field, drafted):
    decision = drafted()
    assert decision.notice_holidays == ["2021-01-01", "2021-04-30", "2021-05-01", "2021-09-02"]
    deciding.edit_decision(
        field.campaign,
        decision,
        {"notice_days": 3, "notice_holidays": [*decision.notice_holidays, "2021-05-03"]},
    )
    noticing.post(decision, on=date(2021, 4, 28))  # counted are 29/4, 4/5 and 5/5
    assert decision.notice_until == date(2021, 5, 5)


def test_days_off_are_read_as_a_list_of_dates_and_a_wrong_one_stays_typed(
    field, drafted, sign_in, page
):
    decision = drafted()
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


def test_an_objection_may_send_a_line_back_to_the_council(field, drafted):
    decision = drafted(2)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=build.TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    row = noticing.object_to(
        decision, author="Bà A", words="Không đúng người", nominee_id=doubted, on=build.TODAY
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
    )
    nominee = nominations.nominee(field.campaign.id, doubted)
    assert (
        len(decisions.lines_of(decision.id)),
        nominee.state,
        doubted in nominations.settled(field.campaign.id),
    ) == (1, NomineeState.LEFT_OUT, False)


def test_a_second_objection_that_is_sent_back_finds_the_line_gone_and_counts_once(field, drafted):
    decision = drafted(2)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=build.TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    objections = [
        noticing.object_to(
            decision, author=author, words="Không đúng người", nominee_id=doubted, on=build.TODAY
        )
        for author in ("Bà A", "Ông B")
    ]
    for row in objections:
        noticing.answer_objection(
            field.campaign,
            decision,
            row,
            answer="Xét lại.",
            sends_back=True,
            by=field.by,
            at=build.NOW,
            on=build.TODAY,
        )
    nominee = nominations.nominee(field.campaign.id, doubted)
    assert (
        [(row.state, row.answer) for row in objections],
        len(decisions.lines_of(decision.id)),
        nominee.state,
    ) == ([(ObjectionState.SENT_BACK, "Xét lại.")] * 2, 1, NomineeState.LEFT_OUT)
    field.campaign.phase = Phase.MEETING
    proposals.set_proposed(
        field.campaign,
        nominee,
        is_proposed=True,
        reason="đã kiểm tra lại",
        by=field.by,
        at=build.NOW,
    )
    _again(field)
    assert [row.id for row in decisions.undecided(field.campaign.id)] == [doubted]


def test_a_line_taken_off_by_hand_still_goes_back_to_the_council(field, drafted):
    decision = drafted(2)
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=build.TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    row = noticing.object_to(
        decision, author="Bà A", words="Không đúng người", nominee_id=doubted, on=build.TODAY
    )
    noticing.withdraw(decision, reason="xem lại danh sách", by=field.by, at=build.NOW)
    deciding.remove_line(field.campaign, decision, doubted)
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
    )
    nominee = nominations.nominee(field.campaign.id, doubted)
    assert (nominee.state, doubted in nominations.settled(field.campaign.id)) == (
        NomineeState.LEFT_OUT,
        False,
    )


def _sent_back(field, decision):
    """The first line of a posted draft goes back to the Council; its nominee."""
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=build.TODAY)
    doubted = decisions.lines_of(decision.id)[0].nominee_id
    row = noticing.object_to(
        decision, author="Bà A", words="Không đúng người", nominee_id=doubted, on=build.TODAY
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
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


def test_what_was_sent_back_is_decided_only_when_the_council_passed_it_again(field, drafted):
    decision = drafted(2)
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


def test_a_line_that_waits_for_its_second_vote_has_no_outcome(field, drafted):
    nominee = _sent_back(field, drafted(2))
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


def test_a_posted_draft_is_withdrawn_with_a_reason_and_posted_anew(field, drafted):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    with pytest.raises(RuleViolation, match="Dự thảo ghi lấy ý kiến 3 ngày mà chưa đưa ra"):
        worlds.signed(field, decision)
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
    field, drafted, sign_in, page
):
    decision = drafted()
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
        build.TODAY,
        build.NOW,
    )
    db.session.commit()
    officer = build.user(Role.UNIT_OFFICER, at=build.unit())
    assert [
        page(sign_in(user).get(address)).all(".history li b") != [] for user in (field.by, officer)
    ] == [True, False]


def test_a_draft_that_was_posted_once_is_not_deleted(field, drafted):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    noticing.post(decision, on=build.TODAY)
    noticing.withdraw(decision, reason="nhầm người ký", by=field.by, at=build.NOW)
    with pytest.raises(RuleViolation, match="Chỉ xoá được dự thảo chưa lấy ý kiến."):
        deciding.delete_decision(decision)


def test_what_cannot_be_signed_is_not_posted(field, drafted):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3, "signer_name": ""})
    with pytest.raises(RuleViolation, match="Dự thảo chưa có tên người ký."):
        noticing.post(decision, on=build.TODAY)
    deciding.edit_decision(field.campaign, decision, {"signer_name": "Phạm Minh Đức"})
    deciding.remove_line(field.campaign, decision, decisions.lines_of(decision.id)[0].nominee_id)
    with pytest.raises(RuleViolation, match="Danh sách kèm theo quyết định đang trống."):
        noticing.post(decision, on=build.TODAY)


def _posted(field, drafted):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3, "notice_is_public": False})
    noticing.post(decision, on=clock.today())
    db.session.commit()
    return decision, f"/campaigns/{field.campaign.id}/decisions/{decision.id}/notice"


def test_the_units_of_a_campaign_read_a_notice_that_is_not_public_and_object_to_it(
    field, drafted, sign_in, page
):
    decision, address = _posted(field, drafted)
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
        on=build.TODAY,
    )
    db.session.commit()
    assert page(browser.get(address)).all("article p") == [
        f"Đinh Trưởng, {units[0].name}, {row.received_on:%d/%m/%Y}, về {line.name}: Chưa rõ số "
        "liệu",
        "Trả lời 28/04/2021 (giữ nguyên): Đã đối chiếu.",
    ]
    assert page(sign_in(other).get(address)).all("article") == []


def test_a_notice_is_told_to_its_units_and_does_not_exist_for_others(field, drafted, sign_in, page):
    decision, address = _posted(field, drafted)
    browser = sign_in(
        build.user(Role.UNIT_OFFICER, at=db.session.get_one(Unit, field.entries[0].unit_id))
    )
    assert "Cho ý kiến về dự thảo quyết định khen thưởng" in page(browser.get("/home/")).one("main")
    note = page(browser.get(f"/campaigns/{field.campaign.id}/awards/")).one("p.note--info")
    assert note == (
        "Dự thảo quyết định khen thưởng đang lấy ý kiến đến hết ngày "
        f"{decision.notice_until:%d/%m/%Y}."
    )
    stranger = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND
    noticing.withdraw(decision, reason="soát lại", by=field.by, at=build.NOW)
    db.session.commit()
    shown = page(browser.post(address, data={"text": "Chưa rõ số liệu"}))
    assert (shown.status, shown.one(".page-head__lead"), shown.one(".error-summary p")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Dự thảo đã rút về sửa; khi đưa ra lấy ý kiến lại, đơn vị được báo",
        "Chỉ nhận ý kiến khi quyết định đang được lấy ý kiến.",
    )
    assert (shown.all("section.card ol li"), stranger.get(address).status_code) == (
        [],
        HTTPStatus.NOT_FOUND,
    )


def test_a_unit_objects_until_the_last_day_once_and_reads_afterwards_what_was_signed(
    field, drafted, sign_in, page
):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 3})
    unit = db.session.get_one(Unit, field.entries[0].unit_id)
    browser = sign_in(build.user(Role.UNIT_HEAD, at=unit))
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}/notice"
    db.session.commit()
    assert browser.get(address).status_code == HTTPStatus.NOT_FOUND
    noticing.post(decision, on=date(2021, 4, 20))

    def said(day):
        return noticing.object_to(
            decision, author="Đinh Trưởng", words="Sai tên", nominee_id=None, on=day, unit=unit
        )

    last = decision.notice_until
    assert said(last) is said(last)
    with pytest.raises(RuleViolation, match="Thời gian lấy ý kiến đã hết ngày 23/04/2021"):
        said(last + timedelta(days=1))
    (row,) = decisions.objections_of(decision.id)
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Đã sửa.",
        sends_back=False,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
    )
    shown = page(browser.get(address))
    assert (shown.one(".page-head__lead"), shown.all("textarea")) == (
        "Đã hết thời gian lấy ý kiến",
        [],
    )
    worlds.signed(field, decision)
    db.session.commit()
    assert f"/campaigns/{field.campaign.id}/decisions/{decision.id}" in page(
        browser.get(address)
    ).links("main a")


def test_who_objected_is_for_those_who_decide_not_for_the_units(field, drafted, sign_in, page):
    decision = drafted()
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
        on=build.TODAY,
    )
    worlds.signed(field, decision)
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    shown = [
        ("Bà Người Góp Ý" in page(sign_in(user).get(address)).one("main"))
        for user in (build.user(Role.DIRECTOR), build.user(Role.UNIT_OFFICER, at=build.unit()))
    ]
    assert shown == [True, False]


def test_a_notice_drafted_late_in_a_year_knows_the_new_years_day_within_it(field):
    decision = worlds.drafted(field, on=date(2021, 12, 27))
    assert decision.notice_holidays[4:] == ["2022-01-01", "2022-04-30", "2022-05-01", "2022-09-02"]


def _amending(field, decision, kind):
    line = decisions.lines_of(decision.id)[0]
    made = amending.amend(
        field.campaign, decision, kind, [line.nominee_id], reason="khai sai", on=build.TODAY
    )
    if kind is DecisionKind.CORRECTION:
        amending.correct_line(made, line.nominee_id, name="Tên đúng", honorific="", job="")
    deciding.edit_decision(field.campaign, made, {"notice_days": 1, "reason": "khai sai"})
    noticing.post(made, on=build.TODAY)
    return made, line.nominee_id


@pytest.mark.parametrize("kind", [DecisionKind.CORRECTION, DecisionKind.REVOCATION])
def test_who_holds_an_award_does_not_go_back_to_the_council_by_what_amends_it(
    field, drafted, sign_in, page, kind
):
    award = worlds.signed(field, drafted())
    made, nominee_id = _amending(field, award, kind)
    row = noticing.object_to(
        made, author="Bà A", words="Chưa đúng", nominee_id=nominee_id, on=build.TODAY
    )
    address = f"/campaigns/{field.campaign.id}/decisions/{made.id}"
    assert page(sign_in(field.by).get(address)).all("[name=sends_back]") == []
    with pytest.raises(
        RuleViolation, match=f"Dòng của quyết định {kind.label} không đưa lại Hội đồng; nếu ý kiến"
    ):
        noticing.answer_objection(
            field.campaign,
            made,
            row,
            answer="Xét lại.",
            sends_back=True,
            by=field.by,
            at=build.NOW,
            on=build.TODAY,
        )
    db.session.rollback()
    assert nominations.nominee(field.campaign.id, nominee_id).state is NomineeState.PROPOSED
    assert len(decisions.lines_of(made.id)) == 1


def test_who_stands_in_another_decision_does_not_go_back_by_an_opinion_on_the_first(field, drafted):
    first = drafted(2)
    deciding.edit_decision(field.campaign, first, {"notice_days": 1})
    noticing.post(first, on=build.TODAY)
    doubted = decisions.lines_of(first.id)[0].nominee_id
    row = noticing.object_to(
        first, author="Bà A", words="Chưa đúng", nominee_id=doubted, on=build.TODAY
    )
    noticing.withdraw(first, reason="làm riêng", by=field.by, at=build.NOW)
    deciding.remove_line(field.campaign, first, doubted)
    second = deciding.draft_decision(field.campaign, on=build.TODAY)
    deciding.edit_decision(field.campaign, second, {"signer_name": "Phạm Minh Đức"})
    worlds.signed(field, second)
    with pytest.raises(RuleViolation, match="nay có trong một quyết định khác nên không đưa lại"):
        noticing.answer_objection(
            field.campaign,
            first,
            row,
            answer="Xét lại.",
            sends_back=True,
            by=field.by,
            at=build.NOW,
            on=build.TODAY,
        )


def test_a_draft_that_was_posted_and_lost_its_last_line_does_not_hold_up_the_results(
    field, drafted, sign_in, page
):
    decision = drafted()
    deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
    noticing.post(decision, on=build.TODAY)
    (line,) = decisions.lines_of(decision.id)
    told = [problem.sentence for problem in problems(field.campaign, Step.PUBLISH, build.TODAY)]
    assert "Còn quyết định chưa ký." in told
    row = noticing.object_to(
        decision, author="Bà A", words="Chưa đúng", nominee_id=line.nominee_id, on=build.TODAY
    )
    noticing.answer_objection(
        field.campaign,
        decision,
        row,
        answer="Xét lại.",
        sends_back=True,
        by=field.by,
        at=build.NOW,
        on=build.TODAY,
    )
    told = [problem.sentence for problem in problems(field.campaign, Step.PUBLISH, build.TODAY)]
    assert told == ["Chưa có quyết định khen thưởng nào được ký."]
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert (
        "Danh sách đang trống nên dự thảo này không còn gì để ký; phong trào vẫn công bố kết quả "
        "được."
    ) in page(sign_in(field.by).get(address)).all("p.note")
