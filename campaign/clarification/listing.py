"""Giải trình của các đơn vị: by what the list is searched, narrowed and sorted."""

from collections.abc import Iterable
from datetime import date

from campaign.clarification.queries import Place
from campaign.clarification.rules import Stage
from campaign.planning.models import Block
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

Shown = tuple[Place, Stage]
_ORDER = tuple(Stage)


def asked_places(blocks: Iterable[Block]) -> Asked:
    """Điều kiện của danh sách giải trình."""
    listed = list(blocks)
    places = {block.id: place for place, block in enumerate(listed)}
    columns = (
        Column("name", "Đơn vị", value=lambda shown: shown[0].unit),
        Column("block", "Khối", value=lambda shown: places.get(shown[0].block_id)),
        Column("stage", "Trạng thái", value=lambda shown: _ORDER.index(shown[1])),
        Column("due", "Hạn giải trình", value=lambda shown: shown[0].due_on),
        Column("answers", "Ý kiến", value=lambda shown: shown[0].answers, is_number=True),
    )
    filters = [
        Filter("block", "Khối", choices_of(listed)),
        Filter("stage", "Trạng thái", choices_of(Stage)),
    ]
    return asked(columns, filters, search="Tìm theo tên đơn vị")


def places_here(of: Asked, rows: Iterable[Place], today: date) -> Page[Shown]:
    """Các đơn vị như điều kiện nói, each with how far its round is."""
    block_id, stage = of.number("block"), of.chosen["stage"]
    shown = [
        (row, at)
        for row in of.matching(rows, _name)
        if block_id in {None, row.block_id} and (at := row.stage(today)) and stage in {"", at.value}
    ]
    return page_of(of.sorted(shown), number=page_number())


def _name(row: Place) -> str:
    return row.unit
