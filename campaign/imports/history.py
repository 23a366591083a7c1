"""Nhập khen thưởng các năm trước: awards of the old books."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.core.amounts import amount_question
from campaign.core.cells import LONGEST
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.core.text import document_number, name_key
from campaign.honours import past_awards
from campaign.honours.rules import Subject
from campaign.imports.importer import Column, Context, Importer, code_read, day_read
from campaign.imports.readers import EMPTY_CELL, choice_read
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.papers.workbook import Kind


def _year(context: Context, row: Row, key: str) -> int | None:
    """Cột năm."""
    year = row.number_of(key, decimals=0)
    if year is not None and not _FIRST_YEAR <= year <= context.at.year:
        refuse(f"Năm phải từ {_FIRST_YEAR} đến {context.at.year}.")
    return None if year is None else int(year)


def _money(_context: Context, row: Row, key: str) -> int | None:
    """Cột tiền, đồng."""
    amount = row.number_of(key, rounds=True, decimals=0, minimum=Decimal(0))
    return None if amount is None else int(amount)


def _number(context: Context, row: Row, key: str) -> str:
    """Cột số quyết định."""
    return document_number(code_read(context, row, key))


_FIRST_YEAR = 1945
_HISTORY = {
    "year": "year",
    "number": "number",
    "signed_on": "signed_on",
    "form": "form_name",
    "subject": "subject",
    "honorific": "honorific",
    "name": "name",
    "job": "job",
    "unit": "unit_name",
    "amount": "amount",
    "note": "note",
}


def _take_past_award(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """An award of an earlier year, as the old books have it; a missing column keeps what is."""
    books = context.held.books
    given = {name: values[key] for key, name in _HISTORY.items() if key in values}
    award, before = books.save(given)
    outcome = compared(
        row, f"{award.name}, {award.year}", before, past_awards.told_past_award(award)
    )
    if "amount" in given and award.amount and (question := amount_question(award.amount)):
        outcome = asking(outcome, f"Hãy xem lại số tiền: {question}")
    if before is not None:
        return outcome
    if twins := "; ".join(twin.name for twin in books.resembling(award)):
        outcome = asking(outcome, f"Sổ đã có {twins}, chỉ khác dấu: hai người khác nhau?")
    if units := "; ".join(name or "không ghi đơn vị" for name in books.elsewhere(award)):
        question = f"Sổ đã có {award.name} cùng năm, số quyết định ({units}): hai lượt khác nhau?"
        outcome = asking(outcome, question)
    return outcome


def _key(row: Row) -> str:
    """The award a row is about, however its number is written."""
    number = document_number(row.text("number"))
    return name_key("|".join((row.text("year"), number, row.text("name"), row.text("unit"))))


HISTORY = Importer(
    "history",
    "Khen thưởng các năm trước",
    Permission.AWARD_PLAN,
    "award.history",
    [
        "Một dòng một lượt khen thưởng đã có quyết định từ trước khi dùng hệ thống.",
        "Cùng năm, số quyết định, tên và đơn vị thì là một lượt: nhập lại chỉ sửa chỗ khác.",
        "Đối tượng: tập thể hoặc cá nhân.",
        EMPTY_CELL,
    ],
    (
        Column(
            "year", "Năm", 2019, is_required=True, width=8, read=_year, kind=Kind.YEAR, is_word=True
        ),
        Column("number", "Số quyết định", "10/QĐ-SCT", is_required=True, read=_number),
        Column("signed_on", "Ngày ký", date(2019, 1, 12), width=14, read=day_read, kind=Kind.DAY),
        Column("form", "Hình thức", "Giấy khen", is_required=True),
        Column(
            "subject", "Đối tượng", "tập thể", is_required=True, width=12, read=choice_read(Subject)
        ),
        Column("honorific", "Ông/Bà", None, width=10),
        Column("name", "Tên", "Phòng Mẫu (minh hoạ)", is_required=True, width=36),
        Column("job", "Chức vụ", None),
        Column("unit", "Đơn vị", None, width=36),
        Column("amount", "Tiền thưởng, đồng", 900_000, width=16, read=_money, kind=Kind.WHOLE),
        Column("note", "Ghi chú", None, width=30, longest=LONGEST),
    ),
    _take_past_award,
    _key,
)
