"""Các ô chênh lệch: by what whoever oversees them searches, narrows and sorts the list."""

from collections.abc import Iterable
from dataclasses import replace

from campaign.divergence.rules import CellState
from campaign.scoring.divergent.queries import DivergentCell
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

_ORDER = tuple(CellState)


def asked_cells(campaign_id: int) -> Asked:
    """Điều kiện của danh sách ô chênh lệch; a form that was refused draws the list as well."""
    columns = (
        Column("unit", "Đơn vị", value=_name),
        Column("criterion", "Tiêu chí", value=lambda cell: cell.criterion.code),
        Column("marks", "Số phiếu", value=lambda cell: len(cell.marks), is_number=True),
        Column("answers", "Đã trả lời", value=lambda cell: cell.answered, is_number=True),
        Column("state", "Trạng thái", value=lambda cell: _ORDER.index(cell.state)),
    )
    here = asked(
        columns,
        [Filter("state", "Trạng thái", choices_of(CellState))],
        search="Tìm theo tên đơn vị",
        endpoint="divergence.index",
    )
    return replace(here, place=(("campaign_id", campaign_id),))


def cells_here(of: Asked, rows: Iterable[DivergentCell]) -> Page[DivergentCell]:
    """Các ô như điều kiện nói."""
    state = of.chosen["state"]
    shown = [row for row in of.matching(rows, _name) if state in {"", row.state.value}]
    return page_of(of.sorted(shown), number=page_number())


def _name(cell: DivergentCell) -> str:
    return cell.unit.name
