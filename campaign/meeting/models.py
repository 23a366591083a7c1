"""Cuộc họp Hội đồng: meetings, who attended, and the scans of opinions sent in writing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.council.models import CouncilMember
from campaign.database import Base
from campaign.meeting.rules import MeetingState, Presence


class Meeting(Base):
    """Cuộc họp Hội đồng: called to confirmed; `version` grows with all that screens follow."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint(
            "(state IN ('called', 'cancelled')) = (opened_at IS NULL)", name="opened_has_a_moment"
        ),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_a_moment"
        ),
        CheckConstraint(
            "(state = 'cancelled') = (cancel_reason <> '')", name="cancelled_has_a_reason"
        ),
        CheckConstraint(
            "(state IN ('closed', 'confirmed')) = (closed_at IS NOT NULL)",
            name="closed_has_a_moment",
        ),
        CheckConstraint(
            "(state = 'confirmed') = (minutes IS NOT NULL)", name="confirmed_has_minutes"
        ),
        Index(
            "uq_meeting_one_open",
            "campaign_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    number: Mapped[int]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    opinions_until: Mapped[datetime | None]
    agenda: Mapped[str] = mapped_column(Text, default="")
    quorum_numerator: Mapped[int] = mapped_column(default=2)
    quorum_denominator: Mapped[int] = mapped_column(default=3)
    opening_present: Mapped[int | None]
    opening_total: Mapped[int | None]
    """Có mặt và tổng số lúc khai mạc; empty of a meeting that was opened before they were kept."""
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.CALLED)
    chair_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True
    )
    secretary_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True
    )
    called_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Vì sao huỷ cuộc họp đã mời; what was prepared for it can be called anew."""
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    minutes_sha256: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    chair: Mapped[CouncilMember] = relationship(lazy="raise_on_sql", foreign_keys=[chair_id])
    secretary: Mapped[CouncilMember] = relationship(
        lazy="raise_on_sql", foreign_keys=[secretary_id]
    )


class Attendance(Base):
    """Dự họp: one member of the roll, whether they came, why not, and whose seat they took."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    presence: Mapped[Presence] = mapped_column(default=Presence.INVITED)
    reason: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True
    )
    left_at: Mapped[datetime | None]

    member: Mapped[CouncilMember] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])


class OpinionScan(Base):
    """Bản chụp phiếu lấy ý kiến của một thành viên cho cuộc họp."""

    __tablename__ = "opinion_scan"
    __table_args__ = (CheckConstraint("size > 0", name="size_is_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True
    )
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
