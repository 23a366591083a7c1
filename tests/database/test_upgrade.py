"""A database that an older program left goes on with all that it holds, or is told why not."""

from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from campaign.accounts.models import RoleGrant, User
from campaign.cli import prepare_migrations
from campaign.core.permissions import Role
from campaign.database import revision_of
from campaign.extensions import db
from campaign.files.storage import MARK
from campaign.planning.models import Campaign
from campaign.proof import checking
from tests import build, chain, migrated
from tools import readiness

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _ready_to_migrate(app):
    prepare_migrations(app)


def _stands_at():
    with db.engine.connect() as connection:
        return revision_of(connection)


def _faults_of_rows(app):
    """What the proof finds; the copies hold rows and no files."""
    (Path(app.config["EVIDENCE_URL"]) / MARK).mkdir(parents=True)
    faults = [fault.text for fault in checking.check().faults]
    return [words for words in faults if not words.startswith("Tệp của bảng")]


_OF_THE_PROGRAM = {"alembic_version", "audit_entry"}


_KINDS = [
    {"code": code, "name": name, "position": position}
    for code, name, position in (
        ("city_office", "Phòng cấp thành phố", "7"),
        ("department", "Sở, ngành", "1"),
        ("district_office", "Phòng cấp huyện", "6"),
        ("leadership", "Lãnh đạo", "2"),
        ("local_government", "Uỷ ban nhân dân", "5"),
        ("office", "Phòng chuyên môn", "3"),
        ("other", "Đơn vị khác", "8"),
        ("service_unit", "Đơn vị sự nghiệp", "4"),
    )
]
"""The kinds that were fixed, which stand as the first of the office's list."""


_POINTS = (
    ("band", "from_points"),
    ("campaign", "mark_step"),
    ("criterion", "maximum"),
    ("criterion_group", "cap"),
    ("frozen_standing", "total"),
    ("mark", "points"),
    ("self_score", "points"),
    ("verified_points", "points"),
)
"""Hundredths of a point until 0045, ten-thousandths since."""

_ADDED = {
    "self_score": {"ticks": "None"},
    "verified_points": {"ticks": "None"},
    "meeting": {"cancelled_at": "None", "cancel_reason": ""},
    "user_account": {"sign_in_way": "common"},
}
"""Columns that later steps gave to these tables, as they stand where nothing was written."""


def _give_later_columns(rows):
    for table, columns in _ADDED.items():
        for row in rows[table]:
            row.update(columns)


def _give_bands_by_points(rows):
    for row in rows["campaign"]:
        row |= {"band_numerator": "None", "band_denominator": "None"}
    for row in rows["ballot_line"]:
        row["band"] = ""


def _keep_points_in_ten_thousandths(rows):
    for table, column in _POINTS:
        for row in rows[table]:
            row[column] = "None" if row[column] == "None" else f"{row[column]}00"


def _change_as_the_steps_since(rows):
    """Whom nobody signed for was named by the ranking; a decision knows the year it was signed."""
    by_rank = {row["id"] for row in rows["nominee"] if row["signed_at"] == "None"}
    for row in rows["nominee_change"]:
        if row["nominee_id"] in by_rank and row["from_state"] == "signed":
            row["from_state"] = "by_rank"
    for row in rows["decision"]:
        row["signed_year"] = row["signed_on"][:4]
    for row in rows["campaign"]:
        row["clarification_days"] = "None"
    for row in rows["verification"]:
        row["disclosed_at"] = "None"
    rows |= {f"clarification_{name}": [] for name in ("round", "line", "file")}
    assert (len(by_rank), len(rows["decision"])) == (18, 2)
    for row in rows["campaign"]:
        row |= {"scale": "1000000", "points_places": "2"}
        row |= {"divergence_points": "None", "divergence_percent": "None"}
        row["divergence_ended_by"] = "members"
        row["recuses_block"] = "0" if db.engine.dialect.name == "sqlite" else "False"
        row["is_correcting"] = row["recuses_block"]
    rows["criterion_marker"] = []
    _give_bands_by_points(rows)
    for row in rows["criterion"]:
        row |= {"count_rule": "None", "judgement": "None", "points_rule": "None"}
        row["checklist"] = "None"
    _give_later_columns(rows)
    rows |= {
        "occurrence": [],
        "saved_table": [],
        "mail": [],
        "notice": [],
        "mail_preference": [],
        "mail_stop": [],
        "day_off": [],
        "api_key": [],
        "backup_run": [],
        "dossier_reading": [],
        "retention_rule": [],
        "correction_request": [],
        "retention_run": [],
        "reminder": [],
        "calendar_feed": [],
        "closing_words": [],
        "extension_wish": [],
        "directive_study": [],
        "post_version": [],
        "post_file": [],
        "signed_copy": [],
        "view_key": [],
        "key_store": [],
        "sign_on_demand": [],
        "sign_on_link": [],
        "sign_on_session": [],
        "spent_sign_on": [],
        "theme": [],
        "theme_exemplar": [],
        "theme_indicator": [],
        "theme_post": [],
        "unit_succession": [],
    }
    rows |= {f"divergence_{name}": [] for name in ("answer", "ruling")}
    _give_posts_a_kind(rows)
    _give_nominees_no_example(rows)
    rows["plan_copy"] = []
    rows["given_target"] = []
    rows |= {f"exemplar{of}": [] for of in ("", "_move", "_use", "_story", "_picture")}
    rows["correction_round"] = []
    for row in rows["award_quota"]:
        row |= {"numerator": "None", "denominator": "None"}
        row["rounds_half_up"] = "0" if db.engine.dialect.name == "sqlite" else "False"
    _keep_points_in_ten_thousandths(rows)
    _turn_the_table_into_a_tree(rows)
    yes, no = ("1", "0") if db.engine.dialect.name == "sqlite" else ("True", "False")
    rows["unit_kind"] = [
        {**row, "competes": no if row["code"] == "leadership" else yes} for row in _KINDS
    ]


