"""awards and decisions

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "base_salary",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_base_salary_amount_is_positive")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["user_account.id"],
            name=op.f("fk_base_salary_checked_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("from_on", name=op.f("pk_base_salary")),
    )
    op.create_table(
        "award_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_set_code", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "department",
                "province",
                "ministry",
                "state",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("for_collectives", sa.Boolean(), nullable=False),
        sa.Column("for_individuals", sa.Boolean(), nullable=False),
        sa.Column("coefficient", sa.Integer(), nullable=False),
        sa.Column("collective_factor", sa.Integer(), nullable=False),
        sa.Column("is_annual", sa.Boolean(), nullable=False),
        sa.Column("minimum_months", sa.Integer(), nullable=True),
        sa.Column("by_launcher_only", sa.Boolean(), nullable=False),
        sa.Column("report_form", sa.String(), nullable=False),
        sa.Column("vote", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("coefficient >= 0", name=op.f("ck_award_form_coefficient_not_negative")),
        sa.CheckConstraint("collective_factor >= 1", name=op.f("ck_award_form_factor_is_positive")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["user_account.id"],
            name=op.f("fk_award_form_checked_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rule_set_code"],
            ["rule_set.code"],
            name=op.f("fk_award_form_rule_set_code"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_form")),
        sa.UniqueConstraint("rule_set_code", "code", name=op.f("uq_award_form_rule_set_code_code")),
    )
    op.create_table(
        "award_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "collective",
                "individual",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("leader_limit", sa.Integer(), nullable=True),
        sa.Column("vote", sa.JSON(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "leader_limit IS NULL OR leader_limit BETWEEN 0 AND 100",
            name=op.f("ck_award_kind_leader_limit_is_a_percentage"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_award_kind_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["award_form.id"], name=op.f("fk_award_kind_form_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_kind")),
        sa.UniqueConstraint(
            "campaign_id",
            "form_id",
            "subject",
            name=op.f("uq_award_kind_campaign_id_form_id_subject"),
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "award",
                "correction",
                "revocation",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "posted",
                "signed",
                name="decisionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column(
            "signer_form",
            sa.Enum(
                "self",
                "kt",
                "tl",
                "tuq",
                name="signerform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signer_job", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column(
            "people_order",
            sa.Enum(
                "rank", "name", name="order", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("notice_is_working", sa.Boolean(), nullable=False),
        sa.Column("notice_is_public", sa.Boolean(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("rule_set_code", sa.String(), nullable=False),
        sa.Column("base_salary", sa.BigInteger(), nullable=False),
        sa.Column(
            "rounding",
            sa.Enum(
                "ceil_10000",
                "nearest_10000",
                "none",
                name="rounding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recover", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("scan_name", sa.String(), nullable=False),
        sa.Column("scan_key", sa.String(), nullable=False),
        sa.Column("scan_type", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'award') = (amends_id IS NULL)",
            name=op.f("ck_decision_amending_names_the_old_one"),
        ),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at IS NOT NULL)",
            name=op.f("ck_decision_signed_has_a_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'signed' OR (number <> '' AND signed_on IS NOT NULL)",
            name=op.f("ck_decision_signed_has_number_and_date"),
        ),
        sa.CheckConstraint(
            "(posted_on IS NULL) = (notice_until IS NULL)",
            name=op.f("ck_decision_notice_has_an_end"),
        ),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["decision.id"], name=op.f("fk_decision_amends_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_decision_campaign_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rule_set_code"],
            ["rule_set.code"],
            name=op.f("fk_decision_rule_set_code"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_campaign_id", ["campaign_id"], unique=False)

    op.create_table(
        "award_quota",
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(count IS NULL) <> (percent IS NULL)", name=op.f("ck_award_quota_count_or_percent")
        ),
        sa.CheckConstraint(
            "count IS NULL OR count >= 0", name=op.f("ck_award_quota_count_not_negative")
        ),
        sa.CheckConstraint(
            "percent IS NULL OR percent BETWEEN 0 AND 100",
            name=op.f("ck_award_quota_percent_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["block.id"], name=op.f("fk_award_quota_block_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["award_kind.id"], name=op.f("fk_award_quota_kind_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind_id", "block_id", name=op.f("pk_award_quota")),
    )
    op.create_table(
        "nominee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("honorific", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("achievements", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("effects", sa.Text(), nullable=False),
        sa.Column("earlier_awards", sa.Text(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.Column("added_reason", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "signed",
                "proposed",
                "left_out",
                name="nomineestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("is_tied", sa.Boolean(), nullable=False),
        sa.Column("is_illustrative", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)",
            name=op.f("ck_nominee_signed_by_someone"),
        ),
        sa.CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100",
            name=op.f("ck_nominee_birth_year_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_nominee_campaign_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["award_kind.id"], name=op.f("fk_nominee_kind_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_nominee_participation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"],
            ["user_account.id"],
            name=op.f("fk_nominee_signed_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee")),
    )
    with op.batch_alter_table("nominee", schema=None) as batch_op:
        batch_op.create_index("ix_nominee_campaign_id", ["campaign_id"], unique=False)
        batch_op.create_index("ix_nominee_search_key", ["search_key"], unique=False)

    op.create_table(
        "decision_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("form_name", sa.String(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "collective",
                "individual",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
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
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(register_year IS NULL) = (register_number IS NULL)",
            name=op.f("ck_decision_line_registered_together"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_decision_line_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_line_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"],
            ["decision.id"],
            name=op.f("fk_decision_line_ended_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"],
            ["award_kind.id"],
            name=op.f("fk_decision_line_kind_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"],
            ["nominee.id"],
            name=op.f("fk_decision_line_nominee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_line")),
        sa.UniqueConstraint(
            "decision_id", "nominee_id", name=op.f("uq_decision_line_decision_id_nominee_id")
        ),
        sa.UniqueConstraint(
            "register_year",
            "register_number",
            name=op.f("uq_decision_line_register_year_register_number"),
        ),
    )
    with op.batch_alter_table("decision_line", schema=None) as batch_op:
        batch_op.create_index("ix_decision_line_search_key", ["search_key"], unique=False)

    op.create_table(
        "nominee_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "draft",
                "signed",
                "proposed",
                "left_out",
                name="nomineestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "draft",
                "signed",
                "proposed",
                "left_out",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user_account.id"],
            name=op.f("fk_nominee_change_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"],
            ["nominee.id"],
            name=op.f("fk_nominee_change_nominee_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee_change")),
    )
    with op.batch_alter_table("nominee_change", schema=None) as batch_op:
        batch_op.create_index("ix_nominee_change_nominee_id", ["nominee_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "kept",
                "sent_back",
                name="objectionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (answered_on IS NULL)", name=op.f("ck_objection_answered_has_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_objection_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"],
            ["nominee.id"],
            name=op.f("fk_objection_nominee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index("ix_objection_decision_id", ["decision_id"], unique=False)

    op.create_table(
        "upward_request",
        sa.Column("nominee_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "granted",
                "refused",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answer IS NULL OR answer <> 'refused' OR reason <> ''",
            name=op.f("ck_upward_request_refused_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_upward_request_answered_has_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"],
            ["nominee.id"],
            name=op.f("fk_upward_request_nominee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("nominee_id", name=op.f("pk_upward_request")),
    )
    with op.batch_alter_table("rule_set", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "rounding",
                sa.Enum(
                    "ceil_10000",
                    "nearest_10000",
                    "none",
                    name="rounding",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                server_default="ceil_10000",
                nullable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("rule_set", schema=None) as batch_op:
        batch_op.drop_column("rounding")

    op.drop_table("upward_request")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index("ix_objection_decision_id")

    op.drop_table("objection")
    with op.batch_alter_table("nominee_change", schema=None) as batch_op:
        batch_op.drop_index("ix_nominee_change_nominee_id")

    op.drop_table("nominee_change")
    with op.batch_alter_table("decision_line", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_line_search_key")

    op.drop_table("decision_line")
    with op.batch_alter_table("nominee", schema=None) as batch_op:
        batch_op.drop_index("ix_nominee_search_key")
        batch_op.drop_index("ix_nominee_campaign_id")

    op.drop_table("nominee")
    op.drop_table("award_quota")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_campaign_id")

    op.drop_table("decision")
    op.drop_table("award_kind")
    op.drop_table("award_form")
    op.drop_table("base_salary")
