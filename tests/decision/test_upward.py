"""What is sent upwards, and the answer."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision.rules import Answer
from campaign.decision.upward import actions as upwards
from campaign.decision.upward import queries as upward_requests
from campaign.extensions import db
from campaign.honours.rules import Level
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from tests import build, worlds


def test_each_level_is_sent_its_own_letter(field, sign_in, page):
    campaign, rows = field.campaign, {}
    for level in (Level.PROVINCE, Level.MINISTRY):
        kind = build.award_kind(
            campaign, of_type=build.award_type(name=f"Bằng khen {level.label}", level=level)
        )
        rows[level] = build.nominee(
            campaign, of=field.entries[0], kind=kind, state=NomineeState.PROPOSED
        ).id
    worlds.elect(field)
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
        data={"level": "ministry", "letter": "Tờ trình số 13 / TTr-SCT"},
    )
    db.session.expire_all()
    assert [
        (request.nominee_id, request.letter) for request in upward_requests.upward(campaign.id)
    ] == [(rows[Level.MINISTRY], "13/TTr-SCT")]
    assert [request.id for request in upward_requests.waiting_upward(campaign.id)] == [
        rows[Level.PROVINCE]
    ]


def test_a_higher_award_is_sent_upwards_and_its_answer_recorded(field):
    form = build.award_type(name="Bằng khen", level=Level.PROVINCE)
    kind = build.award_kind(field.campaign, of_type=form)
    row = build.nominee(field.campaign, of=field.entries[0], kind=kind, state=NomineeState.PROPOSED)
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    with pytest.raises(RuleViolation, match="Không có đề nghị nào đã được Hội đồng thông qua"):
        deciding.draft_decision(field.campaign, on=build.TODAY)
    waiting = upward_requests.waiting_upward(field.campaign.id)
    assert [nominee.id for nominee in waiting] == [row.id]
    upwards.send_upwards(field.campaign, waiting, letter="12/TTr-SCT", on=build.TODAY)
    (sent,) = upward_requests.upward(field.campaign.id)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do không khen thưởng."):
        upwards.record_answer(sent, Answer.REFUSED, on=build.TODAY, number="", reason="")
    with pytest.raises(RuleViolation, match="Hãy ghi số quyết định của cấp trên."):
        upwards.record_answer(sent, Answer.GRANTED, on=build.TODAY, number="", reason="")
    upwards.record_answer(sent, Answer.GRANTED, on=build.TODAY, number="900/QĐ-UBND", reason="")
    assert (sent.answer, upward_requests.waiting_upward(field.campaign.id)) == (Answer.GRANTED, [])
