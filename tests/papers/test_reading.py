"""Đọc bảng tính: real files of each kind, and the numbers in them."""

import io
import re
import struct
import unicodedata
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import odf.opendocument
import odf.table
import odf.text
import pytest
import xlwt
from openpyxl import Workbook

from campaign.core.errors import RuleViolation
from campaign.core.numbers import NumberError
from campaign.papers.reading import read
from campaign.papers.rules import column_name, day_in, number_in, text_in, written
from tests.offline import HOSTILE, hostile, saved, with_part


def _xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_an_excel_file_gives_numbers_dates_and_composed_text_without_its_empty_tail():
    book = _xlsx(
        ["Đơn vị", "Số"],
        ["Pho\u0300ng  Kinh tế", 0.1],
        [date(2021, 4, 28), 44462],
        [None, None],
        [True, "8,5"],
    )
    for row in range(6, 3000):
        book.active.cell(row, 40).number_format = "0"
    book.active.row_dimensions[2].hidden = True
    book.active.merge_cells("A3:B3")
    sheet = read(io.BytesIO(saved(book))).sheets[0]
    assert sheet.rows == [
        ["Đơn vị", "Số"],
        ["Phòng Kinh tế", Decimal("0.1")],
        [date(2021, 4, 28)],
        [],
        [True, "8,5"],
    ]
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
    content, sentence = hostile(saved(_xlsx(["a"])), name)[name]
    with pytest.raises(RuleViolation, match=sentence):
        read(io.BytesIO(content))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Decimal(44462), Decimal(44462)),
        ("44.462,5", Decimal("44462.5")),
        ("99,82", Decimal("99.82")),
        (" 12 ", Decimal(12)),
        ("1.218.000", Decimal(1218000)),
    ],
)
def test_a_number_is_read_where_it_can_be_read_in_one_way(cell, value):
    assert number_in(cell) == value


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("8.5", "“8.5” có phải là “8,5” không?"),
        ("1.218", "“1.218” là 1218 hay 1,218?"),
        ("1,218", "“1,218” là 1218 hay 1,218?"),
        ("1,218.5", "“1,218.5” có phải là “1.218,5” không?"),
        ("nhiều", "không phải là số"),
        (None, "Ô này phải là một số."),
        (True, "Ô này phải là một số."),
        (date(2021, 4, 28), "Ô này phải là một số."),
    ],
)
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


def _rewritten(content, change):
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    return io.BytesIO(made.getvalue())


def _two_sheets():
    book = _xlsx(["a"], [0.08])
    other = book.create_sheet("Ẩn dòng")
    other.append(["b"])
    other.append([0.08])
    other["A2"].number_format = "0%"
    other.row_dimensions[2].hidden = True
    return saved(book)


def _moved(name, part):
    first, second = re.findall(r"<sheet [^>]*/>", part) if name == "xl/workbook.xml" else ("", "")
    return part.replace(first + second, second + first)


def _prefixed(name, part):
    return (
        re.sub(r"<(/?)(\w)", r"<\1x:\2", part).replace("xmlns=", "xmlns:x=")
        if name.startswith("xl/worksheets/")
        else part
    )


def _unplaced(name, part):
    return (
        re.sub(r'(<(?:c|row)\b[^>]*?) r="[^"]*"', r"\1", part)
        if name.startswith("xl/worksheets/")
        else part
    )


def _otherwise_styled(name, part):
    """Styles as another program writes them: single quotes, nothing said of the first."""
    if name != "xl/styles.xml":
        return part
    cells = re.search("<cellXfs.*?</cellXfs>", part, re.DOTALL)[0]
    return part.replace(cells, cells.replace('numFmtId="0"', "", 1).replace('"', "'"))


@pytest.mark.parametrize(
    "change", [lambda _, part: part, _moved, _prefixed, _unplaced, _otherwise_styled]
)
def test_what_a_sheet_shows_is_found_however_the_file_was_put_together(change):
    book = read(_rewritten(_two_sheets(), change))
    assert [
        (one.name, one.at(2, 1), one.hidden_rows)
        for one in sorted(book.sheets, key=lambda one: one.name)
    ] == [("Sheet", Decimal("0.08"), frozenset()), ("Ẩn dòng", "8 %", frozenset({2}))]


