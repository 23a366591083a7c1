"""Khen thưởng: the catalogue of forms, the campaign's kinds and quotas, nominees, decisions and
their lines.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.awarding.rules import (
    Answer,
    DecisionKind,
    DecisionState,
    Entry,
    NomineeState,
    ObjectionState,
    Order,
    Signature,
    SignerForm,
)
from campaign.core.vote_rules import rule_from_data
from campaign.database import Base, Points, one_of
from campaign.enrolment.models import Participation
from campaign.honours.models import AwardForm
from campaign.honours.rules import Ground, Rounding, Subject
from campaign.papers.rules import date_words, written_number
from campaign.papers.stock import Alignment, CertificatePart, Letter, Spot
from campaign.planning.models import Block


class AwardKind(Base):
    """Hình thức của phong trào: a form for one kind of subject, with its vote, gates and limit on
    leaders.
    """

    __tablename__ = "award_kind"
    __table_args__ = (
        UniqueConstraint("campaign_id", "form_id", "subject"),
        CheckConstraint(
            "leader_limit IS NULL OR leader_limit BETWEEN 0 AND 100",
            name="leader_limit_is_a_percentage",
        ),
        CheckConstraint(
            "overall_limit IS NULL OR overall_limit >= 0", name="overall_limit_not_negative"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    form_id: Mapped[int] = mapped_column(ForeignKey("award_form.id", ondelete="RESTRICT"))
    subject: Mapped[Subject]
    leader_limit: Mapped[int | None]
    overall_limit: Mapped[int | None]
    """Chỉ tiêu chung of all blocks together."""
    vote: Mapped[dict[str, Any]] = mapped_column(JSON)
    gates: Mapped[dict[str, str]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)

    form: Mapped[AwardForm] = relationship(lazy="raise_on_sql")

    @property
    def votes_by_proposal(self) -> bool:
        """Mức biểu quyết chỉ là đề xuất: taken over as the catalogue proposes it, and asked for by
        nobody.
        """
        is_taken_over = rule_from_data(self.vote) == rule_from_data(self.form.vote)
        return is_taken_over and self.form.vote_ground is Ground.PROPOSAL


class AwardQuota(Base):
    """Chỉ tiêu khen thưởng of a kind in a block: a count or a share of its units."""

    __tablename__ = "award_quota"
    __table_args__ = (
        CheckConstraint("(count IS NULL) <> (percent IS NULL)", name="count_or_percent"),
        CheckConstraint("count IS NULL OR count >= 0", name="count_not_negative"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent_in_range"),
    )

    kind_id: Mapped[int] = mapped_column(
        ForeignKey("award_kind.id", ondelete="CASCADE"), primary_key=True
    )
    block_id: Mapped[int] = mapped_column(
        ForeignKey("block.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int | None]
    percent: Mapped[int | None]

    block: Mapped[Block] = relationship(lazy="raise_on_sql")


class Nominee(Base):
    """Đề nghị khen thưởng: a collective or a person a unit names, or the Standing Committee adds
    with a reason.
    """

    __tablename__ = "nominee"
    __table_args__ = (
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"),
        CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100", name="birth_year_in_range"
        ),
        CheckConstraint(
            "(member_count IS NULL) = (women_count IS NULL) AND (women_count IS NULL OR"
            " women_count BETWEEN 0 AND member_count)",
            name="women_are_members",
        ),
        Index("ix_nominee_campaign_id", "campaign_id"),
        Index("ix_nominee_search_key", "search_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT")
    )
    kind_id: Mapped[int] = mapped_column(ForeignKey("award_kind.id", ondelete="RESTRICT"))
    honorific: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    name_key: Mapped[str]
    search_key: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    birth_year: Mapped[int | None]
    is_leader: Mapped[bool] = mapped_column(default=False)
    member_count: Mapped[int | None]
    women_count: Mapped[int | None]
    """Số người của tập thể, trong đó nữ."""
    achievements: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    effects: Mapped[str] = mapped_column(Text, default="")
    earlier_awards: Mapped[str] = mapped_column(Text, default="")
    discipline: Mapped[str] = mapped_column(default="")
    complaint: Mapped[str] = mapped_column(default="")
    added_reason: Mapped[str] = mapped_column(default="")
    """Lý do Thường trực bổ sung; empty where the unit itself nominates."""
    state: Mapped[NomineeState] = mapped_column(default=NomineeState.DRAFT)
    state_reason: Mapped[str] = mapped_column(default="")
    is_tied: Mapped[bool] = mapped_column(default=False)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT")
    )
    version: Mapped[int] = mapped_column(default=1)

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    kind: Mapped[AwardKind] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class NomineeChange(Base):
    """Thay đổi đề xuất: each change of a nominee's state, with its reason."""

    __tablename__ = "nominee_change"
    __table_args__ = (Index("ix_nominee_change_nominee_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id", ondelete="CASCADE"))
    from_state: Mapped[NomineeState]
    to_state: Mapped[NomineeState] = mapped_column(one_of(NomineeState, "to_state"))
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class Decision(Base):
    """Quyết định: drafted, perhaps posted for opinions, signed; then frozen with the figures it
    took.
    """

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
        Index("ix_decision_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="RESTRICT"))
    kind: Mapped[DecisionKind] = mapped_column(default=DecisionKind.AWARD)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"))
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
    rule_set_code: Mapped[str] = mapped_column(ForeignKey("rule_set.code", ondelete="RESTRICT"))
    base_salary: Mapped[int] = mapped_column(BigInteger)
    rounding: Mapped[Rounding]
    signature: Mapped[Signature | None]
    """Căn cứ ghi việc ký; empty of what was signed before it was asked for."""
    recorded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT")
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

    @property
    def title(self) -> str:
        """Số, ký hiệu: "12/QĐ-SCT", "05/QĐ-SCT"."""
        return f"{written_number(self.number)}/{self.symbol}" if self.number else f"…/{self.symbol}"

    @property
    def cited(self) -> str:
        """Dẫn quyết định: "12/QĐ-SCT ngày 04 tháng 5 năm 2021"."""
        return f"{self.title} {date_words(self.signed_on)}" if self.signed_on else self.title


class DecisionWithdrawal(Base):
    """Lần rút dự thảo về sửa: from when to when it had been posted, why it was taken back, and who
    did it.
    """

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
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class SignatureCorrection(Base):
    """Lần sửa bản ghi việc ký: what had been recorded wrongly, why it was corrected, and who did
    it.
    """

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
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))

    by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def title(self) -> str:
        """Số, ký hiệu đã ghi."""
        return f"{self.number}/{self.symbol}"


