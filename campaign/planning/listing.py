"""Danh sách phong trào: by what it is sorted and narrowed."""

from typing import Any

from sqlalchemy import Select

from campaign.database import in_sequence
from campaign.planning import queries
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.web.lists import Asked, Column, Filter, asked, choices_of


def asked_campaigns(*, with_drafts: bool) -> Asked:
    """Điều kiện của danh sách phong trào; drafts are a choice of those who see them."""
    columns = (
        Column("organiser", "Đơn vị phát động", (Unit.sort_key,)),
        Column("time", "Thời gian", (Campaign.starts_on, Campaign.ends_on)),
        Column("phase", "Bước", (in_sequence(Campaign.phase, Phase),)),
    )
    phases = [phase for phase in Phase if with_drafts or phase is not Phase.DRAFT]
    return asked(columns, [Filter("phase", "Bước", choices_of(phases))], endpoint="planning.index")


def statement(of: Asked, *, with_drafts: bool) -> Select[Any]:
    """Các phong trào như điều kiện nói."""
    found = queries.campaigns(with_drafts=with_drafts, text=of.text, order=of.order)
    phase = of.chosen["phase"]
    return found.where(Campaign.phase == Phase(phase)) if phase else found
