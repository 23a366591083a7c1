"""Danh sách đề nghị: by what the panels of an award and a block are searched and sorted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campaign.nomination.course import Course
from campaign.nomination.models import Nominee
from campaign.nomination.queries import Panel
from campaign.nomination.rules import NomineeState
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

_ORDER = tuple(NomineeState)


def asked_nominees(panels: Sequence[Panel], courses: Mapping[int, Course]) -> Asked:
    """Điều kiện của danh sách đề nghị; a state is the one that the reader may know."""
    kinds = {
        panel.kind.id: f"{panel.kind.award_type.name}, {panel.kind.subject.label}"
        for panel in panels
    }
    columns = (
        Column("name", "Tên", value=_name),
        Column("unit", "Đơn vị", value=lambda row: row.participation.unit.name),
        Column("state", "Trạng thái", value=lambda row: _ORDER.index(courses[row.id].state)),
    )
    filters = [
        Filter("kind", "Hình thức", tuple((str(key), name) for key, name in kinds.items())),
        Filter("block", "Khối", choices_of({row.block.id: row.block for row in panels}.values())),
        Filter("state", "Trạng thái", choices_of(NomineeState)),
    ]
    search = "Tìm theo tên người, tập thể, đơn vị"
    return asked(columns, filters, search=search, endpoint="decision.index")


def _name(row: Nominee) -> str:
    return row.name


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """Bảng đề xuất như trang cho thấy: its quota and make-up are of all its nominees."""

    panel: Panel
    page: Page[Nominee]

    @property
    def page_name(self) -> str:
        """Tên của số trang trong địa chỉ: each panel has its own."""
        return _page_name(self.panel)


def _page_name(panel: Panel) -> str:
    return f"page-{panel.kind.id}-{panel.block.id}"


def shown_panels(
    of: Asked, panels: Iterable[Panel], courses: Mapping[int, Course], *, with_empty: bool
) -> list[ShownPanel]:
    """Các bảng như điều kiện nói; one without rows stands where nobody is searched for."""
    kind_id, block_id = of.number("kind"), of.number("block")
    searches = bool(of.text or of.chosen["state"])
    shown = []
    for panel in panels:
        if kind_id not in {None, panel.kind.id} or block_id not in {None, panel.block.id}:
            continue
        rows = nominees_here(of, panel.rows, courses)
        if rows or (with_empty and not searches):
            page = page_of(rows, number=page_number(_page_name(panel)))
            shown.append(ShownPanel(panel, page))
    return shown


def nominees_here(
    of: Asked, rows: Iterable[Nominee], courses: Mapping[int, Course]
) -> list[Nominee]:
    """Các đề nghị như điều kiện nói."""
    kind_id, block_id, state = of.number("kind"), of.number("block"), of.chosen["state"]
    return of.sorted(
        [
            row
            for row in of.matching(rows, _words)
            if kind_id in {None, row.kind_id}
            and block_id in {None, row.participation.block_id}
            and state in {"", courses[row.id].state.value}
        ]
    )


def _words(row: Nominee) -> str:
    return f"{row.name}\n{row.participation.unit.name}"