class DecisionLine(Base):
    """Dòng trong danh sách kèm quyết định: as it was read out; certificates are numbered without
    gaps in a year.
    """

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
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id", ondelete="RESTRICT"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("award_kind.id", ondelete="RESTRICT"))
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
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"))
    """Quyết định đã thu hồi hoặc điều chỉnh dòng này."""

    @property
    def full_name(self) -> str:
        """Tên như trong danh sách: "Ông Trần Văn An"."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def ended_words(self) -> str:
        """Vì sao dòng này hết hiệu lực: revoked or put right, by which decision; empty while it
        stands.
        """
        if self.ended_by is None:
            return ""
        how = "đã thu hồi" if self.ended_by.kind is DecisionKind.REVOCATION else "đã điều chỉnh"
        return f"{how} theo quyết định số {self.ended_by.title}"

    @property
    def entry(self) -> Entry:
        """Những gì dòng này ghi."""
        return Entry(self.full_name, self.job, self.unit_name, self.form_name, self.amount)

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
    nominee_id: Mapped[int | None] = mapped_column(ForeignKey("nominee.id", ondelete="RESTRICT"))
    author: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    received_on: Mapped[date]
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))
    """Đơn vị gửi ý kiến trong hệ thống; empty of what the Standing Committee wrote down."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))

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


class StockScan(Base):
    """Bản chụp phôi giấy khen: shown behind the texts while they are placed; never printed."""

    __tablename__ = "stock_scan"
    __unaudited_columns__ = frozenset({"content"})
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


class CertificateLayout(Base):
    """Vị trí trên phôi giấy khen: where one text stands on the office's stock, where that is not as
    shipped.
    """

    __tablename__ = "certificate_layout"
    __table_args__ = (
        CheckConstraint("x >= 0 AND y >= 0", name="starts_on_the_page"),
        CheckConstraint("width > 0 AND height > 0", name="has_an_extent"),
        CheckConstraint("x + width <= 29700 AND y + height <= 21000", name="ends_on_the_page"),
    )

    part: Mapped[CertificatePart] = mapped_column(primary_key=True)
    x: Mapped[Decimal] = mapped_column(Points)
    """Millimetres, like `y`, `width` and `height`; kept as hundredths."""
    y: Mapped[Decimal] = mapped_column(Points)
    width: Mapped[Decimal] = mapped_column(Points)
    height: Mapped[Decimal] = mapped_column(Points)
    size: Mapped[Decimal] = mapped_column(Points)
    letter: Mapped[Letter]
    alignment: Mapped[Alignment]
    is_shown: Mapped[bool]

    @property
    def spot(self) -> Spot:
        """Ô chữ."""
        return Spot(
            self.x,
            self.y,
            self.width,
            self.height,
            self.size,
            self.letter,
            self.alignment,
            self.is_shown,
        )
