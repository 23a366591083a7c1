"""Nhật ký: the listener that turns every change of a transaction into one chained entry at commit."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, func, insert, select, text
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from campaign.audit.models import AuditEntry
from campaign.audit.rules import START, Entry, as_json, canonical, chained_hash, settles
from campaign.extensions import db

CHAIN_LOCK = 7_019_512_021
"""The advisory lock that makes writers of the chain queue on PostgreSQL; SQLite has one writer anyway."""
_HIDDEN = "•"


def act(name: str, *, campaign_id: int | None = None) -> None:
    """Đặt tên hành động for the entry of this transaction: `report.submit`, with its campaign."""
    db.session.info["act"] = name
    if campaign_id is not None:
        db.session.info["campaign_id"] = campaign_id


def acting_as(actor_id: int | None, actor: str) -> None:
    """Ai hành động, với tư cách gì: from here on in this session."""
    db.session.info["actor"] = (actor_id, actor)


def note(table: str, key: str, before: object, after: object) -> None:
    """Ghi thêm a change made past the ORM (a bulk statement, a file)."""
    _changes(db.session()).append({"table": table, "key": key, "before": before, "after": after})


def _changes(session: Session) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = session.info.setdefault("changes", [])
    return changes


def _is_audited(row: object) -> bool:
    return getattr(row, "__audited__", True)


def _image(row: Any, names: list[str]) -> dict[str, Any]:
    hidden: frozenset[str] = getattr(row, "__unaudited_columns__", frozenset())
    return {name: _HIDDEN if name in hidden else canonical(getattr(row, name)) for name in names}


def _change(row: Any, kind: str) -> dict[str, Any] | None:
    state = row._sa_instance_state  # noqa: SLF001 - SQLAlchemy's own hook
    names = [column.key for column in state.mapper.column_attrs]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    if kind == "update":
        changed = {name: state.attrs[name].history for name in names}
        touched = [name for name in names if changed[name].has_changes()]
        if not touched:
            return None
        hidden: frozenset[str] = getattr(row, "__unaudited_columns__", frozenset())
        before = {name: _HIDDEN if name in hidden else canonical(next(iter(changed[name].deleted or ()), None))
                  for name in touched}
        after = _image(row, touched)
    elif kind == "insert":
        after = _image(row, names)
    else:
        before = _image(row, [name for name in names if name in state.dict])
    key = "/".join(str(part) for part in state.mapper.primary_key_from_instance(row))
    return {"table": state.mapper.local_table.name, "key": key, "before": before, "after": after}


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    rows = ([(row, "insert") for row in session.new] + [(row, "update") for row in session.dirty]
            + [(row, "delete") for row in session.deleted])
    for row, kind in rows:
        if _is_audited(row) and (change := _change(row, kind)) is not None:
            _changes(session).append(change)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    changes = session.info.pop("changes", None)
    if changes:
        _append(session, changes)
    session.info.pop("act", None)
    session.info.pop("campaign_id", None)


_ENTRY = AuditEntry.__table__
_ADD = insert(_ENTRY)  # type: ignore[arg-type] # it is a Table
_LAST = select(_ENTRY.c.number, _ENTRY.c.hash).order_by(_ENTRY.c.number.desc()).limit(1)


def _append(session: Session, changes: list[dict[str, Any]]) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(text(str(CHAIN_LOCK)))))
    last = session.execute(_LAST).first()
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    actor_id, actor = session.info.get("actor", (None, "Hệ thống"))
    entry = Entry(
        number=number, at=datetime.now(UTC), actor_id=actor_id, actor=actor,
        act=session.info.get("act", "change"), campaign_id=session.info.get("campaign_id"),
        changes=as_json(changes),
    )
    session.execute(_ADD, {**vars(entry), "previous_hash": previous, "hash": chained_hash(previous, entry),
                           "settles": settles(changes)})


def _after_transaction_create(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault("savepoints", {})[transaction] = len(_changes(session))


def _after_soft_rollback(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        kept = session.info.get("savepoints", {}).pop(transaction, 0)
        del _changes(session)[kept:]
    else:
        session.info.pop("changes", None)


def listen() -> None:
    """Bắt đầu ghi: attach to the session once for the life of the process."""
    if event.contains(db.session.session_factory, "before_commit", _before_commit):
        return
    for name, listener in (
        ("after_flush", _after_flush),
        ("before_commit", _before_commit),
        ("after_transaction_create", _after_transaction_create),
        ("after_soft_rollback", _after_soft_rollback),
    ):
        event.listen(db.session.session_factory, name, listener)
