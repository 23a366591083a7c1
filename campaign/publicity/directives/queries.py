"""Quán triệt: which units have worked through which directive, and which have not."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.core.errors import NotVisible
from campaign.core.permissions import Role
from campaign.core.text import search_key
from campaign.database import exact_first
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.publicity.models import DirectiveStudy, Post
from campaign.publicity.queries import is_out
from campaign.publicity.rules import PostKind
from campaign.units.models import Unit

STUDYING = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
"""Ai xác nhận cho đơn vị mình."""


class StudyCount(NamedTuple):
    """Bao nhiêu đơn vị đã quán triệt, trong bao nhiêu đơn vị."""

    confirmed: int
    units: int


class Studying(NamedTuple):
    """Một văn bản chỉ đạo với một đơn vị: confirmed when, if at all."""

    post_id: int
    title: str
    published_on: date
    campaign_id: int
    participation_id: int
    unit: str
    held_on: date | None


def directive(campaign_id: int, post_id: int) -> Post:
    """Một văn bản chỉ đạo của phong trào, for its editors."""
    return visible_row(
        select(Post).where(
            Post.id == post_id, Post.campaign_id == campaign_id, Post.kind == PostKind.DIRECTIVE
        )
    )


def _takes_part(campaign_id: int) -> tuple[Any, ...]:
    return (
        Participation.campaign_id == campaign_id,
        Participation.state == ParticipationState.CONFIRMED,
    )


def study_counts(campaign_id: int, posts: Iterable[Post]) -> dict[int, StudyCount]:
    """Số đơn vị đã quán triệt của từng văn bản chỉ đạo, in two queries."""
    ids = [row.id for row in posts if row.kind is PostKind.DIRECTIVE]
    units = select(func.count()).select_from(Participation).where(*_takes_part(campaign_id))
    confirmed = (
        select(DirectiveStudy.post_id, func.count())
        .join(Participation, Participation.id == DirectiveStudy.participation_id)
        .where(DirectiveStudy.post_id.in_(ids), *_takes_part(campaign_id))
        .group_by(DirectiveStudy.post_id)
    )
    number = db.session.scalar(units) or 0
    counted = {row[0]: row[1] for row in db.session.execute(confirmed)}
    return {post_id: StudyCount(counted.get(post_id, 0), number) for post_id in ids}


def units_of(
    campaign_id: int, post_id: int, *, text: str = "", order: Sequence[Any] = ()
) -> Select[*tuple[Any, ...]]:
    """Các đơn vị tham gia và lần quán triệt của họ, those who have not confirmed first."""
    statement: Select[*tuple[Any, ...]] = (
        select(Participation, DirectiveStudy)
        .join(Participation.unit)
        .outerjoin(Participation.block)
        .outerjoin(
            DirectiveStudy,
            (DirectiveStudy.participation_id == Participation.id)
            & (DirectiveStudy.post_id == post_id),
        )
        .where(*_takes_part(campaign_id))
        .options(contains_eager(Participation.unit), contains_eager(Participation.block))
        .order_by(
            *order,
            DirectiveStudy.held_on.is_not(None),
            *exact_first(Unit.name, text),
            Unit.sort_key,
            Participation.id,
        )
    )
    if text:
        statement = statement.where(Unit.search_key.contains(search_key(text), autoescape=True))
    return statement


def units_missing(
    campaign_id: int, post_id: int, chosen: Collection[int] = ()
) -> Sequence[Participation]:
    """Đơn vị chưa xác nhận quán triệt, by name; of the `chosen` ones where some are."""
    statement = units_of(campaign_id, post_id).where(DirectiveStudy.id.is_(None))
    if chosen:
        statement = statement.where(Participation.id.in_(chosen))
    return db.session.scalars(statement).all()


def studied_by(post: Post, units: Collection[int]) -> Sequence[Studying]:
    """Một văn bản với các đơn vị của người xem."""
    if post.kind is not PostKind.DIRECTIVE or not units or post.campaign_id is None:
        return ()
    return _studying(_of_units(units).where(Post.id == post.id))


def unconfirmed(campaign_id: int, units: Collection[int], today: date) -> Sequence[Studying]:
    """Văn bản đang được đăng mà các đơn vị này chưa xác nhận quán triệt, oldest first."""
    if not units:
        return ()
    return _studying(
        _of_units(units).where(
            Post.campaign_id == campaign_id, is_out(today), DirectiveStudy.id.is_(None)
        )
    )


def _of_units(units: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Post.id,
            Post.title,
            Post.published_on,
            Post.campaign_id,
            Participation.id,
            Unit.short_name,
            DirectiveStudy.held_on,
        )
        .join(Participation, Participation.campaign_id == Post.campaign_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .outerjoin(
            DirectiveStudy,
            (DirectiveStudy.participation_id == Participation.id)
            & (DirectiveStudy.post_id == Post.id),
        )
        .where(
            Post.kind == PostKind.DIRECTIVE,
            Participation.unit_id.in_(units),
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Post.published_on, Post.id, Unit.sort_key)
    )


def _studying(statement: Select[*tuple[Any, ...]]) -> list[Studying]:
    return [Studying._make(row) for row in db.session.execute(statement)]


def own_place(
    campaign_id: int, post_id: int, participation_id: int, units: Collection[int], today: date
) -> tuple[Post, Participation, DirectiveStudy | None]:
    """Văn bản, đơn vị của mình và lần đã xác nhận; what is not out, or of another unit, does not
    exist.
    """
    found = db.session.execute(
        units_of(campaign_id, post_id)
        .add_columns(Post)
        .join(Post, Post.id == post_id)
        .where(
            Participation.id == participation_id,
            Participation.unit_id.in_(units),
            Post.campaign_id == campaign_id,
            Post.kind == PostKind.DIRECTIVE,
            is_out(today),
        )
    ).one_or_none()
    if found is None:
        raise NotVisible
    participation, study, post = found
    return post, participation, study


def due_to_be_told(today: date) -> Sequence[Post]:
    """Văn bản chỉ đạo đang được đăng, with their campaigns: whom it concerns is to know."""
    return db.session.scalars(
        select(Post)
        .where(Post.kind == PostKind.DIRECTIVE, Post.campaign_id.is_not(None), is_out(today))
        .options(joinedload(Post.campaign))
        .order_by(Post.id)
    ).all()
