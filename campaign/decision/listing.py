"""Danh sách kèm theo và ý kiến: by what the lists on a decision's page are searched and sorted."""

from collections.abc import Sequence

from campaign.decision.models import DecisionLine, Objection
from campaign.decision.rules import ObjectionState
from campaign.web.lists import Asked, Column, Filter, asked, choices_of, page_of
from campaign.web.paging import Page, page_number

COLUMNS = (
    Column("name", "Tên", value=lambda line: line.name),
    Column("unit", "Đơn vị", value=lambda line: line.unit_name),
    Column("form", "Hình thức", value=lambda line: line.form_name),
    Column("amount", "Tiền thưởng", value=lambda line: line.amount, is_number=True),
)


def asked_lines(*, reads_objections: bool) -> Asked:
    """Điều kiện của trang một quyết định; of opinions only to whom they are shown."""
    opinion = Filter("opinion", "Ý kiến", choices_of(ObjectionState))
    return asked(
        COLUMNS,
        [opinion] if reads_objections else [],
        search="Tìm theo tên, đơn vị",
        endpoint="decision.show",
    )


def lines_here(of: Asked, lines: Sequence[DecisionLine]) -> Page[DecisionLine]:
    """Các dòng như điều kiện nói, in the decision's own order unless another is asked for."""
    return page_of(of.sorted(of.matching(lines, _line_text)), number=page_number())


def _line_text(line: DecisionLine) -> str:
    return f"{line.name}\n{line.unit_name}"


def objections_here(of: Asked, objections: Sequence[Objection]) -> Page[Objection]:
    """Các ý kiến như điều kiện nói: of whom, about whom, and how it was answered."""
    state = of.chosen.get("opinion", "")
    rows = [row for row in of.matching(objections, _opinion_text) if state in {"", row.state.value}]
    return page_of(rows, number=page_number("opinions"))


def _opinion_text(row: Objection) -> str:
    return f"{row.author}\n{row.nominee.name if row.nominee else ''}"
