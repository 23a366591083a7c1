"""The lists of a plan: blocks, periods and what hangs on them."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import actions
from campaign.planning.criteria.actions import save_scope
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.queries import rows_of
from campaign.planning.rules import Phase
from tests import build


def _writable(answer):
    """The names of the fields in which one may type or choose."""
    found = answer.tree.xpath(
        "//main//form[@method='post']//*[self::input or self::select or self::textarea]"
        "[@name and not(@type='hidden')]"
        "[not(@readonly) and not(@disabled) and not(ancestor::fieldset/@disabled)]"
    )
    return [one.get("name") for one in found]


PERIOD = {
    "name": "Tháng 3",
    "starts_on": date(2021, 3, 1),
    "ends_on": date(2021, 3, 31),
    "due_on": date(2021, 4, 5),
    "locks_on": date(2021, 4, 10),
    "is_final": False,
}


def test_a_name_is_used_once_in_a_campaign(app):
    campaign = build.campaign()
    actions.save_row(campaign, Block(), {"name": "Khối Sở"})
    with pytest.raises(RuleViolation, match="Tên hoặc mã này đã có trong phong trào"):
        actions.save_row(campaign, Block(), {"name": "Khối Sở"})


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"due_on": date(2021, 3, 30)}, "Hạn nộp phải từ ngày cuối kỳ trở đi"),
        ({"locks_on": date(2021, 4, 4)}, "Ngày đóng nhận báo cáo phải từ hạn nộp trở đi"),
        ({"ends_on": date(2021, 2, 1)}, "Ngày kết thúc phải từ ngày bắt đầu trở đi"),
    ],
)
def test_the_dates_of_a_period_follow_each_other(app, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        actions.save_period(build.campaign(), ReportingPeriod(), {**PERIOD, **more})


def test_a_block_that_limits_a_criterion_is_not_deleted(app):
    campaign = build.campaign()
    block, free, criterion = (
        build.block(campaign),
        build.block(campaign),
        build.criterion(campaign, code="B7"),
    )
    save_scope(criterion, [block.id], [])
    with pytest.raises(
        RuleViolation, match="phạm vi áp dụng của tiêu chí B7; hãy sửa phạm vi trước khi xoá khối"
    ):
        actions.delete_row(campaign, block)
    actions.delete_row(campaign, free)
    assert [row.id for row in rows_of(Block, campaign.id)] == [block.id]


def test_there_is_one_final_period(app):
    campaign = build.campaign()
    actions.save_period(campaign, ReportingPeriod(), {**PERIOD, "is_final": True})
    with pytest.raises(RuleViolation, match="chỉ một kỳ là kỳ cuối"):
        actions.save_period(
            campaign, ReportingPeriod(), {**PERIOD, "name": "Khác", "is_final": True}
        )


def test_after_the_launch_dates_only_move_later(app):
    campaign = build.campaign()
    period = ReportingPeriod()
    actions.save_period(campaign, period, PERIOD)
    campaign.phase, campaign.frozen_at = Phase.LAUNCHED, build.NOW
    db.session.flush()
    actions.save_period(campaign, period, {**PERIOD, "due_on": date(2021, 4, 6)})
    for more, sentence in (
        ({"due_on": date(2021, 4, 5)}, "không được sớm hơn"),
        (
            {"due_on": date(2021, 4, 6), "is_final": True},
            "chỉ được lùi hạn nộp và ngày đóng nhận báo cáo",
        ),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            actions.save_period(campaign, period, {**PERIOD, **more})
    with pytest.raises(RuleViolation, match="không thêm kỳ báo cáo nữa"):
        actions.save_period(campaign, ReportingPeriod(), {**PERIOD, "name": "Thêm"})


def test_after_the_launch_a_period_offers_only_what_may_still_move(app, sign_in, page):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    period = build.period(campaign, expected_share=Decimal("33.3333"))
    browser, at = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/plan/periods/{period.id}",
    )
    answer = page(browser.get(at))
    assert _writable(answer) == ["name", "due_on", "locks_on"]
    asked = {
        name: answer.value(name)
        for name in (
            "name",
            "starts_on",
            "ends_on",
            "due_on",
            "locks_on",
            "expected_share",
            "is_final",
        )
    }
    assert (
        browser.post(at, data={**asked, "locks_on": "09/05/2021"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert period.locks_on == date(2021, 5, 9)


@pytest.mark.parametrize(("phase", "is_open"), [(Phase.DRAFT, True), (Phase.LAUNCHED, False)])
def test_what_the_launch_froze_is_there_to_read_only(app, sign_in, page, phase, is_open):
    campaign = build.campaign(phase=phase)
    group, block = build.group(campaign), build.block(campaign)
    indicator, task = build.indicator(campaign), build.task(campaign)
    criterion = build.criterion(campaign, within=group)
    build.unit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    for path in (
        f"indicators/{indicator.id}",
        f"indicators/{indicator.id}/allocations",
        "indicators/new",
        "settings",
        "criteria/new",
        f"criteria/{criterion.id}",
        f"criteria/groups/{group.id}",
        f"plan/blocks/{block.id}",
        f"plan/tasks/{task.id}",
        "plan/bands/new",
    ):
        answer = page(browser.get(f"/campaigns/{campaign.id}/{path}"))
        assert (path, bool(_writable(answer))) == (path, is_open)
        assert (path, "Lưu" in answer.all("main form button")) == (path, is_open)
        assert (path, any("Phong trào đã phát động" in note for note in answer.all(".note"))) == (
            path,
            not is_open,
        )


def test_a_row_is_saved_and_the_next_one_asked_for(app, sign_in, page):
    campaign = build.campaign()
    browser = sign_in(build.user(Role.SECRETARIAT))
    place = f"/campaigns/{campaign.id}/plan/blocks"
    assert "Lưu và thêm tiếp" in page(browser.get(f"{place}/new")).one("main")
    typed = {"name": "Khối bệnh viện", "short_name": "", "more": "y"}
    answer = browser.post(f"{place}/new", data=typed)
    assert (answer.status_code, answer.location) == (303, f"{place}/new")
    last = browser.post(f"{place}/new", data={"name": "Khối trung tâm y tế", "short_name": ""})
    assert (last.status_code, last.location) == (303, place)
    assert [row.name for row in rows_of(Block, campaign.id)] == [
        "Khối bệnh viện",
        "Khối trung tâm y tế",
    ]


def test_the_parts_of_a_closing_report_are_added_to_what_units_tell_once(app, sign_in, page):
    campaign = build.campaign()
    actions.save_row(campaign, Task(), {"name": "Nguyên nhân", "guidance": ""})
    db.session.commit()
    clerk = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{campaign.id}/plan/tasks"
    assert "Thêm các phần của báo cáo" in page(clerk.get(at)).all("button")
    for _ in range(2):
        assert clerk.post(f"{at}/report-parts").status_code == HTTPStatus.SEE_OTHER
    assert [row.name for row in rows_of(Task, campaign.id)] == [
        "Nguyên nhân",
        "Tuyên truyền và nhân rộng điển hình",
        "Khen thưởng tại đơn vị",
        "Hạn chế, tồn tại",
        "Bài học kinh nghiệm",
        "Phương hướng thời gian tới",
    ]
    assert "Thêm các phần của báo cáo" not in page(clerk.get(at)).all("button")
    with pytest.raises(RuleViolation, match="Kế hoạch đã có đủ các phần của báo cáo."):
        actions.add_report_parts(db.session.get_one(Campaign, campaign.id))


def test_a_launched_plan_gets_no_new_parts(app):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    with pytest.raises(RuleViolation):
        actions.add_report_parts(campaign)
