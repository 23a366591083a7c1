"""Lượt xem: people a day, not reloads nor robots; no cookie, no address is kept.

Who reads is a keyed digest of network and browser; its key is thrown away with the day, so that
nobody can tell afterwards who it was, nor that it was the same person as the day before.
"""

import hmac
import re
import secrets
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaign.core.origins import network
from campaign.extensions import db
from campaign.publicity.models import PostReader, PostViews, ViewKey

MOST_OF_A_NETWORK = 20
"""Số người nhiều nhất của một mạng, mỗi bài mỗi ngày: a machine that names itself anew with every
request is not counted without end.
"""
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|scan|headless|lighthouse|curl|wget|python|java/"
    r"|go-http|axios|okhttp|httpclient|facebookexternalhit|zalo.*link",
    re.IGNORECASE,
)


def is_robot(browser: str) -> bool:
    """Máy đọc chứ không phải người: it says so, or says nothing of itself."""
    return not browser.strip() or _ROBOT.search(browser) is not None


def count_reader(post_id: int, *, address: str, browser: str, day: date) -> bool:
    """Đếm một người đọc trong ngày, once; whether they were counted."""
    if is_robot(browser):
        return False
    forget_before(day)
    key, home = _key_of(day), network(address)
    reader, household = (
        hmac.digest(key, f"{of} {post_id} {who}".encode(), "sha256").hex()[:32]
        for of, who in (("reader", f"{home} {browser}"), ("network", home))
    )
    if not _is_new(post_id, day, reader) or not _has_room(post_id, day, household):
        return False
    _count_view(post_id)
    return True


def forget_before(day: date) -> None:
    """Bỏ khoá và dấu người đọc của những ngày trước."""
    db.session.execute(delete(PostReader).where(PostReader.day < day))
    db.session.execute(delete(ViewKey).where(ViewKey.day < day))


def _key_of(day: date) -> bytes:
    """Khoá của ngày; of two who make it at once the first's holds."""
    statement = select(ViewKey.key).where(ViewKey.day == day)
    standing = db.session.scalar(statement)
    if standing is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(ViewKey).values(day=day, key=secrets.token_hex(32)))
        except IntegrityError:
            pass
        standing = db.session.scalars(statement).one()
    return bytes.fromhex(standing)


def _is_new(post_id: int, day: date, reader: str) -> bool:
    """Whether this reader comes for the first time today; the database settles races."""
    try:
        with db.session.begin_nested():
            db.session.execute(
                insert(PostReader).values(post_id=post_id, day=day, reader=reader, views=1)
            )
    except IntegrityError:
        return False
    return True


def _has_room(post_id: int, day: date, household: str) -> bool:
    """Whether one more reader of this network counts today."""
    mine = (PostReader.post_id == post_id, PostReader.day == day, PostReader.reader == household)
    more = (
        update(PostReader)
        .where(*mine, PostReader.views < MOST_OF_A_NETWORK)
        .values(views=PostReader.views + 1)
    )
    if db.session.execute(more).rowcount:  # type: ignore[attr-defined]
        return True
    return _is_new(post_id, day, household) or bool(db.session.execute(more).rowcount)  # type: ignore[attr-defined]


def _count_view(post_id: int) -> None:
    """Thêm một lượt; two first readers at once are both counted."""
    add = update(PostViews).where(PostViews.post_id == post_id).values(views=PostViews.views + 1)
    if db.session.execute(add).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            db.session.add(PostViews(post_id=post_id, views=1))
    except IntegrityError:
        db.session.execute(add)
