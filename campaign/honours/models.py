"""Danh mục khen thưởng: rule sets, award types, base salaries, awards of earlier years."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, Hundredths, one_of
from campaign.honours.rules import (
    AwardTypeFacts,
    Fact,
    FactGround,
    Ground,
    Level,
    Rounding,
    Subject,
)


class RuleSet(Base):
    """Bộ quy định: the instruments in force between two dates; unverified until confirmed."""

    __tablename__ = "rule_set"
    __table_args__ = (
        CheckConstraint(
            "(checked_by_id IS NULL) = (checked_on IS NULL)", name="checked_by_someone"
        ),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    """Căn cứ: one instrument a line, as papers cite it."""
    power_basis: Mapped[str] = mapped_column(Text, default="")
    """Căn cứ về thẩm quyền: what gives whoever signs the power to; stands first in a decision."""
    rounding: Mapped[Rounding] = mapped_column(default=Rounding.CEIL_10000)
    """Làm tròn tiền thưởng."""
    has_golden_book: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Số sổ vàng: certificates bear their ordinal in the decision, not the register's number."""
    puts_women_first: Mapped[bool] = mapped_column(default=False)
    """Thứ tự khi ngang nhau: a woman, or a collective with at least 70 % women, first."""
    women_source: Mapped[str] = mapped_column(default="")
    pays_highest_only: Mapped[bool] = mapped_column(default=False)
    """Nhiều danh hiệu hoặc nhiều hình thức trong một thời gian: only the highest is paid."""
    highest_source: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    checked_on: Mapped[date | None]


class BaseSalary(Base):
    """Lương cơ sở: đồng a month from a day on; unverified until somebody confirms it."""

    __tablename__ = "base_salary"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_is_positive"),)

    from_on: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    checked_on: Mapped[date | None]


class AwardType(Base):
    """Hình thức khen thưởng: an entry of a rule set's catalogue."""

    __tablename__ = "award_form"
    __table_args__ = (
        UniqueConstraint("rule_set_code", "code"),
        CheckConstraint("coefficient >= 0", name="coefficient_not_negative"),
        CheckConstraint("collective_factor >= 1", name="factor_is_positive"),
        CheckConstraint("household_factor > 0", name="household_factor_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_set_code: Mapped[str] = mapped_column(ForeignKey("rule_set.code", ondelete="RESTRICT"))
    code: Mapped[str]
    name: Mapped[str]
    level: Mapped[Level]
    signatory: Mapped[str]
    for_collectives: Mapped[bool] = mapped_column(default=True)
    for_individuals: Mapped[bool] = mapped_column(default=True)
    for_households: Mapped[bool] = mapped_column(default=False)
    coefficient: Mapped[Decimal] = mapped_column(Hundredths)
    """Hệ số × lương cơ sở of an individual."""
    collective_factor: Mapped[int] = mapped_column(default=2)
    household_factor: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal("1.5"))
    """Hộ gia đình gấp mấy lần cá nhân."""
    is_annual: Mapped[bool] = mapped_column(default=False)
    minimum_months: Mapped[int | None]
    by_launcher_only: Mapped[bool] = mapped_column(default=False)
    report_form: Mapped[str] = mapped_column(default="")
    vote: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_title: Mapped[bool] = mapped_column(default=False)
    """Danh hiệu thi đua, no form of commendation: the two are paid beside each other."""
    source: Mapped[str] = mapped_column(default="")
    """Nguồn của mức thưởng; majority and form of report have their own."""
    position: Mapped[int] = mapped_column(default=0)
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    checked_on: Mapped[date | None]
    money_ground: Mapped[Ground] = mapped_column(one_of(Ground, "money_ground"), default=Ground.LAW)
    vote_source: Mapped[str] = mapped_column(default="")
    vote_ground: Mapped[Ground] = mapped_column(
        one_of(Ground, "vote_ground"), default=Ground.PROPOSAL
    )
    vote_checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    vote_checked_on: Mapped[date | None]
    report_source: Mapped[str] = mapped_column(default="")
    report_ground: Mapped[Ground] = mapped_column(
        one_of(Ground, "report_ground"), default=Ground.LAW
    )
    report_checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    report_checked_on: Mapped[date | None]

    def factor(self, subject: Subject) -> Decimal:
        """Gấp mấy lần cá nhân."""
        factors = {
            Subject.COLLECTIVE: Decimal(self.collective_factor),
            Subject.HOUSEHOLD: self.household_factor,
        }
        return factors.get(subject, Decimal(1))

    @property
    def grounds(self) -> tuple[FactGround, ...]:
        """Căn cứ của từng mục: of money, majority and report, with source and mark."""
        return (
            FactGround(
                Fact.MONEY, self.source, self.money_ground, self.checked_by_id, self.checked_on
            ),
            FactGround(
                Fact.VOTE,
                self.vote_source,
                self.vote_ground,
                self.vote_checked_by_id,
                self.vote_checked_on,
            ),
            FactGround(
                Fact.REPORT,
                self.report_source,
                self.report_ground,
                self.report_checked_by_id,
                self.report_checked_on,
            ),
        )

    @property
    def facts(self) -> AwardTypeFacts:
        """Điều kiện của hình thức."""
        subjects = {
            Subject.COLLECTIVE: self.for_collectives,
            Subject.HOUSEHOLD: self.for_households,
            Subject.INDIVIDUAL: self.for_individuals,
        }
        return AwardTypeFacts(
            self.name,
            self.is_annual,
            self.minimum_months,
            self.by_launcher_only,
            frozenset(subject for subject, may in subjects.items() if may),
        )


class PastAward(Base):
    """Khen thưởng các năm trước: from the old books, brought in from a file; no decision of this
    system stands behind it.
    """

    __tablename__ = "past_award"
    __table_args__ = (
        UniqueConstraint("year", "number", "name", "unit_name"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
        Index("ix_past_award_search_key", "search_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[str]
    """Số quyết định as written then."""
    signed_on: Mapped[date | None]
    form_name: Mapped[str]
    subject: Mapped[Subject]
    honorific: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    search_key: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str] = mapped_column(default="")
    amount: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(default="")
