"""Điều kiện: how the gates of nominees stand, and who may be the same person."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, extract, or_, select

from campaign.core.text import Likeness, likeness
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.honours.rules import Subject
from campaign.nomination.models import Nominee
from campaign.nomination.rules import (
    Gate,
    GateResult,
    NomineeFacts,
    NomineeState,
    Person,
    Strictness,
    gates,
    sameness,
)
from campaign.planning.models import Campaign
from campaign.units.models import Unit
from campaign.verification.queries import finished_units


def gate_checks(campaign: Campaign, rows: Sequence[Nominee]) -> dict[int, tuple[GateResult, ...]]:
    """Điều kiện của các đề nghị: nominee → each gate; a fixed number of queries for all of them."""
    finished = {unit.participation_id for unit in finished_units(campaign.id)}
    twins = _twins(campaign, rows)
    results = {}
    for row in rows:
        standing = NomineeFacts(
            took_part=row.participation.state is ParticipationState.CONFIRMED,
            reported=row.participation_id in finished,
            discipline=row.discipline,
            complaint=row.complaint,
            duplicates=tuple(twins[Likeness.SAME].get(row.id, ())),
            resembling=tuple(twins[Likeness.ALIKE].get(row.id, ())),
        )
        results[row.id] = gates(
            standing, {Gate(name): Strictness(how) for name, how in row.kind.gates.items()}
        )
    return results


def _twins(campaign: Campaign, rows: Sequence[Nominee]) -> dict[Likeness, dict[int, list[str]]]:
    """Trùng và có thể trùng: by nominee what is known of others of that name."""
    others = list(db.session.execute(_nominated_beside(campaign, rows)))
    twins: dict[Likeness, dict[int, list[str]]] = {how: defaultdict(list) for how in Likeness}
    for row in rows:
        person = Person(row.name, row.birth_year, row.participation.unit_id)
        for other in others:
            how = sameness(person, Person(other.name, other.birth_year, other.unit_id))
            if other.id != row.id and how is not Likeness.OTHER:
                is_here = other.campaign_id == campaign.id
                where = "trong phong trào này" if is_here else f"trong “{other.title}”"
                twins[how][row.id].append(_told(how, other.name, f"cũng được đề nghị {where}"))
    for row, award, how in _in_old_books(campaign, rows):
        text = f"đã được tặng {award.form_name} theo quyết định số {award.number} năm {award.year}"
        twins[how][row.id].append(_told(how, award.name, text))
    return twins


def _nominated_beside(campaign: Campaign, rows: Sequence[Nominee]) -> Select[*tuple[Any, ...]]:
    """Ai cùng tên như các đề nghị này in the campaigns that end in the same year, or have days in
    common with this one: a school year and a drive within it may end in different years.
    """
    told = (Nominee.name, Nominee.birth_year, Participation.unit_id)
    return (
        select(*told, Nominee.id, Nominee.campaign_id, Campaign.title)
        .join(Participation, Participation.id == Nominee.participation_id)
        .join(Campaign, Campaign.id == Nominee.campaign_id)
        .where(
            Nominee.search_key.in_({row.search_key for row in rows}),
            Nominee.state != NomineeState.LEFT_OUT,
            or_(
                extract("year", Campaign.ends_on) == campaign.ends_on.year,
                and_(
                    Campaign.starts_on <= campaign.ends_on, Campaign.ends_on >= campaign.starts_on
                ),
            ),
        )
    )


def _told(how: Likeness, name: str, text: str) -> str:
    return (
        text if how is Likeness.SAME else f"{name} {text}; tên gần giống, có phải một người không?"
    )


def _in_old_books(
    campaign: Campaign, rows: Sequence[Nominee]
) -> list[tuple[Nominee, PastAward, Likeness]]:
    """Awards of the same year, or signed within the campaign's days, from the old books to such a
    name in such a unit; a unit itself needs no unit beside it.
    """
    held = _held_beside(campaign, rows)
    if not held:
        return []
    names = _unit_names(rows)
    return [
        (row, award, how)
        for row in rows
        for award in held[row.search_key]
        if (how := _how_alike(row, award, names[row.participation.unit_id])) is not Likeness.OTHER
    ]


def _held_beside(campaign: Campaign, rows: Sequence[Nominee]) -> defaultdict[str, list[PastAward]]:
    """Sổ cũ của năm phong trào kết thúc và trong các ngày của phong trào: the awards to names like
    these, by what a name is sought by.
    """
    held = defaultdict[str, list[PastAward]](list)
    for award in db.session.scalars(
        select(PastAward)
        .where(
            PastAward.search_key.in_({row.search_key for row in rows}),
            or_(
                PastAward.year == campaign.ends_on.year,
                PastAward.signed_on.between(campaign.starts_on, campaign.ends_on),
            ),
        )
        .order_by(PastAward.number, PastAward.id)
    ):
        held[award.search_key].append(award)
    return held


def _unit_names(rows: Sequence[Nominee]) -> dict[int, tuple[str, str]]:
    """Tên các đơn vị của đề nghị: unit → its name and its short name."""
    units = select(Unit.id, Unit.name, Unit.short_name).where(
        Unit.id.in_({row.participation.unit_id for row in rows})
    )
    return {unit_id: (name, short) for unit_id, name, short in db.session.execute(units)}


def _how_alike(row: Nominee, award: PastAward, unit_names: tuple[str, str]) -> Likeness:
    """Cùng một người hay không, by the unit in the book and by the name."""
    own = (*unit_names, *([""] if row.kind.subject is Subject.COLLECTIVE else []))
    of_units = {likeness(award.unit_name, name) for name in own}
    if award.subject is not row.kind.subject or of_units == {Likeness.OTHER}:
        return Likeness.OTHER
    is_sure = Likeness.SAME in of_units and likeness(award.name, row.name) is Likeness.SAME
    return Likeness.SAME if is_sure else Likeness.ALIKE