@pytest.mark.parametrize(
    "rename", [lambda name: name.replace("/", "\\"), lambda name: name.replace("xl/w", "xl/W")]
)
def test_what_a_sheet_shows_is_found_whatever_its_parts_are_called(rename):
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_two_sheets())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(rename(name), old.read(name))
    second = read(io.BytesIO(made.getvalue())).sheets[1]
    assert (second.at(2, 1), second.hidden_rows) == ("8 %", frozenset({2}))


def test_a_formula_without_a_value_is_told_and_not_taken_for_an_empty_cell():
    cells = (
        '<row r="1"><c r="A1" t="e"><f>B9</f><v>#REF!</v></c><c r="B1"><f>1+1</f></c><c '
        'r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1"><v>1E400</v></c></row>'
    )
    given = saved(_xlsx(["a", "b", "c", "d"]))
    sheet = read(
        _rewritten(
            given,
            lambda name, part: (
                re.sub("<row.*</row>", cells, part) if "/sheet1.xml" in name else part
            ),
        )
    ).sheets[0]
    failed = "công thức trong ô bị lỗi ({}). Hãy sửa thành giá trị đúng."
    assert sheet.broken == {
        (1, 1): failed.format("#REF!"),
        (1, 4): failed.format("#NUM!"),
        (1, 2): "công thức trong ô chưa được tính. Hãy mở tệp bằng Excel, lưu lại rồi gửi.",
    }
    assert sheet.at(1, 3) == Decimal(2)


def _open_document(*cells, **of_row):
    made = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Bảng")
    row = odf.table.TableRow(**of_row)
    for cell in cells:
        row.addElement(cell)
    table.addElement(odf.table.TableRow(numberrowsrepeated=2))
    table.addElement(row)
    made.spreadsheet.addElement(table)
    kept = io.BytesIO()
    made.save(kept)
    return io.BytesIO(kept.getvalue())


def test_an_open_document_tells_of_hidden_rows_percentages_and_merged_cells():
    words = odf.table.TableCell(valuetype="string", numbercolumnsspanned=2, numberrowsspanned=1)
    words.addElement(odf.text.P(text="Phòng"))
    sheet = read(
        _open_document(
            odf.table.TableCell(valuetype="percentage", value="0.08"),
            words,
            odf.table.CoveredTableCell(),
            visibility="collapse",
        )
    ).sheets[0]
    assert (sheet.rows, sheet.hidden_rows, sheet.merged) == (
        [[], [], ["8 %", "Phòng"]],
        frozenset({3}),
        frozenset({(3, 3)}),
    )


def test_an_open_document_that_reaches_elsewhere_is_refused():
    cell = odf.table.TableCell(
        valuetype="float", value="1", formula="of:=['file:///etc/passwd'#$a.A1]"
    )
    with pytest.raises(RuleViolation, match="Tệp có liên kết tới tệp khác."):
        read(_open_document(cell))


def test_parts_in_another_alphabet_and_binary_workbooks_are_refused():
    given = saved(_xlsx(["a"]))
    entity = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    with pytest.raises(RuleViolation, match="khai báo XML không được phép"):
        read(io.BytesIO(with_part(given, "xl/extra.xml", entity)))
    with pytest.raises(RuleViolation, match="Không đọc tệp .xlsb."):
        read(io.BytesIO(with_part(given, "xl/workbook.bin", b"x")))


