"""Canaries: a token that names table, column, row and owner, in every text of every table."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Enum,
    LargeBinary,
    String,
    Table,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from campaign.audit import recorder
from campaign.database import Base
from campaign.extensions import db

TOKEN = re.compile(r"qz(\d{6})zq")

LEFT_ALONE = frozenset(
    {
        "act",
        "actor",
        "address",
        "changes",
        "code",
        "code_hash",
        "hash",
        "honorific",
        "key_name",
        "media_type",
        "minutes_sha256",
        "name_key",
        "number",
        "packed_at",
        "password_hash",
        "path",
        "previous_hash",
        "rule_set_code",
        "scan_key",
        "scan_type",
        "search_key",
        "secret",
        "secret_hash",
        "settings",
        "sha256",
        "sort_key",
        "storage_key",
        "symbol",
        "template_sha256",
        "tie_breaks",
        "token",
        "token_hash",
        "user_name",
        "vote",
        "gates",
        "points_rule",
        "receipts",
        "notice_holidays",
        "warning",
        "audit_hash",
        "counted_by",
        "rounding",
    }
)
"""Columns whose text the program computes with: where secret, their own values are searched for."""

MEANS_SOMETHING = frozenset(
    {
        "added_reason",
        "annulled_reason",
        "blank_reason",
        "complaint",
        "discipline",
        "leaving_reason",
        "lifted_reason",
        "not_applicable_reason",
        "repeat_reason",
        "withdrawal_reason",
    }
)
"""Columns in which a text changes where the row stands: only filled ones get a token."""

SECRETS = {
    "user_account": "password_hash",
    "one_time_link": "token_hash",
    "ended_session": "token",
    "clarification_file": "storage_key",
    "evidence": "storage_key",
    "exemplar_picture": "storage_key",
    "inspection_file": "storage_key",
    "opinion_scan": "storage_key",
    "signed_copy": "storage_key",
    "post_file": "storage_key",
    "view_key": "key",
    "filed_paper": "storage_key",
    "recovery_code": "code_hash",
    "second_factor": "secret",
    "sign_on_session": "token",
    "spent_sign_on": "mark",
    "urn": "key_name",
    "key_store": "mark",
}
"""Columns whose own values nobody may ever see."""

ABOVE = {
    "report": ("participation_id", "participation"),
    "claimed_value": ("report_id", "report"),
    "narrative": ("report_id", "report"),
    "self_score": ("report_id", "report"),
    "warning_answer": ("report_id", "report"),
    "evidence": ("report_id", "report"),
    "occurrence": ("report_id", "report"),
    "report_version": ("report_id", "report"),
    "report_return": ("version_id", "report_version"),
    "verification": ("report_id", "report"),
    "extension": ("participation_id", "participation"),
    "verified_value": ("verification_id", "verification"),
    "verified_points": ("verification_id", "verification"),
    "unlocking": ("verification_id", "verification"),
    "clarification_round": ("verification_id", "verification"),
    "clarification_line": ("round_id", "clarification_round"),
    "clarification_file": ("line_id", "clarification_line"),
    "inspection": ("participation_id", "participation"),
    "exemplar": ("participation_id", "participation"),
    "exemplar_move": ("exemplar_id", "exemplar"),
    "exemplar_use": ("participation_id", "participation"),
    "exemplar_story": ("exemplar_id", "exemplar"),
    "exemplar_picture": ("story_id", "exemplar_story"),
    "inspection_file": ("inspection_id", "inspection"),
    "post_file": ("post_id", "post"),
    "post_version": ("post_id", "post"),
    "directive_study": ("participation_id", "participation"),
    "nominee": ("participation_id", "participation"),
    "nominee_change": ("nominee_id", "nominee"),
    "frozen_standing": ("participation_id", "participation"),
    "mark": ("sheet_id", "score_sheet"),
    "sheet_reopening": ("sheet_id", "score_sheet"),
}
"""From a row to the row above it, up to a unit that takes part or a member's sheet."""


SHOWN: Mapping[str, Callable[[Any], bool]] = {
    "exemplar": lambda row: row["step"] == "followed",
    "exemplar_story": lambda row: row["published_at"] is not None,
    "post": lambda row: row["published_on"] is not None,
}
"""When a row, and what hangs from it, is there for more than its own people."""


