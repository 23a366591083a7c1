"""Nhắc việc: what its pages and the sending of mail read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.models import User
from campaign.core.dates import VIETNAM
from campaign.extensions import db, visible_row
from campaign.notices.models import CalendarFeed, DayOff, Mail, MailPreference, MailStop, Notice
from campaign.notices.rules import BINDING, MailChoice, MailState, NoticeKind, feed_hash

_UNREAD = (
    select(func.count())
    .select_from(Notice)
    .where(Notice.user_id == bindparam("user_id"), Notice.read_at.is_(None))
)
"""Built once: the bell stands on every page."""


def unread_count(user_id: int) -> int:
    """Số việc chưa đọc."""
    return db.session.scalar(_UNREAD, {"user_id": user_id}) or 0


def notices_of(user_id: int) -> Select[Notice]:
    """Nhắc việc của một người: what is not read first, then the newest."""
    return (
        select(Notice)
        .where(Notice.user_id == user_id)
        .order_by(Notice.read_at.is_not(None), Notice.at.desc(), Notice.id.desc())
    )


def notice_of(user_id: int, notice_id: int) -> Notice | None:
    """Một việc của chính người đó."""
    return db.session.scalars(
        select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    ).one_or_none()


def choice_of(user_id: int) -> MailChoice:
    """Cách nhận thư của một người."""
    chosen = db.session.get(MailPreference, user_id)
    return chosen.choice if chosen else MailChoice.DAILY


def choices(user_ids: Collection[int]) -> Mapping[int, MailChoice]:
    """Cách nhận thư của nhiều người."""
    rows = db.session.scalars(select(MailPreference).where(MailPreference.user_id.in_(user_ids)))
    return dict.fromkeys(user_ids, MailChoice.DAILY) | {row.user_id: row.choice for row in rows}


def mail_stop() -> MailStop | None:
    """Lệnh ngừng gửi thư, where one holds."""
    return db.session.scalars(select(MailStop).options(joinedload(MailStop.by))).one_or_none()


def days_off() -> Sequence[DayOff]:
    """Các ngày nghỉ, in order."""
    return db.session.scalars(select(DayOff).order_by(DayOff.day)).all()


def days_off_set() -> frozenset[date]:
    """Các ngày nghỉ, to be asked of a day."""
    return frozenset(db.session.scalars(select(DayOff.day)))


def unmailed() -> Sequence[Notice]:
    """Việc chưa vào thư nào và chưa đọc, of people who can sign in and have an address."""
    return db.session.scalars(
        select(Notice)
        .join(User, User.id == Notice.user_id)
        .where(
            Notice.mail_id.is_(None),
            Notice.read_at.is_(None),
            User.is_active,
            User.email != "",
        )
        .options(joinedload(Notice.user))
        .order_by(Notice.user_id, Notice.at, Notice.id)
    ).all()


def mailed_on(day: date) -> frozenset[int]:
    """Ai đã có thư trong ngày."""
    begins = datetime.combine(day, time.min, VIETNAM)
    return frozenset(
        db.session.scalars(
            select(Mail.user_id).where(Mail.at >= begins, Mail.at < begins + timedelta(days=1))
        )
    )


def waiting_mail(now: datetime, *, binding_alone: bool = False) -> Sequence[int]:
    """Thư đến lượt gửi, by number; or those alone that carry what binds."""
    statement = select(Mail.id).where(Mail.state == MailState.WAITING, Mail.next_at <= now)
    if binding_alone:
        statement = statement.where(
            exists().where(Notice.mail_id == Mail.id, Notice.kind.in_(BINDING))
        )
    return db.session.scalars(statement.order_by(Mail.next_at, Mail.id)).all()


def unread_in(mail_id: int) -> Sequence[Notice]:
    """Việc của một thư mà người nhận chưa đọc và còn đúng."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.mail_id == mail_id, Notice.read_at.is_(None))
        .order_by(Notice.at, Notice.id)
    ).all()


def outbox(state: MailState | None, *, unknown: bool = False) -> Select[Mail]:
    """Thư đi, the newest first; of one state, or those whose outcome was once unknown."""
    statement = select(Mail).options(joinedload(Mail.user)).order_by(Mail.at.desc(), Mail.id.desc())
    if state is not None:
        statement = statement.where(Mail.state == state)
    return statement.where(Mail.was_unknown) if unknown else statement


def kinds_in(mail_ids: Collection[int]) -> Mapping[int, Sequence[NoticeKind]]:
    """Vì sao gửi: of which kinds the notices in these mails are."""
    kinds: dict[int, list[NoticeKind]] = defaultdict(list)
    for mail_id, kind in db.session.execute(
        select(Notice.mail_id, Notice.kind)
        .where(Notice.mail_id.in_(mail_ids))
        .distinct()
        .order_by(Notice.mail_id, Notice.kind)
    ):
        if mail_id is not None:
            kinds[mail_id].append(kind)
    return kinds


def without_address() -> int:
    """Số người có việc chưa đọc mà chưa có địa chỉ thư."""
    told = exists().where(Notice.user_id == User.id, Notice.read_at.is_(None))
    return (
        db.session.scalar(
            select(func.count()).select_from(User).where(User.is_active, User.email == "", told)
        )
        or 0
    )


def feed_made_at(user_id: int) -> datetime | None:
    """Địa chỉ lịch riêng cấp lúc nào, where one holds."""
    return db.session.scalar(select(CalendarFeed.made_at).where(CalendarFeed.user_id == user_id))


def feed_owner(token: str) -> User:
    """Lịch riêng này của ai; a token that was revoked opens nothing, nor one of who left."""
    return visible_row(
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.token_hash == feed_hash(token), User.is_active)
        .options(selectinload(User.grants))
    )


def sequences_told(user_id: int) -> dict[int, int]:
    """Lần đổi gần nhất của mỗi giấy mời đã báo cho một người, by meeting."""
    keys = db.session.scalars(
        select(Notice.key).where(
            Notice.user_id == user_id, Notice.kind == NoticeKind.MEETING_CALLED
        )
    )
    told: dict[int, int] = {}
    for key in keys:
        meeting_id, sequence = map(int, key.split(":")[1:])
        told[meeting_id] = max(sequence, told.get(meeting_id, 0))
    return told
