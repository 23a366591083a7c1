"""Biên bản kiểm tra thực tế."""

from typing import Any

from campaign.core.dates import format_date
from campaign.inspection import queries as visits
from campaign.inspection.models import Inspection
from campaign.office.heads import Asker, common, office
from campaign.office.rules import INSPECTING, Item, PaperContent, listed
from campaign.papers.rules import date_words
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of


def inspections(asker: Asker, campaign: Campaign) -> list[Item]:
    """Biên bản kiểm tra, for those who verify."""
    if not asker.is_any(*INSPECTING):
        return []
    return [
        Item(row.id, f"{row.participation.unit.name}, {format_date(row.held_on)}", is_final=True)
        for row in visits.inspections(campaign.id)
    ]


def inspection(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung biên bản kiểm tra."""
    del asker
    row = visits.inspection(campaign.id, subject_id)
    head = office(campaign)
    fields = common(
        campaign,
        head,
        about=f"Kiểm tra thực tế tại {row.participation.unit.name}",
        symbol=head.symbol("BB"),
        day=row.held_on,
        signer_title="ĐẠI DIỆN ĐOÀN KIỂM TRA",
        signer_name=row.recorded_by.full_name,
    )
    fields |= _minuted(row) | {"subjects": "; ".join(_subjects(campaign.id, row.id))}
    return PaperContent(fields, f"Bản {row.version}", row.recorded_at)


def _minuted(row: Inspection) -> dict[str, Any]:
    """Điều đã ghi: where, when, who, what was looked at, found and concluded."""
    return {
        "unit": row.participation.unit.name,
        "held_on": date_words(row.held_on).removeprefix("ngày "),
        **{
            name: listed(getattr(row, name), is_final=True)
            for name in ("team", "checked", "findings", "conclusion")
        },
    }


def _subjects(campaign_id: int, inspection_id: int) -> list[str]:
    """Nội dung kiểm tra: indicators by their short name, criteria by their code."""
    scheme = scheme_of(campaign_id)
    codes = {criterion.id: f"tiêu chí {criterion.code}" for criterion in scheme.criteria}
    return [
        scheme.indicators[subject.indicator_id].short_name
        if subject.indicator_id
        else codes[subject.criterion_id or 0]
        for subject in visits.subjects_of(inspection_id)
    ]
