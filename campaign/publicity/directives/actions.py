"""Quán triệt: units confirm, and are told; nothing here commits."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import current_app

from campaign.accounts.models import User
from campaign.core.dates import format_date, local_date
from campaign.core.errors import refuse
from campaign.core.text import nfc
from campaign.enrolment.models import Participation
from campaign.extensions import db, flush_or_refuse
from campaign.notices.actions import About, tell, withdraw_all
from campaign.notices.receivers import of_units
from campaign.notices.rules import NoticeKind
from campaign.publicity.directives.queries import due_to_be_told, units_missing
from campaign.publicity.models import DirectiveStudy, Post
from campaign.publicity.rules import PostKind, PostState, directive_key


def confirm(
    post: Post,
    participation: Participation,
    study: DirectiveStudy | None,
    *,
    held_on: date,
    attendees: str,
    by: User,
    at: datetime,
) -> None:
    """Xác nhận đã quán triệt, or mend what was confirmed; nobody of the unit is reminded any
    more.
    """
    if held_on > local_date(at):
        refuse("Ngày quán triệt không được sau hôm nay.", "held_on")
    if not attendees.strip():
        refuse("Hãy ghi ai đã tham dự.", "attendees")
    row = study or DirectiveStudy(post_id=post.id, participation_id=participation.id)
    row.held_on, row.attendees, row.at, row.by_id = held_on, nfc(attendees).strip(), at, by.id
    db.session.add(row)
    flush_or_refuse("Đơn vị vừa xác nhận rồi. Hãy mở lại trang.")
    withdraw_all(directive_key(post.id, participation.id), at=at)


def tell_units(post: Post, *, at: datetime) -> int:
    """Báo văn bản mới đến các đơn vị, once it is out; who was told already is not told again."""
    if post.kind is not PostKind.DIRECTIVE or post.campaign_id is None:
        return 0
    if post.state(local_date(at)) is not PostState.OUT:
        return 0
    return _tell(post, units_missing(post.campaign_id, post.id), "published", "", at)


def remind_units(post: Post, rows: Iterable[Participation], *, at: datetime) -> int:
    """Nhắc các đơn vị này quán triệt: at most once a day."""
    if post.state(local_date(at)) is not PostState.OUT:
        refuse("Bài chưa được đăng hoặc đã gỡ, chưa nhắc được.")
    day = local_date(at)
    return _tell(post, rows, day.isoformat(), f"Nhắc ngày {format_date(day)}. ", at)


def _tell(post: Post, rows: Iterable[Participation], step: str, words: str, at: datetime) -> int:
    return sum(
        tell(
            of_units([row.unit_id]),
            About(
                NoticeKind.DIRECTIVE,
                f"{directive_key(post.id, row.id)}{step}",
                f"Quán triệt “{post.title}”",
                _page(post, row),
                f"{words}Sau khi quán triệt, đơn vị xác nhận ngày và thành phần tham dự.",
                post.campaign_id,
            ),
            at=at,
        )
        for row in rows
    )


def _page(post: Post, row: Participation) -> str:
    """Trang xác nhận của đơn vị; told outside any request too."""
    values = {
        "campaign_id": post.campaign_id,
        "post_id": post.id,
        "participation_id": row.id,
    }
    return current_app.url_map.bind("localhost").build("directives.study", values)


def tell_due(*, at: datetime) -> int:
    """Báo các văn bản đã đến ngày đăng; run a hundred times, nobody is told twice."""
    return sum(tell_units(row, at=at) for row in due_to_be_told(local_date(at)))
