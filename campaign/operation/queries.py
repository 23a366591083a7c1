"""Vận hành: what the database knows of its own running."""

from datetime import datetime

from sqlalchemy import func, select, text

from campaign.archive.models import BackupRun
from campaign.audit.models import AuditEntry
from campaign.core import private
from campaign.database import revision_of
from campaign.extensions import db
from campaign.files.columns import file_columns
from campaign.notices.models import Mail, MailStop
from campaign.notices.rules import MailState
from campaign.operation.rules.parts import Queue
from campaign.proof.models import ProofRun
from campaign.voting.models import Ballot
from campaign.voting.rules import BallotState


def stands_at() -> str:
    """Bước lược đồ của cơ sở dữ liệu; empty where none has run."""
    return revision_of(db.session.connection()) or ""


def last_entry_at() -> datetime | None:
    """Khi nào có việc cuối cùng trong nhật ký, by the clock of whoever wrote it."""
    return db.session.scalar(select(AuditEntry.at).order_by(AuditEntry.number.desc()).limit(1))


def last_backup() -> BackupRun | None:
    """Lần sao lưu gần nhất."""
    return db.session.scalars(
        select(BackupRun).order_by(BackupRun.taken_at.desc(), BackupRun.id.desc()).limit(1)
    ).first()


def last_rehearsal() -> BackupRun | None:
    """Lần khôi phục thử gần nhất."""
    return db.session.scalars(
        select(BackupRun)
        .where(BackupRun.rehearsed_at.is_not(None))
        .order_by(BackupRun.rehearsed_at.desc(), BackupRun.id.desc())
        .limit(1)
    ).first()


def last_proof() -> ProofRun | None:
    """Lần đối chiếu xong gần nhất."""
    return db.session.scalars(
        select(ProofRun)
        .where(ProofRun.finished_at.is_not(None))
        .order_by(ProofRun.id.desc())
        .limit(1)
    ).first()


def mail_queue(now: datetime) -> Queue:
    """Hàng thư lúc này."""
    waiting = (Mail.state == MailState.WAITING) & (Mail.next_at <= now)
    count, oldest = db.session.execute(
        select(func.count(), func.min(Mail.next_at)).where(waiting)
    ).one()
    failed = db.session.scalar(select(func.count()).where(Mail.state == MailState.FAILED))
    is_stopped = db.session.scalar(select(MailStop.id)) is not None
    return Queue(count, oldest, failed or 0, is_stopped=is_stopped)


def open_ballots() -> int:
    """Số lượt biểu quyết đang mở."""
    opened = select(func.count()).where(Ballot.state == BallotState.OPEN)
    return db.session.scalar(opened) or 0


def database_size(url: str) -> int:
    """Dung lượng cơ sở dữ liệu, with the log of SQLite."""
    if db.engine.dialect.name == "postgresql":
        return int(db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    files = [file for file in private.database_files(url) if file.exists()]
    return sum(file.stat().st_size for file in files)


def stored_files() -> tuple[int, int]:
    """Số tệp mà dữ liệu nhắc đến, and how large they are together as far as their rows say."""
    number = size = 0
    for table, column in file_columns():
        weight = table.c.get("size")
        counted = func.count() if weight is None else func.coalesce(func.sum(weight), 0)
        row = db.session.execute(select(func.count(), counted).where(column != "")).one()
        number += row[0]
        size += 0 if weight is None else int(row[1])
    return number, size


def database_version() -> str:
    """Bản của cơ sở dữ liệu."""
    if db.engine.dialect.name == "postgresql":
        return f"PostgreSQL {db.session.scalar(text('SHOW server_version'))}"
    return f"SQLite {db.session.scalar(text('SELECT sqlite_version()'))}"
