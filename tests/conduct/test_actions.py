"""Moving a campaign: one table of moves, what blocks them, and who was first."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaign.conduct import actions
from campaign.conduct.problems import problems
from campaign.conduct.queries import phase_items
from campaign.conduct.rules import MOVES, Step, steps_from
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.meeting.rules import MeetingState
from campaign.nomination.rules import NomineeState
from campaign.planning.queries import phase_changes
from campaign.planning.rules import Phase
from campaign.publicity import actions as publicity
from campaign.reporting.rules import ReportState
from campaign.scheme.models import Allocation, CriterionScope
from campaign.scheme.rules.terms import JudgedBy
from tests import build

AT = build.NOW


def _move(campaign, step, *, expected=None, reason="", is_warned=True):
    actions.move(
        campaign,
        step,
        expected=expected or campaign.phase,
        reason=reason,
        by=build.user(),
        at=AT,
        is_warned=is_warned,
    )


def test_every_phase_but_the_last_leads_somewhere():
    assert {phase for phase in Phase if not steps_from(phase)} == {Phase.PUBLISHED}


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("step", list(Step))
def test_a_move_that_is_not_in_the_table_is_refused(app, phase, step):
    if (phase, step) in MOVES:
        return
    with pytest.raises(RuleViolation, match=f"Phong trào đang ở bước “{phase.label}”"):
        _move(build.campaign(phase=phase), step)


def test_of_two_who_move_the_campaign_the_second_is_told(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    _move(campaign, Step.START_VERIFYING)
    with pytest.raises(RuleViolation, match="Phong trào vừa được chuyển sang bước “Thẩm định”"):
        _move(campaign, Step.START_VERIFYING, expected=Phase.REPORTING)


def test_a_step_back_needs_its_reason_and_is_on_record(app):
    campaign = build.campaign(phase=Phase.VERIFYING)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do quay lại bước trước"):
        _move(campaign, Step.BACK)
    _move(campaign, Step.BACK, reason="Mở nhầm")
    assert [(row.from_phase, row.to_phase, row.reason) for row in phase_changes(campaign.id)] == [
        (Phase.VERIFYING, Phase.REPORTING, "Mở nhầm")
    ]


def test_nobody_goes_back_from_a_meeting_that_is_not_finished(app):
    campaign = build.campaign(phase=Phase.MEETING)
    chair, secretary = (
        build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=function)
        for function in (CouncilFunction.CHAIR, CouncilFunction.SECRETARY)
    )
    meeting = build.meeting(campaign, chair=chair, secretary=secretary)
    with pytest.raises(RuleViolation, match="Cuộc họp Hội đồng chưa xác nhận biên bản"):
        _move(campaign, Step.BACK, reason="Chấm lại")
    meeting.opened_at = meeting.closed_at = meeting.confirmed_at = build.NOW
    meeting.state, meeting.minutes = MeetingState.CONFIRMED, {}
    db.session.flush()
    _move(campaign, Step.BACK, reason="Chấm lại")
    assert campaign.phase is Phase.SCORING


def test_reporting_does_not_open_without_a_confirmed_unit(app):
    with pytest.raises(RuleViolation, match="Chưa có đơn vị nào được xác nhận tham gia"):
        _move(build.campaign(phase=Phase.LAUNCHED), Step.OPEN_REPORTING)


def test_who_is_not_given_an_indicator_that_is_given_to_some_is_told_before_reports_open(app):
    """What is given to the first unit is asked of nobody else; a criterion of one block leaves
    out nobody of another.
    """
    campaign = build.campaign(phase=Phase.LAUNCHED)
    block, other = (build.block(campaign, name=name) for name in ("Cụm Một", "Cụm Hai"))
    units = [build.unit(name=f"Xã {number}", short_name=f"Xã {number}") for number in range(1, 9)]
    for unit in units:
        build.participation(campaign, unit=unit, block=other if unit is units[7] else block)
    saved = build.indicator(campaign, name="Tiết kiệm")
    criterion = build.criterion(
        campaign, judged_by=JudgedBy.INDICATOR, indicator_id=saved.id, maximum="10"
    )
    db.session.add(CriterionScope(criterion_id=criterion.id, block_id=block.id))
    db.session.flush()
    told = [row.sentence for row in problems(campaign, Step.OPEN_REPORTING, date(2021, 4, 27))]
    assert told == []
    db.session.add(Allocation(indicator_id=saved.id, unit_id=units[0].id, target=Decimal(5)))
    db.session.flush()
    told = problems(campaign, Step.OPEN_REPORTING, date(2021, 4, 27))
    assert [(row.sentence, row.is_blocking) for row in told] == [
        (
            "Chỉ tiêu “Tiết kiệm” giao riêng cho từng đơn vị; 6/8 đơn vị không được giao nên "
            "không chấm: Xã 2, Xã 3, Xã 4, Xã 5, Xã 6 và 1 đơn vị khác.",
            False,
        )
    ]


def test_warnings_must_have_been_seen(app):
    campaign = build.campaign(phase=Phase.SCORING)
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    with pytest.raises(RuleViolation, match="Hãy xem các cảnh báo"):
        _move(campaign, Step.CLOSE_SCORING, is_warned=False)
    _move(campaign, Step.CLOSE_SCORING)
    assert campaign.phase is Phase.MEETING


@pytest.mark.parametrize("recuses_block", [True, False])
def test_a_block_that_too_few_may_mark_is_told_before_scoring_opens(app, recuses_block):
    campaign = build.campaign(phase=Phase.VERIFYING, recuses_block=recuses_block)
    block, own = build.block(campaign, name="Khối Một"), build.unit(name="Sở Hai")
    for unit in (own, build.unit()):
        build.participation(campaign, unit=unit, block=block)
    build.criterion(campaign)
    for function, at in ((CouncilFunction.CHAIR, None), (CouncilFunction.MEMBER, own.id)):
        user = build.user(Role.COUNCIL_MEMBER, unit_id=at)
        build.member(campaign, user=user, function=function)
    told = [row.sentence for row in problems(campaign, Step.OPEN_SCORING, date(2021, 4, 27))]
    units = "mọi đơn vị" if recuses_block else "1/2 đơn vị (Sở Hai)"
    assert told[0] == (
        f"Khối Một: {units} chỉ có 1 người trong Hội đồng chấm được, ít hơn số phiếu chấm tối "
        "thiểu 2, nên sẽ không xếp hạng được."
    )


def test_a_proposal_the_council_has_not_settled_is_told_before_the_decision(app):
    campaign = build.campaign(phase=Phase.MEETING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    for state in (NomineeState.PROPOSED, NomineeState.LEFT_OUT):
        build.nominee(campaign, of=entry, kind=kind, state=state)
    sentences = [
        problem.sentence
        for problem in problems(campaign, Step.DECIDE, build.TODAY)
        if problem.endpoint == "decision.index"
    ]
    assert sentences == [
        "Còn 1 đề xuất khen thưởng chưa đưa ra Hội đồng, hoặc lượt biểu quyết đã huỷ."
    ]


def test_nothing_is_published_before_the_ranking_is_frozen(app):
    with pytest.raises(RuleViolation, match="Chưa chốt xếp hạng"):
        _move(build.campaign(phase=Phase.DECIDING), Step.PUBLISH)


def test_the_strip_tells_where_a_campaign_stands_and_when_each_past_step_ended(app):
    campaign = build.campaign(
        phase=Phase.SCORING, starts_on=date(2021, 2, 26), ends_on=date(2021, 4, 30)
    )
    block, period, by = build.block(campaign), build.period(campaign), build.user()
    build.verified(
        of=build.participation(campaign, unit=build.unit(), block=block), period=period, by=by
    )
    sent = build.report(
        of=build.participation(campaign, unit=build.unit(), block=block),
        period=period,
        state=ReportState.AWAITING_SIGNATURE,
    )
    build.participation(campaign, unit=build.unit(), block=block)

    def notes():
        return [(item.note, item.state) for item in phase_items(campaign)]

    assert notes() == [
        ("26/02/2021", "done"),
        ("kỳ cuối đã nộp 1/3 đơn vị", "left"),
        ("kỳ cuối xong 1/3 đơn vị", "left"),
        ("đang chấm", "current"),
        ("chưa mở", "todo"),
        ("chưa mở", "todo"),
        ("chưa mở", "todo"),
    ]
    build.version(of=sent, by=by)
    assert notes()[1] == ("kỳ cuối đã nộp 1/3 đơn vị", "left"), (
        "written again after it was returned, not signed yet"
    )
    sent.state = ReportState.RETURNED
    db.session.flush()
    assert notes()[1] == ("kỳ cuối đã nộp 1/3 đơn vị", "left"), "returned"
    sent.state = ReportState.SUBMITTED
    db.session.flush()
    assert notes()[1] == ("kỳ cuối đã nộp 2/3 đơn vị", "left"), "signed again"
    actions.move(
        campaign,
        Step.CLOSE_SCORING,
        expected=Phase.SCORING,
        reason="",
        by=by,
        at=datetime(2021, 5, 7, 18, tzinfo=UTC),
        is_warned=True,
    )
    assert notes()[3:] == [
        ("xong 08/05/2021", "done"),
        ("đang tiến hành", "current"),
        ("chưa mở", "todo"),
        ("chưa mở", "todo"),
    ]


def test_a_step_is_done_when_every_unit_that_still_takes_part_has_done_it(app):
    campaign = build.campaign(phase=Phase.SCORING)
    block, period, by = build.block(campaign), build.period(campaign), build.user()
    entries = [build.participation(campaign, unit=build.unit(), block=block) for _ in range(3)]
    for entry in entries[:2]:
        build.verified(of=entry, period=period, by=by)

    def notes():
        return [(item.note, item.state) for item in phase_items(campaign)][1:3]

    assert notes() == [("kỳ cuối đã nộp 2/3 đơn vị", "left"), ("kỳ cuối xong 2/3 đơn vị", "left")]
    for entry in entries[1:]:
        entry.state, entry.withdrawal_reason = ParticipationState.WITHDRAWN, "Giải thể"
    db.session.flush()
    assert notes() == [("kỳ cuối đã nộp 1/1 đơn vị", "done"), ("kỳ cuối xong 1/1 đơn vị", "done")]


def test_whoever_moves_on_is_told_of_the_units_that_are_not_as_far(app):
    campaign = build.campaign(phase=Phase.REPORTING, clarification_days=5)
    block, period, by = build.block(campaign), build.period(campaign), build.user()
    entries = [build.participation(campaign, unit=build.unit(), block=block) for _ in range(4)]

    def told(step):
        return [
            row.sentence
            for row in problems(campaign, step, build.TODAY)
            if row.endpoint != "council.index"
        ]

    missing = "Còn {}/4 đơn vị chưa nộp báo cáo cuối kỳ."
    assert told(Step.START_VERIFYING) == [missing.format(4)]
    campaign.phase = Phase.VERIFYING
    nothing = "Chưa có báo cáo cuối kỳ nào thẩm định xong; Hội đồng chưa có gì để chấm."
    assert told(Step.OPEN_SCORING) == [missing.format(4), nothing]
    build.verified(of=entries[0], period=period, by=by)
    for entry in entries[1:3]:
        build.report(of=entry, period=period, state=ReportState.SUBMITTED)
    assert told(Step.OPEN_SCORING) == [
        missing.format(1),
        "Còn 2 báo cáo cuối kỳ chờ thẩm định; Hội đồng chưa chấm được các đơn vị ấy.",
        "Còn 1 đơn vị đã thẩm định xong mà chưa mở giải trình.",
    ]


def test_a_campaign_without_a_last_period_counts_its_units_all_the_same(app):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    campaign.phase = Phase.REPORTING
    db.session.flush()
    assert phase_items(campaign)[1].note == "kỳ cuối đã nộp 0/1 đơn vị"


def test_a_launch_is_taken_back_with_a_reason_until_a_report_exists(app):
    campaign = build.campaign(phase=Phase.LAUNCHED, announcement="Lời cũ")
    period, by = build.period(campaign), build.user(Role.SECRETARIAT)
    post = publicity.announce(campaign, on=build.TODAY)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do quay lại bước trước"):
        actions.move(campaign, Step.BACK, expected=Phase.LAUNCHED, reason=" ", by=by, at=build.NOW)
    report = build.report(
        of=build.participation(campaign, unit=build.unit(), block=build.block(campaign)),
        period=period,
    )
    with pytest.raises(
        RuleViolation, match="Đã có 1 báo cáo nên phong trào không về dự thảo được nữa"
    ):
        actions.move(
            campaign, Step.BACK, expected=Phase.LAUNCHED, reason="nhầm", by=by, at=build.NOW
        )
    db.session.delete(report)
    db.session.flush()
    actions.move(
        campaign, Step.BACK, expected=Phase.LAUNCHED, reason="phát động nhầm", by=by, at=build.NOW
    )
    assert (campaign.phase, campaign.is_frozen, post.published_on) == (Phase.DRAFT, False, None)
    assert [(row.from_phase, row.to_phase, row.reason) for row in phase_changes(campaign.id)] == [
        (Phase.LAUNCHED, Phase.DRAFT, "phát động nhầm")
    ]
    campaign.announcement = "Lời mới"
    assert publicity.announce(campaign, on=build.TODAY) is post
    assert (post.body, post.published_on) == ("Lời mới", build.TODAY)


def test_scoring_opens_with_those_who_are_in_office_that_day(app):
    campaign = build.campaign(phase=Phase.VERIFYING, minimum_marks=2)
    for function, term in (
        (CouncilFunction.CHAIR, {"term_to": date(2021, 4, 27)}),
        (CouncilFunction.SECRETARY, {"term_from": date(2021, 4, 29)}),
        (CouncilFunction.MEMBER, {"term_to": date(2021, 4, 28)}),
    ):
        user = build.user(Role.COUNCIL_MEMBER, name=f"Người là {function.value}")
        build.member(campaign, user=user, function=function, **term)
    told = [
        (row.sentence, row.is_blocking)
        for row in problems(campaign, Step.OPEN_SCORING, date(2021, 4, 28))
        if row.endpoint == "council.index"
    ]
    mend = "nên không chấm được; nếu chưa đúng, hãy sửa nhiệm kỳ."
    assert told == [
        ("Hội đồng chưa có Chủ tịch.", True),
        ("Hội đồng có 1 người, ít hơn số phiếu chấm tối thiểu 2.", True),
        (
            "Người là chair, Chủ tịch Hội đồng, đã hết nhiệm kỳ trong Hội đồng " + mend,
            False,
        ),
        (
            "Người là secretary, Thư ký Hội đồng, chưa đến nhiệm kỳ trong Hội đồng " + mend,
            False,
        ),
    ]
