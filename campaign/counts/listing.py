"""Các lần đã kê: by what their lists are searched, narrowed and sorted."""

from collections.abc import Sequence

from campaign.reporting.listed import OccurrenceState
from campaign.reporting.models import Occurrence
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number


def _words(row: Occurrence) -> str:
    return f"{row.kind} {row.text}".strip()


_ORDER = tuple(OccurrenceState)
COLUMNS = (
    Column("day", "Ngày", value=lambda row: row.held_on),
    Column("text", "Nội dung", value=_words),
    Column("state", "Trạng thái", value=lambda row: _ORDER.index(row.state)),
)


def asked_occurrences() -> Asked:
    """Điều kiện của danh sách các lần, of the unit's and the verifier's page alike."""
    state = Filter("state", "Trạng thái", choices_of(OccurrenceState))
    return asked(COLUMNS, [state], search="Tìm trong nội dung")


def occurrences_here(of: Asked, rows: Sequence[Occurrence]) -> Page[Occurrence]:
    """Các lần như điều kiện nói."""
    state = of.chosen["state"]
    inside = [row for row in of.matching(rows, _words) if state in {"", row.state.value}]
    return page_of(of.sorted(inside), number=page_number())
