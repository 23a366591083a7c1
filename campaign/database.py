"""Cơ sở dữ liệu: the declarative base, exact column types, and two databases made alike."""

import enum
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    ExceptionContext,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    case,
    event,
    inspect,
    or_,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from campaign.core.faults import is_read_only
from campaign.core.queueing import at_the_head
from campaign.core.text import spellings
from campaign.figures import figures

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 10_000
READER_TIMEOUT_MS = 2_000
"""How long a lock is waited for that somebody else holds; who reads asks again by the page."""
TRY_AGAIN_SECONDS = 0.001
"""So often the first of those who wait for SQLite asks whether it is free."""
PRIMARY_CODE = 0xFF
"""What of a code of SQLite names the kind of fault; the rest says more of it."""
ANSWER_TIMEOUT_MS = 60_000
"""So long a statement, or a pause between two, may take where a person waits for the answer; nginx
waits a little longer."""

ROWS_AT_ONCE = 1_000
"""So many of the thousands of cells of a table are held as rows at a time."""

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether the unit of work at hand may write: SQLite then takes its lock at the start."""
is_awaited: ContextVar[bool] = ContextVar("is_awaited", default=False)
"""Whether somebody waits for an answer: a command may take longer than any page."""


class Moment(TypeDecorator[datetime]):
    """Thời điểm: an aware moment, kept as UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: nobody knows what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def scaled_back(value: int, places: int) -> Decimal:
    """Số thập phân of a whole number of 10^-places."""
    return Decimal(value).scaleb(-places)


class _Scaled(TypeDecorator[Decimal]):
    """A Decimal kept as a whole number of 10^-places, so that SQL adds it without error."""

    cache_ok = True
    places = 0

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse what would be rounded silently."""
        del dialect
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != int(scaled):
            message = f"{value} has more than {self.places} decimals"
            raise ValueError(message)
        return int(scaled)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], Decimal | None]:
        """Scale back, in one step: a table has thousands of them."""
        del dialect, coltype
        places = self.places
        return lambda value: None if value is None else scaled_back(value, places)


class Points(_Scaled):
    """Điểm: ten-thousandths of a point; the plan says to how many decimals they are given.

    What is not finer than a hundredth is read with two decimals: so the record has always told it.
    """

    impl = BigInteger
    cache_ok = True
    places = 4

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite keeps eight bytes in what it calls an integer."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], Decimal | None]:
        """Scale back, to two decimals where they hold it."""
        del dialect, coltype
        return lambda value: None if value is None else points_of(value)


def points_of(kept: int) -> Decimal:
    """Điểm from the whole number in which the database keeps them."""
    whole, finer = divmod(kept, 100)
    return scaled_back(kept, 4) if finer else scaled_back(whole, 2)


class Hundredths(_Scaled):
    """Số có hai chữ số thập phân, that is no points: a coefficient, millimetres on a page."""

    impl = Integer
    cache_ok = True
    places = 2


class Measure(_Scaled):
    """Số đo: a measured value with at most four decimals, below 10^14."""

    impl = BigInteger
    cache_ok = True
    places = 4


def one_of(members: type[enum.StrEnum], name: str | None = None) -> Enum:
    """Một trong các giá trị: text the database checks; a table's second column needs its `name`."""
    return Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda kind: [member.value for member in kind],
        **({"name": name} if name else {}),
    )


class Base(DeclarativeBase):
    """Every table: named constraints, enums checked by value, moments in UTC."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - the name is SQLAlchemy's
        datetime: Moment,
        enum.StrEnum: one_of(enum.StrEnum),
    }

    def __init_subclass__(cls, **more: Any) -> None:
        """Let the table tell its class."""
        super().__init_subclass__(**more)
        if isinstance(cls.__table__, Table):
            cls.__table__.info["class"] = cls


def class_of(table: Table) -> type[Base]:
    """Lớp của một bảng."""
    kind: type[Base] = table.info["class"]
    return kind


def exact_first(column: Any, text: str) -> list[Any]:
    """Đúng dấu trước: an order in which names that hold `text` with the very accents typed come
    first (design decision 3).
    """
    exact = [column.contains(spelling, autoescape=True) for spelling in spellings(text)]
    return [case((or_(*exact), 0), else_=1)] if exact else []


def in_sequence(column: Any, members: type[enum.Enum]) -> Any:
    """Theo thứ tự của danh mục: values of an enumeration as it lists them, alike on every
    database.
    """
    return case({member: place for place, member in enumerate(members)}, value=column)


def append_only_statements(table: str, dialect: str) -> tuple[str, ...]:
    """Chỉ ghi thêm: the triggers that refuse to change or remove rows of `table`."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    )


