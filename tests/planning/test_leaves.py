"""Two leaves on one number, as they are planned: chosen, tried, kept, copied, imported."""

from decimal import Decimal
from http import HTTPStatus

from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.office.documents.targets import goal_words
from campaign.planning.copying import copy_campaign
from campaign.planning.problems import launch_problems
from campaign.planning.queries import scheme_of
from campaign.scheme.models import Criterion
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.terms import JudgedBy, Judgement
from tests import build


class Table:
    """A draft with retail of 44.462, and a first criterion that judges the value."""

    def __init__(self, sign_in):
        self.campaign = build.campaign()
        self.group = build.group(self.campaign, code="A")
        self.indicator = build.indicator(
            self.campaign,
            name="Tổng mức bán lẻ",
            measure_unit_id=build.measure_unit(symbol="tỷ đồng").id,
            year_target=Decimal(44462),
            growth_target=Decimal(18),
        )
        self.first = build.criterion(
            self.campaign,
            within=self.group,
            judged_by=JudgedBy.INDICATOR,
            indicator_id=self.indicator.id,
            code="A1",
        )
        self.browser = sign_in(build.user(Role.SECRETARIAT))
        self.at = f"/campaigns/{self.campaign.id}/criteria"

    def typed(self, **more):
        return {
            "group_id": self.group.id,
            "code": "A2",
            "name": "Tốc độ tăng bán lẻ",
            "maximum": "6",
            "judged_by": "indicator",
            "indicator_id": self.indicator.id,
            "way": "own",
            "own_judgement": "growth",
            "kind": "growth_share",
            **more,
        }


def test_a_second_criterion_judges_the_growth_of_the_same_number(app, sign_in, page):
    table = Table(sign_in)
    tried = page(
        table.browser.get(
            f"{table.at}/total",
            query_string=table.typed(trial_value="44.145", trial_comparison="40.500"),
        )
    )
    assert tried.all(".figure-big")[-1] == "3,00 điểm"
    saved = table.browser.post(f"{table.at}/new", data=table.typed(), follow_redirects=True)
    assert "tăng trưởng so với cùng kỳ năm trước; mức tăng so với mức tăng phải đạt" in saved.text
    first, second = scheme_of(table.campaign.id).criteria
    assert (first.own_way, second.own_way.judgement, second.own_way.rule.kind) == (
        None,
        Judgement.GROWTH,
        PointsRuleKind.GROWTH_SHARE,
    )
    again = page(table.browser.get(f"{table.at}/{second.id}"))
    assert [
        again.one(f"#{name} option[selected]") for name in ("way", "own_judgement", "kind")
    ] == [
        "cách tính riêng của tiêu chí",
        "tăng trưởng so với cùng kỳ năm trước",
        "mức tăng so với mức tăng phải đạt",
    ]
    scheme = scheme_of(table.campaign.id)
    assert goal_words(scheme, scheme.indicators[table.indicator.id]) == (
        "từ 44.462 tỷ đồng trở lên và tăng từ 18 % trở lên"
    )
    copied = copy_campaign(table.campaign, title="Năm sau", months=12).campaign
    twins = scheme_of(copied.id).criteria
    assert len({row.indicator_id for row in twins}) == 1
    assert [row.own_way for row in twins] == [first.own_way, second.own_way]
    table.browser.post(f"{table.at}/{second.id}", data=table.typed(way="indicator"))
    db.session.expire_all()
    kept = db.session.get_one(Criterion, second.id)
    assert (kept.judgement, kept.points_rule) == (None, None)


def test_a_rule_that_does_not_fit_the_number_is_refused_at_its_field(app, sign_in, page):
    table = Table(sign_in)
    refused = table.browser.post(f"{table.at}/new", data=table.typed(own_judgement="level"))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page(refused).one("#kind-error") == (
        "Quy tắc này chỉ dùng khi đánh giá tăng trưởng so với cùng kỳ năm trước."
    )
    assert db.session.scalars(select(Criterion.code)).all() == ["A1"]


def test_the_launch_asks_for_the_growth_that_only_a_leaf_looks_at(app, sign_in):
    table = Table(sign_in)
    table.browser.post(f"{table.at}/new", data=table.typed())
    table.indicator.growth_target = None
    sentence = "Chỉ tiêu “Tổng mức bán lẻ” chưa có mức tăng trưởng phải đạt."
    assert sentence in [row.sentence for row in launch_problems(table.campaign)]
