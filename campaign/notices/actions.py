"""Nhắc việc: to tell people, to mark as read, to choose, to stop; nothing here commits."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db, flush_or_refuse
from campaign.notices.models import CalendarFeed, DayOff, Mail, MailPreference, MailStop, Notice
from campaign.notices.rules import MailChoice, MailState, NoticeKind, feed_hash


class About(NamedTuple):
    """Việc được nhắc: its kind, a key that makes it one of a kind, its sentence, why, and where."""

    kind: NoticeKind
    key: str
    title: str
    url: str
    reason: str = ""
    campaign_id: int | None = None
    due_on: date | None = None
    calendar: str = ""


def tell(user_ids: Collection[int], about: About, *, at: datetime) -> int:
    """Nhắc những người này một việc; who was told of it already is not told again."""
    told = set(
        db.session.scalars(
            select(Notice.user_id).where(Notice.key == about.key, Notice.user_id.in_(user_ids))
        )
    )
    new = sorted(set(user_ids) - told)
    db.session.add_all(_notice(user_id, about, at) for user_id in new)
    return len(new)


def _notice(user_id: int, about: About, at: datetime) -> Notice:
    return Notice(
        user_id=user_id,
        campaign_id=about.campaign_id,
        kind=about.kind,
        key=about.key,
        title=about.title,
        reason=about.reason,
        url=about.url,
        calendar=about.calendar,
        due_on=about.due_on,
        at=at,
    )


def withdraw(key: str, *, at: datetime) -> None:
    """Việc không còn nữa: who has not read it yet need not, and no mail of it goes any more."""
    for row in db.session.scalars(
        select(Notice).where(Notice.key == key, Notice.read_at.is_(None))
    ):
        row.read_at = at


def withdraw_all(beginning: str, *, at: datetime, user_ids: Collection[int] | None = None) -> None:
    """Mọi việc có khoá bắt đầu như vậy không còn nữa: for everybody, or for these people."""
    statement = select(Notice).where(
        Notice.key.startswith(beginning, autoescape=True), Notice.read_at.is_(None)
    )
    if user_ids is not None:
        statement = statement.where(Notice.user_id.in_(user_ids))
    for row in db.session.scalars(statement):
        row.read_at = at


def read(notice: Notice, *, at: datetime) -> None:
    """Đã đọc; the first time counts."""
    notice.read_at = notice.read_at or at


def read_all(user_id: int, *, at: datetime) -> int:
    """Đã đọc hết."""
    rows = db.session.scalars(
        select(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    ).all()
    for row in rows:
        row.read_at = at
    return len(rows)


def choose(user: User, choice: MailChoice) -> None:
    """Chọn cách nhận thư."""
    row = db.session.get(MailPreference, user.id) or MailPreference(user_id=user.id)
    row.choice = choice
    db.session.add(row)


def make_feed(user: User, *, at: datetime) -> str:
    """Cấp địa chỉ lịch riêng: an earlier one ends; the token is shown once, only its hash kept."""
    token = secrets.token_urlsafe(32)
    row = db.session.get(CalendarFeed, user.id) or CalendarFeed(user_id=user.id)
    row.token_hash, row.made_at = feed_hash(token), at
    db.session.add(row)
    return token


def revoke_feed(user: User) -> None:
    """Thu hồi địa chỉ lịch riêng: it opens nothing any more."""
    row = db.session.get(CalendarFeed, user.id)
    if row is None:
        refuse("Chưa có địa chỉ lịch riêng nào để thu hồi.")
    db.session.delete(row)


def stop_mail(reason: str, *, by: User, at: datetime) -> None:
    """Ngừng gửi mọi thư, with a reason; what waits stays."""
    if not reason.strip():
        refuse("Hãy ghi lý do ngừng gửi thư.", "reason")
    db.session.add(MailStop(id=1, reason=reason.strip(), at=at, by_id=by.id))
    flush_or_refuse("Thư đang ngừng gửi rồi.")


def start_mail() -> None:
    """Gửi thư trở lại."""
    row = db.session.get(MailStop, 1)
    if row is None:
        refuse("Thư không bị ngừng gửi.")
    db.session.delete(row)


def resend(mail: Mail, *, at: datetime) -> None:
    """Gửi lại một thư không gửi được, under its own Message-ID."""
    if mail.state is not MailState.FAILED:
        refuse("Chỉ gửi lại được thư không gửi được.")
    mail.state, mail.attempts, mail.next_at, mail.detail = MailState.WAITING, 0, at, ""


def add_day_off(day: date, name: str) -> None:
    """Thêm ngày nghỉ."""
    db.session.add(DayOff(day=day, name=name))
    flush_or_refuse("Ngày này đã có trong danh sách ngày nghỉ.", field="day")


def remove_day_off(row: DayOff) -> None:
    """Bỏ một ngày nghỉ."""
    db.session.delete(row)
