"""Văn thư: the office's letterhead, templates it changed, and papers that were filed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base, append_only
from campaign.office.rules import PaperKind


class PaperTemplate(Base):
    """Mẫu văn bản do cơ quan sửa: takes the place of the shipped one while it is here."""

    __tablename__ = "paper_template"
    __unaudited_columns__ = frozenset({"content"})

    kind: Mapped[PaperKind] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    lacking: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Điều mẫu kèm theo có mà mẫu này không có, each by its name and place."""

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class FiledPaper(Base):
    """Văn bản lưu: the paper of a frozen step as it was drawn, with its hash; it never changes."""

    __tablename__ = "filed_paper"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "subject_id", "sha256"),
        CheckConstraint("size > 0", name="size_is_positive"),
        Index("ix_filed_paper_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    kind: Mapped[PaperKind]
    subject_id: Mapped[int]
    title: Mapped[str]
    version: Mapped[str]
    data_at: Mapped[datetime]
    template_sha256: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    storage_key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


append_only(FiledPaper.__table__)  # type: ignore[arg-type]
