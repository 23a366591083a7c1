"""A row of a table that is read: its cells, its place, and what it would change."""

from datetime import UTC, date, datetime, time
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.imports.rules import Effect, Names, Outcome, Row, asking, compared
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
    assert ROW.named_in("nowhere", Names({"Sở, ngành": "department"})) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BẢN", "hamlet"),
        ("Bàn", "table"),
        ("ban", None),
        ("xa", "commune"),
        ("XÃ ", "commune"),
        ("Hoà", "peace"),
        ("Xá", "commune"),
    ],
)
def test_a_name_is_found_without_its_tones_only_where_one_can_be_meant(text, code):
    names = Names({"Bản": "hamlet", "Bàn": "table", "Xã": "commune", "Hòa": "peace"})
    assert names.code_of(text) == code


def test_a_cell_names_one_of_a_list_of_the_office_as_it_is_searched_for():
    kinds = Names({"Sở, ngành": "department", "Xã": "commune"})
    assert (ROW.named_in("kind", kinds), ROW.named_in("strange", kinds)) == (
        "department",
        "commune",
    )
    with pytest.raises(
        RuleViolation, match=r"“Sở Công Thương” không có trong danh mục\. .*: Sở, ngành; Xã\."
    ):
        ROW.named_in("name", kinds)


@pytest.mark.parametrize(
    ("cell", "shown", "code"),
    [("1.10", "", "1.10"), (D(7), "", "7"), (D("7.5"), "07.5", "07.5"), (None, "", "")],
)
def test_a_code_is_what_its_cell_shows(cell, shown, code):
    row = Row(2, "Trang", {"code": cell}, {"code": 1}, {"code": shown} if shown else {})
    assert row.code("code") == code


def test_a_code_that_excel_took_for_a_number_is_asked_about():
    with pytest.raises(RuleViolation) as refused:
        Row(2, "Trang", {"code": D("1.1")}, {"code": 1}).code("code")
    assert str(refused.value) == (
        "Ô này phải là chữ. Trong tệp đây là số 1,1; Excel có thể đã đổi nội dung ô, như 1.10 "
        "thành 1,1. Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại."
    )
