"""Enrolling: who may, when, and what the secretariat decides."""

from datetime import date

import pytest

from campaign.accounts.models import RoleGrant
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.enrolment import actions
from campaign.enrolment.rules import ParticipationState
from campaign.planning.rules import Phase
from tests import build

AT = build.NOW


@pytest.fixture
def campaign(app):
    return build.campaign(phase=Phase.LAUNCHED)


def _enrol(campaign, unit=None, **more):
    return actions.enrol(
        campaign,
        unit or build.unit(),
        commitments="Hoàn thành chỉ tiêu",
        by=build.user(),
        at=AT,
        **more,
    )


def test_a_unit_enrols_once(campaign):
    unit = build.unit(name="Phòng Quản lý năng lượng")
    _enrol(campaign, unit)
    with pytest.raises(RuleViolation, match="Phòng Quản lý năng lượng đã đăng ký"):
        _enrol(campaign, unit)


@pytest.mark.parametrize(
    ("phase", "by_secretariat", "is_open"),
    [
        (Phase.DRAFT, False, False),
        (Phase.DRAFT, True, True),
        (Phase.REPORTING, False, True),
        (Phase.VERIFYING, False, False),
        (Phase.VERIFYING, True, True),
        (Phase.SCORING, True, False),
    ],
)
def test_enrolment_is_open_to_units_and_a_little_longer_to_the_secretariat(
    app, phase, by_secretariat, is_open
):
    campaign = build.campaign(phase=phase)
    if is_open:
        assert _enrol(campaign, by_secretariat=by_secretariat).state is ParticipationState.PROPOSED
    else:
        with pytest.raises(RuleViolation, match="không nhận đăng ký ở bước này"):
            _enrol(campaign, by_secretariat=by_secretariat)


def test_a_unit_that_no_longer_exists_cannot_enrol(campaign):
    with pytest.raises(RuleViolation, match="không hoạt động vào ngày phát động"):
        _enrol(campaign, build.unit(valid_to=date(2021, 2, 25)))
    _enrol(campaign, build.unit(valid_to=date(2021, 2, 26)))


def test_confirming_needs_a_block_and_ends_with_scoring(campaign):
    entry, by = _enrol(campaign), build.user(Role.SECRETARIAT)
    with pytest.raises(RuleViolation, match="Hãy chọn khối thi đua"):
        actions.confirm(campaign, entry, block_id=None, by=by, at=AT)
    block = build.block(campaign)
    actions.confirm(campaign, entry, block_id=block.id, by=by, at=AT)
    assert entry.state is ParticipationState.CONFIRMED
    campaign.phase = Phase.SCORING
    with pytest.raises(RuleViolation, match="không đổi khối được nữa"):
        actions.confirm(campaign, entry, block_id=block.id, by=by, at=AT)


def test_commitments_are_the_units_until_they_are_confirmed(campaign):
    entry = _enrol(campaign)
    actions.edit_commitments(campaign, entry, "Thêm một việc")
    actions.confirm(campaign, entry, block_id=build.block(campaign).id, by=build.user(), at=AT)
    with pytest.raises(RuleViolation, match="giao ước không sửa được nữa"):
        actions.edit_commitments(campaign, entry, "Bớt một việc")


def test_withdrawing_needs_a_reason_and_ends_with_scoring(campaign):
    entry = _enrol(campaign)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do rút"):
        actions.withdraw(campaign, entry, reason="  ")
    campaign.phase = Phase.MEETING
    with pytest.raises(RuleViolation, match="không rút đăng ký được nữa"):
        actions.withdraw(campaign, entry, reason="Giải thể")


def test_a_head_enrols_his_own_unit_and_no_other(campaign, sign_in):
    own, other = build.unit(), build.unit()
    head = sign_in(build.user(Role.UNIT_HEAD, at=own))
    answers = [
        head.post(
            f"/campaigns/{campaign.id}/enrolment/enrol",
            data={"unit_id": unit.id, "commitments": "x"},
        ).status_code
        for unit in (own, other)
    ]
    assert answers == [303, 404]


def test_helping_nobody_to_enrol_is_refused_not_reported_as_done(campaign, sign_in, page):
    block = build.block(campaign)
    build.unit()
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).post(
            f"/campaigns/{campaign.id}/enrolment/enrol-many",
            data={"block_id": block.id},
            follow_redirects=True,
        )
    )
    assert answer.all(".flashes p.note--danger") == [
        "Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị cần đăng ký giúp."
    ]
    assert answer.all(".flashes p.note--success") == []


@pytest.mark.parametrize(
    ("phase", "buttons"),
    [
        (Phase.VERIFYING, ["Đổi khối", "Rút…", "Rút đăng ký", "Đăng ký các đơn vị đã chọn"]),
        (Phase.SCORING, ["Rút…", "Rút đăng ký"]),
        (Phase.PUBLISHED, []),
    ],
)
def test_the_page_offers_only_what_the_step_still_allows(app, sign_in, page, phase, buttons):
    campaign = build.campaign(phase=phase)
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    build.unit()
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/enrolment/"))
    assert shown.all("td button, td summary.btn, main > section button[type=submit]") == buttons


def test_without_a_block_the_page_says_what_is_needed_first_and_leads_there(app, sign_in, page):
    campaign = build.campaign()
    build.unit()
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}"
    new_block = f"{at}/plan/blocks/new"
    assert new_block in page(browser.get(f"{at}/enrolment/")).links("main a")
    build.block(campaign)
    answer = page(browser.get(f"{at}/enrolment/"))
    assert new_block not in answer.links("main a")
    assert "Đăng ký các đơn vị đã chọn" in answer.all("button")


def test_an_empty_commitment_is_refused_at_its_field_and_the_unit_stays_chosen(
    campaign, sign_in, page
):
    first, second = build.unit(name="Phòng A"), build.unit(name="Phòng B")
    head = build.user(Role.UNIT_HEAD, at=first)
    head.grants.append(RoleGrant(role=Role.UNIT_HEAD, unit_id=second.id))
    browser, at = sign_in(head), f"/campaigns/{campaign.id}/enrolment"
    answer = page(browser.post(f"{at}/enrol", data={"unit_id": second.id, "commitments": " "}))
    assert (answer.status, answer.value("unit_id")) == (422, str(second.id))
    assert (
        answer.one("#commitments-error")
        == "Hãy ghi giao ước: đơn vị cam kết làm được gì trong phong trào này."
    )
    entry = _enrol(campaign, second)
    answer = page(browser.post(f"{at}/{entry.id}/edit", data={"commitments": ""}))
    assert answer.one(f"#commitments-{entry.id}-error").startswith("Hãy ghi giao ước")
    assert entry.commitments == "Hoàn thành chỉ tiêu"


def test_whoever_confirms_is_warned_of_an_older_enrolment_without_commitments(
    campaign, sign_in, page
):
    entries = [_enrol(campaign), _enrol(campaign)]
    entries[0].commitments = ""
    build.block(campaign)
    answer = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/enrolment/"))
    assert answer.all(".chip--warn").count("chưa có giao ước") == 1
