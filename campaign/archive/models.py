"""Lưu trữ: that this instance holds a package loaded for reading, and nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base


class BackupRun(Base):
    """Lần sao lưu: when, into which file; so that its age can be told."""

    __tablename__ = "backup_run"
    __audited__ = False
    __table_args__ = (
        CheckConstraint("size > 0", name="holds_something"),
        CheckConstraint("missing_count >= 0", name="missing_not_negative"),
        CheckConstraint(
            "rehearsal_fault = '' OR rehearsed_at IS NOT NULL", name="fault_of_a_rehearsal"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
    file_name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    missing_count: Mapped[int]
    """Số tệp mà kho không còn lúc đó."""
    rehearsed_at: Mapped[datetime | None]
    """Lúc khôi phục thử vào một nơi trống."""
    rehearsal_fault: Mapped[str] = mapped_column(default="", server_default="")
    """Vì sao khôi phục thử không được."""


class LoadedArchive(Base):
    """Bản lưu trữ đã nạp: one row; while it is here nothing else is written."""

    __tablename__ = "loaded_archive"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    packed_at: Mapped[str]
    loaded_at: Mapped[datetime]
    sha256: Mapped[str]
    """Mã băm của gói."""