def test_columns_have_their_letters():
    assert [column_name(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def _old(*, rows=1):
    """An Excel 97 file: a percentage, an error, a hidden row, a run of percentages; the second
    sheet has none of it.
    """
    old = xlwt.Workbook()
    page, share = old.add_sheet("Một"), xlwt.easyxf(num_format_str="0.0 %")
    page.write(0, 0, 0.085, share)
    page.write(0, 1, 8)
    page.row(1).set_cell_error(0, 0x2A)
    page.row(2).hidden = True
    page.write(2, 0, "Ẩn")
    page.write(3, 0, 1, share)
    page.write(3, 1, 2, share)
    for number in range(4, rows):
        page.write(number, 0, f"Dòng {number}")
    old.add_sheet("Hai").write(0, 0, 0.085)
    made = io.BytesIO()
    old.save(made)
    return made.getvalue()


@pytest.mark.parametrize("rows", [1, 3000])
def test_an_old_excel_file_tells_of_percentages_errors_and_hidden_rows_too(rows):
    first, second = read(io.BytesIO(_old(rows=rows))).sheets
    assert first.rows[:4] == [["8.5 %", Decimal(8)], ["#N/A"], ["Ẩn"], ["100 %", "200 %"]]
    assert (first.hidden_rows, first.broken) == (
        frozenset({3}),
        {(2, 1): "công thức trong ô bị lỗi (#N/A). Hãy sửa thành giá trị đúng."},
    )
    assert (second.rows, second.hidden_rows, second.broken) == (
        [[Decimal("0.085")]],
        frozenset(),
        {},
    )


ZERO, EMPTY, TWO = bytes(8), struct.pack("<Q", 0xFFFF000000000003), struct.pack("<d", 2)


def _with_formulas(*, result=EMPTY, flags=0, is_of_office=False):
    """An Excel 97 file of a library with a formula in A1, its result empty unless told otherwise;
    or as of an office program.
    """
    old = xlwt.Workbook()
    page = old.add_sheet("Một")
    page.write(0, 0, xlwt.Formula("1+1"))
    page.write(0, 1, "sau")
    made = io.BytesIO()
    old.save(made)
    content = made.getvalue()
    assert content.count(EMPTY) == 1
    content = content.replace(EMPTY + bytes(2), result + struct.pack("<H", flags))
    if is_of_office:
        name = "\x05SummaryInformation".encode("utf-16-le")
        place = content.index("Workbook".encode("utf-16-le")) + 128
        content = (
            content[:place]
            + name.ljust(64, b"\0")
            + struct.pack("<H", len(name) + 2)
            + content[place + 66 :]
        )
    return content


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ({}, True),
        ({"result": ZERO}, True),
        ({"result": TWO}, False),
        ({"result": TWO, "flags": 2}, False),
        ({"result": ZERO, "flags": 2, "is_of_office": True}, True),
        ({"result": EMPTY, "flags": 2, "is_of_office": True}, True),
        ({"result": ZERO, "is_of_office": True}, False),
        ({"result": EMPTY, "is_of_office": True}, False),
    ],
)
def test_a_formula_of_an_old_excel_file_that_was_never_calculated_is_told_and_not_taken_for_nothing(
    given, is_told
):
    (sheet,) = read(io.BytesIO(_with_formulas(**given))).sheets
    expected = (
        {(1, 1): "công thức trong ô chưa được tính. Hãy mở tệp bằng Excel, lưu lại rồi gửi."}
        if is_told
        else {}
    )
    assert (sheet.broken, sheet.rows[0][1]) == (expected, "sau")


def _told(content):
    """The first row, or why the file is refused."""
    try:
        return read(io.BytesIO(content)).sheets[0].rows[0]
    except RuleViolation as refusal:
        return str(refusal)


@pytest.mark.parametrize("place", [30, 48, 76, 512])
def test_a_broken_old_excel_file_is_refused(place):
    content = bytearray(_old(rows=200))
    content[place : place + 4] = b"\x01\x00\x00\x00"
    assert _told(bytes(content)) in {
        "Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng.",
        "Tệp .xls của Excel đời trước 97 không đọc được. Hãy lưu lại dưới dạng .xlsx.",
    }


def _named_stream(name):
    """An old file whose only stream is called otherwise."""
    content, written = bytearray(_old(rows=200)), name.encode("utf-16-le")
    start = content.index("Workbook".encode("utf-16-le"))
    content[start : start + 64] = written.ljust(64, b"\0")
    content[start + 64 : start + 66] = struct.pack("<H", len(written) + 2)
    return bytes(content)