@dataclass(frozen=True)
class Canary:
    """Where a token stands, and whose it is."""

    table: str
    column: str
    key: str
    unit_id: int | None = None
    block_id: int | None = None
    user_id: int | None = None
    is_sent: bool = False
    is_public: bool = False
    is_told: bool = False
    """Whether a story about the example is published."""


class Aviary:
    """Every canary of one database."""

    def __init__(self) -> None:
        self.tokens: dict[int, Canary] = {}
        self.secrets: dict[str, Canary] = {}
        self.empty: set[str] = set()

    def token(self, canary: Canary) -> str:
        """A new token for this place."""
        self.tokens[len(self.tokens)] = canary
        return f"qz{len(self.tokens) - 1:06}zq"

    def seen_in(self, text: str) -> Iterator[Canary]:
        """The canaries a text tells."""
        squeezed = re.sub(r"\s|\u00ad|-\n", "", text.casefold())
        for number in set(TOKEN.findall(squeezed)):
            if canary := self.tokens.get(int(number)):
                yield canary
        for secret, canary in self.secrets.items():
            if secret in squeezed:
                yield canary


def tables() -> list[Table]:
    """All tables, by name."""
    return [Base.metadata.tables[name] for name in sorted(Base.metadata.tables)]


def text_columns(table: Table) -> list[str]:
    """The columns of a table that hold text or a snapshot somebody wrote."""
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String | JSON)
        and not isinstance(column.type, Enum)
        and not isinstance(column.type, LargeBinary)
        and column.name not in LEFT_ALONE
        and not column.primary_key
        and not column.foreign_keys
    ]


def _was_submitted(evidence: Mapping[str, Any], rows: Mapping[str, Mapping[Any, Any]]) -> bool:
    """What an earlier version was submitted with stays readable after its return."""
    snapshots = [
        version["snapshot"]
        for version in rows["report_version"].values()
        if version["report_id"] == evidence["report_id"]
    ]
    read = [
        json.loads(snapshot) if isinstance(snapshot, str) else snapshot for snapshot in snapshots
    ]
    return any(
        file["id"] == evidence["id"] for snapshot in read for file in snapshot.get("evidence", ())
    )


def _owner(
    table: str, row: Mapping[str, Any], rows: Mapping[str, Mapping[Any, Any]]
) -> dict[str, Any]:
    owner: dict[str, Any] = {}
    name, at = table, row
    while True:
        if name == "report":
            owner["is_sent"] = at["state"] not in {"draft", "awaiting_signature", "returned"}
            if table == "evidence" and at["state"] == "returned":
                owner["is_sent"] = _was_submitted(row, rows)
        if name == "participation":
            owner |= {"unit_id": at["unit_id"], "block_id": at["block_id"]}
        if name == "score_sheet":
            owner["user_id"] = rows["council_member"][at["member_id"]]["user_id"]
        if name == "user_account":
            owner["user_id"] = at["id"]
            owner["is_public"] = any(
                grant["user_id"] == at["id"] and grant["role"] == "admin"
                for grant in rows["role_grant"].values()
            )
        if name == "exemplar":
            owner["is_told"] = any(
                story["exemplar_id"] == at["id"] and story["published_at"] is not None
                for story in rows["exemplar_story"].values()
            )
        if name in SHOWN and "is_public" not in owner:
            owner["is_public"] = SHOWN[name](at)
        if name not in ABOVE:
            return owner
        column, name = ABOVE[name]
        at = rows[name][at[column]]


def _written(value: Any, token: str) -> Any:
    """A text or the words inside a snapshot, with the token behind them."""
    if isinstance(value, str):
        return f"{value} {token}".strip() if " " in value or not value else value
    if isinstance(value, list):
        return [_written(part, token) for part in value]
    if isinstance(value, dict):
        return {
            name: part if name in LEFT_ALONE or name.endswith("_id") else _written(part, token)
            for name, part in value.items()
        }
    return value


