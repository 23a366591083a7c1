"""Bảng điểm mẫu: kept from one plan, used in another, and what is refused."""

from decimal import Decimal as D
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion, SavedTable
from campaign.scheme.rules.formulas.step import Step
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from tests import build

RULE = PointsRule(Step(lost=D("0.5")), bonus_per_percent=D("0.1"), bonus_cap=D(2))


class Desk:
    """A secretary with one plan that has a table, and one that is empty."""

    def __init__(self, sign_in):
        self.first, self.second = build.campaign(scale=D(1000)), build.campaign()
        group = build.group(self.first, code="I")
        bonus = build.group(self.first, code="II", kind=CriterionKind.BONUS, cap=D(20))
        group.name, bonus.name = "Chuyên môn", "Thưởng"
        beds = build.indicator(
            self.first,
            name="Giường bệnh",
            year_target=D(60000),
            points_rule=RULE.to_data(),
            bonus_group_id=bonus.id,
        )
        self._leaf(
            group, "I.1", "Giường", "999.5", judged_by=JudgedBy.INDICATOR, indicator_id=beds.id
        )
        self._leaf(group, "I.2", "Nếp sống; “văn minh”", "0.5")
        self._leaf(bonus, "II.1", "Sáng kiến", "20")
        db.session.commit()
        self.browser = sign_in(build.user(Role.SECRETARIAT))

    def _leaf(self, group, code, name, maximum, **more):
        row = build.criterion(self.first, within=group, code=code, maximum=maximum, **more)
        row.name = name

    def at(self, campaign, path=""):
        return f"/campaigns/{campaign.id}/ready-tables/{path}"

    def keep(self, name="Mẫu của Sở"):
        answer = self.browser.post(
            self.at(self.first, "keep"), data={"name": name, "note": "Dùng cho bệnh viện"}
        )
        return answer, db.session.scalars(select(SavedTable)).all()


@pytest.fixture
def desk(app, sign_in):
    return Desk(sign_in)


def _shape(campaign):
    scheme = scheme_of(campaign.id)
    return [
        (group.code, group.name, [(row.code, row.name, row.maximum) for row in group.criteria])
        for group in scheme.groups
    ]


def test_the_table_of_one_plan_is_kept_and_stands_whole_in_another(desk, page):
    answer, (kept,) = desk.keep()
    assert answer.status_code == HTTPStatus.SEE_OTHER
    key = f"rieng-{kept.id}"
    shown = page(desk.browser.get(desk.at(desk.second, key)))
    assert "Nếp sống; “văn minh”" in shown.one("main")
    taken = desk.browser.post(desk.at(desk.second, f"{key}/take"))
    assert taken.status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert _shape(desk.second) == [
        (
            "I",
            "Chuyên môn",
            [("I.1", "Giường", D("999.5")), ("I.2", "Nếp sống; “văn minh”", D("0.5"))],
        ),
        ("II", "Thưởng", [("II.1", "Sáng kiến", D(20))]),
    ]
    scheme = scheme_of(desk.second.id)
    (beds,) = scheme.indicators.values()
    assert (beds.year_target, beds.rule) == (D(60000), RULE)
    assert beds.bonus_group_id == scheme.groups[1].id
    assert scheme.criteria[0].indicator_id == beds.id
    assert desk.second.scale == D(1000)


def test_the_shelf_holds_three_shipped_tables_and_each_stands_whole_in_an_empty_plan(desk, page):
    shelf = page(desk.browser.get(desk.at(desk.second)))
    assert shelf.all("tbody th a") == [
        "Sở, ngành: 100 điểm, hai cấp",
        "Sở Y tế: 1.000 điểm, ba cấp",
        "Cụm thi đua các tỉnh: 950 + 50 điểm",
    ]
    assert shelf.all("tbody td[data-label='Thang điểm']") == ["100", "1.000", "950"]
    for key, total in (("1-so-100-diem", 100), ("2-so-y-te", 1000), ("3-cum-cac-tinh", 950)):
        campaign = build.campaign()
        assert desk.browser.get(desk.at(campaign, key)).status_code == HTTPStatus.OK
        desk.browser.post(desk.at(campaign, f"{key}/take"))
        db.session.expire_all()
        assert (scheme_of(campaign.id).base_total, campaign.scale) == (D(total), D(total))


def test_a_table_is_used_only_where_no_criteria_stand_yet(desk):
    _, (kept,) = desk.keep()
    answer = desk.browser.post(desk.at(desk.first, f"rieng-{kept.id}/take"), follow_redirects=True)
    assert "Phong trào đã có nhóm tiêu chí; hãy xoá hết trước khi dùng bảng điểm mẫu." in (
        answer.get_data(as_text=True)
    )


def test_a_plan_that_was_launched_takes_no_table(desk):
    _, (kept,) = desk.keep()
    desk.second.phase, desk.second.frozen_at = Phase.REPORTING, build.NOW
    db.session.commit()
    desk.browser.post(desk.at(desk.second, f"rieng-{kept.id}/take"))
    assert scheme_of(desk.second.id).groups == ()


def test_a_name_is_used_once_and_an_empty_plan_gives_no_table(desk, page):
    desk.keep()
    answer, kept = desk.keep()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đã có bảng điểm mẫu “Mẫu của Sở”." in page(answer).one("main")
    assert len(kept) == 1
    empty = desk.browser.post(desk.at(desk.second, "keep"), data={"name": "Trống"})
    assert "Phong trào chưa có tiêu chí nào để lưu làm mẫu." in page(empty).one("main")


def test_the_offices_own_table_is_taken_off_the_shelf_and_is_gone(desk):
    number = desk.keep()[1][0].id
    assert desk.browser.post(desk.at(desk.first, f"{number}/delete")).status_code == (
        HTTPStatus.SEE_OTHER
    )
    assert db.session.scalars(select(SavedTable)).all() == []
    gone = [
        desk.browser.post(desk.at(desk.first, f"{number}/delete")),
        desk.browser.post(desk.at(desk.first, "khong-co/take")),
        desk.browser.get(desk.at(desk.first, f"rieng-{number}")),
    ]
    assert [answer.status_code for answer in gone] == [HTTPStatus.NOT_FOUND] * 3


def test_points_get_as_many_decimals_as_those_of_the_table_need(desk):
    desk.first.points_places = 3
    db.session.scalars(select(Criterion).where(Criterion.code == "I.2")).one().maximum = D("0.125")
    db.session.commit()
    _, (kept,) = desk.keep()
    taken = desk.browser.post(desk.at(desk.second, f"rieng-{kept.id}/take"))
    assert taken.status_code == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert desk.second.points_places == 3
    assert _shape(desk.second) == _shape(desk.first)
