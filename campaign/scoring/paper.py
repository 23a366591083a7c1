"""Phiếu chấm trên giấy: a member's sheet of one block as a clean PDF."""

from collections.abc import Collection, Mapping

from campaign.core.numbers import format_decimal
from campaign.papers.typesetting import pdf
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring.desk import Desk
from campaign.scoring.queries import Cell

NOT_ASKED = "–"


def marking_sheet(desk: Desk, *, member: str, source: str) -> bytes:
    """Phiếu chấm (PDF): a dash where nothing is asked, an empty cell where no mark stands yet."""
    return pdf(
        "sheets/marks.typ",
        {
            "campaign": desk.campaign.title,
            "title": "PHIẾU CHẤM ĐIỂM",
            "subtitle": desk.block.name,
            "flipped": True,
            "member": member,
            "source": source,
            "criteria": [_head(criterion) for criterion in desk.criteria],
            "rows": _rows(desk),
        },
    )


def _head(criterion: ScoredCriterion) -> dict[str, str]:
    """Đầu cột của một tiêu chí, and what it says below the table."""
    return {
        "head": f"{criterion.code}\n/{format_decimal(criterion.maximum)}",
        "words": f"{criterion.code}: {criterion.name}",
    }


def _rows(desk: Desk) -> list[list[str]]:
    """Một hàng cho mỗi đơn vị."""
    asked = frozenset(desk.asked)
    return [
        [
            str(number),
            unit.name,
            *(_cell((unit.id, row.id), asked, desk.marks) for row in desk.criteria),
        ]
        for number, unit in enumerate(desk.units, start=1)
    ]


def _cell(
    place: tuple[int, int],
    asked: Collection[tuple[int, int]],
    marks: Mapping[tuple[int, int], Cell],
) -> str:
    if place not in asked:
        return NOT_ASKED
    mark = marks.get(place)
    if mark is None:
        return ""
    return mark.state.label if mark.points is None else format_decimal(mark.points)
