"""Planning: what a draft allows, and what the launch freezes."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import actions
from campaign.planning.criteria import actions as criteria
from campaign.planning.criteria import sections
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Band, Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Criterion,
    CriterionGroup,
    Indicator,
)
from campaign.scheme.rules.terms import JudgedBy
from tests import build


def test_a_campaign_ends_after_it_begins(app):
    with pytest.raises(RuleViolation, match="Ngày kết thúc phải từ ngày bắt đầu trở đi"):
        actions.create_campaign(
            {"title": "A", "starts_on": date(2021, 4, 30), "ends_on": date(2021, 2, 26)}
        )


def test_the_launch_freezes_weights_scale_and_aggregation(launched):
    indicator = db.session.query(Indicator).first()
    criterion, group = db.session.query(Criterion).first(), db.session.query(CriterionGroup).first()
    for attempt in (
        lambda: actions.save_row(launched, indicator, {"name": "Khác"}),
        lambda: actions.save_row(launched, criterion, {"maximum": Decimal(99)}),
        lambda: actions.delete_row(launched, criterion),
        lambda: actions.edit_settings(launched, {"minimum_marks": 1}),
        lambda: actions.edit_settings(launched, {"points_places": 3}),
        lambda: save_allocations(launched, indicator, {}, {}),
        lambda: criteria.take_default_table(launched),
        lambda: sections.save_section(launched, group, code="X", name="X"),
    ):
        with pytest.raises(RuleViolation, match="Phong trào đã phát động"):
            attempt()
    with pytest.raises(RuleViolation, match="không sửa được thời gian và bộ quy định"):
        actions.edit_campaign(
            launched, {"starts_on": launched.starts_on, "ends_on": date(2021, 12, 31)}
        )


def test_a_launched_campaign_is_not_deleted(launched):
    with pytest.raises(RuleViolation, match="Chỉ xoá được dự thảo"):
        actions.delete_campaign(launched)


def test_planning_is_for_the_secretariat_alone(app, sign_in):
    campaign = build.campaign()
    answers = {
        role: sign_in(build.user(role, at=build.unit() if role.belongs_to_unit else None))
        .post(f"/campaigns/{campaign.id}/edit", data={})
        .status_code
        for role in Role
    }
    assert {role for role, status in answers.items() if status != 403} == {Role.SECRETARIAT}
    assert db.session.get(Campaign, campaign.id).title == campaign.title


def test_a_draft_that_somebody_enrolled_in_is_not_deleted(app):
    campaign = build.campaign()
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    with pytest.raises(RuleViolation, match="Dự thảo này đã có đơn vị đăng ký hoặc Hội đồng"):
        actions.delete_campaign(campaign)


def test_a_draft_is_deleted_with_everything_planned_in_it(app):
    campaign = build.campaign()
    build.criterion(
        campaign, judged_by=JudgedBy.INDICATOR, indicator_id=build.indicator(campaign).id
    )
    build.period(campaign)
    actions.delete_campaign(campaign)
    assert db.session.query(Campaign).count() == 0


@pytest.mark.parametrize("typed", ["thi dua dac biet", "THI ĐUA", "Thi đua  đặc"])
def test_a_campaign_is_found_without_tones_whatever_the_case(app, sign_in, page, typed):
    build.campaign(title="Phong trào thi đua đặc biệt", phase=Phase.LAUNCHED)
    build.campaign(title="Đợt ra quân", phase=Phase.LAUNCHED)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get("/campaigns/", query_string={"q": typed})).all("tbody th") == [
        "Phong trào thi đua đặc biệt"
    ]
    assert (
        page(browser.get("/campaigns/?q=khongco")).one(".empty h2")
        == "Không có phong trào nào tên như vậy"
    )


def test_the_scheme_kept_of_one_database_is_not_that_of_another(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    build.criterion(campaign, maximum="40")
    db.session.commit()
    assert scheme_of(campaign.id).base_total == Decimal(40)
    number, version, frozen_at = campaign.id, campaign.version, campaign.frozen_at
    db.session.remove()
    db.drop_all()
    db.create_all()
    build.campaign(id=number, phase=Phase.REPORTING, version=version, frozen_at=frozen_at)
    build.criterion(db.session.get(Campaign, number), maximum="60")
    assert scheme_of(number).base_total == Decimal(60)


def test_a_sentence_told_of_two_fields_names_them_in_the_summary(app, sign_in, page):
    sent = {
        "title": "",
        "occasion": "",
        "starts_on": "x",
        "ends_on": "x",
        "organiser_id": "",
        "rule_set_code": "",
    }
    answer = page(sign_in(build.user(Role.SECRETARIAT)).post("/campaigns/new", data=sent))
    assert answer.all(".error-summary li") == [
        "Hãy nhập tên phong trào.",
        "Từ ngày: Hãy nhập ngày như 26/02/2021.",
        "Đến ngày: Hãy nhập ngày như 26/02/2021.",
    ]
    assert answer.links(".error-summary a") == ["#title", "#starts_on", "#ends_on"]


def _bands(campaign):
    rows = db.session.scalars(select(Band).where(Band.campaign_id == campaign.id))
    return {row.name: row.from_points for row in rows}


def test_the_usual_bands_go_with_the_scale_until_somebody_writes_others(app):
    campaign = actions.create_campaign(
        {"title": "A", "starts_on": date(2026, 4, 1), "ends_on": date(2026, 10, 31)}
    )
    actions.edit_settings(campaign, {"scale": Decimal(1000)})
    usual = {"Xuất sắc": 900, "Tốt": 800, "Khá": 700, "Trung bình": 500}
    assert _bands(campaign) == usual
    best = db.session.scalars(select(Band).where(Band.name == "Xuất sắc")).one()
    best.from_points = Decimal(950)
    db.session.flush()
    actions.edit_settings(campaign, {"scale": Decimal(100)})
    assert _bands(campaign) == usual | {"Xuất sắc": 950}
