"""What a plan says of ties, bonuses and groups that do not apply."""

from datetime import date
from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import actions, queries
from campaign.planning.copying import copy_campaign
from campaign.planning.criteria import actions as criteria
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase, Rescaling, TieBreak
from campaign.planning.ties import (
    TieStep,
    is_missing,
    read_step,
    renamed_chain,
    step_words,
    steps_offered,
    tie_chain,
)
from campaign.scheme.models import CriterionGroup, Indicator
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.table import ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy
from tests import build

BASE, BONUS, PENALTY = CriterionKind.BASE, CriterionKind.BONUS, CriterionKind.PENALTY
FINE = ScoredCriterion(
    1, 8, "P1", "", "", D(5), PENALTY, JudgedBy.SECRETARIAT, evidence_required=False
)
GROUPS = [
    ScoredGroup(5, "I", "Chỉ tiêu"),
    ScoredGroup(6, "Nhóm 2", "Nhiệm vụ"),
    ScoredGroup(7, "T", "Thưởng", ceiling=D(5)),
    ScoredGroup(8, "P", "Trừ", (FINE,), floor=D(-5)),
]
REWARD = PointsRule(bonus_per_percent=D("0.2"), bonus_cap=D(2)).to_data()


@pytest.mark.parametrize(
    ("stored", "step"),
    [
        ("group:12", TieStep(TieBreak.GROUP, 12)),
        ("council_vote", TieStep(TieBreak.COUNCIL_VOTE)),
        ("group", None),
        ("group:", None),
        ("group:x", None),
        ("group_a", None),
        ("council_vote:3", None),
        ("", None),
    ],
)
def test_a_tie_break_is_read_as_it_was_stored(stored, step):
    assert read_step(stored) == step
    assert step is None or step.stored == stored


def test_a_plan_offers_each_of_its_groups_under_its_own_code():
    assert steps_offered(GROUPS) == [
        ("group:5", "điểm nhóm I cao hơn (Chỉ tiêu)"),
        ("group:6", "điểm Nhóm 2 cao hơn (Nhiệm vụ)"),
        ("group:7", "điểm nhóm T cao hơn (Thưởng)"),
        ("group:8", "điểm trừ nhóm P ít hơn (Trừ)"),
        ("fewer_penalties", "điểm trừ ít hơn"),
        ("earlier_report", "nộp báo cáo đầy đủ sớm hơn"),
        ("council_vote", "Hội đồng biểu quyết"),
    ]
    assert step_words(TieStep(TieBreak.COUNCIL_VOTE), GROUPS) == "Hội đồng biểu quyết"


def test_a_step_without_its_group_decides_nothing_and_is_missing():
    stored = ["group:9", "group:5", "group_a", "council_vote"]
    assert [step.stored for step in tie_chain(stored, GROUPS)] == ["group:5", "council_vote"]
    assert [is_missing(step, GROUPS) for step in stored] == [True, False, True, False]


def test_a_copied_chain_names_the_copied_groups():
    assert renamed_chain(["group:5", "council_vote", "group:6", "group_a"], {5: 50}) == [
        "group:50",
        "council_vote",
    ]


class Planner:
    """A draft with groups I and II, a bonus group and an indicator that promises a bonus."""

    def __init__(self, sign_in):
        self.campaign = build.campaign(rescaling=Rescaling.SHARE)
        self.groups = [
            build.group(self.campaign, code=code, kind=kind, cap=cap)
            for code, kind, cap in (
                ("I", BASE, None),
                ("II", BASE, None),
                ("T", BONUS, D(5)),
                ("T2", BONUS, D(3)),
                ("P", PENALTY, D(5)),
            )
        ]
        self.indicator = build.indicator(self.campaign, points_rule=REWARD, name="Bán lẻ")
        build.criterion(
            self.campaign,
            within=self.groups[0],
            judged_by=JudgedBy.INDICATOR,
            indicator_id=self.indicator.id,
        )
        self.browser = sign_in(build.user(Role.SECRETARIAT))
        db.session.commit()

    def settings(self, **chosen):
        values = {
            "aggregation": "mean",
            "scale": "100",
            "points_places": "2",
            "mark_step": "0,5",
            "minimum_marks": "3",
            "rescaling": "full_scale",
            **chosen,
        }
        return self.browser.post(f"/campaigns/{self.campaign.id}/settings", data=values)

    def told(self):
        told = problems(self.campaign, Step.LAUNCH, date(2021, 2, 26))
        return [one.sentence for one in told if one.is_blocking]


