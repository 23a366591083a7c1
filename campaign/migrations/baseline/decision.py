"""Quyết định: the tables as they stood at the baseline."""

import sqlalchemy as sa

from campaign.migrations.baseline.columns import MOMENT, metadata, one_of

# Quyết định.
sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "campaign_id",
        sa.Integer(),
        sa.ForeignKey("campaign.id", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("kind", one_of("decisionkind", "award", "correction", "revocation"), nullable=False),
    sa.Column(
        "amends_id", sa.Integer(), sa.ForeignKey("decision.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("state", one_of("decisionstate", "draft", "posted", "signed"), nullable=False),
    sa.Column("number", sa.String(), nullable=False),
    sa.Column("symbol", sa.String(), nullable=False),
    sa.Column("place", sa.String(), nullable=False),
    sa.Column("planned_on", sa.Date(), nullable=False),
    sa.Column("received_on", sa.Date(), nullable=True),
    sa.Column("signed_on", sa.Date(), nullable=True),
    sa.Column("signer_form", one_of("signerform", "self", "kt", "tl", "tuq"), nullable=False),
    sa.Column("signer_job", sa.String(), nullable=False),
    sa.Column("signer_name", sa.String(), nullable=False),
    sa.Column("legal_basis", sa.Text(), nullable=False),
    sa.Column("fund", sa.String(), nullable=False),
    sa.Column("people_order", one_of("order", "rank", "name"), nullable=False),
    sa.Column("notice_days", sa.Integer(), nullable=False),
    sa.Column("notice_is_working", sa.Boolean(), nullable=False),
    sa.Column("notice_holidays", sa.JSON(), nullable=False),
    sa.Column("notice_is_public", sa.Boolean(), nullable=False),
    sa.Column("posted_on", sa.Date(), nullable=True),
    sa.Column("notice_until", sa.Date(), nullable=True),
    sa.Column(
        "rule_set_code",
        sa.String(),
        sa.ForeignKey("rule_set.code", ondelete="RESTRICT"),
        nullable=False,
    ),
    sa.Column("base_salary", sa.BigInteger(), nullable=False),
    sa.Column(
        "rounding", one_of("rounding", "ceil_10000", "nearest_10000", "none"), nullable=False
    ),
    sa.Column("signature", one_of("signature", "signer", "scan"), nullable=True),
    sa.Column(
        "recorded_by_id",
        sa.Integer(),
        sa.ForeignKey("user_account.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.Column("recover", sa.BigInteger(), nullable=False),
    sa.Column("figures", sa.JSON(), nullable=True),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("scan_name", sa.String(), nullable=False),
    sa.Column("scan_key", sa.String(), nullable=False),
    sa.Column("scan_type", sa.String(), nullable=False),
    sa.Column("scan_size", sa.Integer(), nullable=True),
    sa.Column("scan_sha256", sa.String(), nullable=False),
    sa.Column("signed_at", MOMENT, nullable=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'award') = (amends_id IS NULL)", name="amending_names_the_old_one"),
    sa.CheckConstraint("(posted_on IS NULL) = (notice_until IS NULL)", name="notice_has_an_end"),
    sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_has_a_moment"),
    sa.CheckConstraint(
        "state <> 'signed' OR (number <> '' AND signed_on IS NOT NULL)",
        name="signed_has_number_and_date",
    ),
    sa.Index("ix_decision_campaign_id", "campaign_id"),
)

# Lần rút dự thảo về sửa.
sa.Table(
    "decision_withdrawal",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "decision_id",
        sa.Integer(),
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("posted_on", sa.Date(), nullable=False),
    sa.Column("notice_until", sa.Date(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("reason <> ''", name="has_a_reason"),
    sa.Index("ix_decision_withdrawal_decision_id", "decision_id"),
)

# Lần sửa bản ghi việc ký.
sa.Table(
    "signature_correction",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "decision_id",
        sa.Integer(),
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("number", sa.String(), nullable=False),
    sa.Column("symbol", sa.String(), nullable=False),
    sa.Column("signed_on", sa.Date(), nullable=False),
    sa.Column("sha256", sa.String(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.CheckConstraint("reason <> ''", name="has_a_reason"),
    sa.Index("ix_signature_correction_decision_id", "decision_id"),
)

# Dòng trong danh sách kèm quyết định.
sa.Table(
    "decision_line",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "decision_id",
        sa.Integer(),
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "nominee_id", sa.Integer(), sa.ForeignKey("nominee.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column(
        "kind_id", sa.Integer(), sa.ForeignKey("award_kind.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("form_name", sa.String(), nullable=False),
    sa.Column(
        "subject", one_of("subject", "collective", "household", "individual"), nullable=False
    ),
    sa.Column("honorific", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("search_key", sa.String(), nullable=False),
    sa.Column("job", sa.String(), nullable=False),
    sa.Column("unit_name", sa.String(), nullable=False),
    sa.Column("block_name", sa.String(), nullable=False),
    sa.Column("is_leader", sa.Boolean(), nullable=False),
    sa.Column("is_illustrative", sa.Boolean(), nullable=False),
    sa.Column("amount", sa.BigInteger(), nullable=False),
    sa.Column("steps", sa.String(), nullable=False),
    sa.Column("register_year", sa.Integer(), nullable=True),
    sa.Column("register_number", sa.Integer(), nullable=True),
    sa.Column(
        "ended_by_id",
        sa.Integer(),
        sa.ForeignKey("decision.id", ondelete="RESTRICT"),
        nullable=True,
    ),
    sa.UniqueConstraint("decision_id", "nominee_id"),
    sa.UniqueConstraint("register_year", "register_number"),
    sa.CheckConstraint("amount >= 0", name="amount_not_negative"),
    sa.CheckConstraint(
        "(register_year IS NULL) = (register_number IS NULL)", name="registered_together"
    ),
    sa.Index("ix_decision_line_search_key", "search_key"),
)

# Ý kiến về dự thảo quyết định.
sa.Table(
    "objection",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column(
        "decision_id",
        sa.Integer(),
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column(
        "nominee_id", sa.Integer(), sa.ForeignKey("nominee.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column("author", sa.String(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("received_on", sa.Date(), nullable=False),
    sa.Column("state", one_of("objectionstate", "open", "kept", "sent_back"), nullable=False),
    sa.Column("answer", sa.Text(), nullable=False),
    sa.Column("answered_on", sa.Date(), nullable=True),
    sa.Column(
        "unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.Column(
        "by_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="RESTRICT"), nullable=True
    ),
    sa.CheckConstraint("(state = 'open') = (answered_on IS NULL)", name="answered_has_a_day"),
    sa.Index("ix_objection_decision_id", "decision_id"),
)

# Đề nghị cấp trên khen thưởng.
sa.Table(
    "upward_request",
    metadata,
    sa.Column(
        "nominee_id",
        sa.Integer(),
        sa.ForeignKey("nominee.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    sa.Column("sent_on", sa.Date(), nullable=False),
    sa.Column("letter", sa.String(), nullable=False),
    sa.Column("answer", one_of("answer", "granted", "refused"), nullable=True),
    sa.Column("answered_on", sa.Date(), nullable=True),
    sa.Column("number", sa.String(), nullable=False),
    sa.Column("reason", sa.String(), nullable=False),
    sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered_has_a_day"),
    sa.CheckConstraint(
        "answer IS NULL OR answer <> 'refused' OR reason <> ''", name="refused_has_a_reason"
    ),
)
