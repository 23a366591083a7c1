"""Bảng điểm: the tables of indicators and criteria; a campaign is known by its number alone."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base, Measure, Points
from campaign.scheme.rules.terms import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    OwnerPart,
    TakesFrom,
    TargetOf,
    ValueKind,
)
from campaign.units.models import Unit


class MeasureUnit(Base):
    """Đơn vị đo: an entry of the catalogue (%, tỷ đồng, triệu USD…)."""

    __tablename__ = "measure_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    symbol: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Indicator(Base):
    """Chỉ tiêu: one measured goal, how it is judged, and the rule that gives its points."""

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_in_range"),
        CheckConstraint(
            "(checked_by_id IS NULL) = (checked_on IS NULL)", name="checked_by_someone"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    measure_unit_id: Mapped[int] = mapped_column(
        ForeignKey("measure_unit.id", ondelete="RESTRICT"), index=True
    )
    direction: Mapped[Direction]
    judgement: Mapped[Judgement]
    target_of: Mapped[TargetOf] = mapped_column(
        default=TargetOf.YEAR, server_default=TargetOf.YEAR.value
    )
    year_target: Mapped[Decimal | None] = mapped_column(Measure)
    """Mục tiêu, of the year or of the whole campaign."""
    growth_target: Mapped[Decimal | None] = mapped_column(Measure)
    """Tăng so với năm trước, per cent."""
    previous_year_value: Mapped[Decimal | None] = mapped_column(Measure)
    decimals: Mapped[int] = mapped_column(default=2)
    required_kind: Mapped[ValueKind | None]
    source_required: Mapped[bool] = mapped_column(default=True)
    points_rule: Mapped[dict[str, Any]] = mapped_column(JSON, default=lambda: {"kind": "linear"})
    bonus_group_id: Mapped[int | None] = mapped_column(
        ForeignKey("criterion_group.id", ondelete="SET NULL"), index=True
    )
    """Nhóm nhận điểm thưởng vượt chỉ tiêu, where the rule gives one."""
    source: Mapped[str] = mapped_column(default="")
    """Nguồn of the target itself: where the campaign took it from."""
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    checked_on: Mapped[date | None]
    """Đã đối chiếu with the document."""
    is_carried_over: Mapped[bool] = mapped_column(default=False)
    """Chép từ phong trào trước, and nobody has looked at it since."""
    position: Mapped[int] = mapped_column(default=0)

    measure_unit: Mapped[MeasureUnit] = relationship(lazy="raise_on_sql")


class IndicatorOwner(Base):
    """Đơn vị chủ trì, phối hợp of an indicator."""

    __tablename__ = "indicator_owner"

    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    part: Mapped[OwnerPart]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class Allocation(Base):
    """Chỉ tiêu giao: the share of an indicator's target given to one unit."""

    __tablename__ = "allocation"

    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True, primary_key=True
    )
    target: Mapped[Decimal | None] = mapped_column(Measure)
    growth_target: Mapped[Decimal | None] = mapped_column(Measure)
    previous_year_value: Mapped[Decimal | None] = mapped_column(Measure)
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class GivenTarget(Base):
    """Mục tiêu theo khối, theo kỳ: for a block, or for one period of a unit, a block or all."""

    __tablename__ = "given_target"
    __table_args__ = (
        UniqueConstraint("indicator_id", "unit_id", "block_id", "period_id"),
        CheckConstraint("unit_id IS NULL OR block_id IS NULL", name="unit_or_block"),
        CheckConstraint("block_id IS NOT NULL OR period_id IS NOT NULL", name="block_or_period"),
        CheckConstraint("target IS NOT NULL OR growth_target IS NOT NULL", name="gives_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    block_id: Mapped[int | None] = mapped_column(
        ForeignKey("block.id", ondelete="CASCADE"), index=True
    )
    period_id: Mapped[int | None] = mapped_column(
        ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True
    )
    target: Mapped[Decimal | None] = mapped_column(Measure)
    growth_target: Mapped[Decimal | None] = mapped_column(Measure)


class CriterionGroup(Base):
    """Mục của bảng điểm: a group (I) or a section below one (1, 1.1), with what it is bound by."""

    __tablename__ = "criterion_group"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        UniqueConstraint("id", "campaign_id"),
        ForeignKeyConstraint(
            ["parent_id", "campaign_id"],
            ["criterion_group.id", "criterion_group.campaign_id"],
            ondelete="CASCADE",
            name="fk_criterion_group_parent",
        ),
        CheckConstraint("parent_id <> id", name="not_below_itself"),
        CheckConstraint("ceiling >= floor", name="ceiling_not_below_floor"),
        Index("ix_criterion_group_parent_id", "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None]
    """Mục chứa nó; none of a group, which stands at the top."""
    code: Mapped[str]
    name: Mapped[str]
    ceiling: Mapped[Decimal | None] = mapped_column(Points)
    floor: Mapped[Decimal | None] = mapped_column(Points)
    position: Mapped[int] = mapped_column(default=0)


class Criterion(Base):
    """Tiêu chí: a leaf of the table: what is scored, by whom, to what maximum, with its guidance.

    A bonus or a penalty may have no maximum; a penalty says what it takes from.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        UniqueConstraint("id", "campaign_id"),
        ForeignKeyConstraint(
            ["group_id", "campaign_id"],
            ["criterion_group.id", "criterion_group.campaign_id"],
            ondelete="CASCADE",
            name="fk_criterion_group",
        ),
        ForeignKeyConstraint(
            ["taken_criterion_id", "campaign_id"],
            ["criterion.id", "criterion.campaign_id"],
            ondelete="RESTRICT",
            name="fk_criterion_taken",
        ),
        CheckConstraint("maximum > 0", name="maximum_is_positive"),
        CheckConstraint(
            "maximum IS NOT NULL OR (kind <> 'base' AND judged_by IN ('count', 'secretariat'))",
            name="base_has_its_maximum",
        ),
        CheckConstraint(
            "kind = 'penalty' OR takes_from = 'total'", name="only_a_penalty_takes_elsewhere"
        ),
        CheckConstraint(
            "(takes_from = 'criterion') = (taken_criterion_id IS NOT NULL)",
            name="penalty_names_what_it_takes_from",
        ),
        CheckConstraint("taken_criterion_id <> id", name="takes_not_from_itself"),
        CheckConstraint(
            "(judged_by = 'indicator') = (indicator_id IS NOT NULL)",
            name="indicator_rule_names_its_indicator",
        ),
        CheckConstraint(
            "(judged_by = 'count') = (count_rule IS NOT NULL)", name="count_has_its_rule"
        ),
        CheckConstraint(
            "(judged_by = 'checklist') = (checklist IS NOT NULL)", name="checklist_has_its_items"
        ),
        CheckConstraint(
            "(judgement IS NULL) = (points_rule IS NULL)", name="own_way_has_both_parts"
        ),
        CheckConstraint(
            "points_rule IS NULL OR judged_by = 'indicator'", name="own_way_is_of_a_number"
        ),
        Index("ix_criterion_group_id", "group_id"),
        Index("ix_criterion_taken_criterion_id", "taken_criterion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    group_id: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    guidance: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[CriterionKind] = mapped_column(default=CriterionKind.BASE)
    maximum: Mapped[Decimal | None] = mapped_column(Points)
    """Điểm tối đa; none where a bonus or a penalty is without limit."""
    takes_from: Mapped[TakesFrom] = mapped_column(default=TakesFrom.TOTAL)
    taken_criterion_id: Mapped[int | None]
    """Tiêu chí bị trừ, down to nothing."""
    evidence_required: Mapped[bool] = mapped_column(default=False)
    judged_by: Mapped[JudgedBy]
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    judgement: Mapped[Judgement | None]
    """Cách đánh giá riêng; of the indicator where there is none."""
    points_rule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Quy tắc điểm riêng; of the indicator where there is none."""
    count_rule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Quy tắc theo số lần, where occurrences are counted."""
    checklist: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    """Danh mục: text and points of each item, where items are met or not."""
    position: Mapped[int] = mapped_column(default=0)

    group: Mapped[CriterionGroup] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        primaryjoin="Criterion.group_id == CriterionGroup.id",
        foreign_keys="Criterion.group_id",
    )
    indicator: Mapped[Indicator | None] = relationship(lazy="raise_on_sql")


class SavedTable(Base):
    """Bảng điểm mẫu của cơ quan: the indicators and criteria of a plan, kept to be used again.

    `content` holds what a spreadsheet of them would: heads and rows of text, a list an importer.
    """

    __tablename__ = "saved_table"
    __table_args__ = (
        CheckConstraint("name <> ''", name="table_has_a_name"),
        CheckConstraint("scale > 0", name="scale_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    note: Mapped[str] = mapped_column(default="")
    scale: Mapped[Decimal] = mapped_column(Points)
    content: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


class CriterionScope(Base):
    """Phạm vi áp dụng: a criterion with rows here applies only to these blocks and units."""

    __tablename__ = "criterion_scope"
    __table_args__ = (
        UniqueConstraint("criterion_id", "block_id", "unit_id"),
        CheckConstraint("(block_id IS NULL) <> (unit_id IS NULL)", name="block_or_unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    block_id: Mapped[int | None] = mapped_column(
        ForeignKey("block.id", ondelete="CASCADE"), index=True
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )


class CriterionMarker(Base):
    """Người được giao chấm một tiêu chí: a function of the council, or one person in it."""

    __tablename__ = "criterion_marker"
    __table_args__ = (
        UniqueConstraint("criterion_id", "function", "user_id"),
        CheckConstraint("(function IS NULL) <> (user_id IS NULL)", name="function_or_person"),
        CheckConstraint(
            "function IN ('chair', 'vice_chair', 'member', 'secretary')",
            name="function_of_the_council",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    function: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
