"""Tuyên truyền: announcing, writing, correcting, publishing."""

from datetime import date, datetime

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import nfc, one_line
from campaign.extensions import db
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign
from campaign.publicity.models import DirectiveStudy, Post, PostVersion
from campaign.publicity.rules import PostKind, refuse_dates


def announce(campaign: Campaign, *, on: date, source: str = "") -> Post:
    """Đăng thông báo phát động, from the campaign's text; anew after a launch was taken back."""
    post = _announcement(campaign)
    if post is None:
        return _first_announcement(campaign, on, source)
    if post.published_on is None:
        post.title, post.body = _announced_title(campaign), campaign.announcement
        post.published_on = on
    return post


def _first_announcement(campaign: Campaign, on: date, source: str) -> Post:
    row = Post(
        campaign_id=campaign.id,
        kind=PostKind.ANNOUNCEMENT,
        is_announcement=True,
        title=_announced_title(campaign),
        body=campaign.announcement,
        source=source,
        published_on=on,
        is_illustrative=campaign.is_illustrative,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _announced_title(campaign: Campaign) -> str:
    return f"Phát động {drive_words(campaign.title)}"


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


def correct_post(
    row: Post, *, title: str, body: str, source: str, reason: str, by: User, at: datetime
) -> None:
    """Đính chính bài đã đăng: the text that stood is kept, with why it was corrected."""
    new = one_line(title), nfc(body).strip(), one_line(source)
    if new == (row.title, row.body, row.source):
        return
    if not one_line(reason):
        refuse("Bài đã đăng: hãy ghi lý do sửa, người đọc sẽ thấy.", "reason")
    db.session.add(_as_it_stood(row, one_line(reason), by, at))
    row.title, row.body, row.source = new
    db.session.flush()


def _as_it_stood(row: Post, reason: str, by: User, at: datetime) -> PostVersion:
    return PostVersion(
        post_id=row.id,
        title=row.title,
        body=row.body,
        source=row.source,
        reason=reason,
        at=at,
        by_id=by.id,
    )


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
