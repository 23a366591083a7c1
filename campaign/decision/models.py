"""Quyết định: its head, its lines, what was said about it, and what was sent upwards."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from campaign.accounts.models import User
from campaign.database import Base
from campaign.decision.rules import (
    Answer,
    DecisionKind,
    DecisionState,
    LineFacts,
    ObjectionState,
    Order,
    Signature,
    SignerForm,
)
from campaign.honours.rules import Rounding, Subject
from campaign.nomination.models import Nominee
from campaign.papers.rules import date_words, written_number


class Decision(Base):
    """Quyết định: drafted, perhaps posted for opinions, signed; then frozen with its figures."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_has_a_moment"),
        CheckConstraint(
            "state <> 'signed' OR (number <> '' AND signed_on IS NOT NULL)",
            name="signed_has_number_and_date",
        ),
        CheckConstraint(
            "(kind = 'award') = (amends_id IS NULL)", name="amending_names_the_old_one"
        ),
        CheckConstraint("(posted_on IS NULL) = (notice_until IS NULL)", name="notice_has_an_end"),
        CheckConstraint("(signed_on IS NULL) = (signed_year IS NULL)", name="signed_in_its_year"),
        Index("ix_decision_campaign_id", "campaign_id"),
        Index(
            "uq_decision_signed_number",
            "signed_year",
            "number",
            "symbol",
            unique=True,
            sqlite_where=text("state = 'signed'"),
            postgresql_where=text("state = 'signed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    kind: Mapped[DecisionKind] = mapped_column(default=DecisionKind.AWARD)
    amends_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT)
    number: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="QĐ")
    place: Mapped[str] = mapped_column(default="")
    planned_on: Mapped[date]
    """Ngày dự kiến ký: what the money is worked out for while the decision is a draft."""
    received_on: Mapped[date | None]
    """Ngày nhận hồ sơ: the rule set is that of this day."""
    signed_on: Mapped[date | None]
    signed_year: Mapped[int | None]
    """Năm ký: of `signed_on`, which sets it; a number is used once in it."""
    signer_form: Mapped[SignerForm] = mapped_column(default=SignerForm.SELF)
    signer_job: Mapped[str] = mapped_column(default="Giám đốc")
    signer_name: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    fund: Mapped[str] = mapped_column(default="")
    order: Mapped[Order] = mapped_column("people_order", default=Order.RANK)
    notice_days: Mapped[int] = mapped_column(default=0)
    notice_is_working: Mapped[bool] = mapped_column(default=True)
    notice_holidays: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Ngày nghỉ lễ, nghỉ bù as ISO dates: no working days of the notice."""
    notice_is_public: Mapped[bool] = mapped_column(default=False)
    posted_on: Mapped[date | None]
    notice_until: Mapped[date | None]
    rule_set_code: Mapped[str] = mapped_column(
        ForeignKey("rule_set.code", ondelete="RESTRICT"), index=True
    )
    base_salary: Mapped[int] = mapped_column(BigInteger)
    rounding: Mapped[Rounding]
    signature: Mapped[Signature | None]
    """Căn cứ ghi việc ký; empty of what was signed before it was asked for."""
    recorded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    """Người ghi việc ký."""
    recover: Mapped[int] = mapped_column(BigInteger, default=0)
    """Số tiền phải thu hồi, đồng."""
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sha256: Mapped[str] = mapped_column(default="")
    scan_name: Mapped[str] = mapped_column(default="")
    scan_key: Mapped[str] = mapped_column(default="")
    scan_type: Mapped[str] = mapped_column(default="")
    scan_size: Mapped[int | None]
    scan_sha256: Mapped[str] = mapped_column(default="")
    """Empty, as the size, of a scan kept before it was noted."""
    signed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's

    @validates("signed_on")
    def _keep_year(self, _name: str, signed_on: date | None) -> date | None:
        self.signed_year = signed_on.year if signed_on is not None else None
        return signed_on

    @property
    def title(self) -> str:
        """Số, ký hiệu: "12/QĐ-SCT", "05/QĐ-SCT"."""
        return f"{written_number(self.number)}/{self.symbol}" if self.number else f"…/{self.symbol}"

    @property
    def cited(self) -> str:
        """Dẫn quyết định: "12/QĐ-SCT ngày 04 tháng 5 năm 2021"."""
        return f"{self.title} {date_words(self.signed_on)}" if self.signed_on else self.title


class DecisionWithdrawal(Base):
    """Lần rút dự thảo về sửa: when it had been posted, and who took it back, why."""

    __tablename__ = "decision_withdrawal"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_a_reason"),
        Index("ix_decision_withdrawal_decision_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    posted_on: Mapped[date]
    notice_until: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class SignatureCorrection(Base):
    """Lần sửa bản ghi việc ký: what was wrong, and who corrected it, why."""

    __tablename__ = "signature_correction"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_a_reason"),
        Index("ix_signature_correction_decision_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    number: Mapped[str]
    """Số đã ghi trước khi sửa, like symbol, day and hash."""
    symbol: Mapped[str]
    signed_on: Mapped[date]
    sha256: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def title(self) -> str:
        """Số, ký hiệu đã ghi."""
        return f"{self.number}/{self.symbol}"


class DecisionLine(Base):
    """Dòng trong danh sách kèm quyết định: as read out; certificates of a year have no gaps."""

    __tablename__ = "decision_line"
    __table_args__ = (
        UniqueConstraint("decision_id", "nominee_id"),
        UniqueConstraint("register_year", "register_number"),
        CheckConstraint(
            "(register_year IS NULL) = (register_number IS NULL)", name="registered_together"
        ),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_decision_line_search_key", "search_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    nominee_id: Mapped[int] = mapped_column(
        ForeignKey("nominee.id", ondelete="RESTRICT"), index=True
    )
    kind_id: Mapped[int] = mapped_column(
        ForeignKey("award_kind.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    form_name: Mapped[str]
    subject: Mapped[Subject]
    honorific: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    search_key: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str]
    block_name: Mapped[str] = mapped_column(default="")
    is_leader: Mapped[bool] = mapped_column(default=False)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[int] = mapped_column(BigInteger)
    steps: Mapped[str] = mapped_column(default="")
    register_year: Mapped[int | None]
    register_number: Mapped[int | None]
    ended_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id", ondelete="RESTRICT"), index=True
    )
    """Quyết định đã thu hồi hoặc điều chỉnh dòng này."""

    @property
    def full_name(self) -> str:
        """Tên như trong danh sách: "Ông Trần Văn An"."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def ended_words(self) -> str:
        """Vì sao dòng này hết hiệu lực: revoked or put right, by which; empty while it stands."""
        if self.ended_by is None:
            return ""
        how = "đã thu hồi" if self.ended_by.kind is DecisionKind.REVOCATION else "đã điều chỉnh"
        return f"{how} theo quyết định số {self.ended_by.title}"

    @property
    def entry(self) -> LineFacts:
        """Những gì dòng này ghi."""
        return LineFacts(self.full_name, self.job, self.unit_name, self.form_name, self.amount)

    decision: Mapped[Decision] = relationship(lazy="raise_on_sql", foreign_keys=[decision_id])
    ended_by: Mapped[Decision | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[ended_by_id]
    )