def _with_a_password():
    """An old file whose second record says how it is encrypted."""
    content = bytearray(_old(rows=200))
    first = content.index(b"\x09\x08")
    (length,) = struct.unpack_from("<H", content, first + 2)
    struct.pack_into("<H", content, first + 4 + length, 0x2F)
    return bytes(content)


def _open_document_with_a_password():
    part = b'<manifest:manifest><manifest:encryption-data manifest:checksum="x"/>'
    return with_part(saved(_xlsx(["a"])), "META-INF/manifest.xml", part)


LOCKED = "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."
NONE = "Tệp không phải bảng tính Excel (.xlsx, .xls), .ods hoặc .csv, hoặc đã hỏng."


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: _named_stream("EncryptedPackage"), LOCKED),
        (_with_a_password, LOCKED),
        (_open_document_with_a_password, LOCKED),
        (lambda: _named_stream("WordDocument"), NONE),
        (
            lambda: _named_stream("Book"),
            "Tệp .xls của Excel đời trước 97 không đọc được. Hãy lưu lại dưới dạng .xlsx.",
        ),
    ],
)
def test_a_file_under_a_password_is_told_apart_from_one_that_is_no_table(make, sentence):
    assert _told(make()) == sentence


CODES = [
    ("000", 7, "007"),
    ("0000000000", 912345678, "0912345678"),
    ("00000", 12345678, "12345678"),
    ('"ĐV"00', 3, "ĐV03"),
    ("000-000", 7, "000-007"),
    ("\\Q0", 5, "Q5"),
    ('0"/QĐ"', 21, "21/QĐ"),
    ("000;-000", -7, "-007"),
    ("[Red]000", 7, "007"),
    ('"0"General', 9, "09"),
    ("0000 000 000", 912345678, "0912 345 678"),
]
PLAIN = [
    ("0", 7),
    ("#,##0", 7),
    ("General", 7),
    ("0.00", 7),
    ("00.0", 7),
    ("@", 7),
    ("0 ", 7),
    ("000", 7.5),
    ("# ?/?", 7),
]


def test_a_number_that_is_shown_as_a_code_comes_with_what_is_shown():
    book = _xlsx(*[[value] for _, value, _ in CODES], *[[value] for _, value in PLAIN])
    for row, (number_format, *_) in enumerate([*CODES, *PLAIN], start=1):
        book.active.cell(row, 1).number_format = number_format
    sheet = read(io.BytesIO(saved(book))).sheets[0]
    assert sheet.shown == {(row, 1): shown for row, (_, _, shown) in enumerate(CODES, start=1)}
    assert [row[0] for row in sheet.rows] == [Decimal(str(row[1])) for row in [*CODES, *PLAIN]]


def test_an_old_excel_file_tells_of_codes_too():
    old = xlwt.Workbook()
    page = old.add_sheet("Một")
    for row, (number_format, value, _) in enumerate(CODES[:5]):
        page.write(row, 0, value, xlwt.easyxf(num_format_str=number_format))
        page.write(row, 1, value)
    made = io.BytesIO()
    old.save(made)
    sheet = read(io.BytesIO(made.getvalue())).sheets[0]
    assert sheet.shown == {(row, 1): shown for row, (_, _, shown) in enumerate(CODES[:5], start=1)}


def test_an_open_document_tells_of_codes_by_what_it_shows():
    cells = []
    for shown in ("007", "ĐV7", "7", "7,0", "1.007", "-7", "7 %"):
        cell = odf.table.TableCell(valuetype="float", value="7")
        cell.addElement(odf.text.P(text=shown))
        cells.append(cell)
    styled = odf.table.TableCell(valuetype="float", value="7")
    words = odf.text.P(stylename="P1")
    words.addElement(odf.text.Span(stylename="T1", text="07"))
    styled.addElement(words)
    sheet = read(_open_document(*cells, styled)).sheets[0]
    codes = {(3, 1): "007", (3, 2): "ĐV7", (3, 8): "07"}
    assert (sheet.shown, sheet.rows[2]) == (codes, [Decimal(7)] * 8)


