"""Dọn khoá hòm phiếu: keys that no urn needs are destroyed, and no copy is left."""

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.vote_rules import Mode
from campaign.extensions import db
from campaign.voting import keys, queries
from campaign.voting.models import Ballot
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
    missing = sum(not keys.has(name) for name in queries.key_names())
    return f"Máy này không có khoá của {missing} lượt bỏ phiếu kín đang mở." if missing else ""


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
    db.session.rollback()
    try:
        destroy_used_keys()
        db.session.rollback()
    except SQLAlchemyError:
        db.session.rollback()
        current_app.logger.warning("keys that are not needed any more are not destroyed yet")


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
