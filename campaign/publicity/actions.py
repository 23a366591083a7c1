"""Tuyên truyền: announcing, writing, publishing, counting readers."""

import hmac
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaign.core.errors import refuse
from campaign.core.origins import network
from campaign.core.text import nfc, one_line
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.publicity.models import DirectiveStudy, Post, PostReader, PostViews
from campaign.publicity.rules import PostKind, refuse_dates

MOST_VIEWS_A_DAY = 20
"""Of one post by one address."""


def announce(campaign: Campaign, *, on: date, source: str = "") -> Post:
    """Đăng thông báo phát động, from the campaign's text; anew after a launch was taken back."""
    post = _announcement(campaign)
    if post is not None:
        if post.published_on is None:
            post.title, post.body, post.published_on = (
                f"Phát động {campaign.title}",
                campaign.announcement,
                on,
            )
        return post
    row = Post(
        campaign_id=campaign.id,
        kind=PostKind.ANNOUNCEMENT,
        is_announcement=True,
        title=f"Phát động {campaign.title}",
        body=campaign.announcement,
        source=source,
        published_on=on,
        is_illustrative=campaign.is_illustrative,
    )
    db.session.add(row)
    db.session.flush()
    return row


def take_back_announcement(campaign: Campaign) -> None:
    """Gỡ thông báo của phong trào về dự thảo, until it is launched anew."""
    if (post := _announcement(campaign)) is not None:
        post.published_on = None


def _announcement(campaign: Campaign) -> Post | None:
    return db.session.scalars(
        select(Post).where(Post.campaign_id == campaign.id, Post.is_announcement)
    ).first()


def save_post(row: Post, *, kind: PostKind, title: str, body: str, source: str) -> None:
    """Ghi bài viết; the announcement of a launch stays one, and so does a directive that a unit has
    confirmed.
    """
    if row.id is not None and row.kind is PostKind.DIRECTIVE and kind is not row.kind:
        _refuse_if_confirmed(row)
    row.kind = PostKind.ANNOUNCEMENT if row.is_announcement else kind
    row.title, row.body, row.source = one_line(title), nfc(body).strip(), one_line(source)
    db.session.add(row)
    db.session.flush()


def _refuse_if_confirmed(row: Post) -> None:
    confirmed = select(DirectiveStudy.id).where(DirectiveStudy.post_id == row.id).limit(1)
    if db.session.scalar(confirmed) is not None:
        refuse("Đã có đơn vị xác nhận quán triệt văn bản này, không đổi loại được nữa.", "kind")


def publish(row: Post, *, on: date) -> None:
    """Đăng bài."""
    if row.published_on is not None:
        refuse("Bài này đã đăng.")
    row.published_on = on


def schedule(row: Post, *, on: date | None, until: date | None, today: date) -> None:
    """Hẹn ngày đăng và ngày gỡ; what is out already keeps its day."""
    refuse_dates(on, until, today=today, stood=row.published_on, binds=row.is_announcement)
    row.published_on, row.withdrawn_on = on, until


def unpublish(row: Post) -> None:
    """Gỡ bài khỏi trang công khai; an announcement of a launched campaign stays."""
    if row.is_announcement:
        refuse("Thông báo phát động không gỡ được.")
    row.published_on = row.withdrawn_on = None


def _counts_once_more(post_id: int, reader: str, day: date) -> bool:
    """Whether one more view by this reader counts today; the database settles races."""
    db.session.execute(delete(PostReader).where(PostReader.day < day))
    mine = (PostReader.post_id == post_id, PostReader.day == day, PostReader.reader == reader)
    more = (
        update(PostReader)
        .where(*mine, PostReader.views < MOST_VIEWS_A_DAY)
        .values(views=PostReader.views + 1)
    )
    if db.session.execute(more).rowcount:  # type: ignore[attr-defined]
        return True
    try:
        with db.session.begin_nested():
            db.session.execute(
                insert(PostReader).values(post_id=post_id, day=day, reader=reader, views=1)
            )
    except IntegrityError:  # as many as count were counted, or another came first
        return bool(db.session.execute(more).rowcount)  # type: ignore[attr-defined]
    return True


def count_view_by(post_id: int, *, address: str, key: str, day: date) -> None:
    """Đếm một lượt xem: of one address at most so many a day, whether its browser keeps cookies or
    not.

    An office behind one address is counted for some of its people; a machine that asks without end
    is not.
    """
    mark = hmac.digest(key.encode(), f"{day} {network(address)}".encode(), "sha256").hex()[:32]
    if _counts_once_more(post_id, mark, day):
        count_view(post_id)


def count_view(post_id: int) -> None:
    """Đếm một lượt xem; two first readers at once are both counted."""
    add = update(PostViews).where(PostViews.post_id == post_id).values(views=PostViews.views + 1)
    if db.session.execute(add).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            db.session.add(PostViews(post_id=post_id, views=1))
    except IntegrityError:
        db.session.execute(add)
