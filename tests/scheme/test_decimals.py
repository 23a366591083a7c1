"""Points of a plan are not finer than the plan gives them; rates for each part may be."""

from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.rules.decimals import demand_decimals, points_in

COUNT = {"kind": "times", "start": "1", "each": "0.25", "kinds": [], "lowest": "0"}
AWARDS = {"kind": "awards", "start": "0", "each": "0", "kinds": [["Cờ", "1.125"]], "lowest": "0"}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ({"maximum": D(10), "cap": None, "name": "A1"}, [("maximum", D(10))]),
        ({"scale": D(1000), "mark_step": D("0.5")}, [("scale", D(1000)), ("mark_step", D("0.5"))]),
        ({"points_rule": {"kind": "step", "lost": "0.125"}}, [("bonus_cap", D(0))]),
        (
            {"points_rule": {"kind": "place_table", "places": ["10", "8.5"]}},
            [("places", D(10)), ("places", D("8.5")), ("bonus_cap", D(0))],
        ),
        (
            {"points_rule": {"kind": "levels", "levels": [["5000.125", "10"], ["4000", "7.5"]]}},
            [("levels", D(10)), ("levels", D("7.5")), ("bonus_cap", D(0))],
        ),
        (
            {
                "points_rule": {
                    "kind": "start_and_step",
                    "start": "5000",
                    "start_points": "10",
                    "every": "100",
                    "gain": "0.125",
                    "bonus_cap": "0",
                }
            },
            [("start_points", D(10)), ("bonus_cap", D(0))],
        ),
        (
            {"count_rule": COUNT},
            [("count_start", D(1)), ("count_each", D("0.25")), ("count_lowest", D(0))],
        ),
        (
            {"count_rule": AWARDS},
            [
                ("count_start", D(0)),
                ("count_each", D(0)),
                ("count_lowest", D(0)),
                ("count_kinds", D("1.125")),
            ],
        ),
        ({"checklist": [["Có quy chế", "1.5"]]}, [("checklist_items", D("1.5"))]),
    ],
)
def test_what_is_typed_as_points_is_known_by_its_field(stored, typed):
    assert list(points_in(stored)) == typed


@pytest.mark.parametrize(
    ("stored", "places", "enough", "field", "sentence"),
    [
        (
            {"maximum": D("2.125")},
            2,
            3,
            "maximum",
            "Điểm của phong trào này có nhiều nhất 2 chữ số thập phân, không ghi được 2,125.",
        ),
        (
            {"mark_step": D("0.5")},
            0,
            1,
            "mark_step",
            "Điểm của phong trào này là số nguyên, không ghi được 0,5.",
        ),
        (
            {"count_rule": COUNT},
            1,
            2,
            "count_each",
            "Điểm của phong trào này có nhiều nhất 1 chữ số thập phân, không ghi được 0,25.",
        ),
        (
            {"count_rule": AWARDS},
            2,
            3,
            "count_kinds",
            "Điểm của phong trào này có nhiều nhất 2 chữ số thập phân, không ghi được 1,125.",
        ),
    ],
)
def test_points_finer_than_the_plan_are_refused_at_their_field(
    stored, places, enough, field, sentence
):
    with pytest.raises(RuleViolation) as refusal:
        demand_decimals(stored, places)
    assert (str(refusal.value), refusal.value.field) == (sentence, field)
    demand_decimals(stored, enough)
