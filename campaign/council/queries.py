"""Hội đồng: members, and from which units each is kept away."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, bindparam, case, or_, select
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.council.models import CouncilMember, Recusal
from campaign.council.rules import CouncilFunction, RecusalOrigin, own_units_among
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.units.rules import ids_on


@dataclass(frozen=True, slots=True)
class Ground:
    """Không chấm: one unit a member is kept away from, on what ground."""

    unit_id: int
    unit_name: str
    origin: RecusalOrigin
    reason: str
    recusal_id: int | None = None
    block: str = ""
    """Khối của đơn vị, where the whole block is kept from the member."""


ACTIVE = select(CouncilMember).where(
    CouncilMember.user_id == bindparam("user_id"),
    CouncilMember.campaign_id == bindparam("campaign_id"),
    CouncilMember.left_on.is_(None),
    or_(CouncilMember.term_from.is_(None), CouncilMember.term_from <= bindparam("day")),
    or_(CouncilMember.term_to.is_(None), CouncilMember.term_to >= bindparam("day")),
)
"""Thành viên đang trong nhiệm kỳ của `user_id` in `campaign_id` on `day`, for others to join."""


def active_member(user_id: int, campaign_id: int, day: date) -> CouncilMember | None:
    """Thành viên đang trong nhiệm kỳ, by person."""
    values = {"user_id": user_id, "campaign_id": campaign_id, "day": day}
    return db.session.scalars(ACTIVE, values).one_or_none()


def serving_user_ids(campaign_id: int, day: date) -> frozenset[int]:
    """Người đang là thành viên Hội đồng của phong trào."""
    serving = select(CouncilMember.user_id).where(
        CouncilMember.campaign_id == campaign_id,
        CouncilMember.left_on.is_(None),
        or_(CouncilMember.term_from.is_(None), CouncilMember.term_from <= day),
        or_(CouncilMember.term_to.is_(None), CouncilMember.term_to >= day),
    )
    return frozenset(db.session.scalars(serving))


def is_chair(user_id: int) -> bool:
    """Đang là Chủ tịch Hội đồng of any campaign."""
    return (
        db.session.scalar(
            select(CouncilMember.id)
            .where(
                CouncilMember.user_id == user_id,
                CouncilMember.function == CouncilFunction.CHAIR,
                CouncilMember.left_on.is_(None),
            )
            .limit(1)
        )
        is not None
    )


def members(campaign_id: int) -> Sequence[CouncilMember]:
    """Thành viên Hội đồng, those who left too, by order and name."""
    statement = (
        select(CouncilMember)
        .where(CouncilMember.campaign_id == campaign_id)
        .join(CouncilMember.user)
        .options(
            joinedload(CouncilMember.user).joinedload(User.unit),
            joinedload(CouncilMember.user).selectinload(User.grants),
        )
        .order_by(CouncilMember.position, User.sort_key)
    )
    return db.session.scalars(statement).all()


def member(campaign_id: int, member_id: int) -> CouncilMember:
    """Một thành viên của Hội đồng phong trào này."""
    statement = (
        select(CouncilMember)
        .where(CouncilMember.id == member_id, CouncilMember.campaign_id == campaign_id)
        .options(joinedload(CouncilMember.user).selectinload(User.grants))
    )
    return visible_row(statement)


def competing(campaign_id: int) -> dict[int, tuple[str, str]]:
    """Đơn vị tham gia: id → (path, short name)."""
    rows = db.session.execute(
        select(Unit.id, Unit.path, Unit.short_name)
        .join(Participation, Participation.unit_id == Unit.id)
        .where(Participation.campaign_id == campaign_id)
    )
    return {row.id: (row.path, row.short_name) for row in rows}


def recusals_of(row: CouncilMember) -> dict[int, Ground]:
    """Các đơn vị thành viên này không chấm: own, near, of the block, declared, decided (design
    decision 12).
    """
    return recusals_by_member(row.campaign_id, [row])[row.id]


_MEMBER, _RECUSAL, _UNIT, _USER, _GRANT, _CAMPAIGN, _TAKING = (
    model.__table__.c
    for model in (CouncilMember, Recusal, Unit, User, RoleGrant, Campaign, Participation)
)
_OF_COUNCIL = _MEMBER.campaign_id == bindparam("campaign_id")
_STORED = select(
    _RECUSAL.member_id,
    _RECUSAL.unit_id,
    _UNIT.short_name,
    _RECUSAL.origin,
    _RECUSAL.reason,
    _RECUSAL.id,
).where(_OF_COUNCIL, _RECUSAL.member_id == _MEMBER.id, _UNIT.id == _RECUSAL.unit_id)
_OFFICE = Unit.__table__.alias("office")
_NEAR = ~(
    select(_CAMPAIGN.id)
    .select_from(Campaign.__table__)
    .join(_OFFICE, _OFFICE.c.id == _CAMPAIGN.organiser_id)
    .where(_CAMPAIGN.id == bindparam("campaign_id"), _OFFICE.c.path.startswith(_UNIT.path))
    .exists()
) | (
    select(_TAKING.id)
    .where(_TAKING.campaign_id == bindparam("campaign_id"), _TAKING.unit_id == _UNIT.id)
    .exists()
)
"""Nơi công tác làm nên "đơn vị của mình": whoever works in the office that holds the campaign, or
above it, stands above all units alike, and is kept away from none by that, unless it competes.
"""
_OWN_PATHS = (
    select(_USER.id, _UNIT.path)
    .where(_OF_COUNCIL, _USER.id == _MEMBER.user_id, _UNIT.id == _USER.unit_id, _NEAR)
    .union(
        select(_GRANT.user_id, _UNIT.path).where(
            _OF_COUNCIL, _GRANT.user_id == _MEMBER.user_id, _UNIT.id == _GRANT.unit_id, _NEAR
        )
    )
)
"""Of the whole council, a dozen people: two statements whose text never changes."""


def recusals_by_member(
    campaign_id: int, of: Sequence[CouncilMember]
) -> dict[int, dict[int, Ground]]:
    """The same for several members at once, in at most three queries, and a fourth where the plan
    keeps whole blocks away; units nobody is kept away from are not read.
    """
    paths_of = _own_paths(campaign_id)
    stored = db.session.execute(_STORED, {"campaign_id": campaign_id}).all()
    own = {row.id: paths_of.get(row.user_id, ()) for row in of}
    related = _competing_near(campaign_id, {path for paths in own.values() for path in paths})
    grounds = _own_grounds(own, related)
    _add_blocks(grounds, related)
    for member_id, unit_id, name, origin, reason, recusal_id in stored:
        if member_id in grounds:
            grounds[member_id].setdefault(
                unit_id, Ground(unit_id, name, origin, reason, recusal_id)
            )
    return grounds


class _Near(NamedTuple):
    """Đơn vị tham gia gần nơi công tác của ai đó; its block where the plan keeps that away too."""

    path: str
    name: str
    block_id: int | None


def _own_grounds(
    own: Mapping[int, Collection[str]], related: Mapping[int, _Near]
) -> dict[int, dict[int, Ground]]:
    """Đơn vị của mình mà không chấm, by member."""
    paths = {unit_id: near.path for unit_id, near in related.items()}
    return {
        member_id: {
            unit_id: Ground(unit_id, related[unit_id].name, RecusalOrigin.OWN_UNIT, "")
            for unit_id in own_units_among(mine, paths)
        }
        for member_id, mine in own.items()
    }


def _competing_near(campaign_id: int, own: Collection[str]) -> dict[int, _Near]:
    """Competing units equal to, above or below one of the paths."""
    if not own:
        return {}
    above = {unit_id for path in own for unit_id in ids_on(path)}
    rows = db.session.execute(
        select(Unit.id, Unit.path, Unit.short_name, _KEPT_BLOCK)
        .join(Participation, Participation.unit_id == Unit.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.campaign_id == campaign_id,
            or_(Unit.id.in_(above), *(Unit.path.startswith(path, autoescape=True) for path in own)),
        )
    )
    return {unit_id: _Near(*near) for unit_id, *near in rows}


_KEPT_BLOCK = case(
    (
        Campaign.recuses_block & (Participation.state == ParticipationState.CONFIRMED),
        Participation.block_id,
    ),
    else_=None,
)


def _add_blocks(grounds: dict[int, dict[int, Ground]], related: Mapping[int, _Near]) -> None:
    """Không chấm cả khối của đơn vị mình, where the plan says so: the rest of each block in which
    a unit of the member competes.
    """
    blocks = {near.block_id for near in related.values() if near.block_id is not None}
    if not blocks:
        return
    rows = _units_of_blocks(blocks)
    for mine in grounds.values():
        kept = {related[unit_id].block_id for unit_id in mine}
        for block_id, unit_id, name, block in rows:
            if block_id in kept:
                mine.setdefault(
                    unit_id, Ground(unit_id, name, RecusalOrigin.OWN_BLOCK, "", block=block)
                )


def _units_of_blocks(blocks: Collection[int]) -> Sequence[Row[int | None, int, str, str]]:
    """Mọi đơn vị của các khối này: block, id, short name, name of the block."""
    return db.session.execute(
        select(Participation.block_id, Unit.id, Unit.short_name, Block.name)
        .join(Unit, Unit.id == Participation.unit_id)
        .join(Block, Block.id == Participation.block_id)
        .where(Participation.block_id.in_(blocks))
        .order_by(Unit.sort_key, Unit.id)
    ).all()


def grounds_told(grounds: Iterable[Ground]) -> list[Ground]:
    """Không chấm những ai, with the units of one whole block as one."""
    apart, blocks = [], Counter[str]()
    for ground in grounds:
        if ground.block:
            blocks[ground.block] += 1
        else:
            apart.append(ground)
    return apart + [
        Ground(0, f"{count} đơn vị khác của {block}", RecusalOrigin.OWN_BLOCK, "", block=block)
        for block, count in blocks.items()
    ]


def _own_paths(campaign_id: int) -> Mapping[int, set[str]]:
    """Đường dẫn các đơn vị của mình: where each of the council works or holds a role."""
    paths: dict[int, set[str]] = {}
    for user_id, path in db.session.execute(_OWN_PATHS, {"campaign_id": campaign_id}):
        paths.setdefault(user_id, set()).add(path)
    return paths


def hidden_unit_ids(row: CouncilMember) -> frozenset[int]:
    """Đơn vị không tồn tại đối với thành viên này: rows, counts, files and exports."""
    return frozenset(recusals_of(row))


@dataclass(frozen=True, slots=True)
class Withheld:
    """Kết quả chưa được xem: until the result is published a person reads neither rank nor points
    of
    `units`, and sees no order at all in `blocks`, for there the gap a unit leaves tells its place.
    """

    units: frozenset[int] = frozenset()
    blocks: frozenset[int] = frozenset()

    def hides(self, unit_id: int, block_id: int | None) -> bool:
        """Whether the result of this unit of this block does not exist for the reader."""
        return unit_id in self.units or block_id in self.blocks


def withheld_from(user: User, campaign: Campaign, day: date) -> Withheld:
    """Kết quả không cho người này xem đến khi công bố: of a member all they are kept away from,
    and of everybody the units they work in or hold a role for.
    """
    if campaign.phase is Phase.PUBLISHED:
        return Withheld()
    own, seat = user.own_unit_ids, None
    if Role.COUNCIL_MEMBER in user.roles:
        seat = active_member(user.id, campaign.id, day)
    if seat is None:
        return Withheld(own)
    units = own | hidden_unit_ids(seat)
    return Withheld(units, _blocks_with(campaign.id, units))


def _blocks_with(campaign_id: int, unit_ids: frozenset[int]) -> frozenset[int]:
    """Các khối có một trong những đơn vị này."""
    blocks = db.session.scalars(
        select(Participation.block_id).where(
            Participation.campaign_id == campaign_id, Participation.unit_id.in_(unit_ids)
        )
    )
    return frozenset(block for block in blocks if block is not None)


def recusal(campaign_id: int, recusal_id: int) -> Recusal:
    """Một lần không chấm đã khai hoặc đã quyết định."""
    statement = (
        select(Recusal)
        .join(Recusal.member)
        .where(Recusal.id == recusal_id, CouncilMember.campaign_id == campaign_id)
        .options(joinedload(Recusal.member), joinedload(Recusal.unit))
    )
    return visible_row(statement)


def candidates(campaign_id: int) -> Sequence[User]:
    """Người có thể đưa vào Hội đồng: active, not in it yet, by given name."""
    inside = select(CouncilMember.user_id).where(CouncilMember.campaign_id == campaign_id)
    return db.session.scalars(
        select(User).where(User.is_active, User.id.not_in(inside)).order_by(User.sort_key, User.id)
    ).all()


def has_other_membership(user_id: int, but: int) -> bool:
    """Còn ở Hội đồng khác: another membership they have not left."""
    statement = (
        select(CouncilMember.id)
        .where(
            CouncilMember.user_id == user_id,
            CouncilMember.id != but,
            CouncilMember.left_on.is_(None),
        )
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def person_with_grants(user_id: int) -> User:
    """Người và các vai trò, to change the council's role."""
    return visible_row(select(User).where(User.id == user_id).options(selectinload(User.grants)))
