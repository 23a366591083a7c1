"""Cells that save as one types: their names, how their text is read, and a second writer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from campaign.core import cells
from campaign.core.cells import CellName, Writer, cell_name, demand_unchanged, shown
from campaign.core.errors import Conflict, RuleViolation
from campaign.scheme.rules.terms import ValueKind


def _kinds():
    return cells.choice(ValueKind, "Hãy chọn.")


def _measure():
    return cells.measure(2)


def _points():
    return cells.points(Decimal(10), 2)


def _whole_points():
    return cells.points(Decimal(10), 0)


def _finest_points():
    return cells.points(Decimal(10), 4)


def _line():
    return cells.line


def _prose():
    return cells.prose


@pytest.mark.parametrize(
    ("field", "name", "number", "row"),
    [
        ("v:12:value", CellName("v", "12", "value"), 12, "v:12"),
        ("n:7", CellName("n", "7"), 7, "n:7"),
        ("m:3:4", CellName("m", "3", "4"), 3, "m:3"),
        ("w:jump:12", CellName("w", "jump", "12"), 0, "w:jump"),
        ("v:12:value:more", CellName("v", "12", "value:more"), 12, "v:12"),
        ("", CellName("", ""), 0, ":"),
    ],
)
def test_the_name_of_a_cell_says_its_kind_its_row_and_its_part(field, name, number, row):
    read = cell_name(field)
    assert (read, read.number, read.row) == (name, number, row)


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (_measure, " 44.462,98 ", Decimal("44462.98")),
        (_measure, "  ", None),
        (_points, "9,5", Decimal("9.5")),
        (_points, "", None),
        (_whole_points, "9,0", Decimal(9)),
        (_finest_points, "9,1234", Decimal("9.1234")),
        (_finest_points, "9,125", Decimal("9.125")),
        (_kinds, "official", ValueKind.OFFICIAL),
        (_kinds, "", None),
        (_line, " hai  dòng\n", "hai dòng"),
        (_prose, "hai\ndòng ", "hai\ndòng "),
        (_prose, "x" * cells.LONGEST, "x" * cells.LONGEST),
    ],
)
def test_a_cell_is_read_by_its_kind_and_nothing_typed_is_never_zero(reader, text, value):
    assert cells.read(text, reader()) == value


@pytest.mark.parametrize(
    ("reader", "text", "sentence"),
    [
        (_kinds, "khác", "Hãy chọn."),
        (_points, "11", "Điểm phải từ 0 đến 10."),
        (_points, "9,125", "Nhiều nhất 2 chữ số sau dấu phẩy."),
        (_whole_points, "9,5", "Số này phải là số nguyên."),
        (_finest_points, "9,12345", "Nhiều nhất 4 chữ số sau dấu phẩy."),
        (_measure, "1,234", "“1,234” có phải là “1.234” không? Dấu chấm ngăn từng nhóm ba chữ số."),
        (_measure, "1,2345", "Nhiều nhất 2 chữ số sau dấu phẩy."),
        (_prose, "x" * (cells.LONGEST + 1), "Nhiều nhất 20.000 ký tự."),
    ],
)
def test_a_cell_refuses_what_it_cannot_hold(reader, text, sentence):
    with pytest.raises(RuleViolation) as refused:
        cells.read(text, reader())
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("44462.98"), "44.462,98"),
        (ValueKind.OFFICIAL, "official"),
        ("Đã làm.", "Đã làm."),
        (12, "12"),
    ],
)
def test_a_cell_shows_a_stored_value_as_it_is_typed(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("current", "base", "new"),
    [
        ("99", "99", "100"),
        ("100", "99", "100"),
        ("So\u0302\u0301", "S\u1ed1", "Khác"),
        ("S\u1ed1", "So\u0302\u0301", "Khác"),
    ],
)
def test_a_cell_is_written_where_it_holds_its_base_or_what_is_typed(current, base, new):
    demand_unchanged(current, base=base, new=new, last=pytest.fail)


@pytest.mark.parametrize(
    ("at", "told"),
    [(datetime(2021, 4, 28, 2, tzinfo=UTC), "09:00 28/04/2021"), (None, "")],
)
def test_a_second_writer_is_told_what_stands_there_by_whom_and_when(at, told):
    with pytest.raises(Conflict) as refused:
        demand_unchanged("98", base="99", new="100", last=lambda: Writer("Lò Thị Mai", at))
    conflict = refused.value
    assert (conflict.theirs, conflict.by, conflict.at) == ("98", "Lò Thị Mai", told)
