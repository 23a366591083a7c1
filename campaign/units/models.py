"""Đơn vị: the table of organisations."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.units.rules import usual_head_title


class UnitKind(Base):
    """Loại đơn vị: the office's own list (bệnh viện, xã, phòng…)."""

    __tablename__ = "unit_kind"
    __table_args__ = (CheckConstraint("name <> ''", name="kind_has_a_name"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    competes: Mapped[bool] = mapped_column(default=True)
    """Tham gia thi đua: units of such a kind report, so that each needs a head."""


class Unit(Base):
    """Đơn vị: an office, a service unit or a local body; `path` lists its ancestors and itself."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name="valid_dates_in_order",
        ),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    path: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(ForeignKey("unit_kind.code", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    sort_key: Mapped[str]
    search_key: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    head_title: Mapped[str] = mapped_column(default="", server_default="")
    """Chức vụ người đứng đầu as its papers write it; empty where it follows from the name."""
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    """Minh hoạ: invented for the demo, or named from memory and not verified."""

    @property
    def signs_as(self) -> str:
        """Chức vụ người đứng đầu: as given, else as such a unit is usually headed."""
        return self.head_title or usual_head_title(self.name)

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    kind_row: Mapped[UnitKind] = relationship(lazy="raise_on_sql")


class Letterhead(Base):
    """Tiêu đề văn bản của cơ quan: one row."""

    __tablename__ = "letterhead"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    above: Mapped[str] = mapped_column(default="")
    """Cơ quan chủ quản."""
    issuer: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    """Chữ viết tắt of the office in the symbol of its papers: "SCT"."""
    leader_job: Mapped[str] = mapped_column(default="Giám đốc")
    leader_name: Mapped[str] = mapped_column(default="")
    recipients: Mapped[str] = mapped_column(Text, default="")
