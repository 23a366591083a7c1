"""Sổ điển hình: by what it is searched, narrowed and sorted."""

from collections.abc import Iterable, Sequence
from datetime import date

from campaign.exemplars.queries import Listed
from campaign.exemplars.rules import State, Step, Subject
from campaign.planning.models import Block
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

_STEPS, _SUBJECTS = tuple(Step), tuple(Subject)
COLUMNS = (
    Column("name", "Điển hình", value=lambda listed: listed.row.name),
    Column("subject", "Loại", value=lambda listed: _SUBJECTS.index(listed.row.subject)),
    Column("unit", "Đơn vị", value=lambda listed: listed.row.participation.unit.name),
    Column("field", "Lĩnh vực", value=lambda listed: listed.row.field),
    Column("step", "Bước", value=lambda listed: _STEPS.index(listed.row.step)),
    Column("uses", "Đơn vị áp dụng", value=lambda listed: listed.uses, is_number=True),
)
STILL = "still"


def asked_exemplars(blocks: Iterable[Block]) -> Asked:
    """Điều kiện của sổ điển hình."""
    filters = (
        Filter("block", "Khối", choices_of(blocks)),
        Filter("subject", "Loại", choices_of(Subject)),
        Filter("step", "Bước", choices_of(Step)),
        Filter(
            "state", "Trạng thái", (*choices_of(State), (STILL, "quá 30 ngày chưa chuyển động"))
        ),
    )
    return asked(
        COLUMNS, filters, search="Tìm theo tên, đơn vị, lĩnh vực", endpoint="exemplars.index"
    )


def exemplars_here(of: Asked, rows: Sequence[Listed], today: date) -> list[Listed]:
    """Điển hình như điều kiện nói."""
    chosen, block_id = of.chosen, of.number("block")
    return of.sorted(
        [
            listed
            for listed in of.matching(rows, _words)
            if block_id in {None, listed.row.participation.block_id}
            and chosen["subject"] in {"", listed.row.subject}
            and chosen["step"] in {"", listed.row.step}
            and _is_in(chosen["state"], listed, today)
        ]
    )


def _is_in(state: str, listed: Listed, today: date) -> bool:
    if state == STILL:
        return listed.is_still(today)
    return state in {"", listed.row.state}


def _words(listed: Listed) -> str:
    row = listed.row
    return f"{row.name}\n{row.participation.unit.name}\n{row.field}"
