"""Đơn vị: the table of organisations."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.units.rules import UnitKind


class Unit(Base):
    """Đơn vị: an office, a service unit or a local body; `path` lists its ancestors and itself."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
                        name="valid_dates_in_order"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))
    path: Mapped[str] = mapped_column(default="")
    kind: Mapped[UnitKind]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    sort_key: Mapped[str]
    search_key: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    """Minh hoạ: invented for the demo, or named from memory and not verified."""

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
