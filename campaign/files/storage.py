"""Kho tệp: evidence and scans under random names, in a folder or any store that fsspec knows.

A file is on the disk, with its name, before the row that names it can be committed; a transaction
that ends otherwise takes along the files that were kept in it. What a killed process left is found
by `flask files sweep`.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import filetype
from flask import current_app
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from campaign.core.durable import make_folder, sync_folder, whole_file
from campaign.core.errors import Busy, RuleViolation, refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.figures import figures
from campaign.files import stores
from campaign.files.columns import file_columns
from campaign.papers import apart

CHUNK = 64 * 1024
_LOOKER = Path(__file__).with_name("looker.py")
_LOOKER_REFUSED, _LOOKING_SECONDS = 3, 10
MAX_NAME = 200
MARK = "kho-tep-ngon-co"
"""An empty folder beside the files."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN_TYPES = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
}


class FileRefused(RuleViolation):
    """Tệp không nhận: the sentence says why."""


@dataclass(frozen=True)
class StoredContent:
    """Tệp đã cất: where, how large, its hash, and what it really is."""

    storage_key: str
    size: int
    sha256: str
    media_type: str


def _store() -> tuple[Any, str]:
    return stores.opened(current_app.config["EVIDENCE_URL"])


def _place(key: str) -> tuple[Any, str]:
    system, root = _store()
    return system, f"{root}/{key[:2]}/{key}"


def _demand_mounted() -> None:
    """A folder without mark and files, while rows name files, is not the store but the place of it.

    A store elsewhere than in a folder of this machine answers for itself.
    """
    system, root = _store()
    if not isinstance(system, LocalFileSystem) or Path(root, MARK).is_dir() or not is_empty():
        return
    # somebody else may have stored the very first file meanwhile
    if _names_files() and not Path(root, MARK).is_dir() and is_empty():
        refuse(
            "Kho tệp chưa được gắn vào máy chủ nên chưa đọc, chưa ghi được tệp nào. "
            "Hãy báo quản trị hệ thống."
        )


def _names_files() -> bool:
    """Có dòng nào ghi mã tệp."""
    with db.session.no_autoflush:
        return any(
            db.session.scalar(select(column).where(column != "").limit(1)) is not None
            for _, column in file_columns()
        )


def _mark() -> None:
    """Đánh dấu kho tệp at its first use, to tell it from the folder that it is mounted on."""
    system, root = _store()
    if isinstance(system, LocalFileSystem):
        make_folder(Path(root, MARK))


@contextmanager
def _writing(key: str) -> Iterator[IO[bytes]]:
    """What is written is there for good when this ends, as an object store answers by itself."""
    system, path = _place(key)
    if not isinstance(system, LocalFileSystem):
        with stores.sending(system, path) as target:
            yield target
        return
    folder = Path(path).parent
    make_folder(folder)
    with whole_file(Path(path)) as target:
        yield target
    sync_folder(folder.parent)  # whoever made the folder may not have come as far as this


def keep(stream: IO[bytes], *, limit: int) -> StoredContent:
    """Cất tệp for the rows of this transaction, in pieces; refused ones leave nothing behind."""
    _demand_mounted()
    _mark()
    key, (system, _) = _awaited_key(), _store()
    try:
        with stores.answering(system), _writing(key) as target:
            size, sha256 = _copied(stream, target, limit)
        media_type = _kept_type(system, key, sha256)
    except Busy:
        db.session.info[_AWAITING].discard(key)  # the store is away; the sweep will ask
        raise
    except BaseException:
        discard(key)
        raise
    figures.stored(size)
    return StoredContent(key, size, sha256, media_type)


def _copied(stream: IO[bytes], target: IO[bytes], limit: int) -> tuple[int, str]:
    """Chép tệp vào kho, in pieces: how large it is, and its hash."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > limit:
            message = f"Tệp lớn hơn {format_decimal(_megabytes(limit))} MB."
            raise FileRefused(message)
        digest.update(piece)
        target.write(piece)
    if size == 0:
        message = "Tệp rỗng."
        raise FileRefused(message)
    return size, digest.hexdigest()


def _kept_type(system: Any, key: str, sha256: str) -> str:
    """What the store gives back: a kind that is taken, and from elsewhere just what was sent."""
    with stores.answering(system), open_file(key) as source:
        if not isinstance(system, LocalFileSystem):
            _demand_as_sent(source, sha256)
        return _media_type(source)


def _demand_as_sent(source: IO[bytes], sha256: str) -> None:
    """What a store elsewhere gives back is what was sent, to the last byte."""
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        digest.update(piece)
    if digest.hexdigest() != sha256:
        refuse("Kho tệp không giữ đúng tệp đã gửi. Hãy gửi lại.")
    source.seek(0)


def _megabytes(size: int) -> Decimal:
    return Decimal(size) / (1024 * 1024)


def discard(key: str) -> None:
    """Bỏ tệp that no row will name."""
    system, path = _place(key)
    with stores.answering(system):
        if system.exists(path):
            system.rm_file(path)


def _awaited_key() -> str:
    """Mã của một tệp mới; until its row is committed the file is nobody's."""
    key = secrets.token_hex(16)
    session = db.session()
    if not session.in_transaction():
        session.begin()
    session.info.setdefault(_AWAITING, set()).add(key)
    return key