def _give_nominees_no_example(rows):
    for row in rows["nominee"]:
        row["exemplar_id"] = "None"


def _give_posts_a_kind(rows):
    for row in rows["post"]:
        is_announcement = row["is_announcement"] in {"1", "True"}
        row["kind"] = "announcement" if is_announcement else "news"
        row["withdrawn_on"] = "None"


def _turn_the_table_into_a_tree(rows):
    """The kind of a group goes to its criteria; its cap is a ceiling, or a floor of penalties."""
    kinds = {}
    for row in rows["criterion_group"]:
        kinds[row["id"]], cap = row.pop("kind"), row.pop("cap")
        is_bonus, is_penalty = kinds[row["id"]] == "bonus", kinds[row["id"]] == "penalty"
        row |= {
            "parent_id": "None",
            "ceiling": cap if is_bonus else "None",
            "floor": f"-{cap}" if is_penalty else "None",
        }
    for row in rows["ballot"]:
        row["prepared_at"] = "None"
    for row in rows["criterion"]:
        row["kind"] = kinds[row["group_id"]]
        row |= {"takes_from": "total", "taken_criterion_id": "None"}
    assert sorted(kinds.values()) == ["base"] * 5 + ["bonus", "penalty"]


def test_a_database_before_the_baseline_goes_on_with_its_data_in_the_shape_of_a_new_one(
    app, sign_in, page
):
    with db.engine.connect() as connection:
        expected = migrated.shape(connection)
    migrated.bring("0039")
    with db.engine.connect() as connection:
        held = migrated.cells(connection)
    upgrade()
    assert _stands_at() == readiness.newest_revision()
    with db.engine.connect() as connection:
        assert migrated.shape(connection) == expected
        kept = migrated.cells(connection)
    for row in held["audit_entry"]:
        row["request_id"] = "None"
    told = [row for row in kept["audit_entry"] if row not in held["audit_entry"]]
    assert [row["act"] for row in told] == ["record.upgrade"]
    assert len(kept["audit_entry"]) == len(held["audit_entry"]) + 1
    _change_as_the_steps_since(held)
    assert {name: rows for name, rows in kept.items() if name not in _OF_THE_PROGRAM} == {
        name: rows for name, rows in held.items() if name not in _OF_THE_PROGRAM
    }
    assert (chain.first_fault(), _faults_of_rows(app)) == (None, [])
    secretary = db.session.scalars(
        select(User).join(RoleGrant).where(RoleGrant.role == Role.SECRETARIAT).order_by(User.id)
    ).first()
    title = db.session.scalars(select(Campaign.title)).one()
    assert title in page(sign_in(secretary).get("/")).tree.text_content()
    build.unit()
    db.session.commit()
    for table in ("audit_entry", "frozen_ranking", "frozen_standing", "report_version"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - ours
        db.session.rollback()


_OF_NO_STEP = {
    "0038": "Cơ sở dữ liệu đang ở lược đồ 0038, mà bản chương trình này chỉ nâng cấp được từ lược "
    "đồ 0039. Hãy nâng cấp bằng bản chương trình trước, rồi chạy lại bản này. Dữ liệu chưa bị thay "
    "đổi.",
    "9999": "Cơ sở dữ liệu đang ở lược đồ 9999, mới hơn bản chương trình này (lược đồ "
    f"{readiness.newest_revision()}). Hãy dùng bản chương trình mới hơn. Dữ liệu chưa bị thay đổi.",
}


def test_a_database_at_a_step_that_is_not_known_is_told_so_and_left_alone(app):
    migrated.bring("0039")
    for revision, told in _OF_NO_STEP.items():
        with db.engine.begin() as connection:
            at = {"to": revision}
            connection.execute(text("UPDATE alembic_version SET version_num = :to"), at)
            held = migrated.cells(connection)
        with pytest.raises(SystemExit) as left:
            upgrade()
        assert left.value.code == told
        with db.engine.connect() as connection:
            assert migrated.cells(connection) == held


def test_the_baseline_can_be_taken_down(as_migrated):
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
