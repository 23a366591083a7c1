"""What a cell of a spreadsheet holds: a number, a text or a day; or a question about it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.numbers import NumberError
from campaign.papers.rules import column_name, day_in, number_in, text_in, written

DAY, MOMENT, HOUR = date(2021, 5, 10), datetime(2021, 5, 10, 14, 30, tzinfo=UTC), time(14, 30, 5)


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, ""), (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")],
)
def test_columns_are_named_as_a_spreadsheet_names_them(number, name):
    assert column_name(number) == name


@pytest.mark.parametrize(
    ("cell", "decimals", "number"),
    [
        (D("12.5"), 2, "12.5"),
        ("12,5", 2, "12.5"),
        (" 12 ", 2, "12"),
        ("1.218", 0, "1218"),
        ("1.218.000", 2, "1218000"),
        ("1234,567", 3, "1234.567"),
    ],
)
def test_a_number_is_read_where_it_can_be_read_in_one_way(cell, decimals, number):
    assert number_in(cell, decimals=decimals) == D(number)


SET = "Hãy đặt định dạng ô là số rồi nhập lại."
BY_EXCEL = "có thể Excel đã tự đổi nội dung ô."


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (None, "Ô này phải là một số."),
        ("  ", "Ô này phải là một số."),
        (True, f"Ô này phải là một số. Trong tệp đây là giá trị logic TRUE (đúng). {SET}"),
        (False, f"Ô này phải là một số. Trong tệp đây là giá trị logic FALSE (sai). {SET}"),
        (DAY, f"Ô này phải là một số. Trong tệp đây là ngày 10/05/2021; {BY_EXCEL} {SET}"),
        (
            MOMENT,
            f"Ô này phải là một số. Trong tệp đây là ngày 10/05/2021 14:30; {BY_EXCEL} {SET}",
        ),
        (HOUR, f"Ô này phải là một số. Trong tệp đây là giờ 14:30:05; {BY_EXCEL} {SET}"),
        (
            "8.5%",
            "“8,5 %” là 8,5 hay một phần trăm của số đó? Hãy bỏ định dạng phần trăm và "
            "nhập số 8,5.",
        ),
        (
            "85 %",
            "“85 %” là 85 hay một phần trăm của số đó? Hãy bỏ định dạng phần trăm và nhập số 85.",
        ),
        ("%", "“%” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("khoảng %", "“khoảng %” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        (
            "1.218",
            "“1.218” là 1218 hay 1,218? Hãy nhập lại thành số, không phải chữ.",
        ),
        (
            "-1,218",
            "“-1,218” là -1218 hay -1,218? Hãy nhập lại thành số, không phải chữ.",
        ),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_about(cell, sentence):
    with pytest.raises(NumberError) as refusal:
        number_in(cell, decimals=2)
    assert str(refusal.value) == sentence


def test_a_comma_before_three_digits_is_asked_about_also_of_whole_numbers():
    with pytest.raises(NumberError) as refusal:
        number_in("1,218", decimals=0)
    assert str(refusal.value) == (
        "“1,218” là 1218 hay 1,218? Hãy nhập lại thành số, không phải chữ."
    )


def test_a_number_of_a_cell_keeps_to_its_limits():
    for cell in (D("12.555"), "12,555555"):
        with pytest.raises(NumberError):
            number_in(cell, decimals=2)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (D("1218.5"), "1.218,5"),
        (HOUR, "14:30:05"),
        (DAY, "10/05/2021"),
        (MOMENT, "10/05/2021 14:30"),
        ("Sở", "Sở"),
    ],
)
def test_a_cell_is_written_as_a_person_reads_it(cell, text):
    assert written(cell) == text


@pytest.mark.parametrize(
    ("cell", "shown", "text"),
    [
        (None, "", ""),
        ("Sở", "", "Sở"),
        (D(12), "012", "012"),
        (D(1218), "", "1218"),
        (D("1218.5"), "", "1.218,5"),
        (D(999_999_999_999_999), "", "999999999999999"),
        (None, "012", ""),
    ],
)
def test_a_text_is_what_the_cell_shows(cell, shown, text):
    assert text_in(cell, shown) == text


AS_TEXT = "Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại"


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            DAY,
            f"Ô này phải là chữ. Trong tệp đây là ngày 10/05/2021; {BY_EXCEL} {AS_TEXT} đúng nội "
            "dung.",
        ),
        (
            D(10**15),
            "Ô này phải là chữ. Excel chỉ giữ 15 chữ số đầu của một số dài. "
            f"{AS_TEXT} đủ các chữ số.",
        ),
    ],
)
def test_a_text_that_excel_has_turned_is_asked_about(cell, sentence):
    with pytest.raises(RuleViolation) as refusal:
        text_in(cell)
    assert (str(refusal.value), refusal.value.field) == (sentence, None)


@pytest.mark.parametrize("cell", [DAY, MOMENT, "10/05/2021"])
def test_a_day_is_read_from_a_date_and_from_text(cell):
    assert day_in(cell) == DAY


IS_DAY = "Hãy đặt định dạng ô là ngày (Date) rồi gửi lại."
TYPE = "Hãy nhập ngày như 26/02/2021."


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (D(44561), f"“44561” là số; có phải là ngày 31/12/2021 không? {IS_DAY}"),
        (D(10_000), f"“10000” là số; có phải là ngày 18/05/1927 không? {IS_DAY}"),
        (D(79_999), f"“79999” là số; có phải là ngày 10/01/2119 không? {IS_DAY}"),
        (D(9_999), f"“9999” là số, không phải ngày. {TYPE}"),
        (D(80_000), f"“80000” là số, không phải ngày. {TYPE}"),
        (D("44561.5"), f"“44561,5” là số, không phải ngày. {TYPE}"),
        (HOUR, f"Ô này phải là ngày. Trong tệp đây là giờ 14:30:05; {BY_EXCEL} {TYPE}"),
        (True, f"Ô này phải là ngày. Trong tệp đây là giá trị logic TRUE (đúng). {TYPE}"),
    ],
)
def test_what_is_no_day_is_asked_about(cell, sentence):
    with pytest.raises(RuleViolation) as refusal:
        day_in(cell)
    assert str(refusal.value) == sentence
