"""Dọn khoá hòm phiếu: keys that no urn needs are destroyed, and no copy is left."""

import secrets
import socket

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.vote_rules import Mode
from campaign.extensions import db, give_up
from campaign.voting import keys, queries
from campaign.voting.models import Ballot, KeyStore
from campaign.web import workers

KEYS_LOCK = 7_019_512_023
"""The advisory lock of the folder of keys on PostgreSQL; SQLite has one writer anyway."""


def hold_keys() -> None:
    """One hand at a time on the keys: who sweeps waits until a ballot being opened is on record."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(text(str(KEYS_LOCK)))))


def keys_problem() -> str:
    """Vì sao máy này không bỏ phiếu kín được; empty where it keeps keys, and has that of every
    open ballot: a machine whose folder is not the one of the others has not.
    """
    if problem := keys.problem():
        return problem
    if missing := sum(not keys.has(name) for name in queries.key_names()):
        return f"Máy này không có khoá của {missing} lượt bỏ phiếu kín đang mở."
    known = queries.key_store()
    if known is None or keys.mark() == known.mark:
        return ""
    if not keys.mark() and known.host == socket.gethostname():
        return ""
    return (
        "Máy này giữ khoá hòm phiếu ở một nơi khác với nơi mà các máy đã cùng dùng "
        f"(do máy {known.host} lập)."
    )


def claim_key_store(*, anew: bool = False) -> None:
    """Nhận nơi giữ khoá: at its first use it is marked, and the database keeps the mark.

    A folder in memory loses its mark with the machine: the machine that made it makes another. Any
    other machine without the mark has a folder of its own, and takes it only where that is said.
    """
    hold_keys()
    known, mark = queries.key_store(), keys.mark()
    if known is None:
        known = KeyStore()
        db.session.add(known)
    elif not anew and (mark or known.host != socket.gethostname()):
        return
    known.mark, known.host = mark or secrets.token_hex(16), socket.gethostname()
    db.session.flush()  # from here on others wait, or find the row
    if not mark:
        keys.put_mark(known.mark)


def destroy_used_keys() -> None:
    """Huỷ các khoá không còn dùng: those of earlier papers, of ballots that are over, and whatever
    a
    crash has left. Not before the commit of what was sealed: the rows tell which keys are needed.
    """
    if not keys.kept():
        return
    hold_keys()
    needed = queries.locked_key_names()
    for name in keys.kept():
        if name not in needed:
            keys.destroy(name)


def sweep_keys() -> None:
    """Dọn khoá, now if it can be: where the database does not answer, of two keys both stay, until
    the
    next paper, the count, or the start of a worker.
    """
    give_up()
    try:
        destroy_used_keys()
        db.session.rollback()
    except SQLAlchemyError:
        give_up()
        current_app.logger.warning("keys that are not needed any more are not destroyed yet")


def take_key_store() -> None:
    """Nhận nơi giữ khoá lúc khởi động, now if it can be: two workers may begin at once."""
    try:
        if not keys.problem():
            claim_key_store()
            db.session.commit()
    except SQLAlchemyError:
        give_up()


def leave_no_copies() -> None:
    """Không để lại bản cũ: after the commit, the key goes, and SQLite's log with the old urns."""
    destroy_used_keys()
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


def forget_papers(*ballots: Ballot) -> None:
    """Không để lại gì của các phiếu kín: no key, no copy on disk, no worker that took one."""
    if any(ballot.mode is Mode.SECRET for ballot in ballots):
        leave_no_copies()
        workers.replace_all()
