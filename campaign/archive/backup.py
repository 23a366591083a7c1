"""Sao lưu: the database at one moment, and every file it names, in one zip; while people work.

The keys of sealed urns stay outside, for a copy of a key would outlive its destruction; so do the
settings and the
secret key of the instance, which are no part of its data.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from campaign.archive import rows, sealing
from campaign.archive.models import BackupRun
from campaign.archive.rules import (
    MANIFEST,
    Manifest,
    Member,
    file_member,
    manifest_text,
    table_member,
)
from campaign.audit import tables
from campaign.audit.queries import written_head
from campaign.core.durable import sync_folder
from campaign.core.errors import refuse
from campaign.core.faults import os_words
from campaign.database import revision_of
from campaign.extensions import db, give_up
from campaign.files import storage

Rehearsal = Callable[[Path, str], str]
"""Khôi phục thử: given a copy and the head of its record, says what was wrong, or nothing."""


@dataclass(frozen=True)
class Backup:
    """Bản sao lưu vừa lập: how many files are in it, and which ones the store had lost."""

    files: int
    missing: tuple[str, ...]
    head: str
    """Đầu chuỗi nhật ký lúc sao lưu."""
    rehearsed_at: datetime | None = None
    """Lúc khôi phục thử; None: it was not tried."""
    rehearsal_fault: str = ""
    """Vì sao khôi phục thử không được; empty where it was."""


def backup(
    target: Path,
    *,
    recipients: sealing.Recipients = (),
    rehearse: Rehearsal | None = None,
) -> Backup:
    """Sao lưu ra `target`, which must not exist; nothing bears that name before it is whole.

    With `recipients` it is sealed for them, and nobody else opens it. `rehearse` is given the
    open copy and the head of the record, and says what was wrong when it was restored.
    """
    with _named_when_whole(target) as (stream, partial):
        if recipients:
            return _sealed(stream, recipients, rehearse)
        return _taken(stream, partial, rehearse)


@contextmanager
def _named_when_whole(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """What is written, and the name it bears meanwhile; a failure leaves nothing."""
    _refuse_if_there(target)
    partial = target.with_name(f"{target.name}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        refuse(f"Không tạo được tệp {partial.name}: {os_words(error)}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream, partial
            stream.flush()
            os.fsync(stream.fileno())
        _refuse_if_there(target)
        partial.rename(target)
        sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _sealed(
    stream: IO[bytes], recipients: sealing.Recipients, rehearse: Rehearsal | None
) -> Backup:
    """The copy sealed into `stream`; its open form lives no longer than that takes."""
    with tempfile.NamedTemporaryFile(prefix="ngonco-backup-") as plain:
        taken = _taken(plain, Path(plain.name), rehearse)
        plain.seek(0)
        sealing.seal(plain, stream, recipients)
    return taken


def _taken(stream: IO[bytes], path: Path, rehearse: Rehearsal | None) -> Backup:
    """The open copy in `stream`, which stands at `path`, tried where that is asked for."""
    taken = _write(stream)
    stream.flush()
    if rehearse is None:
        return taken
    fault = rehearse(path, taken.head)
    return replace(taken, rehearsed_at=datetime.now(UTC), rehearsal_fault=fault)


def remember(target: Path, taken: Backup, *, at: datetime) -> bool:
    """Ghi lại lần sao lưu, for the page that tells how old the last one is; whether it could."""
    try:
        db.session.add(
            BackupRun(
                taken_at=at,
                file_name=target.name,
                size=target.stat().st_size,
                missing_count=len(taken.missing),
                rehearsed_at=taken.rehearsed_at,
                rehearsal_fault=taken.rehearsal_fault,
            )
        )
        db.session.commit()
    except SQLAlchemyError:
        give_up()
        return False
    return True


def _refuse_if_there(target: Path) -> None:
    if target.exists():
        refuse(f"Đã có tệp {target.name}; bản sao lưu không ghi đè.")


def _write(stream: IO[bytes]) -> Backup:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with tables.snapshot() as connection:
            revision = revision_of(connection)
            rows_of_tables = _add_tables(archive, connection)
            named = sorted(rows.named_files(connection))
            head = written_head(connection)
        files, missing = _add_files(archive, named)
        members = rows_of_tables | files
        manifest = Manifest(datetime.now(UTC).isoformat(), revision, members, missing, head)
        archive.writestr(MANIFEST, manifest_text(manifest))
    return Backup(len(files), missing, head)


def _add_tables(archive: zipfile.ZipFile, connection: Connection) -> dict[str, Member]:
    """Every table, row by row, as it stands at this moment."""
    members: dict[str, Member] = {}
    for table in db.metadata.sorted_tables:
        name = table_member(table.name)
        members[name] = _add(archive, name, rows.lines_of(connection, table))
    return members


def _add_files(
    archive: zipfile.ZipFile, named: Iterable[str]
) -> tuple[dict[str, Member], tuple[str, ...]]:
    """The files that are there, and which ones the store had lost."""
    members: dict[str, Member] = {}
    missing: list[str] = []
    for key in named:
        try:
            source = storage.open_file(key)
        except FileNotFoundError:
            missing.append(key)
            continue
        name = file_member(key)
        with source:
            members[name] = _add(archive, name, _pieces(source), zipfile.ZIP_STORED)
    return members, tuple(missing)


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(storage.CHUNK):
        yield piece


def _add(
    archive: zipfile.ZipFile,
    name: str,
    pieces: Iterable[bytes],
    compression: int = zipfile.ZIP_DEFLATED,
) -> Member:
    entry = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    entry.compress_type = compression
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as target:
        for piece in pieces:
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())
