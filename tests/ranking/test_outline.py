"""Random tables of any shape: what page, PDF and Excel show adds up, and units change nothing."""

import re
from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.council.named import RequiredMarks
from campaign.planning.rules import Aggregation, TieBreak
from campaign.planning.ties import TieStep
from campaign.ranking.counting import Counting, entry_of, fill, sum_up
from campaign.ranking.explanation import explain, with_own_scale
from campaign.ranking.order import rank
from campaign.ranking.outline import RowKind, group_head, outline, section_words
from campaign.ranking.queries import decided_words
from campaign.ranking.rules import tally_of
from campaign.ranking.sheets import _rows
from campaign.ranking.table import Row
from campaign.ranking.workbook import explained
from campaign.reporting.rules import Content, SelfAssessment
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.verification.rules import CriterionResult, GivenPoints, UnitResult, VerifiedUnit
from tests import arithmetic
from tests.scheme.test_sums import POINTS, tables


def _scheme(sections, lines):
    """The same table with names: leaves of a section before the sections below it."""
    below = {section.id: [] for section in sections}
    for section in sections:
        if section.parent_id is not None:
            below[section.parent_id].append(section)

    def node(section, level):
        nodes = tuple(one for child in below[section.id] for one in node(child, level + 1).outline)
        own = tuple(
            ScoredCriterion(
                line.criterion_id,
                section.id,
                f"c{line.criterion_id}",
                "Tiêu chí",
                "",
                line.maximum,
                line.kind,
                JudgedBy.SECRETARIAT,
                evidence_required=False,
                takes_from=line.takes_from,
                taken_id=line.taken_id,
            )
            for line in lines
            if line.group_id == section.id
        )
        return ScoredGroup(
            section.id,
            f"s{section.id}",
            "Mục",
            (*own, *(leaf for one in nodes for leaf in one.own)),
            section.ceiling,
            section.floor,
            section.parent_id,
            level,
            nodes,
        )

    return Scheme(tuple(node(one, 1) for one in sections if one.parent_id is None), {})


def _counted(scheme, points, number=1, aside=()):
    """A unit with these points, counted: by criterion, up to its maximum."""
    way = Counting(scheme, {}, Aggregation.MEAN, 1, [])
    maxima = scheme.maxima_for(number, None, aside)
    results = {
        key: CriterionResult(min(points[key], maximum), maximum) for key, maximum in maxima.items()
    }
    row = Row(number, number, f"Đơn vị {number}", "")
    result = UnitResult(number, 1, maxima, results)
    fill(row, result, way)
    sum_up(row, way)
    return way, row, result


def _number(text):
    return D(text.replace(".", "").replace(",", ".")) if text not in {"", "–"} else D(0)


@settings(max_examples=60)
@given(tables(), st.data())
def test_what_page_pdf_and_excel_show_adds_up_to_sections_groups_and_total(table, more):
    scheme = _scheme(*table)
    given_points = {line.criterion_id: line.points for line in table[1]}
    aside = more.draw(st.sets(st.sampled_from([*given_points]))) if given_points else set()
    _, row, result = _counted(scheme, given_points, aside=aside)
    reasons = {key: GivenPoints(key, None, "", "Không có việc này") for key in aside}
    data = explain(row, scheme, result, Content(), {}, reasons, {}, Aggregation.MEAN, None)
    by_code = {node.code: node for node in scheme.nodes}
    for group in data["groups"]:
        for line in group["lines"]:
            for step in filter(lambda words: " = " in words, line["steps"]):
                stated = arithmetic.check(re.sub(r" \(c\d+\)", "", step))
                assert stated == Fraction(_number(line["points"])), step
        shown = [one for one in outline(group) if one.kind is not RowKind.SECTION]
        assert sum((_number(one.row["points"]) for one in shown), D(0)) == _number(group["points"])
        for section in (group, *group["sections"]):
            own = "" if section is group else section["code"]
            inside = [
                *(line["points"] for line in group["lines"] if line["section"] == own),
                *(more["points"] for more in section["adjustments"]),
                *(
                    child["points"]
                    for child in group["sections"]
                    if by_code[child["code"]].parent_id == by_code[section["code"]].id
                ),
            ]
            assert sum(map(_number, inside), D(0)) == _number(section["points"])
    assert sum((_number(group["points"]) for group in data["groups"]), D(0)) + _number(
        data["rescaling"]
    ) == _number(data["total"])
    cells, _ = explained(data, "Tổng điểm")
    assert sum((one[8] for one in cells.rows if one[8] is not None), D(0)) == row.counted.earned
    printed = [one["cells"][4].partition(" / ")[0] for one in _rows(data, "Tổng điểm")]
    assert printed[-1] == data["total"]
    assert len(printed) == 1 + bool(data["rescaling"]) + len(data["groups"]) + sum(
        len(list(outline(group))) + bool(group["sections"]) for group in data["groups"]
    )


