"""Văn thư: the office's letterhead, templates it changed, and papers that were filed."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
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
    compared_with: Mapped[str] = mapped_column(default="")
    """Mẫu kèm theo đã đối chiếu, by its hash; another one may hold more."""

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


class ClosingWords(Base):
    """Phần nhận định của báo cáo tổng kết: what the secretariat writes beside the figures; a
    summing-up must judge results, shortcomings and their causes, and lessons.
    """

    __tablename__ = "closing_words"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    results: Mapped[str] = mapped_column(Text, default="")
    shortcomings: Mapped[str] = mapped_column(Text, default="")
    causes: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's

    by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def is_whole(self) -> bool:
        """Đã viết đủ các phần."""
        return all((self.results, self.shortcomings, self.causes, self.lessons, self.directions))
