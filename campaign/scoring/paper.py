"""Phiếu chấm trên giấy: a member's sheet of one block as a clean PDF."""

from collections.abc import Collection, Mapping, Sequence

from campaign.core.numbers import format_decimal
from campaign.papers.typesetting import pdf
from campaign.planning.models import Block, Campaign
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring.queries import Cell
from campaign.scoring.units import UnitRow

NOT_ASKED = "–"


def marking_sheet(
    campaign: Campaign,
    block: Block,
    *,
    member: str,
    source: str,
    criteria: Sequence[ScoredCriterion],
    units: Sequence[UnitRow],
    asked: Collection[tuple[int, int]],
    marks: Mapping[tuple[int, int], Cell],
) -> bytes:
    """Phiếu chấm (PDF): a dash where nothing is asked, an empty cell where no mark stands yet."""
    return pdf(
        "sheets/marks.typ",
        {
            "campaign": campaign.title,
            "title": "PHIẾU CHẤM ĐIỂM",
            "subtitle": block.name,
            "flipped": True,
            "member": member,
            "source": source,
            "criteria": [
                {
                    "head": f"{criterion.code}\n/{format_decimal(criterion.maximum)}",
                    "words": f"{criterion.code}: {criterion.name}",
                }
                for criterion in criteria
            ],
            "rows": [
                [
                    str(number),
                    unit.name,
                    *(_cell((unit.id, criterion.id), asked, marks) for criterion in criteria),
                ]
                for number, unit in enumerate(units, start=1)
            ],
        },
    )


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
