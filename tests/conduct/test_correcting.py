"""The whole plan is put right before the first report, with a reason and on record."""

from decimal import Decimal

import pytest

from campaign.conduct import actions as conduct
from campaign.conduct.correcting import open_round
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.models import Band, Campaign, CorrectionRound, PlanCorrection
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from tests import build


@pytest.fixture
def launched(app):
    """A launched plan in which nothing is lacking: two criteria of 60 and 40 points."""
    rules = build.rule_set(code="RS-THU")
    campaign = build.campaign(
        phase=Phase.LAUNCHED,
        announcement="Thi đua chào mừng",
        legal_basis="Luật Thi đua, khen thưởng",
        rule_set_code=rules.code,
    )
    build.block(campaign, name="Khối Sở")
    build.period(campaign)
    db.session.add(Band(campaign_id=campaign.id, name="Tốt", from_points=Decimal(80)))
    group = build.group(campaign, code="I")
    build.criterion(campaign, within=group, code="1", maximum="60")
    build.criterion(campaign, within=group, code="2", maximum="40")
    for function in (CouncilFunction.CHAIR, CouncilFunction.MEMBER):
        build.member(campaign, user=build.user(), function=function)
    db.session.commit()
    return campaign


def _noted():
    rows = db.session.query(PlanCorrection).order_by(PlanCorrection.id)
    return [(row.subject, row.before, row.after, row.reason) for row in rows]


def _give(browser, campaign, code, maximum):
    row = next(row for row in scheme_of(campaign.id).criteria if row.code == code)
    return browser.post(
        f"/campaigns/{campaign.id}/criteria/{row.id}",
        data={
            "group_id": row.group_id,
            "code": row.code,
            "name": row.name,
            "maximum": maximum,
            "judged_by": "council",
            "kind": "linear",
            "judgement": "level",
        },
    )


def test_points_are_corrected_before_the_first_report_and_each_change_is_on_record(
    launched, sign_in, page
):
    browser = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{launched.id}"
    refused = page(browser.post(f"{at}/correction", data={"reason": " "}))
    assert (refused.status, refused.one("#reason-error")) == (422, "Hãy ghi lý do đính chính.")
    names = {row.code: row.name for row in scheme_of(launched.id).criteria}
    _give(browser, launched, "1", "55")
    assert scheme_of(launched.id).criteria[0].maximum == Decimal(60)
    browser.post(f"{at}/correction", data={"reason": "in nhầm điểm"})
    _give(browser, launched, "1", "55")
    shown = page(browser.get(f"{at}/correction"))
    assert shown.all(".card li a") == ["Tổng điểm chuẩn đang là 95,00, phải đúng thang điểm 100."]
    browser.post(f"{at}/correction/close", headers={"Referer": f"http://localhost{at}/correction"})
    assert page(browser.get(f"{at}/correction")).all(".flashes p") == [
        "Kế hoạch sau đính chính chưa đúng: Tổng điểm chuẩn đang là 95,00, phải đúng thang điểm "
        "100."
    ]
    _give(browser, launched, "2", "45")
    shown = page(browser.get(f"{at}/correction"))
    assert shown.all(".history b") == ["Tiêu chí 1: điểm tối đa", "Tiêu chí 2: điểm tối đa"]
    browser.post(f"{at}/correction/close")
    assert _noted() == [
        ("Tiêu chí 1: điểm tối đa", "60", "55", "in nhầm điểm"),
        ("Tiêu chí 2: điểm tối đa", "40", "45", "in nhầm điểm"),
    ]
    assert db.session.query(CorrectionRound).count() == 0
    _give(browser, launched, "1", "60")
    assert [(row.name, row.maximum) for row in scheme_of(launched.id).criteria] == [
        (names["1"], Decimal(55)),
        (names["2"], Decimal(45)),
    ]
    assert "60 → 55" in page(browser.get(f"{at}/")).one("#corrections")


def test_while_a_plan_is_corrected_it_moves_neither_on_nor_back(launched):
    by = build.user()
    open_round(launched, reason="sai", by=by, at=build.NOW)
    for step in (Step.OPEN_REPORTING, Step.BACK):
        with pytest.raises(RuleViolation) as refused:
            conduct.move(launched, step, expected=Phase.LAUNCHED, reason="x", by=by, at=build.NOW)
        assert str(refused.value) == "Kế hoạch đang được đính chính; hãy ghi đính chính trước."
    with pytest.raises(RuleViolation, match="Kế hoạch đang được đính chính rồi"):
        open_round(launched, reason="sai", by=by, at=build.NOW)


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (Phase.DRAFT, "Phong trào chưa phát động: hãy sửa thẳng trong kế hoạch."),
        (
            Phase.REPORTING,
            "Đã mở báo cáo: chỉ đính chính được lời văn, hướng dẫn, nhiệm vụ; điểm và quy tắc "
            "không sửa được nữa.",
        ),
        (
            Phase.PUBLISHED,
            "Phong trào đã công bố kết quả: kế hoạch không đính chính được nữa.",
        ),
    ],
)
def test_at_any_other_step_points_and_rules_are_never_corrected(
    app, sign_in, page, phase, sentence
):
    campaign = build.campaign(phase=phase)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get(f"/campaigns/{campaign.id}/correction")).all("main .note") == [sentence]
    with pytest.raises(RuleViolation) as refused:
        open_round(campaign, reason="sai", by=build.user(), at=build.NOW)
    assert str(refused.value) == sentence


def test_a_first_report_closes_the_way_to_points_and_rules(launched):
    campaign = db.session.get_one(Campaign, launched.id)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    build.report(of=entry, period=build.period(campaign, is_final=False))
    with pytest.raises(RuleViolation) as refused:
        open_round(campaign, reason="sai", by=build.user(), at=build.NOW)
    assert str(refused.value) == (
        "Đã có báo cáo: chỉ đính chính được lời văn, hướng dẫn, nhiệm vụ; điểm và quy tắc không "
        "sửa được nữa."
    )


def test_a_round_in_which_nothing_changed_leaves_no_correction(launched, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{launched.id}/correction"
    browser.post(at, data={"reason": "xem lại"})
    browser.post(f"{at}/close")
    assert (_noted(), launched.is_frozen) == ([], True)
