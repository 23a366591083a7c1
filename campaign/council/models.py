"""Hội đồng: members and the recusals that were declared or decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.council.rules import CouncilFunction, RecusalOrigin, why_not_serving
from campaign.database import Base
from campaign.planning.models import Campaign
from campaign.units.models import Unit


class CouncilMember(Base):
    """Thành viên Hội đồng: of one campaign, with function and term; leaving needs a reason."""

    __tablename__ = "council_member"
    __table_args__ = (
        UniqueConstraint("campaign_id", "user_id"),
        CheckConstraint(
            "term_from IS NULL OR term_to IS NULL OR term_from <= term_to", name="term_in_order"
        ),
        CheckConstraint("(left_on IS NULL) = (leaving_reason = '')", name="leaving_has_a_reason"),
        Index(
            "uq_council_member_one_chair",
            "campaign_id",
            unique=True,
            sqlite_where=text("function = 'chair' AND left_on IS NULL"),
            postgresql_where=text("function = 'chair' AND left_on IS NULL"),
        ),
        Index("ix_council_member_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    function: Mapped[CouncilFunction]
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]
    left_on: Mapped[date | None]
    leaving_reason: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    def why_away(self, day: date) -> str:
        """Vì sao không là thành viên vào ngày ấy; empty of who is in office."""
        return why_not_serving(
            day, left_on=self.left_on, term_from=self.term_from, term_to=self.term_to
        )

    campaign: Mapped[Campaign] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql")


class Recusal(Base):
    """Không chấm: a member is kept away from a unit by declaration or by the chair's decision.

    Their own unit, and its block where the plan says so, need no row: they are worked out from
    where they work.
    """

    __tablename__ = "recusal"
    __table_args__ = (
        UniqueConstraint("member_id", "unit_id"),
        CheckConstraint("origin IN ('declared', 'chair')", name="own_unit_is_not_stored"),
        CheckConstraint("reason <> ''", name="reason_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("council_member.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    origin: Mapped[RecusalOrigin]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    member: Mapped[CouncilMember] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