def plant(*, campaign_id: int) -> Aviary:
    """Fill every text of the database with its own token, and tell the record of every row."""
    aviary = Aviary()
    _add_links()
    _let_triggers_rest()
    rows = {
        table.name: {_key(table, row): row for row in db.session.execute(select(table)).mappings()}
        for table in tables()
    }
    for table in tables():
        if not rows[table.name]:
            aviary.empty.add(table.name)
        owned = {key: _owner(table.name, row, rows) for key, row in rows[table.name].items()}
        _fill(aviary, table, rows[table.name], owned)
        for key, row in rows[table.name].items():
            if (column := SECRETS.get(table.name)) and row[column]:
                aviary.secrets[str(row[column]).casefold()] = Canary(
                    table.name, column, str(key), **owned[key]
                )
    db.session.commit()
    _tell_record(campaign_id)
    return aviary


def _key(table: Table, row: Mapping[str, Any]) -> Any:
    names = [column.name for column in table.primary_key]
    return row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)


def _fill(
    aviary: Aviary,
    table: Table,
    rows: Mapping[Any, Mapping[str, Any]],
    owned: Mapping[Any, dict[str, Any]],
) -> None:
    """Column by column, all rows at once; where one of them may not be, one by one."""
    filled: dict[str, list[dict[str, Any]]] = {name: [] for name in text_columns(table)}
    for key, row in rows.items():
        for name, changed in filled.items():
            value = row[name]
            if value is None or (not value and name in MEANS_SOMETHING):
                continue
            token = aviary.token(Canary(table.name, name, str(key), **owned[key]))
            new = f"{value} {token}".strip() if isinstance(value, str) else _written(value, token)
            this = {f"this_{column.name}": row[column.name] for column in table.primary_key}
            changed.append({**this, "new_text": new})
    for name, changed in filled.items():
        if changed and not _is_changed(table, name, changed):
            for one in changed:
                _is_changed(table, name, [one])


def _is_changed(table: Table, name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write a column of these rows; False where the database does not take it."""
    this = [column == bindparam(f"this_{column.name}") for column in table.primary_key]
    statement = (
        update(table).where(*this).values({name: bindparam("new_text", type_=table.c[name].type)})
    )
    try:
        with db.session.begin_nested():
            db.session.connection().execute(statement, rows)
    except DBAPIError:
        return False
    return True


def _add_links() -> None:
    """Rows that a telling of the demo leaves none of."""
    now = datetime.now(UTC)
    last = db.session.scalar(select(func.max(Base.metadata.tables["user_account"].c.id)))
    for name, values in {
        "one_time_link": {"user_id": 1, "token_hash": "ab" * 32, "expires_at": now + timedelta(1)},
        "ended_session": {"token": "cd" * 16, "ended_at": now},
        "recovery_code": {"user_id": last, "code_hash": "ef" * 32},
        "second_factor": {"user_id": last, "secret": "JBSWY3DPEHPK3PXPJBSW", "last_step": 0},
        "sign_on_session": {"token": "9a" * 8, "user_id": 1, "issuer": "", "began_at": now},
        "spent_sign_on": {"mark": "bc" * 32, "at": now},
    }.items():
        db.session.connection().execute(Base.metadata.tables[name].insert().values(**values))
    db.session.commit()


def _let_triggers_rest() -> None:
    """What nobody may change is changed here: this database is thrown away."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    names = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for name in names:
        db.session.execute(text(f'DROP TRIGGER "{name}"'))


def _tell_record(campaign_id: int) -> None:
    """One entry for each table, with every row of it, as if all had been written just now."""
    for table in tables():
        audited = [
            mapper
            for mapper in Base.registry.mappers
            if mapper.local_table is table and getattr(mapper.class_, "__audited__", True)
        ]
        if not audited:
            continue
        hidden = getattr(audited[0].class_, "__unaudited_columns__", frozenset())
        for row in db.session.execute(select(table)).mappings():
            image = {
                name: "•" if name in hidden else value
                for name, value in row.items()
                if not isinstance(value, bytes)
            }
            recorder.note(
                table.name, str(_key(table, row)), None, json.loads(json.dumps(image, default=str))
            )
        recorder.act(f"attack.{table.name}", campaign_id=campaign_id)
        db.session.commit()