@settings(max_examples=40)
@given(tables(), st.data())
def test_a_permutation_of_the_units_changes_no_place_and_no_total(table, data):
    scheme = _scheme(*table)
    keys = [line.criterion_id for line in table[1]]
    units = [{key: data.draw(POINTS) for key in keys} for _ in range(data.draw(st.integers(2, 4)))]
    entries = []
    for number, points in enumerate(units):
        way, row, _ = _counted(scheme, points, number)
        entries.append(entry_of(row, way, {}))
    shuffled = data.draw(st.permutations(entries))
    assert {one.id: (one.rank, one.total) for one in rank(shuffled)} == {
        one.id: (one.rank, one.total) for one in rank(entries)
    }


def _leaf(key, section, kind):
    return ScoredCriterion(
        key, section, f"c{key}", "", "", D(10), kind, JudgedBy.SECRETARIAT, evidence_required=False
    )


def test_a_section_of_which_nothing_applies_says_so_and_what_is_left_of_one_still_counts():
    """I is base (set aside) beside a bonus that counts; II has 1 set aside whole, with a floor."""
    base, bonus = CriterionKind.BASE, CriterionKind.BONUS
    one, two, three, four = (
        _leaf(number, section, kind)
        for number, section, kind in ((1, 10, base), (2, 10, bonus), (3, 21, base), (4, 20, base))
    )
    inner = ScoredGroup(21, "1", "Một", (three,), floor=D(5), parent_id=20, level=2)
    groups = (
        ScoredGroup(10, "I", "Nhóm", (one, two)),
        ScoredGroup(20, "II", "Nhóm", (four, three), nodes=(inner,)),
    )
    _, row, result = _counted(Scheme(groups, {}), {2: D(3), 4: D(8)}, aside={1, 3})
    given_points = {key: GivenPoints(key, None, "", "Không có") for key in (1, 3)}
    scheme = Scheme(groups, {})
    data = explain(row, scheme, result, Content(), {}, given_points, {}, Aggregation.MEAN, None)
    first, second = data["groups"]
    (within,) = second["sections"]
    assert [(one["points"], section_words(one)) for one in (first, second, within)] == [
        ("3,00", "phần điểm chuẩn không áp dụng cho đơn vị"),
        ("8,00", ""),
        ("", "sàn 5,00, không áp dụng cho đơn vị"),
    ]
    assert (data["rescaling"], data["total"]) == ("4,00", "15,00")
    _, sums = explained(data, "Tổng điểm")
    assert [sections[5] for sections in sums.rows[:3]] == [
        "phần điểm chuẩn không áp dụng cho đơn vị",
        "",
        "trong nhóm II; không áp dụng cho đơn vị",
    ]


def test_equal_totals_are_told_apart_by_what_of_a_group_applies_to_each():
    """Of II, which counts 40 of its 50 at most, only 20 apply to the second unit: 19 are 38."""
    base = CriterionKind.BASE
    rows = [_leaf(1, 1, base), _leaf(2, 2, base), _leaf(3, 2, base)]
    rows = [
        replace(row, maximum=D(most)) for row, most in zip(rows, ("60", "30", "20"), strict=True)
    ]
    groups = (
        ScoredGroup(1, "I", "", (rows[0],)),
        ScoredGroup(2, "II", "", tuple(rows[1:]), ceiling=D(40)),
    )
    scheme, entries = Scheme(groups, {}), []
    for number, points, aside in (
        (1, {1: D(54), 2: D(20), 3: D(16)}, ()),
        (2, {1: D(53), 2: D(0), 3: D(19)}, {2}),
        (3, {1: D(54), 2: D(0), 3: D(18)}, {2}),
    ):
        way, row, _ = _counted(scheme, points, number, aside)
        entries.append(entry_of(row, way, {}))
    assert [(entry.total, entry.groups[2], [*entry.stretched]) for entry in entries] == [
        (D(90), D(36), []),
        (D(90), D(38), [2]),
        (D(90), D(36), [2]),
    ]
    step = TieStep(TieBreak.GROUP, 2)
    standings = rank(entries, [step])
    assert [(one.id, one.rank) for one in standings] == [(2, 1), (1, 2), (3, 2)]
    assert decided_words(standings[0], scheme) == "điểm nhóm II cao hơn, so trên phần áp dụng"


