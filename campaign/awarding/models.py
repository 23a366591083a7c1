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
    Fact,
    FormFacts,
    Ground,
    Grounded,
    Level,
    NomineeState,
    ObjectionState,
    Order,
    Signature,
    SignerForm,
    Subject,
)
from campaign.core.vote_rules import rule_from_data
from campaign.database import Base, Points, one_of
from campaign.enrolment.models import Participation
from campaign.papers.rules import date_words, written_number
from campaign.papers.stock import Alignment, CertificatePart, Letter, Spot
from campaign.planning.models import Block
from campaign.planning.rules import Rounding


class BaseSalary(Base):
    """Lương cơ sở: đồng a month from a day on; unverified until somebody confirms it."""

    __tablename__ = "base_salary"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_is_positive"),)

    from_on: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT")
    )
    checked_on: Mapped[date | None]


class AwardForm(Base):
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
    coefficient: Mapped[Decimal] = mapped_column(Points)
    """Hệ số × lương cơ sở of an individual."""
    collective_factor: Mapped[int] = mapped_column(default=2)
    household_factor: Mapped[Decimal] = mapped_column(Points, default=Decimal("1.5"))
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
        ForeignKey("user_account.id", ondelete="RESTRICT")
    )
    checked_on: Mapped[date | None]
    money_ground: Mapped[Ground] = mapped_column(one_of(Ground, "money_ground"), default=Ground.LAW)
    vote_source: Mapped[str] = mapped_column(default="")
    vote_ground: Mapped[Ground] = mapped_column(
        one_of(Ground, "vote_ground"), default=Ground.PROPOSAL
    )
    vote_checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT")
    )
    vote_checked_on: Mapped[date | None]
    report_source: Mapped[str] = mapped_column(default="")
    report_ground: Mapped[Ground] = mapped_column(
        one_of(Ground, "report_ground"), default=Ground.LAW
    )
    report_checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT")
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
    def grounds(self) -> tuple[Grounded, ...]:
        """Căn cứ của từng mục: money, majority and form of report, each with its source and
        mark.
        """
        return (
            Grounded(
                Fact.MONEY, self.source, self.money_ground, self.checked_by_id, self.checked_on
            ),
            Grounded(
                Fact.VOTE,
                self.vote_source,
                self.vote_ground,
                self.vote_checked_by_id,
                self.vote_checked_on,
            ),
            Grounded(
                Fact.REPORT,
                self.report_source,
                self.report_ground,
                self.report_checked_by_id,
                self.report_checked_on,
            ),
        )

    @property
    def facts(self) -> FormFacts:
        """Điều kiện của hình thức."""
        subjects = {
            Subject.COLLECTIVE: self.for_collectives,
            Subject.HOUSEHOLD: self.for_households,
            Subject.INDIVIDUAL: self.for_individuals,
        }
        return FormFacts(
            self.name,
            self.is_annual,
            self.minimum_months,
            self.by_launcher_only,
            frozenset(one for one, may in subjects.items() if may),
        )


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
