"""Xin gia hạn: the wishes of units."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.enrolment.models import Participation
from campaign.extensions import db, visible_row
from campaign.reporting.models import ExtensionWish
from campaign.reporting.wishes.rules import WishState


def open_wishes(participation_ids: Collection[int]) -> dict[tuple[int, int], ExtensionWish]:
    """Đề nghị chờ trả lời của các đơn vị này, by unit and period."""
    rows = db.session.scalars(
        select(ExtensionWish).where(
            ExtensionWish.participation_id.in_(participation_ids),
            ExtensionWish.state == WishState.OPEN,
        )
    )
    return {(row.participation_id, row.period_id): row for row in rows}


def waiting(participation_ids: Collection[int], period_id: int) -> Sequence[ExtensionWish]:
    """Đề nghị chờ trả lời của các đơn vị này cho một kỳ."""
    return db.session.scalars(
        select(ExtensionWish).where(
            ExtensionWish.participation_id.in_(participation_ids),
            ExtensionWish.period_id == period_id,
            ExtensionWish.state == WishState.OPEN,
        )
    ).all()


def open_count(campaign_id: int) -> int:
    """Số đề nghị chờ trả lời."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ExtensionWish)
            .join(ExtensionWish.participation)
            .where(Participation.campaign_id == campaign_id, ExtensionWish.state == WishState.OPEN)
        )
        or 0
    )


def wishes_of(participation_id: int, period_id: int) -> Sequence[ExtensionWish]:
    """Các đề nghị của một đơn vị cho một kỳ, the newest first."""
    return db.session.scalars(
        select(ExtensionWish)
        .where(
            ExtensionWish.participation_id == participation_id,
            ExtensionWish.period_id == period_id,
        )
        .options(joinedload(ExtensionWish.by), joinedload(ExtensionWish.answered_by))
        .order_by(ExtensionWish.id.desc())
    ).all()


def wishes(campaign_id: int) -> Select[Any]:
    """Mọi đề nghị của một phong trào: what waits first, then the newest."""
    return (
        select(ExtensionWish)
        .join(ExtensionWish.participation)
        .where(Participation.campaign_id == campaign_id)
        .options(
            contains_eager(ExtensionWish.participation).joinedload(Participation.unit),
            joinedload(ExtensionWish.period),
            joinedload(ExtensionWish.by),
            joinedload(ExtensionWish.answered_by),
        )
        .order_by(ExtensionWish.state != WishState.OPEN, ExtensionWish.id.desc())
    )


def wish(campaign_id: int, wish_id: int) -> ExtensionWish:
    """Một đề nghị; that of another campaign does not exist here."""
    row: ExtensionWish = visible_row(wishes(campaign_id).where(ExtensionWish.id == wish_id))
    return row