def append_only(table: Table) -> None:
    """Create those triggers with the table, wherever it is created from the models."""
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_statements(table.name, dialect):
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl)


def revision_of(connection: Connection) -> str | None:
    """Phiên bản lược đồ the migrations left the database at; None where none has run."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


HOLDING_SECONDS = 120.0
"""So long an upgrade tries to be alone; then it ends, and nothing is changed."""


def hold_every_table(connection: Connection) -> None:
    """Giữ mọi bảng until the transaction ends, as SQLite does by itself: whoever reads meanwhile
    waits.
    """
    names = inspect(connection).get_table_names()
    if connection.dialect.name != "postgresql" or not names:
        return
    until = time.monotonic() + HOLDING_SECONDS
    while True:
        try:
            _take_all_at_once(connection, names)
        except OperationalError:
            if time.monotonic() > until:
                raise
        else:
            return


def _take_all_at_once(connection: Connection, names: Iterable[str]) -> None:
    """All of these tables, each waited for shortly; where that fails all are let go.

    An upgrade that took them one after another met readers who held the next and waited for the
    last: of such a deadlock PostgreSQL ends one.
    """
    preparer = connection.dialect.identifier_preparer
    listed = ", ".join(preparer.quote(name) for name in sorted(names))
    with connection.begin_nested():
        connection.execute(text("SET LOCAL lock_timeout = '300ms'"))
        connection.execute(text(f"LOCK TABLE {listed} IN ACCESS EXCLUSIVE MODE"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))


def prepare(engine: Engine, *, when_queueing: Callable[[], None] = lambda: None) -> None:
    """Let both databases keep the same promises: patience that ends, and on SQLite foreign keys, a
    write-ahead log and one writer after the other; `when_queueing` is called before such a writer
    waits.
    """
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, when_queueing)
    else:
        _prepare_postgresql(engine)


def _patience() -> int:
    """So many thousandths of a second the unit of work at hand waits for a lock."""
    return BUSY_TIMEOUT_MS if writing.get() else READER_TIMEOUT_MS


def _prepare_postgresql(engine: Engine) -> None:
    """Whatever pool stands between keeps no setting longer than its transaction."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        bounds = {"lock_timeout": _patience()}
        if is_awaited.get():
            bounds |= {
                "statement_timeout": ANSWER_TIMEOUT_MS,
                "idle_in_transaction_session_timeout": ANSWER_TIMEOUT_MS,
            }
        connection.exec_driver_sql(
            "; ".join(f"SET LOCAL {name} = {bound}" for name, bound in bounds.items())
        )


def _prepare_sqlite(engine: Engine, when_queueing: Callable[[], None]) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "handle_error", _let_go)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if writing.get():
            when_queueing()
            with figures.waiting():
                _begin_writing(connection)
            return
        connection.connection.cursor().execute(f"PRAGMA busy_timeout={READER_TIMEOUT_MS}")
        connection.exec_driver_sql("BEGIN")


def _set_pragmas(connection: Any, _record: object) -> None:
    """What SQLite promises only to those who ask, at each connection."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_patience()}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _let_go(context: ExceptionContext) -> None:
    """Who opened the file while the disk could only be read can never write there: the next
    one opens it anew.
    """
    if is_read_only(context.original_exception):
        context.is_disconnect = True


def _begin_writing(connection: Connection) -> None:
    """Take the one lock of SQLite, in the order of coming.

    SQLite lets those who wait sleep and try again, each for itself: whoever comes at the right
    moment is first, and one of many waits in vain. So only the first of the queue tries. Nobody in
    the queue waits longer than all do, so it moves on also where somebody outside of it holds the
    lock.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    file = connection.engine.url.database
    is_shared = file not in {None, "", ":memory:"}
    with at_the_head(Path(str(file)).parent) if is_shared else nullcontext():
        if not _takes_lock(connection, until):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # to be told as any statement that fails


def _takes_lock(connection: Connection, until: float) -> bool:
    """Whether the lock came in time; a fault of another kind ends the waiting."""
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout=0")
        while time.monotonic() < until:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(TRY_AGAIN_SECONDS)
            else:
                return True
    return False
