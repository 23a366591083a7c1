"""Đối chiếu: what is read for it, all from one connection that sees one moment."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Numeric, Select, Table, func, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Integer, TypeEngine

from campaign.audit import tables
from campaign.audit.models import AuditEntry
from campaign.audit.rules import Entry, Link, canonical, digest, fingerprint
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionState
from campaign.decision.signing.actions import signed_digest
from campaign.extensions import db
from campaign.files.columns import file_columns
from campaign.meeting.models import Meeting
from campaign.office.models import PaperTemplate
from campaign.proof.models import ProofRun
from campaign.proof.rules import Fault, Head, Shape
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.register.certificates.models import StockScan
from campaign.reporting.models import ReportVersion

_AT_ONCE = 500
_ENTRY = AuditEntry.__table__
LONGEST = timedelta(hours=12)
"""A run that has not ended after so long has died."""
HASHED = {"storage_key": "sha256", "scan_key": "scan_sha256"}
"""Cột mã tệp → cột mã băm của tệp."""


def last_number(connection: Connection) -> int:
    """Số của dòng nhật ký cuối; 0 of an empty chain."""
    return connection.scalar(select(func.max(_ENTRY.c.number))) or 0


def links(connection: Connection) -> Iterator[tuple[Link, bool]]:
    """Các mắt xích theo thứ tự, and whether each is marked as settling something."""
    statement = select(_ENTRY).order_by(_ENTRY.c.number).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(statement):
        entry = Entry(
            row.number, row.at, row.actor_id, row.actor, row.act, row.campaign_id, row.changes
        )
        yield (entry, row.previous_hash, row.hash), row.settles


def shape_of(kind: TypeEngine[Any]) -> Shape:
    """Cách so một kiểu cột."""
    inner = getattr(kind, "impl_instance", kind)
    for types, shape in (
        (JSON, Shape.DATA),
        (Boolean, Shape.TRUTH),
        ((Integer, Numeric), Shape.NUMBER),
    ):
        if isinstance(inner, types):
            return shape
    return Shape.PLAIN


def shapes_of(table: Table) -> dict[str, Shape]:
    """Cách so từng cột, by its name in the record."""
    hidden = tables.hidden_of(table)
    return {
        name: Shape.PLAIN if name in hidden else shape_of(column.type)
        for name, column in tables.columns_of(table).items()
    }


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    """Các dòng của một bảng: key and values, as the record would tell them."""
    hidden, columns = tables.hidden_of(table), tables.columns_of(table)
    statement = select(table).order_by(*table.primary_key.columns)
    statement = statement.execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(statement).mappings():
        values = {
            name: fingerprint(row[column.key]) if name in hidden else canonical(row[column.key])
            for name, column in columns.items()
        }
        yield tables.key_of(table, dict(row)), values


def unreadable_column(connection: Connection, table: Table) -> str:
    """Cột có giá trị mà kiểu của cột không đọc được."""
    for column in table.columns:
        try:
            connection.execute(select(column)).all()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return column.key
    return ""


def kept_heads(connection: Connection) -> list[Head]:
    """Các đầu chuỗi mà dữ liệu giữ: of rankings, minutes, decisions and earlier runs.

    What a loaded package holds was kept of another chain, which lies in the package.
    """
    loaded = db.metadata.tables["loaded_archive"]
    is_loaded = connection.execute(select(loaded.c.id)).first() is not None
    return _heads_of_runs(connection) + ([] if is_loaded else _heads_of_steps(connection))


def _heads_of_steps(connection: Connection) -> list[Head]:
    return [
        *_heads_of_rankings(connection),
        *_heads_in(connection, select(Meeting.id, Meeting.minutes), "biên bản cuộc họp số"),
        *_heads_in(connection, select(Decision.id, Decision.figures), "quyết định số thứ tự"),
    ]


def _heads_of_rankings(connection: Connection) -> list[Head]:
    statement = select(FrozenRanking.id, FrozenRanking.audit_number, FrozenRanking.audit_hash)
    return [
        Head(row.audit_number, row.audit_hash, f"bảng xếp hạng chốt số {row.id}")
        for row in connection.execute(statement)
    ]


def _heads_in(connection: Connection, statement: Select[Any], words: str) -> list[Head]:
    """Of rows that keep what they rest on as data: the heads among it."""
    return [
        Head(
            _whole(evidence.get("audit_number")),
            str(evidence["audit_hash"]),
            f"{words} {number}",
        )
        for number, evidence in connection.execute(statement)
        if isinstance(evidence, dict) and evidence.get("audit_hash")
    ]


def _heads_of_runs(connection: Connection) -> list[Head]:
    statement = select(ProofRun.id, ProofRun.head_number, ProofRun.head_hash).where(
        ProofRun.head_hash.is_not(None), ProofRun.head_hash != ""
    )
    return [
        Head(row.head_number, row.head_hash, f"lần đối chiếu số {row.id}")
        for row in connection.execute(statement)
    ]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def digest_faults(connection: Connection) -> Iterator[Fault]:
    """Mã băm của biên bản, bảng xếp hạng, quyết định, bản nộp, mẫu không khớp nội dung."""
    with Session(connection) as session:
        yield from _minutes_faults(session)
        yield from _ranking_faults(session)
        yield from _decision_faults(session)
        yield from _version_faults(session)
        yield from _stored_faults(session)


def _minutes_faults(session: Session) -> Iterator[Fault]:
    for row in session.scalars(select(Meeting).where(Meeting.minutes_sha256 != "")):
        is_same = digest(row.minutes) == row.minutes_sha256
        yield from _unless(is_same, "meeting", row.id, "minutes", "biên bản")


def _ranking_faults(session: Session) -> Iterator[Fault]:
    for ranking in session.scalars(select(FrozenRanking)):
        explanations = session.scalars(
            select(FrozenStanding.explanation)
            .order_by(FrozenStanding.id)
            .where(FrozenStanding.ranking_id == ranking.id)
        ).all()
        is_same = digest([ranking.settings, list(explanations)]) == ranking.sha256
        yield from _unless(is_same, "frozen_ranking", ranking.id, "sha256", "bảng xếp hạng đã chốt")


def _decision_faults(session: Session) -> Iterator[Fault]:
    signed = select(Decision).where(Decision.state == DecisionState.SIGNED)
    for decision in session.scalars(signed):
        is_same = signed_digest(decision) == decision.sha256
        yield from _unless(is_same, "decision", decision.id, "sha256", "quyết định đã ký")


def _version_faults(session: Session) -> Iterator[Fault]:
    versions = select(ReportVersion).execution_options(yield_per=_AT_ONCE)
    for version in session.scalars(versions):
        is_same = digest(version.snapshot) == version.sha256
        yield from _unless(is_same, "report_version", version.id, "snapshot", "bản nộp báo cáo")


def _stored_faults(session: Session) -> Iterator[Fault]:
    for template in session.scalars(select(PaperTemplate)):
        is_same = hashlib.sha256(template.content).hexdigest() == template.sha256
        yield from _unless(is_same, "paper_template", template.kind.value, "content", "mẫu văn bản")
    for scan in session.scalars(select(StockScan)):
        is_same = hashlib.sha256(scan.content).hexdigest() == scan.sha256
        yield from _unless(is_same, "stock_scan", scan.id, "content", "bản chụp phôi")


def _unless(is_same: bool, table: str, key: object, column: str, words: str) -> Iterator[Fault]:  # noqa: FBT001 - what is asked
    if not is_same:
        yield Fault(
            f"Bảng {table}, dòng {key}, cột {column}: mã băm của {words} không khớp nội dung",
            table,
            str(key),
            column,
        )


def hashed_files(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Các tệp có mã băm: table, key of the row, key of the file, hash."""
    files = []
    for table, column in file_columns():
        name = HASHED[column.key]
        statement = select(table.c[name], column, *table.primary_key.columns).where(
            column != "", table.c[name] != ""
        )
        files += [
            (table.name, tables.key_of(table, dict(row)), row[column.key], row[name])
            for row in connection.execute(statement).mappings()
        ]
    return files


def runs(most: int = 50) -> Sequence[ProofRun]:
    """Các lần đối chiếu, newest first."""
    return db.session.scalars(select(ProofRun).order_by(ProofRun.id.desc()).limit(most)).all()


def running() -> ProofRun | None:
    """Lần đối chiếu cuối, where it has not finished."""
    last = db.session.scalars(select(ProofRun).order_by(ProofRun.id.desc()).limit(1)).first()
    if last is None or last.finished_at is not None:
        return None
    return last if last.started_at > datetime.now(UTC) - LONGEST else None