def test_it_is_told_out_of_how_much_a_unit_gave_itself_points_where_the_rest_was_set_aside():
    base = CriterionKind.BASE
    scheme = Scheme((ScoredGroup(1, "I", "", (_leaf(1, 1, base), _leaf(2, 1, base))),), {})
    _, row, result = _counted(scheme, {1: D(12)}, aside={2})
    content = Content(scores={1: SelfAssessment(D(8)), 2: SelfAssessment(D(5))})
    reasons = {2: GivenPoints(2, None, "", "Không có")}
    data = explain(row, scheme, result, content, {}, reasons, {}, Aggregation.MEAN, None)
    unit = VerifiedUnit(1, 1, None, 1, points=reasons)
    first, second = with_own_scale(data, scheme, unit)["groups"][0]["lines"]
    assert (first["self"], first["maximum"]) == ("8,00", "20,00")
    assert first["steps"][-1] == "Đơn vị tự chấm theo điểm tối đa 10,00"
    assert second["steps"] == ["Không áp dụng: Không có"]
    whole = _counted(scheme, {1: D(8), 2: D(5)})
    told = explain(whole[1], scheme, whole[2], content, {}, {}, {}, Aggregation.MEAN, None)
    assert with_own_scale(told, scheme, unit) == told


def test_what_unit_and_council_gave_stand_beside_each_other_on_one_scale():
    marked = replace(_leaf(1, 1, CriterionKind.BASE), judged_by=JudgedBy.COUNCIL)
    other = _leaf(2, 1, CriterionKind.BASE)
    scheme, marks = Scheme((ScoredGroup(1, "I", "", (marked, other)),), {}), [D(8), D(9)]
    way = Counting(scheme, {(1, 1): tally_of(marks)}, Aggregation.MEAN, RequiredMarks(2), [])
    result = UnitResult(1, 1, scheme.maxima_for(1, None, {2}), {})
    row = Row(1, 1, "Đơn vị 1", "")
    fill(row, result, way)
    reasons = {2: GivenPoints(2, None, "", "Không có")}
    content = Content(scores={1: SelfAssessment(D(16))})
    data = explain(row, scheme, result, content, {}, reasons, {1: marks}, Aggregation.MEAN, None)
    line = data["groups"][0]["lines"][0]
    assert [line[name] for name in ("maximum", "self", "council", "points")] == [
        "20,00",
        "16,00",
        "17,00",
        "17,00",
    ]
    assert line["steps"] == [
        "trung bình 2 phiếu (8–9): 17 ÷ 2 = 8,50",
        "quy đổi: 17 ÷ 2 × 20 ÷ 10 = 17,00",
    ]


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("I", "Nhóm I. Chuyên môn"),
        ("Nhóm 1", "Nhóm 1. Chuyên môn"),
        ("nhóm A", "Nhóm A. Chuyên môn"),
    ],
)
def test_a_group_is_called_so_once_whatever_its_code(code, head):
    assert group_head({"code": code, "name": "Chuyên môn"}) == head


def test_an_explanation_that_was_frozen_before_tables_had_sections_is_read_as_it_was():
    line = {
        "code": "A1",
        "name": "Chỉ tiêu",
        "judged_by": "Hội đồng",
        "maximum": "10,00",
        "self": "9,00",
        "verified": "",
        "council": "8,00",
        "points": "8,00",
        "facts": "",
        "steps": [],
        "comment": "",
    }
    group = {
        "code": "A",
        "name": "Nhóm cũ",
        "kind": "bonus",
        "cap": "5,00",
        "points": "5,00",
        "bonus": "",
        "lines": [line],
        "adjustments": [{"name": "Phần vượt mức trần 5,00", "points": "-3,00"}],
    }
    data = {
        "groups": [group],
        "rescaling": "",
        "remarks": [],
        "total": "5,00",
        "band": "",
    }
    assert [one["cells"][4:] for one in _rows(data, "Tổng điểm")] == [
        ["8,00 / 10,00", ""],
        ["-3,00", ""],
        ["5,00", "trần 5,00"],
        ["5,00", ""],
    ]
    cells, groups = explained(data, "Tổng điểm")
    assert [row[8] for row in cells.rows] == [D("8.00"), D("-3.00")]
    assert next(row[2:5] for row in groups.rows) == (D(5), D(5), None)
