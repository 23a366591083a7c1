"""Đối chiếu: when the record was last compared with everything else, and what was found."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base


class ProofRun(Base):
    """Lần đối chiếu: told while it runs; its head is compared with the chain by every later one."""

    __tablename__ = "proof_run"
    __audited__ = False
    __table_args__ = (
        CheckConstraint(
            "(finished_at IS NULL) = (fault_count IS NULL)", name="finished_has_a_finding"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    by_name: Mapped[str]
    progress: Mapped[str] = mapped_column(default="")
    """Đang làm đến đâu, in words."""
    since: Mapped[int | None]
    """Dòng nhật ký từ đó đối chiếu."""
    head_number: Mapped[int | None]
    head_hash: Mapped[str | None]
    row_count: Mapped[int | None]
    file_count: Mapped[int | None]
    fault_count: Mapped[int | None]
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Những điều không khớp đầu tiên."""
