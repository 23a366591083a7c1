"""The council: who sits on it, and from which units each member is kept away."""

from datetime import date
from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.council import actions, queries
from campaign.council.markers import short_blocks
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests import build

AT = build.NOW
NO_TERM = {"term_from": None, "term_to": None}


@pytest.fixture
def campaign(app):
    return build.campaign(phase=Phase.SCORING)


def _competing(campaign, block, **unit):
    office = build.unit(**unit)
    build.participation(campaign, unit=office, block=block)
    return office


def test_own_unit_and_those_above_and_below_it_are_kept_away_by_themselves(campaign):
    block = build.block(campaign)
    above = _competing(campaign, block, name="Trên")
    own = _competing(campaign, block, name="Của mình", parent=above)
    below = _competing(campaign, block, name="Dưới", parent=own)
    beside = _competing(campaign, block, name="Bên cạnh", parent=above)
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER, unit_id=own.id))
    assert queries.hidden_unit_ids(member) == {above.id, own.id, below.id}
    assert beside.id not in queries.hidden_unit_ids(member)


@pytest.mark.parametrize(("competes", "hidden"), [(False, []), (True, ["Sở", "Phòng Một"])])
def test_whoever_leads_the_office_that_holds_the_campaign_marks_the_units_below_it(
    campaign, competes, hidden
):
    block, province = build.block(campaign), build.unit(name="Tỉnh")
    office = build.unit(name="Sở", parent=province)
    campaign.organiser_id = office.id
    if competes:
        build.participation(campaign, unit=office, block=block)
    below = _competing(campaign, block, name="Phòng Một", parent=office)
    people = [
        build.user(Role.COUNCIL_MEMBER, unit_id=office.id),
        build.user(Role.UNIT_HEAD, Role.COUNCIL_MEMBER, at=office),
    ]
    above = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER, unit_id=province.id))
    own = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER, unit_id=below.id))
    for user in people:
        kept = queries.recusals_of(build.member(campaign, user=user)).values()
        assert sorted(ground.unit_name for ground in kept) == sorted(hidden)
    assert queries.hidden_unit_ids(above) == frozenset()
    assert below.id in queries.hidden_unit_ids(own)


def test_a_role_held_for_a_unit_keeps_away_as_working_there_does(campaign):
    office = _competing(campaign, build.block(campaign))
    member = build.member(campaign, user=build.user(Role.UNIT_HEAD, Role.COUNCIL_MEMBER, at=office))
    assert queries.hidden_unit_ids(member) == {office.id}


def test_the_path_of_unit_1_does_not_stand_above_unit_12(campaign):
    block = build.block(campaign)
    offices = [_competing(campaign, block) for _ in range(12)]
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER, unit_id=offices[0].id))
    assert queries.hidden_unit_ids(member) == {offices[0].id}


def test_a_declared_interest_and_the_chairs_decision_need_a_reason(campaign):
    office = _competing(campaign, build.block(campaign))
    user = build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=user)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do"):
        actions.recuse(
            campaign, member, office.id, origin=RecusalOrigin.DECLARED, reason=" ", by=user, at=AT
        )
    actions.recuse(
        campaign, member, office.id, origin=RecusalOrigin.CHAIR, reason="Họ hàng", by=user, at=AT
    )
    db.session.flush()
    assert [
        (recusal.origin, recusal.reason) for recusal in queries.recusals_of(member).values()
    ] == [(RecusalOrigin.CHAIR, "Họ hàng")]
    with pytest.raises(RuleViolation, match="Thành viên này đã không chấm đơn vị ấy"):
        actions.recuse(
            campaign,
            member,
            office.id,
            origin=RecusalOrigin.CHAIR,
            reason="Lần nữa",
            by=user,
            at=AT,
        )


def test_a_unit_that_does_not_take_part_is_not_declared(campaign):
    user = build.user(Role.COUNCIL_MEMBER)
    with pytest.raises(RuleViolation, match="Đơn vị này không tham gia phong trào"):
        actions.recuse(
            campaign,
            build.member(campaign, user=user),
            build.unit().id,
            origin=RecusalOrigin.DECLARED,
            reason="Họ hàng",
            by=user,
            at=AT,
        )


def test_there_is_one_chair_and_nobody_sits_twice(campaign):
    user = build.user()
    actions.add_member(campaign, user, function=CouncilFunction.CHAIR, **NO_TERM)
    for other in (build.user(), user):
        with pytest.raises(
            RuleViolation, match="đã ở trong Hội đồng, hoặc Hội đồng đã có Chủ tịch"
        ):
            actions.add_member(campaign, other, function=CouncilFunction.CHAIR, **NO_TERM)


def test_the_councils_role_comes_and_goes_with_membership(campaign):
    user = build.user()
    member = actions.add_member(campaign, user, function=CouncilFunction.MEMBER, **NO_TERM)
    assert Role.COUNCIL_MEMBER in user.roles
    actions.leave(member, reason="Chuyển công tác", on=date(2021, 4, 28))
    db.session.flush()
    assert Role.COUNCIL_MEMBER not in user.roles


def test_a_term_ends_after_it_begins(campaign):
    with pytest.raises(RuleViolation, match="Ngày hết nhiệm kỳ phải sau ngày bắt đầu"):
        actions.add_member(
            campaign,
            build.user(),
            function=CouncilFunction.MEMBER,
            term_from=date(2021, 2, 1),
            term_to=date(2021, 1, 1),
        )


