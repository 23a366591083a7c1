"""Đọc bảng tính: real files of each kind, and the numbers in them."""

import io
from datetime import date
from decimal import Decimal

import odf.opendocument
import odf.table
import odf.text
import pytest
import xlwt
from openpyxl import Workbook

from campaign.core.numbers import NumberError
from campaign.papers.reading import SpreadsheetRefused, read
from campaign.papers.rules import column_name, number_in
from tests.offline import HOSTILE, hostile, saved


def _xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_an_excel_file_gives_numbers_dates_and_composed_text_without_its_empty_tail():
    book = _xlsx(["Đơn vị", "Số"], ["Pho\u0300ng  Kinh tế", 0.1], [date(2021, 4, 28), 44462], [None, None], [True, "8,5"])
    for row in range(6, 3000):
        book.active.cell(row, 40).number_format = "0"
    book.active.row_dimensions[2].hidden = True
    book.active.merge_cells("A3:B3")
    sheet = read(io.BytesIO(saved(book))).sheets[0]
    assert sheet.rows == [["Đơn vị", "Số"], ["Phòng  Kinh tế", Decimal("0.1")], [date(2021, 4, 28)], [], [True, "8,5"]]
    assert (sheet.hidden_rows, sheet.merged) == (frozenset({2}), frozenset({(3, 2)}))
    assert [number for number, _ in sheet.table(2)] == [2, 3, 5]
    assert sheet.place(5, 28) == "Trang «Sheet», dòng 5, cột AB"


def test_an_old_excel_file_and_an_open_document_are_read_alike():
    old = xlwt.Workbook()
    page = old.add_sheet("Đơn vị")
    page.write(0, 0, "Phòng")
    page.write(0, 1, 12.5)
    first = io.BytesIO()
    old.save(first)
    new = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Đơn vị")
    row = odf.table.TableRow()
    words = odf.table.TableCell(valuetype="string")
    words.addElement(odf.text.P(text="Phòng"))
    row.addElement(words)
    row.addElement(odf.table.TableCell(valuetype="float", value="12.5"))
    table.addElement(row)
    new.spreadsheet.addElement(table)
    second = io.BytesIO()
    new.save(second)
    for content in (first, second):
        sheet = read(io.BytesIO(content.getvalue())).sheet("đơn vị")
        assert sheet.rows == [["Phòng", Decimal("12.5")]]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "stranger"])
def test_a_hostile_file_is_refused_with_its_reason(name):
    content, sentence = hostile(saved(_xlsx(["a"])))[name]
    with pytest.raises(SpreadsheetRefused, match=sentence):
        read(io.BytesIO(content))


@pytest.mark.parametrize(("cell", "value"), [
    (Decimal(44462), Decimal(44462)), ("44.462,5", Decimal("44462.5")), ("99,82", Decimal("99.82")), (" 12 ", Decimal(12)),
    ("1.218.000", Decimal(1218000))])
def test_a_number_is_read_where_it_can_be_read_in_one_way(cell, value):
    assert number_in(cell) == value


@pytest.mark.parametrize(("cell", "sentence"), [
    ("8.5", "“8.5” có phải là “8,5” không?"), ("1.218", "“1.218” là 1218 hay 1,218?"), ("1,218", "“1,218” là 1218 hay 1,218?"),
    ("1,218.5", "viết chưa đúng"), ("nhiều", "không phải là số"), (None, "Ô này phải là một số."), (True, "Ô này phải là một số."),
    (date(2021, 4, 28), "Ô này phải là một số.")])
def test_a_number_that_may_mean_two_things_is_asked_about(cell, sentence):
    with pytest.raises(NumberError, match=sentence.replace("?", r"\?")):
        number_in(cell)


def test_a_cell_shown_as_a_percentage_is_asked_about():
    book = _xlsx(["Tăng"], [0.08], [0.085], [8])
    book.active["A2"].number_format = "0%"
    book.active["A3"].number_format = "0.0%"
    sheet = read(io.BytesIO(saved(book))).sheets[0]
    assert [row[0] for row in sheet.rows] == ["Tăng", "8 %", "8.5 %", Decimal(8)]
    with pytest.raises(NumberError, match="Hãy bỏ định dạng phần trăm và nhập số 8,5."):
        number_in(sheet.at(3, 1))


def test_columns_have_their_letters():
    assert [column_name(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