class Objection(Base):
    """Ý kiến về dự thảo quyết định: from whom where given, and how it was answered."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (answered_on IS NULL)", name="answered_has_a_day"),
        Index("ix_objection_decision_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    nominee_id: Mapped[int | None] = mapped_column(
        ForeignKey("nominee.id", ondelete="RESTRICT"), index=True
    )
    author: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    received_on: Mapped[date]
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    """Đơn vị gửi ý kiến trong hệ thống; empty of what the Standing Committee wrote down."""
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    nominee: Mapped[Nominee | None] = relationship(lazy="raise_on_sql")


class UpwardRequest(Base):
    """Đề nghị cấp trên khen thưởng: sent upwards, and what came back."""

    __tablename__ = "upward_request"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered_has_a_day"),
        CheckConstraint(
            "answer IS NULL OR answer <> 'refused' OR reason <> ''", name="refused_has_a_reason"
        ),
    )

    nominee_id: Mapped[int] = mapped_column(
        ForeignKey("nominee.id", ondelete="RESTRICT"), primary_key=True
    )
    sent_on: Mapped[date]
    letter: Mapped[str] = mapped_column(default="")
    answer: Mapped[Answer | None]
    answered_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    nominee: Mapped[Nominee] = relationship(lazy="raise_on_sql")
