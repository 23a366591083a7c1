"""Đơn vị qua các năm: its campaigns with published results, and the awards that stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import joinedload

from campaign.core.text import name_key, spellings
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.queries import LINE_STANDS
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import Step
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.nomination.models import Nominee
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.register.years.rules import Carried, YearOfUnit
from campaign.units.models import Unit
from campaign.units.successions import queries as successions
from campaign.units.successions.rules import forebears


def carried_by(unit: Unit) -> Carried:
    """Lịch sử của đơn vị, with the units whose history it carries."""
    old = forebears(successions.steps(), unit.id)
    units = successions.units_named([row.unit_id for row in old])
    names = {row.id: (row.name, row.short_name) for row in (unit, *units.values())}
    return Carried(unit.id, old, names)


def years_of(carried: Carried) -> list[YearOfUnit]:
    """Các phong trào đã tham gia, newest first; results only once they are published."""
    rows = db.session.execute(_taking_part(carried.unit_ids)).all()
    taken_part = [row for row in rows if carried.holds(row[1], row[2].starts_on)]
    results = _results([row[0] for row in taken_part])
    return [
        replace(
            _year_of(campaign, block or "", number, results.get(number, ())),
            forebear=carried.mark(unit_id),
        )
        for number, unit_id, campaign, block in taken_part
    ]


def _taking_part(unit_ids: Sequence[int]) -> Select[int, int, Campaign, str]:
    """Các lần tham gia, newest campaign first, each with its unit, its campaign and its block."""
    return (
        select(Participation.id, Participation.unit_id, Campaign, Block.name)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .outerjoin(Block, Block.id == Participation.block_id)
        .where(
            Participation.unit_id.in_(unit_ids),
            Participation.state == ParticipationState.CONFIRMED,
            Campaign.phase != Phase.DRAFT,
        )
        .order_by(
            Campaign.starts_on.desc(), Campaign.id.desc(), Unit.sort_key, Participation.unit_id
        )
    )


def _year_of(campaign: Campaign, block: str, number: int, result: Sequence[Any]) -> YearOfUnit:
    return YearOfUnit(
        campaign.id,
        campaign.title,
        campaign.starts_on,
        block,
        campaign.phase is Phase.PUBLISHED,
        campaign.scale,
        campaign.rescaling,
        campaign.points_places,
        number,
        *result,
    )


def _results(participation_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Hạng, số đơn vị của khối, điểm, xếp loại in the last frozen table of published campaigns."""
    rows = db.session.execute(
        select(
            FrozenStanding.participation_id,
            FrozenStanding.rank,
            _ranked_beside(),
            FrozenStanding.total,
            FrozenStanding.band,
        ).where(
            FrozenStanding.ranking_id.in_(_last_tables()),
            FrozenStanding.participation_id.in_(participation_ids),
        )
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _last_tables() -> Select[int]:
    """Bảng chốt cuối của từng phong trào đã công bố."""
    return (
        select(func.max(FrozenRanking.id))
        .join(Campaign, Campaign.id == FrozenRanking.campaign_id)
        .where(Campaign.phase == Phase.PUBLISHED)
        .group_by(FrozenRanking.campaign_id)
    )


def _ranked_beside() -> ScalarSelect[int]:
    """Bao nhiêu đơn vị có hạng trong cùng khối của cùng bảng."""
    beside = FrozenStanding.__table__.alias("beside")
    return (
        select(func.count())
        .select_from(beside)
        .where(
            beside.c.ranking_id == FrozenStanding.ranking_id,
            beside.c.block_id == FrozenStanding.block_id,
            beside.c.rank.is_not(None),
        )
        .scalar_subquery()
    )


class Award(NamedTuple):
    """Một lượt khen thưởng trong lịch sử của đơn vị, with the mark of whose it was."""

    line: DecisionLine
    forebear: str


def awards_of(carried: Carried) -> list[Award]:
    """Khen thưởng của đơn vị và người của đơn vị: signed lines that stand, newest first."""
    return [
        Award(line, carried.mark(unit_id))
        for line, unit_id, day in db.session.execute(_standing_lines(carried.unit_ids))
        if carried.holds(unit_id, day)
    ]


def _standing_lines(unit_ids: Sequence[int]) -> Select[DecisionLine, int, date]:
    """Các dòng còn hiệu lực của những đơn vị ấy, with the unit and the day its campaign began."""
    return (
        select(DecisionLine, Participation.unit_id, Campaign.starts_on)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .join(Participation, Participation.id == Nominee.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.unit_id.in_(unit_ids),
            LINE_STANDS,
            DecisionLine.register_number.is_not(None),
        )
        .options(joinedload(DecisionLine.decision))
        .order_by(DecisionLine.register_year.desc(), DecisionLine.register_number.desc())
    )


class OldAward(NamedTuple):
    """Một lượt khen thưởng trong hồ sơ cũ, with the mark of whose it was."""

    row: PastAward
    forebear: str


def past_awards_of(carried: Carried) -> list[OldAward]:
    """Khen thưởng trong hồ sơ cũ, which knows units by their name alone."""
    owner, written = _owners(carried), _written(carried)
    rows = db.session.scalars(
        select(PastAward)
        .where(or_(PastAward.unit_name.in_(written), PastAward.name.in_(written)))
        .order_by(PastAward.year.desc(), PastAward.id)
    )
    told = []
    for row in rows:
        unit_id = owner.get(name_key(row.unit_name), owner.get(name_key(row.name)))
        if unit_id is not None and carried.holds(unit_id, row.signed_on or date(row.year, 1, 1)):
            told.append(OldAward(row, carried.mark(unit_id)))
    return told


def _owners(carried: Carried) -> dict[str, int]:
    """Tên nào là của đơn vị nào; of two that bear one name the first in the history."""
    return {
        name_key(name): unit_id
        for unit_id in reversed(carried.unit_ids)
        for name in carried.names[unit_id]
    }


def _written(carried: Carried) -> set[str]:
    """Mọi cách viết tên các đơn vị, as the old books may have them."""
    return {
        spelling
        for names in carried.names.values()
        for name in names
        for spelling in (name, *spellings(name))
    }


class Example(NamedTuple):
    """Một điển hình trong lịch sử của đơn vị, with the mark of whose it was."""

    row: Exemplar
    campaign: Campaign
    forebear: str


def examples_of(carried: Carried) -> list[Example]:
    """Điển hình đang được nhân rộng, which all who take part are shown, newest campaign first."""
    rows = db.session.execute(
        select(Exemplar, Campaign, Participation.unit_id)
        .join(Exemplar.participation)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.unit_id.in_(carried.unit_ids),
            Campaign.phase != Phase.DRAFT,
            Exemplar.step == Step.FOLLOWED,
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc(), Exemplar.name, Exemplar.id)
    )
    return [
        Example(row, campaign, carried.mark(unit_id))
        for row, campaign, unit_id in rows
        if carried.holds(unit_id, campaign.starts_on)
    ]