_AWAITING, _COMMITTING = "files_awaiting", "files_committing"


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[_COMMITTING] = True


def _after_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_AWAITING, None)


def _after_transaction_end(session: Session, transaction: SessionTransaction) -> None:
    """What was not committed goes; what may have been stays, and the sweep will ask."""
    if transaction.parent is not None:
        return
    is_unknown = session.info.pop(_COMMITTING, False)
    for key in session.info.pop(_AWAITING, ()):
        if not is_unknown:
            with suppress(OSError, Busy):
                discard(key)


def listen() -> None:
    """Theo dõi giao dịch: attach to the session, after whatever else writes before a commit."""
    if event.contains(db.session.session_factory, "before_commit", _before_commit):
        return
    for name, listener in (
        ("before_commit", _before_commit),
        ("after_commit", _after_commit),
        ("after_transaction_end", _after_transaction_end),
    ):
        event.listen(db.session.session_factory, name, listener)


def try_writing() -> None:
    """Thử ghi một tệp, đọc lại và xoá; raises what the store has to say against it."""
    _demand_mounted()
    system, root = _store()
    if isinstance(system, LocalFileSystem):
        make_folder(Path(root))
    place, content = f"{root}/thu-ghi-{secrets.token_hex(8)}", secrets.token_bytes(16)
    try:
        _put(system, place, content)
        if system.cat_file(place) != content:
            refuse("Kho tệp đọc lại không như đã ghi.")
    finally:
        with suppress(FileNotFoundError), stores.answering(system):
            system.rm_file(place)


def _put(system: Any, place: str, content: bytes) -> None:
    """Ghi một tệp nhỏ; a store elsewhere than on this machine is written as it answers."""
    if isinstance(system, LocalFileSystem):
        system.pipe_file(place, content)
        return
    with stores.answering(system), stores.sending(system, place) as target:
        target.write(content)


def open_file(key: str) -> IO[bytes]:
    """Mở tệp đã cất để đọc."""
    _demand_mounted()
    system, path = _place(key)
    with stores.answering(system):
        opened: IO[bytes] = system.open(path, "rb")
    return opened


def put_back(key: str, stream: IO[bytes]) -> None:
    """Đặt lại tệp under the key it had, as a restore does into a store that it found empty."""
    _mark()
    with _writing(key) as target:
        while piece := stream.read(CHUNK):
            target.write(piece)


def is_empty() -> bool:
    """Kho tệp trống."""
    system, root = _store()
    return not (system.exists(root) and system.find(root))


def listed() -> set[str]:
    """Mọi tệp trong các ngăn của kho, as folder/name; what lies beside them is none of ours."""
    system, root = _store()
    names = (
        {path.removeprefix(root).lstrip("/") for path in system.find(root)}
        if system.exists(root)
        else set()
    )
    return {name for name in names if "/" in name}


def changed_at(name: str) -> datetime | None:
    """Lúc ghi tệp `name` (folder/name); None where it is gone."""
    system, root = _store()
    try:
        moment: datetime = system.modified(f"{root}/{name}")
    except FileNotFoundError:
        return None
    return moment


def remove(name: str) -> None:
    """Xoá tệp `name` (folder/name), which no row names."""
    system, root = _store()
    with suppress(FileNotFoundError):
        system.rm_file(f"{root}/{name}")


def _media_type(source: IO[bytes]) -> str:
    """What the content is, whatever the name says; only a few kinds are taken."""
    head = source.read(8192)
    guessed = filetype.guess(head)
    if guessed is not None and guessed.mime in PLAIN_TYPES:
        return str(guessed.mime)
    if head.startswith(b"PK\x03\x04"):
        source.seek(0)
        return _office_type(source)
    message = (
        "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx) và ảnh PNG, JPEG, WebP; "
        "tệp này không đúng định dạng."
    )
    raise FileRefused(message)


def _office_type(source: IO[bytes]) -> str:
    """What an Office file is, as a process of its own tells, for an archive may be made to harm."""
    try:
        done = apart.run(_LOOKER, source.read(), seconds=_LOOKING_SECONDS)
    except apart.TookTooLong as late:
        message = "Tệp nén này mở quá lâu nên không nhận."
        raise FileRefused(message) from late
    if done.returncode == _LOOKER_REFUSED:
        raise FileRefused(done.stderr.decode(errors="replace"))
    kinds = {b"word": WORD, b"excel": EXCEL}
    if done.returncode != 0 or done.stdout not in kinds:
        message = "Tệp nén này mở ra quá lớn."
        raise FileRefused(message)
    return kinds[done.stdout]


def clean_name(name: str | None) -> str:
    """Tên tệp để hiện: Vietnamese kept, no folders, no control characters, not endless."""
    last = one_line(name or "").replace("\\", "/").rpartition("/")[2].strip(". ")
    if not last:
        return "tep-khong-ten"
    stem, dot, suffix = last.rpartition(".")
    if len(last) <= MAX_NAME:
        return last
    return f"{stem[: MAX_NAME - 10]}{dot}{suffix[:9]}"