@pytest.fixture
def planner(app, sign_in):
    return Planner(sign_in)


def test_ties_are_broken_by_groups_chosen_from_those_of_the_campaign(planner, page):
    address = f"/campaigns/{planner.campaign.id}/settings"
    shown = page(planner.browser.get(address))
    offered = [option.get("value") for option in shown.tree.cssselect("#first option")]
    first, second, *_ = planner.groups
    assert offered == [
        "",
        *(f"group:{group.id}" for group in planner.groups),
        "fewer_penalties",
        "earlier_report",
        "council_vote",
    ]
    answer = planner.settings(
        first=f"group:{second.id}", second=f"group:{first.id}", third=f"group:{second.id}"
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    kept = db.session.get(Campaign, planner.campaign.id)
    assert (kept.tie_breaks, kept.rescaling) == (
        [f"group:{second.id}", f"group:{first.id}"],
        Rescaling.FULL_SCALE,
    )
    selected = page(planner.browser.get(address)).tree.cssselect("#first option[selected]")
    assert [option.get("value") for option in selected] == [f"group:{second.id}"]


@pytest.mark.parametrize("step", ["group:999999", "group_a"])
def test_a_tie_break_whose_group_is_missing_is_refused_at_the_plan_and_before_the_launch(
    planner, page, step
):
    planner.campaign.tie_breaks = [step]
    db.session.commit()
    answer = page(planner.settings(first=step))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert actions.TIE_WITHOUT_GROUP in " ".join(answer.all("main"))
    assert "Tiêu chí phụ khi bằng điểm theo một nhóm không có trong bảng điểm." in planner.told()


def test_how_totals_are_rescaled_is_fixed_by_the_launch(app):
    launched = build.campaign(phase=Phase.LAUNCHED)
    with pytest.raises(RuleViolation, match="Phong trào đã phát động"):
        actions.edit_settings(launched, {"rescaling": Rescaling.SHARE})


def _lost(planner):
    return [sentence for sentence in planner.told() if sentence.startswith("Điểm thưởng vượt")]


def test_a_plan_in_which_a_bonus_could_get_lost_does_not_launch(planner):
    said, one = "Điểm thưởng vượt của chỉ tiêu “Bán lẻ” sẽ không được tính: ", planner.indicator
    assert _lost(planner) == [f"{said}chưa chọn nhóm nhận điểm thưởng."]
    one.bonus_group_id = planner.groups[0].id
    assert _lost(planner) == [f"{said}nhóm I không có tiêu chí điểm thưởng."]
    one.bonus_group_id = planner.groups[2].id
    assert _lost(planner) == []
    planner.groups[2].ceiling = D(0)
    assert _lost(planner) == [f"{said}mức trần của nhóm T là 0."]
    one.direction = Direction.BELOW
    assert _lost(planner) == [f"{said}chỉ thưởng vượt được với chỉ tiêu “đạt từ mức này trở lên”."]
    one.direction, other = (
        Direction.AT_LEAST,
        build.indicator(planner.campaign, name="Điện", points_rule=REWARD),
    )
    other.bonus_group_id, planner.groups[2].ceiling = planner.groups[3].id, D(5)
    assert _lost(planner) == [
        "Điểm thưởng vượt của chỉ tiêu “Điện” sẽ không được tính: chưa có tiêu chí nào tính "
        "theo chỉ tiêu này."
    ]


def test_an_indicator_names_its_bonus_group_in_its_form(planner, page):
    address = f"/campaigns/{planner.campaign.id}/indicators/{planner.indicator.id}"
    shown = page(planner.browser.get(address))
    assert [option.get("value") for option in shown.tree.cssselect("#bonus_group_id option")] == [
        "",
        str(planner.groups[2].id),
        str(planner.groups[3].id),
    ]
    values = {
        "name": "Bán lẻ",
        "measure_unit_id": planner.indicator.measure_unit_id,
        "decimals": "2",
        "direction": "at_least",
        "judgement": "level",
        "year_target": "100",
        "required_kind": "",
        "kind": "linear",
        "bonus_per_percent": "0,2",
        "bonus_cap": "2",
    }
    answer = page(planner.browser.post(address, data={**values, "bonus_group_id": ""}))
    assert (
        answer.status,
        "Hãy chọn nhóm nhận điểm thưởng vượt chỉ tiêu." in " ".join(answer.all("main")),
    ) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    group_id = planner.groups[3].id
    assert (
        planner.browser.post(address, data={**values, "bonus_group_id": group_id}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert db.session.get(Indicator, planner.indicator.id).bonus_group_id == group_id
    without = {**values, "bonus_per_percent": "", "bonus_cap": "", "bonus_group_id": group_id}
    assert planner.browser.post(address, data=without).status_code == HTTPStatus.SEE_OTHER
    assert db.session.get(Indicator, planner.indicator.id).bonus_group_id is None


def test_a_group_that_a_bonus_or_a_tie_goes_by_is_not_deleted(planner):
    group, campaign = planner.groups[2], planner.campaign
    planner.indicator.bonus_group_id = group.id
    db.session.flush()
    with pytest.raises(
        RuleViolation, match="Điểm thưởng vượt chỉ tiêu của “Bán lẻ” được tính vào nhóm này"
    ):
        actions.delete_row(campaign, group)
    planner.indicator.bonus_group_id, campaign.tie_breaks = None, [f"group:{group.id}"]
    with pytest.raises(RuleViolation, match="Tiêu chí phụ khi bằng điểm đang theo nhóm này"):
        actions.delete_row(campaign, group)
    campaign.tie_breaks = []
    actions.delete_row(campaign, group)
    assert db.session.get(CriterionGroup, group.id) is None


def test_a_copied_plan_rescales_breaks_ties_and_rewards_by_its_own_groups(planner):
    first, bonus = planner.groups[0], planner.groups[2]
    planner.campaign.tie_breaks, planner.indicator.bonus_group_id = (
        [f"group:{first.id}", "council_vote"],
        bonus.id,
    )
    db.session.flush()
    made = copy_campaign(planner.campaign, title="Năm sau", months=12).campaign
    own = {group.code: group.id for group in queries.rows_of(CriterionGroup, made.id)}
    assert (made.rescaling, made.tie_breaks) == (
        Rescaling.SHARE,
        [f"group:{own['I']}", "council_vote"],
    )
    assert [row.bonus_group_id for row in queries.rows_of(Indicator, made.id)] == [own["T"]]


@pytest.mark.parametrize("with_indicator", [True, False])
def test_the_default_table_breaks_ties_by_its_groups_and_takes_the_bonuses(app, with_indicator):
    campaign = actions.create_campaign(
        {"title": "Thử", "starts_on": build.TODAY, "ends_on": build.TODAY}
    )
    assert campaign.tie_breaks == ["fewer_penalties", "earlier_report", "council_vote"]
    if with_indicator:
        build.indicator(campaign, points_rule=REWARD)
        build.indicator(campaign)
    criteria.take_default_table(campaign)
    if not with_indicator:
        build.indicator(campaign)
        criteria.take_indicator_group(campaign)
    own = {group.code: group.id for group in queries.rows_of(CriterionGroup, campaign.id)}
    assert campaign.tie_breaks == [
        f"group:{own['A']}",
        "fewer_penalties",
        f"group:{own['B']}",
        "earlier_report",
        "council_vote",
    ]
    assert [row.bonus_group_id for row in queries.rows_of(Indicator, campaign.id)] == (
        [own["T"], None] if with_indicator else [None]
    )


def test_the_plan_says_how_ties_are_broken_and_totals_rescaled(planner, page):
    first = planner.groups[0]
    planner.campaign.tie_breaks = [f"group:{first.id}", "council_vote"]
    db.session.commit()
    shown = page(planner.browser.get(f"/campaigns/{planner.campaign.id}/"))
    told = dict(zip(shown.all("dl.facts dt"), shown.all("dl.facts dd"), strict=True))
    assert (told["Nhóm không áp dụng"], told["Khi bằng điểm"]) == (
        "xếp theo tỷ lệ % của phần áp dụng",
        "điểm nhóm I cao hơn; Hội đồng biểu quyết",
    )
