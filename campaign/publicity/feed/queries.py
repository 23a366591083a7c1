"""Tin Atom: the posts that are out, with when each was last corrected."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import func, select

from campaign.core.dates import VIETNAM
from campaign.core.prose import plain
from campaign.extensions import db
from campaign.publicity.models import Post, PostVersion
from campaign.publicity.queries import public_posts

MOST_ENTRIES = 30


class Entry(NamedTuple):
    """Một bài trong tin Atom, its moments as ISO 8601 writes them."""

    post: Post
    text: str
    published: str
    updated: str


def entries(day: date) -> Sequence[Entry]:
    """Các bài đang được đăng, newest first, in two queries."""
    posts = public_posts(day, MOST_ENTRIES)
    last = (
        select(PostVersion.post_id, func.max(PostVersion.at).label("at"))
        .where(PostVersion.post_id.in_([row.id for row in posts]))
        .group_by(PostVersion.post_id)
    )
    corrected = {row.post_id: row.at for row in db.session.execute(last)}
    return [
        Entry(
            row,
            plain(row.body),
            (out := _midnight(row.published_on or day)).isoformat(),
            max(out, corrected.get(row.id, out)).astimezone(VIETNAM).isoformat(timespec="seconds"),
        )
        for row in posts
    ]


def last_updated(rows: Sequence[Entry], day: date) -> str:
    """Lúc đổi gần nhất của cả tin; the day itself where there is none."""
    return max((row.updated for row in rows), default=_midnight(day).isoformat())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
