"""The scoring table of a plan: groups, criteria and their sum."""

from decimal import Decimal

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.criteria import actions as criteria
from campaign.planning.queries import scheme_of
from campaign.scheme.models import Criterion
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from tests import build


def test_the_default_table_taken_before_the_indicators_says_what_it_lacks_and_takes_it_later(
    app, sign_in, page
):
    campaign = build.campaign()
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/criteria"
    shown = page(browser.post(f"{at}/take-default", follow_redirects=True))
    assert shown.all(".flashes p") == [
        "Đã lấy bảng điểm mẫu. Hãy sửa cho hợp với phong trào. Còn thiếu nhóm A (40 điểm): "
        "nhóm này lấy mỗi chỉ tiêu một tiêu chí, "
        "mà phong trào chưa có chỉ tiêu."
    ]
    assert f"/campaigns/{campaign.id}/indicators/new" in shown.links(".note a")
    with pytest.raises(RuleViolation, match="Chưa có chỉ tiêu nào được tính điểm"):
        criteria.take_indicator_group(campaign)
    build.indicator(campaign, name="Xuất khẩu")
    build.indicator(campaign, name="Nhập khẩu")
    db.session.commit()
    assert page(browser.get(f"{at}/")).all(".note button") == ["Lấy nhóm A từ các chỉ tiêu"]
    again = page(browser.post(f"{at}/take-indicators", follow_redirects=True))
    scheme = scheme_of(campaign.id)
    assert ([group.code for group in scheme.groups], scheme.base_total) == (
        ["A", "B", "C", "D", "E", "T", "P"],
        100,
    )
    assert [(row.name, row.maximum) for row in scheme.groups[0].criteria] == [
        ("Xuất khẩu", 20),
        ("Nhập khẩu", 20),
    ]
    assert again.all(".note button") == []
    with pytest.raises(RuleViolation, match="Bảng điểm đã có nhóm A"):
        criteria.take_indicator_group(campaign)


def test_the_default_table_adds_up_to_100_for_the_six_targets(launched):
    scheme = scheme_of(launched.id)
    assert (scheme.base_total, scheme.groups[0].maximum) == (Decimal(100), Decimal(40))


def test_what_applies_to_a_unit_is_rescaled_to_the_groups_maximum(launched):
    scheme = scheme_of(launched.id)
    unit = db.session.execute(
        db.text(
            "SELECT unit_id, block_id FROM participation JOIN unit ON unit.id = unit_id "
            "WHERE code = 'LSN'"
        )
    ).one()
    maxima = scheme.maxima_for(*unit)
    in_a = {row.code: maxima[row.id] for row in scheme.groups[0].criteria if row.id in maxima}
    assert in_a == {"A1": Decimal("16.67"), "A2": Decimal("13.33"), "A6": Decimal("10.00")}


def test_a_rule_judged_criterion_names_its_indicator(app):
    campaign = build.campaign()
    values = {
        "code": "A1",
        "name": "A",
        "guidance": "",
        "maximum": Decimal(1),
        "evidence_required": False,
        "judged_by": JudgedBy.INDICATOR,
        "indicator_id": None,
        "group_id": build.group(campaign).id,
    }
    with pytest.raises(RuleViolation, match="Hãy chọn chỉ tiêu"):
        criteria.save_criterion(
            campaign, Criterion(), values, rules=criteria.NO_RULES, blocks=[], units=[]
        )


def test_the_sum_follows_the_criterion_as_it_is_typed(app, sign_in, page):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    base, bonus = (
        build.group(campaign),
        build.group(campaign, kind=CriterionKind.BONUS, cap=Decimal(10)),
    )
    first = build.criterion(campaign, within=base, maximum="60")
    browser = sign_in(planner)

    def total(**asked):
        return page(
            browser.get(f"/campaigns/{campaign.id}/criteria/total", query_string=asked)
        ).all("p")

    assert total(criterion=first.id, group_id=base.id, maximum="62,5") == [
        "62,50/100",
        "Còn thiếu 37,50 điểm; khi phát động phải đúng 100.",
    ]
    assert total(criterion=0, group_id=base.id, maximum="40") == [
        "100,00/100",
        "Đúng 100 điểm chuẩn.",
    ]
    assert total(criterion=0, group_id=bonus.id, maximum="40", leaf_kind="bonus") == [
        "60,00/100",
        "Còn thiếu 40,00 điểm; khi phát động phải đúng 100.",
    ]
