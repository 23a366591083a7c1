"""Biểu điền ngoài mạng in tests: filled as a person with a spreadsheet fills it."""

import io
import zipfile

from openpyxl import Workbook, load_workbook

HIDDEN = "_ngonco"
HOSTILE = (
    "not a spreadsheet",
    "empty",
    "broken",
    "macros",
    "links",
    "entities",
    "dde",
    "bomb",
    "far cell",
    "stranger",
)


def filled(content, values):
    """The form with `values` (field → cell value) written into its open cells."""
    book = load_workbook(io.BytesIO(content))
    places = {
        row[0]: (row[1], row[2], row[3])
        for row in book[HIDDEN].iter_rows(min_row=2, values_only=True)
    }
    for field, value in values.items():
        sheet, row, column = places[field]
        cell = book[sheet].cell(row, column)
        assert not cell.protection.locked
        cell.value = value
    return saved(book)


def saved(book):
    """The bytes of an openpyxl workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def edited(content, change):
    """The form after `change(book)`."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def with_part(content, name, part):
    """The package with one more part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return made.getvalue()


def stranger():
    """A workbook that is no form."""
    book = Workbook()
    book.active["A1"] = "xin chào"
    return saved(book)


def hostile(content, *names):
    """Files that are refused whatever form is asked for: name → (bytes, sentence); those of `names`
    alone, where some are given, for a bomb is long in the making.
    """
    far = Workbook()
    far.active.cell(900_000, 2, "xa")
    links, doctype = "xl/externalLinks/externalLink1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>'
    ways = {
        "not a spreadsheet": (lambda: b"xin chao", "Tệp không phải bảng tính"),
        "empty": (lambda: b"", "Tệp rỗng."),
        "broken": (lambda: content[:-300], "Tệp không phải bảng tính"),
        "macros": (lambda: with_part(content, "xl/vbaProject.bin", b"x"), "Tệp có macro."),
        "links": (lambda: with_part(content, links, b"<a/>"), "Tệp có liên kết tới tệp khác."),
        "entities": (
            lambda: with_part(content, "xl/extra.xml", doctype + b"<a>&b;</a>"),
            "khai báo XML không được phép",
        ),
        "dde": (lambda: with_part(content, "xl/extra.xml", b"<ddeLink/>"), "Tệp có liên kết DDE"),
        "bomb": (
            lambda: with_part(content, "xl/bomb.xml", b" " * (130 * 1024 * 1024)),
            "Tệp nén bung ra quá lớn",
        ),
        "far cell": (lambda: saved(far), "Trang tính có ô ở dòng 900000"),
        "stranger": (stranger, "Tệp này không phải biểu tải từ trang này."),
    }
    return {name: (ways[name][0](), ways[name][1]) for name in names or ways}
