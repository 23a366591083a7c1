"""Nối tiếp của đơn vị: the table."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.units.models import Unit
from campaign.units.successions.rules import Step, SuccessionKind

_ENDS = text("kind <> 'split'")


class UnitSuccession(Base):
    """Nối tiếp của đơn vị: from an old unit to a new one, on a day, by a document."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id"),
        CheckConstraint("predecessor_id <> successor_id", name="succeeds_another_unit"),
        CheckConstraint(
            "(kind = 'ended') = (successor_id IS NULL)", name="only_what_ended_has_no_successor"
        ),
        CheckConstraint("basis <> ''", name="succession_has_a_basis"),
        Index(
            "uq_unit_succession_one_end",
            "predecessor_id",
            unique=True,
            sqlite_where=_ENDS,
            postgresql_where=_ENDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    successor_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[SuccessionKind]
    effective_on: Mapped[date]
    """Từ ngày nào: the first day of the new state."""
    basis: Mapped[str]
    """Căn cứ: the document that ordered it."""

    predecessor: Mapped[Unit] = relationship(foreign_keys=[predecessor_id], lazy="raise_on_sql")
    successor: Mapped[Unit | None] = relationship(foreign_keys=[successor_id], lazy="raise_on_sql")

    @property
    def step(self) -> Step:
        """Như luật đọc nó."""
        return Step(self.predecessor_id, self.successor_id, self.kind, self.effective_on)
