"""A row of a table that is read: its cells, its place, and what it would change."""

from datetime import UTC, date, datetime, time
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.imports.rules import Effect, Outcome, Row, asking, compared
from campaign.units.rules import UsualKind

ROW = Row(
    5,
    "Đơn vị",
    {
        "name": "  Sở \n Công Thương ",
        "code": D(12),
        "points": D("7.123456789"),
        "day": datetime(2021, 5, 10, 8, 0, tzinfo=UTC),
        "hour": time(8, 0),
        "kind": "so, NGANH",
        "strange": "Xã",
        "broken": "x",
    },
    {"name": 1, "code": 2, "points": 28},
    shown={"code": "012"},
    faults={"broken": "ô gộp"},
)


def test_a_row_and_its_columns_are_named_as_the_table_shows_them():
    assert ROW.place() == "Trang «Đơn vị», dòng 5"
    assert ROW.said("points", "sai.") == "Cột AB: sai."
    assert (ROW.said("day", "sai."), ROW.said(None, "sai.")) == ("sai.", "sai.")


def test_texts_are_read_on_one_line_and_codes_as_shown():
    assert (ROW.text("name"), ROW.text("code"), ROW.text("none")) == ("Sở Công Thương", "012", "")


def test_a_row_is_called_by_what_can_be_read_of_it():
    assert [ROW.label(key) for key in ("name", "broken", "hour")] == ["Sở Công Thương", "", ""]


def test_a_number_of_a_formula_is_rounded_and_told():
    row = Row(5, "A", ROW.cells, ROW.columns)
    assert row.number_of("points", rounds=True, decimals=2) == D("7.12")
    assert row.notes == ["Cột AB: Trong tệp là 7,123456789; làm tròn thành 7,12."]
    assert (row.number_of("code", rounds=True, decimals=2), len(row.notes)) == (D(12), 1)
    assert row.number_of("none", decimals=2) is None
    with pytest.raises(RuleViolation):
        row.number_of("points", decimals=2)
    with pytest.raises(RuleViolation):
        row.number_of("name", rounds=True, decimals=2)


def test_a_day_is_read_where_there_is_one():
    assert (ROW.day("day"), ROW.day("none")) == (date(2021, 5, 10), None)


CHOICES = {"so, nganh": UsualKind.DEPARTMENT, "khac": UsualKind.OTHER}


def test_a_value_is_chosen_as_it_is_searched_for():
    assert (ROW.one_of("kind", CHOICES), ROW.one_of("none", CHOICES)) == (
        UsualKind.DEPARTMENT,
        None,
    )
    with pytest.raises(RuleViolation) as refusal:
        ROW.one_of("strange", CHOICES)
    assert (str(refusal.value), refusal.value.field) == (
        "“Xã” không có trong danh mục. Hãy ghi một trong: Sở, ngành; Đơn vị khác.",
        None,
    )


PLACE = "Trang «Đơn vị», dòng 5"


@pytest.mark.parametrize(
    ("before", "after", "effect", "details"),
    [
        (
            None,
            {"Tên": "Sở", "Mã": ""},
            Effect.ADDED,
            (("Tên", "", "Sở"),),
        ),
        (
            {"Tên": "Sở", "Mã": "1"},
            {"Tên": "Sở", "Mã": "2"},
            Effect.CHANGED,
            (("Mã", "1", "2"),),
        ),
        ({"Tên": "Sở"}, {"Tên": "Sở", "Mã": ""}, Effect.LEFT, ()),
        ({}, {"Mã": "2"}, Effect.CHANGED, (("Mã", "", "2"),)),
    ],
)
def test_what_a_row_would_do_is_told_field_by_field(before, after, effect, details):
    assert compared(ROW, "Sở", before, after) == Outcome(PLACE, "Sở", effect, details)


def test_questions_are_added_to_those_already_asked():
    first = asking(Outcome(PLACE, "Sở", Effect.ADDED), "Một?")
    assert asking(first, "Hai?", "Ba?").questions == ("Một?", "Hai?", "Ba?")


def test_an_empty_cell_names_nothing_of_a_list_of_the_office():
    assert ROW.code_of("nowhere", {"so, nganh": ("department", "Sở, ngành")}) is None


def test_a_cell_names_one_of_a_list_of_the_office_as_it_is_searched_for():
    kinds = {"so, nganh": ("department", "Sở, ngành"), "xa": ("commune", "Xã")}
    assert (ROW.code_of("kind", kinds), ROW.code_of("strange", kinds)) == ("department", "commune")
    with pytest.raises(
        RuleViolation, match=r"“Sở Công Thương” không có trong danh mục\. .*: Sở, ngành; Xã\."
    ):
        ROW.code_of("name", kinds)
