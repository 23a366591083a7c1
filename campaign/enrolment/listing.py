"""Đơn vị tham gia: by what the list is searched, narrowed and sorted."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select

from campaign.database import in_sequence
from campaign.enrolment import queries
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.planning.models import Block
from campaign.units.models import Unit
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

COLUMNS = (
    Column("name", "Đơn vị", (Unit.sort_key,)),
    Column("block", "Khối", (Block.position, Block.id)),
    Column("state", "Trạng thái", (in_sequence(Participation.state, ParticipationState),)),
    Column("at", "Đăng ký lúc", (Participation.enrolled_at,)),
)


def asked_enrolments(blocks: Iterable[Block]) -> Asked:
    """Điều kiện của danh sách đăng ký."""
    filters = [
        Filter("block", "Khối", (*choices_of(blocks), ("none", "chưa xếp khối"))),
        Filter("state", "Trạng thái", choices_of(ParticipationState)),
    ]
    return asked(COLUMNS, filters, endpoint="enrolment.index")


def statement(of: Asked, campaign_id: int, units: Collection[int] | None) -> Select[Any]:
    """Các đăng ký như điều kiện nói, within one's sight."""
    block, state = of.chosen["block"], of.chosen["state"]
    found = queries.participations(campaign_id, units=units, text=of.text, order=of.order)
    if block:
        own = Participation.block_id
        found = found.where(own.is_(None) if block == "none" else own == int(block))
    return found.where(Participation.state == ParticipationState(state)) if state else found
