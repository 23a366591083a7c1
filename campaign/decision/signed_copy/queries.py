"""Bản ký số: which there are, and which of them stands."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.decision.signed_copy.models import SignedCopy
from campaign.extensions import db, visible_row


def copies_of(decision_id: int) -> Sequence[SignedCopy]:
    """Các bản ký số của quyết định, the one that stands first."""
    return db.session.scalars(
        select(SignedCopy)
        .where(SignedCopy.decision_id == decision_id)
        .options(joinedload(SignedCopy.attached_by))
        .order_by(SignedCopy.number.desc())
    ).all()


def copy_of(decision_id: int, copy_id: int) -> SignedCopy:
    """Một bản ký số."""
    return visible_row(
        select(SignedCopy).where(SignedCopy.decision_id == decision_id, SignedCopy.id == copy_id)
    )


def published_copies(decision_ids: Collection[int]) -> dict[int, SignedCopy]:
    """Bản ký số công bố được of each decision: nothing speaks against it."""
    return {
        decision_id: row
        for decision_id, row in standing_copies(decision_ids).items()
        if row.examination.may_be_published
    }


def standing_copies(decision_ids: Collection[int]) -> dict[int, SignedCopy]:
    """Bản ký số đang dùng của mỗi quyết định."""
    newest = (
        select(SignedCopy.decision_id, func.max(SignedCopy.number).label("number"))
        .where(SignedCopy.decision_id.in_(decision_ids))
        .group_by(SignedCopy.decision_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(SignedCopy).join(
            newest,
            (newest.c.decision_id == SignedCopy.decision_id)
            & (newest.c.number == SignedCopy.number),
        )
    )
    return {row.decision_id: row for row in rows}
