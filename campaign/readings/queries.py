"""Lượt đọc hồ sơ: those of a campaign, and those of a person."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.core.text import name_key, search_key
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.readings.models import DossierReading
from campaign.readings.rules import Dossier, is_told

MOST_TOLD = 200
_WITH_NAMES = (
    select(DossierReading)
    .join(User, User.id == DossierReading.reader_id)
    .options(
        joinedload(DossierReading.reader),
        joinedload(DossierReading.unit),
        joinedload(DossierReading.campaign),
    )
)


def readings(
    *, campaign_id: int | None, reader: str = "", what: str = "", order: Sequence[Any] = ()
) -> Select[Any]:
    """Các lượt đọc, of one campaign or of all, newest first; readers are searched without tones."""
    statement = _WITH_NAMES.order_by(*order, DossierReading.at.desc(), DossierReading.id.desc())
    if campaign_id is not None:
        statement = statement.where(DossierReading.campaign_id == campaign_id)
    if what:
        statement = statement.where(DossierReading.what == Dossier(what))
    if reader:
        statement = statement.where(User.search_key.contains(search_key(reader), autoescape=True))
    return statement


def titles() -> list[tuple[str, str]]:
    """Các phong trào có lượt đọc, to choose from."""
    named = select(DossierReading.campaign_id).distinct()
    rows = db.session.execute(
        select(Campaign.id, Campaign.title)
        .where(Campaign.id.in_(named))
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )
    return [(str(row.id), row.title) for row in rows]


def has_namesake(person: User) -> bool:
    """Trong đơn vị có người trùng họ tên: of two nobody can say which of them was read of."""
    others = db.session.scalars(
        select(User.full_name).where(
            User.id != person.id,
            User.search_key == search_key(person.full_name),
            User.unit_id.in_(person.own_unit_ids),
        )
    )
    return name_key(person.full_name) in map(name_key, others)


def _last_of(person: User, held: Collection[int]) -> Select[Any]:
    """Các lượt đọc cuối cùng of that name and of a unit of theirs, once it may be told there."""
    return (
        select(DossierReading)
        .join(Campaign, Campaign.id == DossierReading.campaign_id)
        .where(
            DossierReading.unit_id.in_(person.own_unit_ids),
            DossierReading.name_key == name_key(person.full_name),
            (Campaign.phase == Phase.PUBLISHED) | DossierReading.unit_id.in_(held),
        )
        .options(joinedload(DossierReading.reader), joinedload(DossierReading.campaign))
        .order_by(DossierReading.at.desc(), DossierReading.id.desc())
        .limit(MOST_TOLD)
    )


def readings_of(person: User) -> list[DossierReading]:
    """Ai đã đọc hồ sơ của một người, newest first: of their name and of a unit of theirs, as far as
    they may know of it.
    """
    if has_namesake(person):
        return []
    held = person.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    return [
        row
        for row in db.session.scalars(_last_of(person, held))
        if is_told(
            is_published=row.campaign.phase is Phase.PUBLISHED, unit_id=row.unit_id, held=held
        )
    ]
