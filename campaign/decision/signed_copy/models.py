"""Bản ký số: the files of a decision, each with what was found in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.decision.models import Decision
from campaign.decision.signed_copy.rules import Examination, examination_from


class SignedCopy(Base):
    """Bản ký số của quyết định: the highest number stands, the earlier ones are kept."""

    __tablename__ = "signed_copy"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("number = 1 OR reason <> ''", name="replaced_with_a_reason"),
        CheckConstraint("size > 0", name="size_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    """Vì sao thay bản trước; empty of the first."""
    file_name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    attached_at: Mapped[datetime]
    attached_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    checked_at: Mapped[datetime]
    checked_with: Mapped[str]
    """Chương trình đã kiểm tra, with its versions."""
    decision_sha256: Mapped[str]
    """Mã băm của quyết định lúc kiểm tra: what the words were compared with."""
    report: Mapped[dict[str, Any]] = mapped_column(JSON)

    decision: Mapped[Decision] = relationship(lazy="raise_on_sql")
    attached_by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def examination(self) -> Examination:
        """Kết quả kiểm tra."""
        return examination_from(self.report)
