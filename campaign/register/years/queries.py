"""Đơn vị qua các năm: its campaigns with published results, and the awards that stand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from campaign.core.text import name_key
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.nomination.models import Nominee
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.register.years.rules import YearOfUnit
from campaign.units.models import Unit


def years_of(unit: Unit) -> list[YearOfUnit]:
    """Các phong trào đơn vị đã tham gia, newest first; results only once they are published."""
    taken_part = db.session.execute(
        select(Participation.id, Campaign, Block.name)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .outerjoin(Block, Block.id == Participation.block_id)
        .where(
            Participation.unit_id == unit.id,
            Participation.state == ParticipationState.CONFIRMED,
            Campaign.phase != Phase.DRAFT,
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    ).all()
    results = _results([number for number, _, _ in taken_part])
    return [
        YearOfUnit(
            campaign.id,
            campaign.title,
            campaign.starts_on,
            block or "",
            campaign.phase is Phase.PUBLISHED,
            campaign.scale,
            campaign.rescaling,
            campaign.points_places,
            number,
            *results.get(number, ()),
        )
        for number, campaign, block in taken_part
    ]


def _results(participation_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Hạng, số đơn vị của khối, điểm, xếp loại in the last frozen table of published campaigns."""
    last = (
        select(func.max(FrozenRanking.id))
        .join(Campaign, Campaign.id == FrozenRanking.campaign_id)
        .where(Campaign.phase == Phase.PUBLISHED)
        .group_by(FrozenRanking.campaign_id)
    )
    beside = FrozenStanding.__table__.alias("beside")
    ranked = (
        select(func.count())
        .select_from(beside)
        .where(
            beside.c.ranking_id == FrozenStanding.ranking_id,
            beside.c.block_id == FrozenStanding.block_id,
            beside.c.rank.is_not(None),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            FrozenStanding.participation_id,
            FrozenStanding.rank,
            ranked,
            FrozenStanding.total,
            FrozenStanding.band,
        ).where(
            FrozenStanding.ranking_id.in_(last),
            FrozenStanding.participation_id.in_(participation_ids),
        )
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def awards_of(unit: Unit) -> Sequence[DecisionLine]:
    """Khen thưởng của đơn vị và người của đơn vị: signed lines that stand, newest first."""
    return db.session.scalars(
        select(DecisionLine)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .join(Participation, Participation.id == Nominee.participation_id)
        .where(
            Participation.unit_id == unit.id,
            Decision.state == DecisionState.SIGNED,
            Decision.kind != DecisionKind.REVOCATION,
            DecisionLine.ended_by_id.is_(None),
            DecisionLine.register_number.is_not(None),
        )
        .options(joinedload(DecisionLine.decision))
        .order_by(DecisionLine.register_year.desc(), DecisionLine.register_number.desc())
    ).all()


def past_awards_of(unit: Unit) -> list[PastAward]:
    """Khen thưởng trong hồ sơ cũ, which knows units by their name alone."""
    names = {name_key(unit.name), name_key(unit.short_name)}
    written = {unit.name, unit.short_name}
    rows = db.session.scalars(
        select(PastAward)
        .where(or_(PastAward.unit_name.in_(written), and_(PastAward.name.in_(written))))
        .order_by(PastAward.year.desc(), PastAward.id)
    )
    return [row for row in rows if {name_key(row.unit_name), name_key(row.name)} & names]
