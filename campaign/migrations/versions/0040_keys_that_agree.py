"""keys that agree, numbers used once, a state for whom the ranking alone names

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INDEXED = (
    ("allocation", ("unit_id",)),
    ("attendance", ("member_id", "replaces_id")),
    ("award_form", ("checked_by_id", "report_checked_by_id", "vote_checked_by_id")),
    ("award_kind", ("form_id",)),
    ("award_quota", ("block_id",)),
    ("ballot", ("follows_id", "repeats_id")),
    ("ballot_declined", ("by_id", "member_id")),
    ("base_salary", ("checked_by_id",)),
    ("campaign", ("organiser_id", "rule_set_code")),
    ("claimed_value", ("indicator_id", "updated_by_id")),
    ("criterion_scope", ("block_id", "unit_id")),
    ("decision", ("amends_id", "recorded_by_id", "rule_set_code")),
    ("decision_line", ("ended_by_id", "kind_id", "nominee_id")),
    ("decision_withdrawal", ("by_id",)),
    ("evidence", ("criterion_id", "indicator_id", "uploaded_by_id")),
    ("extension", ("by_id", "period_id")),
    ("filed_paper", ("by_id",)),
    ("frozen_ranking", ("by_id",)),
    ("frozen_standing", ("block_id", "participation_id")),
    ("indicator", ("bonus_group_id", "checked_by_id", "measure_unit_id")),
    ("indicator_owner", ("unit_id",)),
    ("inspected_subject", ("criterion_id", "indicator_id")),
    ("inspection", ("recorded_by_id",)),
    ("inspection_file", ("inspection_id", "uploaded_by_id")),
    ("line_recusal", ("lifted_by_id", "member_id")),
    ("mark", ("criterion_id", "version_id")),
    ("meeting", ("chair_id", "secretary_id")),
    ("narrative", ("task_id", "updated_by_id")),
    ("nominee", ("kind_id", "participation_id", "signed_by_id")),
    ("nominee_change", ("by_id",)),
    ("objection", ("by_id", "nominee_id", "unit_id")),
    ("one_time_link", ("created_by_id", "user_id")),
    ("open_vote", ("by_id", "member_id")),
    ("opinion_scan", ("meeting_id", "member_id")),
    ("paper_template", ("by_id",)),
    ("participation", ("confirmed_by_id", "enrolled_by_id")),
    ("phase_change", ("by_id",)),
    ("plan_correction", ("by_id",)),
    ("recusal", ("by_id", "unit_id")),
    ("report", ("prepared_by_id",)),
    ("report_return", ("by_id",)),
    ("report_version", ("submitted_by_id",)),
    ("rule_set", ("checked_by_id",)),
    ("self_score", ("criterion_id", "updated_by_id")),
    ("sheet_reopening", ("by_id", "sheet_id")),
    ("signature_correction", ("by_id",)),
    ("turnout", ("member_id",)),
    ("unit", ("parent_id",)),
    ("unlocking", ("by_id", "verification_id")),
    ("user_account", ("unit_id",)),
    ("verification", ("finished_by_id",)),
    ("verified_points", ("criterion_id", "updated_by_id")),
    ("verified_value", ("indicator_id", "updated_by_id")),
    ("warning_answer", ("updated_by_id",)),
    ("written_opinion", ("by_id", "member_id")),
)
"""Columns that refer to another table, and had no index to be found by."""

RENAMED = (
    ("line_recusal", "lifted_by_id", "user_account", "RESTRICT"),
    ("plan_correction", "by_id", "user_account", "RESTRICT"),
    ("plan_correction", "campaign_id", "campaign", "CASCADE"),
)
"""Keys that an older step had named in another way than the baseline does."""

STATES = "'draft', 'signed', 'proposed', 'left_out'"
MORE_STATES = "'draft', 'signed', 'by_rank', 'proposed', 'left_out'"


def upgrade() -> None:
    _name_as_the_baseline()
    for table, columns in INDEXED:
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    for table in ("participation", "award_kind"):
        op.create_index(f"uq_{table}_id_campaign_id", table, ["id", "campaign_id"], unique=True)
    _hold_states(MORE_STATES)
    op.execute(
        "UPDATE nominee_change SET from_state = 'by_rank' WHERE from_state = 'signed' AND"
        " nominee_id IN (SELECT id FROM nominee WHERE signed_at IS NULL AND state <> 'draft')"
    )
    op.execute("UPDATE nominee SET state = 'by_rank' WHERE state = 'signed' AND signed_at IS NULL")
    _tie_nominees()
    _number_decisions()


def downgrade() -> None:
    op.drop_index("uq_decision_signed_number", "decision")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("ck_decision_signed_in_its_year"), type_="check")
        batch.drop_column("signed_year")
    _untie_nominees()
    op.execute("UPDATE nominee SET state = 'signed' WHERE state = 'by_rank'")
    op.execute("UPDATE nominee_change SET from_state = 'signed' WHERE from_state = 'by_rank'")
    _hold_states(STATES)
    for table in ("participation", "award_kind"):
        op.drop_index(f"uq_{table}_id_campaign_id", table)
    for table, columns in INDEXED:
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)


def _name_as_the_baseline() -> None:
    seen = sa.inspect(op.get_bind())
    held = {
        table: {key["name"] for key in seen.get_foreign_keys(table)} for table, *_rest in RENAMED
    }
    for table, column, referred, rule in RENAMED:
        old = f"fk_{table}_{column}_{referred}"
        if old not in held[table]:
            continue
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(old), type_="foreignkey")
            batch.create_foreign_key(
                op.f(f"fk_{table}_{column}"), referred, [column], ["id"], ondelete=rule
            )


def _hold_states(states: str) -> None:
    for table, column, name in (
        ("nominee", "state", "nomineestate"),
        ("nominee_change", "from_state", "nomineestate"),
        ("nominee_change", "to_state", "to_state"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({states})")


def _tie_nominees() -> None:
    """A nominee is of the campaign of its unit and of its kind; who is signed for has a
    signature.
    """
    with op.batch_alter_table("nominee") as batch:
        for column, referred in (("participation_id", "participation"), ("kind_id", "award_kind")):
            batch.drop_constraint(op.f(f"fk_nominee_{column}"), type_="foreignkey")
            batch.create_foreign_key(
                op.f(f"fk_nominee_{column.removesuffix('_id')}"),
                referred,
                [column, "campaign_id"],
                ["id", "campaign_id"],
                ondelete="RESTRICT",
            )
        batch.create_check_constraint(
            op.f("ck_nominee_signed_has_a_signature"), "state <> 'signed' OR signed_at IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_nominee_unsigned_has_none"),
            "state NOT IN ('draft', 'by_rank') OR signed_at IS NULL",
        )


def _untie_nominees() -> None:
    with op.batch_alter_table("nominee") as batch:
        batch.drop_constraint(op.f("ck_nominee_signed_has_a_signature"), type_="check")
        batch.drop_constraint(op.f("ck_nominee_unsigned_has_none"), type_="check")
        for column, referred in (("participation_id", "participation"), ("kind_id", "award_kind")):
            batch.drop_constraint(
                op.f(f"fk_nominee_{column.removesuffix('_id')}"), type_="foreignkey"
            )
            batch.create_foreign_key(
                op.f(f"fk_nominee_{column}"), referred, [column], ["id"], ondelete="RESTRICT"
            )


_YEARS = {
    "sqlite": "UPDATE decision SET signed_year = CAST(strftime('%Y', signed_on) AS INTEGER)",
    "postgresql": "UPDATE decision SET signed_year = CAST(EXTRACT(YEAR FROM signed_on) AS INTEGER)",
}


def _number_decisions() -> None:
    """A number is used once in the year in which its decision was signed."""
    op.add_column("decision", sa.Column("signed_year", sa.Integer(), nullable=True))
    op.execute(_YEARS[op.get_bind().dialect.name])
    with op.batch_alter_table("decision") as batch:
        batch.create_check_constraint(
            op.f("ck_decision_signed_in_its_year"), "(signed_on IS NULL) = (signed_year IS NULL)"
        )
    signed = sa.text("state = 'signed'")
    op.create_index(
        "uq_decision_signed_number",
        "decision",
        ["signed_year", "number", "symbol"],
        unique=True,
        sqlite_where=signed,
        postgresql_where=signed,
    )