def test_days_counted_from_1904_are_read_as_they_are_shown_and_told():
    book = _xlsx(["Ngày"], [date(2021, 4, 28)])
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - a day
    read_back = read(io.BytesIO(saved(book)))
    assert (read_back.is_of_1904, read_back.sheets[0].at(2, 1)) == (True, date(2021, 4, 28))
    assert read(io.BytesIO(saved(_xlsx(["a", "b"])))).is_of_1904 is False


@pytest.mark.parametrize("is_of_1904", [False, True])
def test_an_old_excel_file_counts_its_days_from_its_own_year(is_of_1904):
    old = xlwt.Workbook()
    old.dates_1904 = is_of_1904
    old.add_sheet("Một").write(0, 0, date(2021, 4, 28), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    made = io.BytesIO()
    old.save(made)
    read_back = read(io.BytesIO(made.getvalue()))
    assert (read_back.is_of_1904, read_back.sheets[0].rows) == (is_of_1904, [[date(2021, 4, 28)]])


def test_moments_and_times_of_day_are_told_apart_from_text():
    book = _xlsx([datetime(2021, 4, 28, 8, 30), time(10, 5), "10:05"])  # noqa: DTZ001 - of a file
    assert read(io.BytesIO(saved(book))).sheets[0].rows == [
        [datetime(2021, 4, 28, 8, 30), time(10, 5), "10:05"]  # noqa: DTZ001
    ]


TABLE = [
    ["Tên", "Số", "Ghi chú"],
    ["Phòng Kỹ thuật An toàn", "007", 'Đạt "tốt", đủ'],
    ["Đà Bắc", "1.218", None],
]


def _csv(mark, *, first=""):
    lines = [
        mark.join(f'"{(cell or "").replace(chr(34), chr(34) * 2)}"' for cell in row)
        for row in TABLE
    ]
    return first + "\r\n".join(lines) + "\r\n"


def _vietnamese(text):
    """Windows-1258 as Excel writes it: the tone after its letter."""
    made = b""
    for letter in text:
        try:
            made += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base, tones = parts[0], parts[1:]
            shape = "".join(tone for tone in tones if tone in "\u0302\u0306\u031b")
            tone = "".join(tone for tone in tones if tone not in shape)
            tone = {"\u0340": "\u0300"}.get(tone, tone)
            made += (unicodedata.normalize("NFC", base + shape) + tone).encode("cp1258")
    return made


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        _vietnamese,
    ],
)
def test_a_text_file_is_read_whatever_parts_its_columns_and_writes_its_letters(mark, written):
    read_back = read(io.BytesIO(written(_csv(mark))))
    assert read_back.is_text
    assert read_back.sheets[0].rows == [TABLE[0], TABLE[1], TABLE[2][:2]]
    assert (
        read(io.BytesIO(_csv(mark, first=f"sep={mark}\r\n").encode())).sheets[0].rows[0] == TABLE[0]
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"xin chao", "không phải bảng tính"),
        (b"%PDF-1.7 a;b", "Tệp là PDF"),
        (b"<html><table>a;b", "trang web"),
        (b"<?xml version='1.0'?>a,b", "Tệp là XML"),
        (b"{\\rtf1 a;b", "văn bản RTF"),
        (b"\xff\xfea", "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n;\x00\x01\x02", "không phải bảng tính"),
        (("a;" * 400).encode(), "quá nhiều ô"),
        (b"a;b\n" * 20_200, "hơn 20.100 dòng"),
        (b'a;b\n"' + b"x" * 200_000, "không phải bảng tính"),
    ],
)
def test_a_file_that_is_no_table_of_text_is_refused(content, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        read(io.BytesIO(content))


def test_old_letters_of_a_text_file_are_read_as_those_of_today():
    text = "Hä tªn;§¬n vÞ\nNguyÔn V¨n An;Phßng Kü thuËt\n"
    assert read(io.BytesIO(text.encode("cp1252"))).sheets[0].rows == [
        ["Họ tên", "Đơn vị"],
        ["Nguyễn Văn An", "Phòng Kỹ thuật"],
    ]
    text = "Teân;Hoï\nTraàn Vaên Nguyeân;Ñaø Baéc\n"
    assert read(io.BytesIO(text.encode("cp1252"))).sheets[0].rows == [
        ["Tên", "Họ"],
        ["Trần Văn Nguyên", "Đà Bắc"],
    ]


@pytest.mark.parametrize(
    ("cell", "shown", "text"),
    [
        (None, "", ""),
        ("10/5", "", "10/5"),
        (Decimal(7), "007", "007"),
        (Decimal(900000), "", "900000"),
        (Decimal("7.5"), "", "7,5"),
    ],
)
def test_text_of_a_cell_is_what_it_shows(cell, shown, text):
    assert text_in(cell, shown) == text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (date(2019, 5, 10), "ngày 10/05/2019;"),
        (datetime(2019, 5, 10, 8, 5), "ngày 10/05/2019 08:05;"),  # noqa: DTZ001 - of a file
        (time(10, 5), "giờ 10:05:00;"),
        (False, "FALSE (sai)"),
        (Decimal(10) ** 15, "15 chữ số"),
    ],
)
def test_text_that_a_spreadsheet_turned_into_something_else_is_asked_about(cell, said):
    with pytest.raises(RuleViolation, match=re.escape(said)):
        text_in(cell)


