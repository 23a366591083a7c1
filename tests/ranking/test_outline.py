"""Random tables of any shape: what page, PDF and Excel show adds up, and units change nothing."""

from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.planning.rules import Aggregation
from campaign.ranking.counting import Counting, entry_of, fill, sum_up
from campaign.ranking.explanation import explain
from campaign.ranking.order import rank
from campaign.ranking.outline import RowKind, outline
from campaign.ranking.sheets import _rows
from campaign.ranking.table import Row
from campaign.ranking.workbook import explained
from campaign.reporting.rules import Content
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.rules import CriterionResult, UnitResult
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


def _counted(scheme, points, number=1):
    """A unit with these points, counted: by criterion, up to its maximum."""
    way = Counting(scheme, {}, Aggregation.MEAN, 1, [])
    maxima = scheme.maxima_for(number, None)
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
@given(tables())
def test_what_page_pdf_and_excel_show_adds_up_to_sections_groups_and_total(table):
    scheme = _scheme(*table)
    given_points = {line.criterion_id: line.points for line in table[1]}
    _, row, result = _counted(scheme, given_points)
    data = explain(row, scheme, result, Content(), {}, {}, {}, Aggregation.MEAN, None)
    by_code = {node.code: node for node in scheme.nodes}
    for group in data["groups"]:
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
