"""Đăng nhập một lần: whose account a provider's person is, and which sessions began with it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base


class SignOnLink(Base):
    """Liên kết: an account and one person of the provider, letter by letter; one each."""

    __tablename__ = "sign_on_link"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        CheckConstraint("issuer <> '' AND subject <> ''", name="names_a_person"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    linked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="SET NULL"), index=True
    )


class SignOnDemand(Base):
    """Quy định chung: whether linked accounts must sign on with the provider; one row, or none."""

    __tablename__ = "sign_on_demand"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    is_on: Mapped[bool]


class SignOnSession(Base):
    """Phiên bắt đầu từ nhà cung cấp: our token of it, and the provider's own name for its session,
    so that its end there ends it here, on whichever machine.
    """

    __tablename__ = "sign_on_session"
    __audited__ = False

    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    issuer: Mapped[str]
    sid: Mapped[str | None] = mapped_column(index=True)
    began_at: Mapped[datetime] = mapped_column(index=True)


class SpentSignOn(Base):
    """Đã dùng: the mark of a return, or of a logout token; a second one is refused."""

    __tablename__ = "spent_sign_on"
    __audited__ = False

    mark: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
