"""Lưu trữ: that this instance holds a package loaded for reading, and nothing else."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base


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
