"""The scoring table as a tree: sections below groups, their bounds, what penalties take from."""

from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning import actions
from campaign.planning.copying import copy_campaign
from campaign.planning.criteria import sections
from campaign.planning.queries import rows_of, scheme_of
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from tests import build

PENALTY = CriterionKind.PENALTY


class Planner:
    """I (trần 60) › 1 › 1.1 with criterion a; II with b and a fine that takes from a."""

    def __init__(self, sign_in):
        self.campaign = build.campaign()
        self.first = build.group(self.campaign, code="I", ceiling=D(60), position=1)
        self.second = build.group(self.campaign, code="II", position=2)
        self.one = build.group(self.campaign, code="1", within=self.first, position=1)
        self.deep = build.group(self.campaign, code="1.1", within=self.one, position=1)
        self.a, self.b, self.fine = (
            build.criterion(
                self.campaign,
                within=within,
                code=code,
                maximum=maximum,
                judged_by=JudgedBy.SECRETARIAT,
                **more,
            )
            for within, code, maximum, more in (
                (self.deep, "a", "60", {}),
                (self.second, "b", "40", {}),
                (self.second, "p", None, {"kind": PENALTY}),
            )
        )
        self.fine.takes_from, self.fine.taken_criterion_id = TakesFrom.CRITERION, self.a.id
        db.session.commit()
        self.browser = sign_in(build.user(Role.SECRETARIAT))
        self.at = f"/campaigns/{self.campaign.id}/criteria"

    def tree(self, campaign=None):
        return [
            (node.level, node.code, [row.code for row in node.own])
            for node in scheme_of((campaign or self.campaign).id).nodes
        ]


@pytest.fixture
def planner(app, sign_in):
    return Planner(sign_in)


TREE = [(1, "I", []), (2, "1", []), (3, "1.1", ["a"]), (1, "II", ["b", "p"])]


def test_the_page_shows_the_tree_with_codes_bounds_and_what_penalties_take_from(planner, page):
    assert planner.tree() == TREE
    shown = page(planner.browser.get(f"{planner.at}/"))
    assert [
        (text.partition(".")[0], text.rpartition(" · ")[2]) for text in shown.all("main h2")
    ] == [("I", "60,00"), ("II", "40,00")]
    headings = [
        " ".join(text.split()) for text in shown.all("tr.section th > div > span:first-child")
    ]
    assert [text.partition(".")[0] for text in headings] == ["1", "1"]
    assert [text.rpartition(" · ")[2] for text in headings] == ["60,00", "60,00"]
    chips = shown.all("main .chip")
    assert "trần 60,00" in chips
    assert "điểm trừ, trừ vào a" in chips
    assert "không giới hạn" in shown.all("td[data-label='Tối đa']")


def test_a_section_is_added_below_another_moved_among_its_siblings_and_deleted(planner, page):
    new = f"{planner.at}/groups/new?parent={planner.first.id}"
    assert page(planner.browser.get(new)).value("parent_id") == str(planner.first.id)
    data = {
        "code": "2",
        "name": "Mục hai",
        "parent_id": planner.first.id,
        "ceiling": "5",
        "floor": "-2,5",
    }
    assert planner.browser.post(new, data=data).status_code == 303
    section = next(row for row in rows_of(CriterionGroup, planner.campaign.id) if row.code == "2")
    assert (section.parent_id, section.ceiling, section.floor) == (
        planner.first.id,
        D(5),
        D("-2.5"),
    )
    planner.browser.post(f"{planner.at}/groups/{section.id}/move", data={"up": "1"})
    assert [code for _, code, _ in planner.tree()] == ["I", "2", "1", "1.1", "II"]
    planner.browser.post(f"{planner.at}/groups/{section.id}/delete")
    assert planner.tree() == TREE


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"parent": "deep"}, "Bảng điểm có nhiều nhất 4 cấp, tính cả tiêu chí: mục 1.1 không chứa"),
        ({"section": "one", "parent": "deep"}, "Một mục không nằm được trong chính mục ấy"),
        ({"section": "one", "parent": "one"}, "Một mục không nằm được trong chính mục ấy"),
        ({"section": "first", "parent": "second"}, "Bảng điểm có nhiều nhất 4 cấp"),
        ({"ceiling": D(1), "floor": D(2)}, "Trần phải từ mức sàn trở lên."),
        ({"ceiling": D(-5)}, "Trần phải từ 0 trở lên; mức thấp nhất thì ghi ở ô sàn."),
        ({"parent": None}, "Hãy chọn một mục của bảng điểm này."),
    ],
)
def test_a_section_that_cannot_stand_there_is_refused(planner, values, sentence):
    section, parent = values.pop("section", None), values.pop("parent", "")
    if parent != "":
        values["parent_id"] = getattr(planner, parent).id if parent else 99
    row = getattr(planner, section) if section else CriterionGroup()
    with pytest.raises(RuleViolation, match=sentence):
        sections.save_section(planner.campaign, row, code="X", name="X", **values)