@pytest.mark.parametrize(
    ("day", "sits"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2021, 6, 30), True),
        (date(2021, 7, 1), False),
    ],
)
def test_a_member_sits_within_his_term_both_ends_included(campaign, day, sits):
    user = build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=user, term_from=date(2021, 1, 1), term_to=date(2021, 6, 30))
    assert (queries.active_member(user.id, campaign.id, day) is not None) is sits


def test_after_scoring_the_council_that_marked_stays_as_it_was(campaign):
    row = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    campaign.phase = Phase.MEETING
    with pytest.raises(RuleViolation, match="thành phần Hội đồng chấm điểm không đổi được nữa"):
        actions.edit_member(campaign, row, function=CouncilFunction.CHAIR, **NO_TERM)


def test_whoever_is_to_take_a_seat_at_the_meeting_joins_until_it_is_over(campaign):
    campaign.phase = Phase.MEETING
    joined = actions.add_member(campaign, build.user(), function=CouncilFunction.MEMBER, **NO_TERM)
    assert [row.id for row in queries.members(campaign.id)] == [joined.id]
    campaign.phase = Phase.DECIDING
    with pytest.raises(
        RuleViolation, match="Hội đồng đã họp xong; không thêm thành viên được nữa."
    ):
        actions.add_member(campaign, build.user(), function=CouncilFunction.MEMBER, **NO_TERM)


def test_only_the_chair_decides_that_another_member_is_kept_away(campaign, sign_in):
    office = _competing(campaign, build.block(campaign))
    plain, chair = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=plain)
    build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    other = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    address = f"/campaigns/{campaign.id}/council/{other.id}/recuse"
    answers = [
        sign_in(user).post(address, data={"unit_id": office.id, "reason": "Họ hàng"}).status_code
        for user in (plain, chair)
    ]
    assert answers[0] in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert answers[1] == HTTPStatus.SEE_OTHER
    assert queries.hidden_unit_ids(other) == {office.id}


def test_the_units_one_may_be_kept_away_from_stand_in_the_order_of_the_vietnamese_alphabet(
    campaign, sign_in, page
):
    block = build.block(campaign)
    for name in ("Yên Thủy", "Lương Sơn", "Đà Bắc", "Lạc Thủy", "Lạc Sơn", "Cao Phong"):
        _competing(campaign, block, name=name)
    user = build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=user)
    form = page(sign_in(user).get(f"/campaigns/{campaign.id}/council/{member.id}/recuse"))
    assert form.all("#unit_id option") == [
        "— chọn đơn vị —",
        "Cao Phong",
        "Đà Bắc",
        "Lạc Sơn",
        "Lạc Thủy",
        "Lương Sơn",
        "Yên Thủy",
    ]


def test_a_member_finds_nothing_of_the_unit_he_is_kept_away_from(campaign, sign_in, page):
    block = build.block(campaign)
    own, other = (
        _competing(campaign, block, name="Phòng của mình"),
        _competing(campaign, block, name="Phòng khác"),
    )
    user = build.user(Role.COUNCIL_MEMBER, unit_id=own.id)
    build.member(campaign, user=user)
    browser = sign_in(user)
    grid = page(browser.get(f"/campaigns/{campaign.id}/scoring/{block.id}"))
    assert grid.all("tbody th") == [other.short_name]
    entries = {
        unit_id: number
        for number, unit_id in db.session.execute(
            db.text("SELECT id, unit_id FROM participation")
        ).all()
    }
    answers = [
        browser.get(
            f"/campaigns/{campaign.id}/scoring/{block.id}/units/{entries[unit.id]}"
        ).status_code
        for unit in (own, other)
    ]
    assert answers == [HTTPStatus.NOT_FOUND, HTTPStatus.OK]


@pytest.mark.both_databases
@pytest.mark.parametrize("recuses_block", [True, False])
def test_the_plan_may_keep_a_member_from_the_whole_block_of_his_unit(campaign, recuses_block):
    campaign.recuses_block = recuses_block
    campaign.minimum_marks = 2
    block, elsewhere = build.block(campaign, name="Khối Một"), build.block(campaign)
    own = _competing(campaign, block, name="Của mình")
    beside = [_competing(campaign, block, name=name) for name in ("Sở Hai", "Sở Ba")]
    far = _competing(campaign, elsewhere, name="Khối khác")
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER, unit_id=own.id))
    others = [build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)) for _ in range(2)]
    actions.recuse(
        campaign,
        others[0],
        beside[0].id,
        origin=RecusalOrigin.DECLARED,
        reason="vợ làm ở đó",
        by=others[0].user,
        at=AT,
    )
    kept = {own.id, *(row.id for row in beside)} if recuses_block else {own.id}
    assert queries.hidden_unit_ids(member) == kept
    assert far.id not in queries.hidden_unit_ids(member)
    assert queries.hidden_unit_ids(others[0]) == {beside[0].id}
    told = [
        (row.unit_name, row.origin)
        for row in queries.grounds_told(queries.recusals_of(member).values())
    ]
    assert told == [
        (own.short_name, RecusalOrigin.OWN_UNIT),
        *([("2 đơn vị khác của Khối Một", RecusalOrigin.OWN_BLOCK)] if recuses_block else []),
    ]
    assert [row.words(2) for row in short_blocks(campaign)] == (
        [
            "Khối Một: 1/3 đơn vị (Sở Hai) chỉ có 1 người trong Hội đồng chấm được, ít hơn số "
            "phiếu chấm tối thiểu 2, nên sẽ không xếp hạng được."
        ]
        if recuses_block
        else []
    )
