"""Bỏ phiếu: ballots and their lines; of a secret vote only who voted, and a sealed urn."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.core.vote_rules import MINIMUM_PAPERS, Mode, Ordering, VoteRule
from campaign.core.vote_rules import Base as VoteBase
from campaign.database import Base, one_of
from campaign.meeting.models import Meeting
from campaign.voting.rules import RANK_OUTCOMES, BallotState, BallotType, Choice, Count, Outcome


class Ballot(Base):
    """Lượt biểu quyết: its rule is fixed once opened; closed once; a repeat names the first."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(
            "denominator >= 1 AND numerator >= 1 AND numerator <= denominator",
            name="share_in_range",
        ),
        CheckConstraint("places IS NULL OR places >= 1", name="places_are_positive"),
        CheckConstraint("minimum_papers >= 2", name="more_papers_than_one"),
        CheckConstraint("(present_count IS NULL) = (voted_count IS NULL)", name="turnout_is_whole"),
        CheckConstraint("form <> 'choose' OR places IS NOT NULL", name="choosing_names_its_places"),
        CheckConstraint("(state = 'prepared') = (opened_at IS NULL)", name="opened_has_a_moment"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_moment"),
        CheckConstraint(
            "(repeats_id IS NULL) = (repeat_reason = '')", name="repeating_has_a_reason"
        ),
        Index(
            "uq_ballot_one_open",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    form: Mapped[BallotType] = mapped_column(one_of(BallotType, "form"), default=BallotType.APPROVE)
    mode: Mapped[Mode]
    base: Mapped[VoteBase]
    numerator: Mapped[int]
    denominator: Mapped[int]
    is_strict: Mapped[bool] = mapped_column(default=False)
    keeps_recused: Mapped[bool] = mapped_column(default=False)
    needs_chair: Mapped[bool] = mapped_column(default=False)
    chair_decides: Mapped[bool] = mapped_column(default=False)
    ordering: Mapped[Ordering] = mapped_column(default=Ordering.SHARE)
    minimum_papers: Mapped[int] = mapped_column(default=MINIMUM_PAPERS)
    places: Mapped[int | None]
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("ballot.id", ondelete="SET NULL"), index=True
    )
    """Lượt phải kiểm trước: the places it leaves free are added to this one's when it opens."""
    state: Mapped[BallotState] = mapped_column(default=BallotState.PREPARED)
    prepared_at: Mapped[datetime | None]
    """Lúc đưa vào cuộc họp; not known of ballots of earlier versions."""
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    repeats_id: Mapped[int | None] = mapped_column(
        ForeignKey("ballot.id", ondelete="RESTRICT"), index=True
    )
    repeat_reason: Mapped[str] = mapped_column(default="")
    standards: Mapped[str] = mapped_column(Text, default="")
    """Tiêu chuẩn xét as they stood when the ballot was prepared."""
    total_count: Mapped[int | None]
    present_count: Mapped[int | None]
    entitled_count: Mapped[int | None]
    voted_count: Mapped[int | None]
    """Tổng số, có mặt, được biểu quyết, đã bỏ phiếu: as it was when this ballot was closed."""
    annulled_reason: Mapped[str] = mapped_column(default="")
    """Lý do huỷ: its papers were destroyed uncounted."""
    receipts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Mã biên nhận: published by the alphabet when a secret ballot is closed; no choice beside."""

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @property
    def rule(self) -> VoteRule:
        """Quy tắc của lượt này."""
        return VoteRule(
            self.mode,
            self.base,
            self.numerator,
            self.denominator,
            self.is_strict,
            self.keeps_recused,
            needs_chair=self.needs_chair,
            chair_decides=self.chair_decides,
            ordering=self.ordering,
            minimum_papers=self.minimum_papers,
        )


class BallotLine(Base):
    """Dòng biểu quyết: what is voted on, in words; `subject_id` means something only to whoever
    asked for the vote.

    A line about a unit alone, with no subject, asks which of tied units stands first, or whether
    the unit is of a band.
    """

    __tablename__ = "ballot_line"
    __table_args__ = (
        UniqueConstraint("ballot_id", "position"),
        CheckConstraint("(outcome IS NULL) = (yes IS NULL)", name="counted_together"),
        CheckConstraint("band = '' OR participation_id IS NOT NULL", name="band_is_of_a_unit"),
        Index("ix_ballot_line_subject_id", "subject_id"),
        Index("ix_ballot_line_participation_id", "participation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    merit: Mapped[str] = mapped_column(Text, default="")
    """Tóm tắt thành tích the Council had before it, whatever is written elsewhere afterwards."""
    subject_id: Mapped[int | None]
    participation_id: Mapped[int | None] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT")
    )
    """Đơn vị của dòng này: whoever is kept away from it is not given the line."""
    band: Mapped[str] = mapped_column(default="", server_default="")
    """Mức xếp loại mà dòng này hỏi cho đơn vị."""
    issued: Mapped[int | None]
    returned: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    base_count: Mapped[int | None]
    written_yes: Mapped[int | None]
    written_no: Mapped[int | None]
    chair_choice: Mapped[Choice | None] = mapped_column(one_of(Choice, "chair_choice"))
    """Chủ tịch Hội đồng chọn gì, of an open vote whose rule asks for it."""
    outcome: Mapped[Outcome | None]

    @property
    def count(self) -> Count:
        """Kết quả kiểm phiếu as it was recorded."""
        return Count(
            self.id,
            self.issued or 0,
            self.returned or 0,
            self.yes or 0,
            self.no or 0,
            self.base_count or 0,
            self.chair_choice,
        )

    @property
    def outcome_words(self) -> str:
        """Kết quả bằng lời; of a tie in the ranking: who stands above."""
        if self.outcome is None:
            return ""
        is_of_unit = self.subject_id is None and self.participation_id is not None
        is_of_rank = is_of_unit and not self.band
        return (RANK_OUTCOMES if is_of_rank else {}).get(self.outcome, self.outcome.label)


class LineRecusal(Base):
    """Không biểu quyết một dòng: a member who is not given it, and why.

    One that was wrong stays with the reason why it was lifted, so that nothing puts it back.
    """

    __tablename__ = "line_recusal"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_reason = '')", name="lifting_has_a_reason"),
    )

    line_id: Mapped[int] = mapped_column(
        ForeignKey("ballot_line.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    reason: Mapped[str]
    lifted_reason: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class Declined(Base):
    """Không tham gia một lượt: a member who is present and gives no paper, and why; whoever votes
    after all is not kept here.
    """

    __tablename__ = "ballot_declined"

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class Turnout(Base):
    """Đã bỏ phiếu: who voted in a secret ballot, no more; its key refuses a second paper."""

    __tablename__ = "turnout"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )


class Urn(Base):
    """Hòm phiếu niêm phong: one sealed piece, written anew with every paper; gone once counted."""

    __tablename__ = "urn"
    __audited__ = False

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_name: Mapped[str]
    """Tên khoá it is sealed with: of all keys that lie on disk, the only right one."""


class KeyStore(Base):
    """Nơi giữ khoá hòm phiếu that all machines share: its mark, and which machine made it."""

    __tablename__ = "key_store"
    __audited__ = False
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    mark: Mapped[str]
    host: Mapped[str]


class OpenVote(Base):
    """Biểu quyết công khai: names are recorded; `by_id` is whoever entered the hand."""

    __tablename__ = "open_vote"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("ballot_line.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    choice: Mapped[Choice]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class WrittenOpinion(Base):
    """Phiếu lấy ý kiến: what an absent member says of a line before the deadline; not secret."""

    __tablename__ = "written_opinion"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("ballot_line.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("council_member.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    choice: Mapped[Choice]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")
