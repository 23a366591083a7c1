"""Tiến độ chấm: a member's own sheets, and by what those of all are searched and sorted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from campaign.clarification.queries import held_back
from campaign.council.models import CouncilMember
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import scheme_of
from campaign.scoring import queries
from campaign.scoring.progress import SheetProgress, filling
from campaign.scoring.rules import criteria_of
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

STATES = ("đã khoá", "chưa khoá", "chưa bắt đầu")


def asked_sheets(blocks: Iterable[Block]) -> Asked:
    """Điều kiện của tiến độ."""
    listed = list(blocks)
    places = {block.id: place for place, block in enumerate(listed)}
    columns = (
        Column("name", "Thành viên", value=lambda row: row.full_name),
        Column("block", "Khối", value=lambda row: places[row.block_id]),
        Column("cells", "Số ô đã chấm", value=lambda row: row.cells, is_number=True),
        Column("state", "Trạng thái", value=lambda row: STATES.index(row.label)),
    )
    filters = [
        Filter("block", "Khối", choices_of(listed)),
        Filter("state", "Trạng thái", tuple((state, state) for state in STATES)),
    ]
    return asked(columns, filters, search="Tìm theo tên thành viên")


def sheets_here(of: Asked, sheets: Sequence[SheetProgress]) -> Page[SheetProgress]:
    """Các phiếu như điều kiện nói."""
    block_id, state = of.number("block"), of.chosen["state"]
    rows = [
        row
        for row in of.matching(sheets, _name)
        if block_id in {None, row.block_id} and state in {"", row.label}
    ]
    return page_of(of.sorted(rows), number=page_number())


def _name(row: SheetProgress) -> str:
    return row.full_name


def own_sheets(
    campaign: Campaign,
    member: CouncilMember,
    blocks: Iterable[Block],
    hidden: frozenset[int],
    today: date,
) -> list[dict[str, Any]]:
    """Các phiếu của một thành viên, block by block, each with how far it is filled."""
    scheme, sheets = scheme_of(campaign.id), queries.sheets_of(member.id)
    held = held_back(campaign, today)
    criteria = criteria_of(scheme, member.function, member.user_id)
    return [
        {
            "block": block,
            "sheet": sheets.get(block.id),
            "filling": filling(
                campaign.id, scheme, block.id, sheets.get(block.id), hidden, held, criteria
            ),
        }
        for block in blocks
    ]