def test_a_day_is_read_of_dates_moments_and_text():
    day = date(2019, 5, 10)
    assert [day_in(cell) for cell in (day, datetime(2019, 5, 10, 8, 5), "10/05/2019")] == [day] * 3  # noqa: DTZ001 - of a file


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Decimal(43595), "“43595” là số; có phải là ngày 10/05/2019 không?"),
        (Decimal(5), "“5” là số, không phải ngày."),
        (Decimal("43595.5"), "“43595,5” là số, không phải ngày."),
        (True, "TRUE (đúng)"),
        (time(1, 2), "giờ 01:02:00"),
        ("hôm qua", "Hãy nhập ngày như 26/02/2021."),
    ],
)
def test_a_day_that_is_none_is_asked_about(cell, said):
    with pytest.raises(RuleViolation, match=re.escape(said)):
        day_in(cell)


def test_any_cell_is_told_as_a_person_reads_it():
    cells = [
        None,
        True,
        False,
        Decimal("1218.5"),
        time(1, 2),
        date(2021, 5, 1),
        datetime(2021, 5, 1, 8, 5),  # noqa: DTZ001
        "chữ",
    ]
    assert [written(cell) for cell in cells] == [
        "",
        "TRUE",
        "FALSE",
        "1.218,5",
        "01:02:00",
        "01/05/2021",
        "01/05/2021 08:05",
        "chữ",
    ]


def _many(name, part):
    """The second row twenty thousand times, each with its own place, and its number for $."""
    if not name.startswith("xl/worksheets/"):
        return part
    before, row, after = re.split('(<row r="2".*?</row>)', part)
    placed = re.sub(r'\br="([A-Z]?)2"', r'r="\1{row}"', row).replace("$", "{number}")
    rows = (placed.format(row=number + 2, number=number) for number in range(20_000))
    return f"{before}{''.join(rows)}{after}"


def test_twenty_thousand_rows_are_read():
    head = ["Năm", "Số", "Ngày", "Hình thức", "Tên"]
    given = saved(_xlsx(head, [2019, "$/QĐ", date(2019, 1, 12), "Giấy khen", "Phòng $"]))
    sheet = read(_rewritten(given, _many)).sheets[0]
    assert (len(sheet.rows), sheet.rows[-1]) == (
        20_001,
        [Decimal(2019), "19999/QĐ", date(2019, 1, 12), "Giấy khen", "Phòng 19999"],
    )
    text = "".join(f"2019;{number}/QĐ;Phòng {number}\n" for number in range(20_000))
    assert len(read(io.BytesIO(f"Năm;Số;Tên\n{text}".encode())).sheets[0].rows) == 20_001
