"""Tiến độ của Hội đồng: by what its sheets are searched, narrowed and sorted."""

from collections.abc import Iterable, Sequence

from campaign.planning.models import Block
from campaign.scoring.progress import SheetProgress
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
