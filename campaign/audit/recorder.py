"""Nhật ký: the listener that turns all changes of a transaction into one chained entry."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Table,
    Update,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import (
    InstanceState,
    Mapper,
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
    object_session,
)

from campaign.audit import tables
from campaign.audit.models import AuditEntry
from campaign.audit.rules import (
    START,
    Entry,
    as_json,
    canonical,
    chained_hash,
    fingerprint,
    settles,
)
from campaign.database import Base
from campaign.extensions import db
from campaign.figures import figures

CHAIN_LOCK = 7_019_512_021
"""The advisory lock in which writers of the chain queue on PostgreSQL; SQLite has one writer."""
_IS_RECORDED = "is_recorded"


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


def run(statement: Update | Delete) -> int:
    """Chạy câu lệnh hàng loạt on an audited table: each row it touches is recorded; how many."""
    session = db.session()
    table = Base.metadata.tables[str(statement.table)]
    condition = statement.whereclause
    rows = select(table) if condition is None else select(table).where(condition)
    session.flush()
    before = [dict(row) for row in session.execute(rows.with_for_update()).mappings()]
    session.execute(statement, execution_options={_IS_RECORDED: True})
    for row in before:
        after = session.execute(select(table).where(*_same_key(table, row))).mappings().first()
        _changes(session).append(_row_change(table, row, dict(after) if after else None))
    return len(before)


def _same_key(table: Table, row: Mapping[str, Any]) -> list[Any]:
    return [column == row[column.key] for column in table.primary_key.columns]


def _row_change(
    table: Table, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The change of a row that was read from its table: of an update only what differs."""
    key = tables.key_of(table, before or after or {})
    was, now = tables.image(table, before), tables.image(table, after)
    if was is not None and now is not None:
        touched = [name for name in was if was[name] != now[name]]
        was, now = {name: was[name] for name in touched}, {name: now[name] for name in touched}
    return {"table": table.name, "key": key, "before": was, "after": now}


def _is_audited(row: object) -> bool:
    return getattr(row, "__audited__", True)


def _told(row: Any, name: str, value: Any) -> Any:
    hidden: frozenset[str] = getattr(row, "__unaudited_columns__", frozenset())
    return fingerprint(value) if name in hidden else canonical(value)


def _image(row: Any, names: list[str]) -> dict[str, Any]:
    return {name: _told(row, name, getattr(row, name)) for name in names}


def _change(row: Any, kind: str) -> dict[str, Any] | None:
    state = inspect(row)
    names = [column.key for column in state.mapper.column_attrs]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    if kind == "update":
        touched = [name for name in names if state.attrs[name].history.has_changes()]
        if not touched:
            return None
        touched += _counted(state.mapper, touched)
        before = {name: _told(row, name, _earlier(state, name)) for name in touched}
        after = _image(row, touched)
    elif kind == "insert":
        after = _image(row, names)
    else:
        before = _image(row, [name for name in names if name in state.dict])
    key = "/".join(str(part) for part in state.mapper.primary_key_from_instance(row))
    return {"table": state.mapper.local_table.name, "key": key, "before": before, "after": after}


def _earlier(state: InstanceState[Any], name: str) -> Any:
    """What stood in a column before it was changed."""
    return next(iter(state.attrs[name].history.deleted or ()), None)


def _counted(mapper: Mapper[Any], touched: list[str]) -> list[str]:
    """The version, which the mapper counts on by itself with every update."""
    if mapper.version_id_col is None:
        return []
    name = mapper.get_property_by_column(mapper.version_id_col).key
    return [] if name in touched else [name]


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    rows = [(row, "insert") for row in session.new] + [(row, "update") for row in session.dirty]
    for row, kind in rows:
        if _is_audited(row) and (change := _change(row, kind)) is not None:
            _changes(session).append(change)


def _before_delete(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    """A row that goes, and what the database takes away with it."""
    session = object_session(row)
    if session is None:
        return
    if _is_audited(row) and (change := _change(row, "delete")) is not None:
        _changes(session).append(change)
    assert isinstance(mapper.local_table, Table)  # noqa: S101 - every class has a table
    key = mapper.primary_key_from_instance(row)
    columns = [column.key for column in mapper.local_table.primary_key.columns]
    values = dict(zip(columns, key, strict=True))
    _changes(session).extend(_taken_along(connection, mapper.local_table, values))


def _taken_along(
    connection: Connection, gone: Table, values: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The rows that refer to a row that goes: removed or freed, as their keys say."""
    for table, columns, rule in tables.referring_to(gone):
        known = [column == values[target] for target, column in columns.items() if target in values]
        if not known:
            continue
        statement = select(table).where(*known)
        for row in [dict(mapping) for mapping in connection.execute(statement).mappings()]:
            freed = {column.key: None for column in columns.values()}
            after = None if rule == "CASCADE" else row | freed
            if tables.is_audited(table):
                yield _row_change(table, row, after)
            if after is None:
                yield from _taken_along(connection, table, row)


def _demand_recorded(state: ORMExecuteState) -> None:
    """A bulk statement past the record is a fault of the program."""
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    table = getattr(state.statement, "table", None)
    is_known = isinstance(table, Table) and not tables.is_audited(table)
    if not is_known and not state.execution_options.get(_IS_RECORDED):
        message = f"a bulk statement on {table} goes past the record; use recorder.run()"
        raise RuntimeError(message)


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
    actor_id, actor = session.info.get("actor", (None, SYSTEM))
    append(
        session.connection(),
        changes,
        act=session.info.get("act", "change"),
        actor_id=actor_id,
        actor=actor,
        campaign_id=session.info.get("campaign_id"),
        request_id=session.info.get("request_id"),
    )


SYSTEM = "Hệ thống"


def append(
    connection: Connection,
    changes: Sequence[Mapping[str, Any]],
    *,
    act: str,
    actor_id: int | None = None,
    actor: str = SYSTEM,
    campaign_id: int | None = None,
    request_id: str | None = None,
) -> None:
    """Nối một dòng vào chuỗi, in the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        with figures.waiting():
            connection.execute(select(func.pg_advisory_xact_lock(text(str(CHAIN_LOCK)))))
    last = connection.execute(_LAST).first()
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    entry = Entry(
        number=number,
        at=datetime.now(UTC),
        actor_id=actor_id,
        actor=actor,
        act=act,
        campaign_id=campaign_id,
        changes=as_json(changes),
    )
    connection.execute(
        _ADD,
        {
            **vars(entry),
            "previous_hash": previous,
            "hash": chained_hash(previous, entry),
            "settles": settles(changes),
            **({"request_id": request_id} if request_id else {}),
        },
    )


def _after_transaction_create(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault("savepoints", {})[transaction] = len(_changes(session))


def _after_soft_rollback(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        count = session.info.get("savepoints", {}).pop(transaction, 0)
        del _changes(session)[count:]
    else:
        session.info.pop("changes", None)


def listen() -> None:
    """Bắt đầu ghi: attach to the session once for the life of the process."""
    if event.contains(db.session.session_factory, "before_commit", _before_commit):
        return
    for name, listener in (
        ("after_flush", _after_flush),
        ("do_orm_execute", _demand_recorded),
        ("before_commit", _before_commit),
        ("after_transaction_create", _after_transaction_create),
        ("after_soft_rollback", _after_soft_rollback),
    ):
        event.listen(db.session.session_factory, name, listener)
    event.listen(Base, "before_delete", _before_delete, propagate=True)
