"""Báo cáo: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MEASURE, MOMENT, POINTS, metadata, one_of

# Gia hạn.
sa.Table(
    "extension",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "period_id",
        sa.Integer(),
        sa.ForeignKey("reporting_period.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("locks_on", sa.Date(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("due_on <= locks_on", name="due_before_lock"),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
    sa.Index("ix_extension_participation_id", "participation_id", "period_id"),
)

# Báo cáo of one unit for one period, as it is being written; submitting freezes a version.
sa.Table(
    "report",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "participation_id",
        sa.Integer(),
        sa.ForeignKey("participation.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "period_id",
        sa.Integer(),
        sa.ForeignKey("reporting_period.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column(
        "state",
        one_of("reportstate", "draft", "awaiting_signature", "submitted", "returned", "verified"),
        nullable=False,
    ),
    sa.Column(
        "prepared_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("prepared_at", MOMENT, nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.UniqueConstraint("participation_id", "period_id"),
    sa.Index("ix_report_period_id_state", "period_id", "state"),
)

# Số liệu đơn vị báo for one indicator; a blank needs a reason and is never zero.
sa.Table(
    "claimed_value",
    metadata,
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("value", MEASURE, nullable=True),
    sa.Column("kind", one_of("valuekind", "estimated", "preliminary", "official"), nullable=True),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column("comparison", MEASURE, nullable=True),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("blank_reason", sa.String(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
)

# Minh chứng.
sa.Table(
    "evidence",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column(
        "indicator_id",
        sa.Integer(),
        sa.ForeignKey("indicator.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("file_name", sa.String(), nullable=False),
    sa.Column("media_type", sa.String(), nullable=False),
    sa.Column("size", sa.Integer(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("storage_key", sa.String(), nullable=False),
    sa.Column("uploaded_at", MOMENT, nullable=False),
    sa.Column(
        "uploaded_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("removed_at", MOMENT, nullable=True),
    sa.UniqueConstraint("storage_key"),
    sa.CheckConstraint("criterion_id IS NULL OR indicator_id IS NULL", name="one_subject"),
    sa.CheckConstraint("size > 0", name="size_is_positive"),
    sa.Index("ix_evidence_report_id", "report_id"),
)

# Thuyết minh.
sa.Table(
    "narrative",
    metadata,
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "task_id", sa.Integer(), sa.ForeignKey("task.id", ondelete="RESTRICT"), primary_key=True
    ),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
)

# Bản nộp.
sa.Table(
    "report_version",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("submitted_at", MOMENT, nullable=False),
    sa.Column(
        "submitted_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("is_on_time", sa.Boolean(), nullable=False),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("snapshot", sa.JSON(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.UniqueConstraint("report_id", "number"),
)

# Điểm tự chấm of one criterion, with its explanation.
sa.Table(
    "self_score",
    metadata,
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "criterion_id",
        sa.Integer(),
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("points", POINTS, nullable=True),
    sa.Column("explanation", sa.Text(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
)

# Giải trình cảnh báo.
sa.Table(
    "warning_answer",
    metadata,
    sa.Column(
        "report_id", sa.Integer(), sa.ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("warning", sa.String(), primary_key=True),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("about", sa.String(), nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column(
        "updated_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
)

# Trả lại.
sa.Table(
    "report_return",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "version_id",
        sa.Integer(),
        sa.ForeignKey("report_version.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("due_on", sa.Date(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.UniqueConstraint("version_id"),
    sa.CheckConstraint("reason <> ''", name="reason_is_given"),
)
