"""Bảng tính ra: what a reader of the file finds in it."""

import os
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from campaign.papers.workbook import About, Chart, Column, Kind, Table, free_name, write

ABOUT = About(
    "Xếp hạng",
    datetime(2021, 5, 14, 1, 30, tzinfo=UTC),
    "Nguyễn Văn A",
    "đã khoá",
    [("Khối", "Khối 1")],
)
COLUMNS = (
    Column("Đơn vị", width=30),
    Column("Số", Kind.WHOLE),
    Column("Điểm", Kind.POINTS),
    Column("Ngày", Kind.DAY),
    Column("Lúc", Kind.MOMENT),
)


def _read(*tables):
    with write(tables, ABOUT) as made:
        return load_workbook(made)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+84", "-5", "http://a.vn", "44.462", "Hòa Bình", "<b>&amp;"]
)
def test_text_stays_the_text_it_was(text):
    cell = _read(Table("Bảng", COLUMNS[:1], [(text,)]))["Bảng"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_figures_days_and_moments_are_what_excel_counts_with():
    row = ("A", -5, Decimal("99.82"), date(2021, 2, 26), datetime(2021, 4, 30, 17, 0, tzinfo=UTC))
    sheet = _read(Table("Bảng", COLUMNS, [row]))["Bảng"]
    assert [(str(cell.value), cell.number_format) for cell in sheet[2][1:]] == [
        ("-5", "#,##0"),
        ("99.82", "#,##0.00"),
        ("2021-02-26 00:00:00", "dd/mm/yyyy"),
        ("2021-05-01 00:00:00", "dd/mm/yyyy hh:mm"),
    ]


def test_a_measure_shows_the_digits_it_has_and_no_comma_behind_a_whole_one():
    sheet = _read(
        Table(
            "Bảng",
            [Column("Kendall W", Kind.MEASURE)],
            [(Decimal("0.1111"),), (Decimal(1),), (Decimal("44462.0"),)],
        )
    )["Bảng"]
    assert [(cell.value, cell.number_format) for cell in sheet["A"][1:]] == [
        (0.1111, "#,##0.##########"),
        (1, "#,##0"),
        (44462, "#,##0"),
    ]


def test_what_is_missing_is_an_empty_cell_and_zero_a_zero():
    sheet = _read(Table("Bảng", COLUMNS[:3], [("A", None, None), ("B", 0, Decimal(0))]))["Bảng"]
    assert [[cell.value for cell in row] for row in sheet["B2:C3"]] == [[None, None], [0, 0]]


def test_characters_a_spreadsheet_cannot_hold_are_dropped():
    assert _read(Table("Bảng", COLUMNS[:1], [("a\x00b\x0bc\ufffe",)]))["Bảng"]["A2"].value == "abc"


def test_the_head_stays_and_repeats_and_the_page_is_set_up():
    sheet = _read(Table("Bảng", COLUMNS, []))["Bảng"]
    assert (
        sheet.freeze_panes,
        sheet.print_title_rows,
        sheet.page_setup.orientation,
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToHeight,
        sheet.auto_filter.ref,
    ) == ("A2", "$1:$1", "landscape", 9, 0, "A1:E1")
    assert (sheet["A1"].value, sheet.column_dimensions["A"].width) == (
        "Đơn vị",
        pytest.approx(30.7, abs=0.1),
    )


def test_sheets_of_one_name_or_of_a_name_excel_refuses_are_all_there():
    tables = [
        Table(name, COLUMNS[:1], []) for name in ("Khối 1/2: [A]", "Khối 1/2: [A]", "k" * 40, "")
    ]
    assert _read(*tables).sheetnames == [
        "Khối 1 2   A",
        "Khối 1 2   A (2)",
        "k" * 31,
        "Bảng",
        "Thông tin",
    ]


def test_any_number_of_sheets_whose_names_share_their_beginning_are_written():
    name = "Khối các phòng chuyên môn, nghiệp vụ thuộc Sở"
    names = _read(*[Table(f"{name} {number}", COLUMNS[:1], []) for number in range(120)]).sheetnames
    assert [names[place] for place in (0, 8, 9, 119)] == [
        "Khối các phòng chuyên môn, nghi",
        "Khối các phòng chuyên môn, (9)",
        "Khối các phòng chuyên môn, (10)",
        "Khối các phòng chuyên môn (120)",
    ]
    assert (len({name.casefold() for name in names}), max(map(len, names))) == (121, 31)


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("KHỐI A", {"khối a"}, "KHỐI A (2)"),
        ("Thông tin", {"thông tin"}, "Thông tin (2)"),
        ("History", set(), "History (2)"),
        ("'Khối'", set(), "Khối"),
        (
            "k" * 31 + "x",
            {"k" * 31, *(f"{'k' * 27} ({n})" for n in range(2, 10))},
            "k" * 26 + " (10)",
        ),
        ("😀" * 20, set(), "😀" * 15),
        ("a\ud800b", set(), "ab"),
        ("k" * 30 + " x", set(), "k" * 30),
        ("///", {"bảng"}, "Bảng (2)"),
    ],
)
def test_a_sheet_gets_a_name_excel_takes_and_nothing_else_has(name, taken, free):
    assert free_name(name, taken) == free


def test_the_last_sheet_says_what_when_by_whom_and_from_which_state():
    sheet = _read()["Thông tin"]
    assert [tuple(cell.value for cell in row) for row in sheet.rows] == [
        ("Nội dung", "Xếp hạng"),
        ("Lập lúc", "08:30 14/05/2021"),
        ("Người lập", "Nguyễn Văn A"),
        ("Trạng thái", "đã khoá"),
        ("Khối", "Khối 1"),
    ]


def test_a_table_with_a_chart_has_one_and_an_empty_table_none():
    chart = Chart("Điểm", 0, 1)
    book = _read(Table("Một", COLUMNS[:2], [("A", 1)], chart), Table("Hai", COLUMNS[:2], [], chart))
    assert [len(book[name]._charts) for name in ("Một", "Hai")] == [1, 0]


MANY = """
import resource
from tests.papers.test_workbook import ABOUT, COLUMNS
from campaign.papers.workbook import Table, free_name, write
write([], ABOUT).close()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write([Table("Bảng", COLUMNS[:2], ((f"Đơn vị {n}", n) for n in range(100_000)))], ABOUT).close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_hundred_thousand_rows_are_written_in_bounded_memory(ready):
    done = ready.do(b"", 300, dict(os.environ), ["-c", MANY])
    assert done.returncode == 0
    assert int(done.stdout) < 20 * 1024
