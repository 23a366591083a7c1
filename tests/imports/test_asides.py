"""Dòng ngoài dữ liệu: numbers of columns, totals, headings and signatures are known; rows of data
are kept.
"""

from datetime import date
from decimal import Decimal

import pytest

from campaign.imports.asides import Aside, aside, asides_told

ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


def _kind(*cells, is_whole=False, is_lonely=False, is_first=False, is_closed=False):
    return aside(
        cells, is_whole=is_whole, is_lonely=is_lonely, is_first=is_first, is_closed=is_closed
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("(1)", "(2)", "(3)"),
        (ONE, TWO, THREE),
        (-ONE, -TWO, -THREE),
        ("A", "B", ONE, TWO),
        ("1", "2", "3=1+2"),
        ("[1]", None, "[2]"),
        ("(a)", "(1)", "(2) = (1) x 2"),
    ],
)
def test_numbers_of_columns_are_known_under_the_heads(cells):
    assert _kind(*cells, is_first=True, is_whole=True) is Aside.NUMBERING
    assert _kind(*cells, is_whole=True) is None


@pytest.mark.parametrize(
    "cells",
    [
        (ONE, "Phòng A", TWO),
        (TWO, THREE),
        (ONE,),
        ("A", "B"),
        (ONE, THREE),
        (ONE, "A"),
        (date(2021, 1, 1), ONE, TWO),
    ],
)
def test_other_first_rows_are_no_numbers_of_columns(cells):
    assert _kind(*cells, is_first=True, is_whole=True) is None


@pytest.mark.parametrize(
    "words",
    [
        "Cộng",
        "CỘNG:",
        "Tổng cộng",
        "Tổng  cộng …",
        "Tổng số",
        "Tổng cộng: 5 người",
        "Cộng trang",
        "Cộng (I+II)",
        "Cộng khối phòng",
        "Tong cong",
        "Tổng số tiền",
        "Cộng I",
        "Cộng 1 lượt",
        "Tổng cộng có 5 tập thể",
        "Luỹ kế",
        "Lũy kế",
        "Cộng dồn:",
        "TOTAL",
        "Grand total",
        "Sum",
        "Σ",
        "T.cộng",
        "Tổng điểm",
        "Tổng giá trị",
        "Mang sang",
        "Cộng mang sang",
        "Chuyển sang trang sau",
        "Bình quân",
        "Trung bình chung",
    ],
)
def test_totals_are_known_by_how_they_open(words):
    assert _kind(None, words, None, ONE) is Aside.TOTAL
    assert _kind(words, "12", "5 người", ONE, is_whole=True) is Aside.TOTAL


@pytest.mark.parametrize(
    "words",
    [
        "Tổng công ty Điện lực",
        "Cộng đồng Mường",
        "cong",
        "Tổng cục Thống kê",
        "Tổng hợp",
        "Trung bình khá",
    ],
)
def test_names_that_only_open_like_a_total_are_rows(words):
    assert _kind(words, "Phòng", is_whole=True) is None
    assert _kind(words, "Phòng") is None


def test_a_whole_row_of_words_that_opens_like_a_total_is_a_row():
    assert _kind("Cộng", "Nguyễn Văn Cộng", is_whole=True) is None


@pytest.mark.parametrize(
    "cells",
    [
        ("Hòa Bình, ngày 12 tháng 5 năm 2021",),
        ("Ngày … tháng … năm 2021",),
        ("NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"),
        ("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu)"),
        ("KT. GIÁM ĐỐC",),
        ("Kế toán trưởng",),
        ("Ghi chú: số liệu ước",),
        ("Ấn định danh sách gồm 05 người",),
        ("Giám đốc Sở", date(2021, 5, 12)),
        ("Hiệu trưởng (đã ký)",),
        ("NGƯỜI LẬP BIỂU (Ký) Nguyễn Văn A", "THỦ TRƯỞNG ĐƠN VỊ (Ký, đóng dấu) Trần B"),
    ],
)
def test_what_closes_a_table_is_known(cells):
    assert _kind(*cells) is Aside.CLOSING
    assert _kind(*cells, is_whole=True) is None


def test_after_the_close_a_whole_row_is_still_a_row():
    assert _kind("Trần Thư", is_closed=True) is Aside.CLOSING
    assert _kind("an.nv", "Nguyễn Văn An", is_closed=True, is_whole=True) is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("I. Khối phòng",), Aside.HEADING),
        (("A - Tập thể",), Aside.HEADING),
        (("II", "Cá nhân"), Aside.HEADING),
        (("Phòng A",), None),
        (("VP", "Văn phòng"), None),
        ((ONE, "Cá nhân"), None),
        (("I", "Cá nhân", "x"), None),
    ],
)
def test_a_heading_of_a_group_stands_alone(cells, kind):
    assert _kind(*cells, is_lonely=True) is kind
    assert _kind(*cells) is None


def test_an_officer_whose_name_is_missing_is_no_signature():
    assert _kind("an.nv", None, "Thủ trưởng đơn vị") is None


def test_what_was_passed_over_is_told_with_its_beginning():
    assert asides_told([]) == ""
    assert asides_told(
        [(3, Aside.TOTAL, ["Cộng", None, TWO, date(2021, 5, 1)]), (4, Aside.CLOSING, ["ă" * 70])]
    ) == (
        "Bỏ qua 2 dòng không phải dữ liệu: dòng 3 (dòng cộng: “Cộng 2 01/05/2021”), dòng 4 "
        f"(phần cuối biểu: “{'ă' * 60}…”)."
    )
    many = asides_told([(number, Aside.TOTAL, ["Cộng"]) for number in range(1, 24)])
    assert many.endswith("dòng 20 (dòng cộng: “Cộng”) và 3 dòng khác.")
