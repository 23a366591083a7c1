"""Các cuộc kiểm tra: by what they and the units to be inspected are searched and sorted."""

from collections.abc import Sequence

from campaign.enrolment.queries import ParticipationRow
from campaign.inspection.models import Inspection
from campaign.web.lists import Asked, Column, asked, page_of
from campaign.web.paging import Page, page_number

COLUMNS = (
    Column("day", "Ngày", value=lambda visit: visit.held_on),
    Column("unit", "Đơn vị", value=lambda visit: visit.participation.unit.name),
    Column("team", "Đoàn kiểm tra", value=lambda visit: visit.team),
)


def asked_visits() -> Asked:
    """Điều kiện của trang kiểm tra thực tế."""
    return asked(COLUMNS, search="Tìm theo tên đơn vị, đoàn kiểm tra", endpoint="inspection.index")


def visits_here(of: Asked, visits: Sequence[Inspection]) -> list[Inspection]:
    """Các cuộc kiểm tra như điều kiện nói."""
    return of.sorted(of.matching(visits, _words))


def _words(visit: Inspection) -> str:
    return f"{visit.participation.unit.name}\n{visit.team}"


def units_here(of: Asked, rows: Sequence[ParticipationRow]) -> Page[ParticipationRow]:
    """Các đơn vị có thể lập biên bản, by the same search."""
    return page_of(of.matching(rows, lambda row: row.name), number=page_number("units"))
