"""After the launch words and allotted targets are put right with a reason and a day; points and
rules never.
"""

from decimal import Decimal
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import corrections
from campaign.planning.models import PlanCorrection, Task
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Allocation, Criterion, IndicatorOwner
from campaign.scheme.rules.terms import OwnerPart
from tests import build

AT = build.NOW


@pytest.fixture
def launched(app):
    return build.campaign(phase=Phase.REPORTING, announcement="Thi đua chào mừng")


def _noted():
    rows = db.session.query(PlanCorrection).order_by(PlanCorrection.id)
    return [(row.subject, row.before, row.after, row.reason) for row in rows]


def test_the_words_of_a_task_are_corrected_and_the_plan_says_when_and_why(launched, sign_in, page):
    task = build.task(launched, name="Xúc tiến thương mại", guidance="Ghi số hội trợ")
    browser = sign_in(build.user(Role.SECRETARIAT, name="Trần Thị Thư"))
    at = f"/campaigns/{launched.id}/plan/tasks/{task.id}"
    assert page(browser.get(at)).links("main .note a") == [f"{at}/correct"]
    assert page(browser.get(f"{at}/correct")).all("main label") == [
        "Tên",
        "Hướng dẫn",
        "Lý do đính chính",
    ]
    typed = {"name": "Xúc tiến thương mại", "guidance": "Ghi số hội chợ"}
    refused = page(browser.post(f"{at}/correct", data=typed))
    assert (refused.status, refused.one("#reason-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy ghi lý do đính chính.",
    )
    assert refused.value("guidance") == "Ghi số hội chợ"
    answer = browser.post(f"{at}/correct", data=typed | {"reason": "sai chính tả"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert _noted() == [
        (
            "Nhiệm vụ “Xúc tiến thương mại”: hướng dẫn",
            "Ghi số hội trợ",
            "Ghi số hội chợ",
            "sai chính tả",
        )
    ]
    assert db.session.get(Task, task.id).guidance == "Ghi số hội chợ"
    told = page(browser.get(f"/campaigns/{launched.id}/")).one("#corrections li")
    assert "Ghi số hội trợ → Ghi số hội chợ" in told
    assert told.endswith("Lý do: sai chính tả; Trần Thị Thư")


def test_the_guidance_of_a_criterion_is_seen_at_once_and_its_points_are_never_asked_for(
    launched, sign_in
):
    criterion = build.criterion(launched, maximum="10")
    assert scheme_of(launched.id).criteria[0].guidance == ""
    address = f"/campaigns/{launched.id}/plan/criteria/{criterion.id}/correct"
    sign_in(build.user(Role.SECRETARIAT)).post(
        address,
        data={
            "name": criterion.name,
            "guidance": "Đủ điểm khi đúng hạn",
            "maximum": "99",
            "reason": "thiếu hướng dẫn",
        },
    )
    (shown,) = scheme_of(launched.id).criteria
    assert (shown.guidance, shown.maximum) == ("Đủ điểm khi đúng hạn", Decimal(10))
    assert db.session.get(Criterion, criterion.id).maximum == Decimal(10)


@pytest.mark.parametrize(
    ("phase", "values", "reason", "sentence"),
    [
        (
            Phase.DRAFT,
            {"name": "Khác"},
            "sai",
            "Phong trào chưa phát động: hãy sửa thẳng trong kế hoạch.",
        ),
        (
            Phase.PUBLISHED,
            {"name": "Khác"},
            "sai",
            "Phong trào đã công bố kết quả: kế hoạch không đính chính được nữa.",
        ),
        (Phase.SCORING, {"name": "Một"}, "sai", "Chưa có gì thay đổi so với bản đã phát động."),
        (
            Phase.SCORING,
            {"name": "Khác"},
            " ",
            "Phong trào đã phát động: hãy ghi lý do đính chính.",
        ),
        (Phase.SCORING, {"name": "Hai"}, "sai", "Tên hoặc mã này đã có trong phong trào."),
    ],
)
def test_each_correction_that_cannot_be_says_why(app, phase, values, reason, sentence):
    campaign = build.campaign(phase=phase)
    task = build.task(campaign, name="Một")
    build.task(campaign, name="Hai")
    with pytest.raises(RuleViolation) as refused:
        corrections.correct(campaign, task, values, reason=reason, by=build.user(), at=AT)
    assert str(refused.value) == sentence


def test_a_unit_that_enrolled_later_is_given_its_target(launched, sign_in, page):
    indicator = build.indicator(launched, name="Doanh thu")
    first, late = build.unit(name="Huyện A"), build.unit(name="Huyện B")
    db.session.add(Allocation(indicator_id=indicator.id, unit_id=first.id, target=Decimal(12)))
    browser = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{launched.id}/indicators/{indicator.id}/allocations"
    assert page(browser.get(at)).links("main .note a") == ["?correct=1"]
    shown = page(browser.get(f"{at}?correct=1"))
    assert (shown.one("h1"), shown.value(f"target-{first.id}")) == (
        "Đính chính chỉ tiêu giao: Doanh thu",
        "12",
    )
    typed = {f"target-{first.id}": "12", f"target-{late.id}": "7,5", f"part-{late.id}": "support"}
    refused = page(browser.post(at, data=typed))
    assert (refused.status, refused.one("#reason-error"), refused.value(f"target-{late.id}")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Phong trào đã phát động: hãy ghi lý do đính chính.",
        "7,5",
    )
    assert (
        browser.post(at, data=typed | {"reason": "đăng ký sau"}).status_code == HTTPStatus.SEE_OTHER
    )
    assert _noted() == [
        ("Chỉ tiêu giao “Doanh thu”: Huyện B", "", "phối hợp; mục tiêu 7,5", "đăng ký sau")
    ]
    assert scheme_of(launched.id).indicators[indicator.id].allocations[late.id].target == Decimal(
        "7.5"
    )
    assert db.session.get(IndicatorOwner, (indicator.id, late.id)).part is OwnerPart.SUPPORT


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (Phase.MEETING, "Đã đóng chấm điểm: chỉ tiêu giao không sửa được nữa."),
        (Phase.SCORING, "Chưa có gì thay đổi so với bản đã phát động."),
    ],
)
def test_allotted_targets_stand_once_scoring_is_closed_and_nothing_is_noted_for_nothing(
    app, phase, sentence
):
    campaign, unit = build.campaign(phase=phase), build.unit()
    indicator = build.indicator(campaign)
    db.session.add(Allocation(indicator_id=indicator.id, unit_id=unit.id, target=Decimal(1)))
    db.session.flush()
    with pytest.raises(RuleViolation) as refused:
        corrections.correct_allocations(
            campaign,
            indicator,
            {},
            {unit.id: {"target": Decimal(1)}},
            reason="sai",
            by=build.user(),
            at=AT,
        )
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("held", "phase", "sentence"),
    [
        (True, Phase.LAUNCHED, ""),
        (
            True,
            Phase.REPORTING,
            "Đã mở báo cáo: chỉ tiêu đã giao không sửa được nữa; chỉ giao thêm được cho đơn vị "
            "chưa được giao.",
        ),
        (
            False,
            Phase.REPORTING,
            "Đã mở báo cáo và chỉ tiêu này mọi đơn vị cùng báo: giao riêng bây giờ thì các đơn vị "
            "khác không còn được tính.",
        ),
    ],
)
def test_targets_are_moved_until_reporting_opens(app, held, phase, sentence):
    campaign, unit = build.campaign(phase=phase), build.unit(name="Huyện A")
    indicator = build.indicator(campaign, name="Doanh thu")
    if held:
        db.session.add(Allocation(indicator_id=indicator.id, unit_id=unit.id, target=Decimal(1)))
    db.session.flush()

    def correct():
        corrections.correct_allocations(
            campaign,
            indicator,
            {},
            {unit.id: {"target": Decimal(2)}},
            reason="giao nhầm",
            by=build.user(),
            at=AT,
        )

    if sentence:
        with pytest.raises(RuleViolation) as refused:
            correct()
        assert (str(refused.value), _noted()) == (sentence, [])
    else:
        correct()
        assert _noted() == [
            ("Chỉ tiêu giao “Doanh thu”: Huyện A", "mục tiêu 1", "mục tiêu 2", "giao nhầm")
        ]


