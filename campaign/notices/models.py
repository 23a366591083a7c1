"""Nhắc việc: the tables of notices, of the mails that carry them, and of what people chose."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.notices.rules import MailChoice, MailState, NoticeKind


class Mail(Base):
    """Thư đi: first a row, then sent outside any transaction, always with the same Message-ID."""

    __tablename__ = "mail"
    __audited__ = False
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_its_moment"),
        CheckConstraint(
            "(state = 'sending') = (claimed_at IS NOT NULL)", name="sending_is_claimed"
        ),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_mail_state_next_at", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="")
    """Giấy mời dạng lịch, where it invites."""
    message_id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(default="")
    """Where it went, or what the server said."""
    was_unknown: Mapped[bool] = mapped_column(default=False)
    """Có lần không rõ máy chủ đã nhận chưa: it may have come twice, under one Message-ID."""

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class Notice(Base):
    """Nhắc việc của một người: about what, why, due when, read when; `key` says what it is of, so
    that nothing is told twice.
    """

    __tablename__ = "notice"
    __audited__ = False
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        CheckConstraint("title <> ''", name="notice_has_a_title"),
        Index("ix_notice_user_id_read_at", "user_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    campaign_id: Mapped[int | None] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NoticeKind]
    key: Mapped[str]
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str]
    calendar: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("mail.id", ondelete="SET NULL"), index=True
    )

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class MailPreference(Base):
    """Cách nhận thư: what a person chose; daily where nothing was chosen."""

    __tablename__ = "mail_preference"
    __audited__ = False

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    choice: Mapped[MailChoice]


class MailStop(Base):
    """Ngừng gửi thư: the one switch that stops all mail, with who turned it and why."""

    __tablename__ = "mail_stop"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class DayOff(Base):
    """Ngày nghỉ: a holiday or a day off in lieu, on which no reminder goes; Tết is among them."""

    __tablename__ = "day_off"
    __table_args__ = (CheckConstraint("name <> ''", name="day_off_has_a_name"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]


class CalendarFeed(Base):
    """Lịch riêng của một người: its address holds a token, of which only the hash is kept."""

    __tablename__ = "calendar_feed"
    __unaudited_columns__ = frozenset({"token_hash"})

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
