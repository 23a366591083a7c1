"""Đơn vị quán triệt: by what the list is searched, narrowed and sorted, and its table in Excel."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select

from campaign.enrolment.models import Participation
from campaign.papers.workbook import Column as Cell
from campaign.papers.workbook import Kind, Table
from campaign.planning.models import Block
from campaign.publicity.directives import queries
from campaign.publicity.models import DirectiveStudy
from campaign.units.models import Unit
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

COLUMNS = (
    Column("name", "Đơn vị", (Unit.sort_key,)),
    Column("block", "Khối", (Block.position, Block.id)),
    Column("held", "Ngày quán triệt", (DirectiveStudy.held_on,)),
)
_STATES = (("no", "chưa xác nhận"), ("yes", "đã quán triệt"))
CELLS = (
    Cell("Đơn vị", width=44),
    Cell("Khối", width=30),
    Cell("Ngày quán triệt", Kind.DAY),
    Cell("Thành phần tham dự", width=60),
)


def asked_units(blocks: Iterable[Block]) -> Asked:
    """Điều kiện của danh sách đơn vị quán triệt."""
    filters = [
        Filter("block", "Khối", choices_of(blocks)),
        Filter("done", "Quán triệt", _STATES),
    ]
    return asked(COLUMNS, filters, endpoint="directives.show")


def statement(of: Asked, campaign_id: int, post_id: int) -> Select[*tuple[Any, ...]]:
    """Các đơn vị như điều kiện nói."""
    found = queries.units_of(campaign_id, post_id, text=of.text, order=of.order)
    if block := of.number("block"):
        found = found.where(Participation.block_id == block)
    if of.chosen["done"]:
        is_missing = DirectiveStudy.id.is_(None)
        found = found.where(is_missing if of.chosen["done"] == "no" else ~is_missing)
    return found


def table(rows: Iterable[Any]) -> list[Table]:
    """Bảng tính đơn vị quán triệt."""
    return [
        Table(
            "Quán triệt",
            CELLS,
            (
                (
                    row.unit.name,
                    row.block.name if row.block else "",
                    study.held_on if study else None,
                    study.attendees if study else "",
                )
                for row, study in rows
            ),
        )
    ]