def test_the_text_of_the_launch_is_corrected_with_a_reason(launched, sign_in, page):
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{launched.id}/edit"
    typed = {"title": launched.title, "announcement": "Thi đua lập thành tích chào mừng"}
    refused = page(browser.post(at, data=typed))
    assert (refused.status, refused.one("#reason-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Phong trào đã phát động: hãy ghi lý do đính chính.",
    )
    assert (
        browser.post(at, data=typed | {"reason": "thiếu chữ"}).status_code == HTTPStatus.SEE_OTHER
    )
    assert _noted() == [
        ("Nội dung phát động", "Thi đua chào mừng", "Thi đua lập thành tích chào mừng", "thiếu chữ")
    ]


def test_of_two_who_allot_a_goal_neither_takes_away_what_the_other_allotted(app, sign_in, page):
    campaign = build.campaign()
    indicator, unit = build.indicator(campaign, name="Doanh thu"), build.unit(name="Huyện A")
    db.session.commit()
    first, second = (sign_in(build.user(Role.SECRETARIAT)) for _ in range(2))
    at = f"/campaigns/{campaign.id}/indicators/{indicator.id}/allocations"
    part, target = f"part-{unit.id}", f"target-{unit.id}"
    sent = {"opened": page(second.get(at)).value("opened"), part: "", target: ""}
    first.post(at, data=sent | {part: "lead"})
    answer = second.post(at, data=sent | {target: "12"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    (row,) = db.session.scalars(select(Allocation)).all()
    (owner,) = db.session.scalars(select(IndicatorOwner)).all()
    assert (row.target, owner.part) == (Decimal(12), OwnerPart.LEAD)
    clash = page(second.post(at, data=sent | {part: "support"}))
    assert clash.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Người khác vừa ghi “chủ trì” vào ô này. Hãy xem lại rồi lưu." in clash.all(
        ".cell-error"
    )