def _criterion(planner, **more):
    return {
        "group_id": planner.second.id,
        "code": "x",
        "name": "Vi phạm",
        "judged_by": "secretariat",
        "leaf_kind": "penalty",
        "takes_from": "group",
        "kind": "linear",
        "own_judgement": "level",
        **more,
    }


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"leaf_kind": "base"}, "Hãy nhập điểm tối đa."),
        (
            {"judged_by": "council"},
            "Chỉ điểm thưởng, điểm trừ tính theo số lần hoặc do Thường trực",
        ),
        ({"takes_from": "criterion"}, "Hãy chọn tiêu chí bị trừ"),
    ],
)
def test_a_criterion_that_cannot_be_is_refused_at_its_field(planner, page, more, sentence):
    answer = page(planner.browser.post(f"{planner.at}/new", data=_criterion(planner, **more)))
    assert answer.status == 422
    assert any(sentence in text for text in answer.all(".field__error"))


def test_a_penalty_without_limit_takes_from_its_section_or_from_a_criterion(planner):
    new = f"{planner.at}/new?group={planner.second.id}"
    assert planner.browser.post(new, data=_criterion(planner)).status_code == 303
    row = next(one for one in rows_of(Criterion, planner.campaign.id) if one.code == "x")
    assert (row.maximum, row.kind, row.takes_from) == (None, PENALTY, TakesFrom.GROUP)
    taking = _criterion(planner, takes_from="criterion", taken_criterion_id=planner.b.id)
    assert planner.browser.post(f"{planner.at}/{row.id}", data=taking).status_code == 303
    assert row.taken_criterion_id == planner.b.id
    as_base = _criterion(planner, leaf_kind="base", maximum="5")
    assert planner.browser.post(f"{planner.at}/{row.id}", data=as_base).status_code == 303
    assert (row.takes_from, row.taken_criterion_id) == (TakesFrom.TOTAL, None)


def test_what_a_penalty_takes_from_is_neither_deleted_nor_turned_into_a_penalty(planner):
    with pytest.raises(RuleViolation, match="Điểm trừ p trừ vào tiêu chí này"):
        actions.delete_row(planner.campaign, planner.a)
    with pytest.raises(RuleViolation, match="Mục còn mục con"):
        sections.delete_section(planner.campaign, planner.first)
    with pytest.raises(RuleViolation, match="Điểm trừ p trừ vào tiêu chí này"):
        sections.delete_whole(planner.campaign, planner.first)
    db.session.rollback()
    with pytest.raises(RuleViolation, match="nên tiêu chí này không thể là điểm trừ"):
        sections.taking_of(planner.campaign, planner.a, {"kind": PENALTY})
    for group in (planner.second, planner.first):
        planner.browser.post(f"{planner.at}/groups/{group.id}/delete?whole=1")
    assert planner.tree() == []


def test_a_copied_table_is_the_same_tree_and_its_penalty_takes_from_the_copy(planner):
    copied = copy_campaign(planner.campaign, title="Năm sau", months=12).campaign
    assert planner.tree(copied) == TREE
    own = {row.code: row for row in rows_of(Criterion, copied.id)}
    assert (own["p"].taken_criterion_id, own["p"].maximum) == (own["a"].id, None)
    assert scheme_of(copied.id).groups[0].ceiling == D(60)
    actions.delete_campaign(copied)


def test_the_page_of_the_plan_lists_the_sections_of_each_group(planner, page):
    shown = page(planner.browser.get(f"/campaigns/{planner.campaign.id}/"))
    told = [" ".join(text.split()) for text in shown.all("main ul ul li")]
    assert [text.partition(".")[0] for text in told if text.startswith("1")] == ["1", "1"]
