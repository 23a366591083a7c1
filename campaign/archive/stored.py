"""Kho tệp so với dữ liệu: what each row says of its file, whether it is so, and files of no row."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from campaign.archive import rows
from campaign.archive.rules import (
    SAFE_AGE,
    Damage,
    Member,
    damage,
    is_left_over,
    is_own,
    may_sweep_unasked,
)
from campaign.audit import tables
from campaign.files import storage
from campaign.files.columns import file_columns

_BESIDE = {
    "storage_key": ("file_name", "size", "sha256"),
    "scan_key": ("scan_name", "scan_size", "scan_sha256"),
}
"""Column that names a file → the columns that say what it is called, its size and its hash."""
_PATIENCE, _PAUSE = 3.0, 0.2


@dataclass(frozen=True)
class StoredFile:
    """Tệp mà một dòng nhắc đến, as it was when it was received."""

    table: str
    row_id: int
    name: str
    storage_key: str
    size: int | None
    sha256: str

    @property
    def place(self) -> str:
        """Nơi tệp nằm trong kho."""
        return f"{self.storage_key[:2]}/{self.storage_key}"

    @property
    def words(self) -> str:
        """Tệp nào: its name and its row."""
        return f"{self.table} {self.row_id}, “{self.name}” ({self.storage_key})"


@dataclass(frozen=True)
class Finding:
    """Một sai lệch."""

    damage: Damage
    file: str


@dataclass(frozen=True)
class StoreCheck:
    """Kết quả so: how many files were read, how many without a known hash, what is wrong."""

    files: int
    unhashed: int
    findings: tuple[Finding, ...]


def stored_files(connection: Connection) -> Iterator[StoredFile]:
    """Mọi tệp mà dữ liệu nhắc đến, table by table, by row."""
    for table, column in file_columns():
        name, size, sha256 = _BESIDE[column.name]
        shown = table.c[name if name in table.c else "title"]
        statement = select(table.c.id, shown, column, table.c[size], table.c[sha256])
        for row in connection.execute(statement.where(column != "").order_by(table.c.id)):
            yield StoredFile(table.name, *row)


def content_of(key: str) -> Member:
    """Kích thước và mã băm của tệp đang nằm trong kho."""
    digest, size = hashlib.sha256(), 0
    with storage.open_file(key) as source:
        while piece := source.read(storage.CHUNK):
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())


def verify(tell: Callable[[int, int], None]) -> StoreCheck:
    """So kho tệp với dữ liệu while people work: what only looked wrong because it was new or has
    just gone is not told.
    """
    present = storage.listed()
    with tables.snapshot() as connection:
        files = list(stored_files(connection))
    wrong = _wrong(files, tell)
    still_named = _named() if wrong else set()
    findings = [
        Finding(fault, file.words) for file, fault in wrong if file.storage_key in still_named
    ]
    orphans = _unnamed(present - {file.place for file in files})
    findings += [Finding(Damage.ORPHANED, name) for name in sorted(orphans)]
    return StoreCheck(len(files), sum(not file.sha256 for file in files), tuple(findings))


def _wrong(
    files: Sequence[StoredFile], tell: Callable[[int, int], None]
) -> list[tuple[StoredFile, Damage]]:
    """The files that are not as they came, one after another; `tell` hears how far it is."""
    wrong = []
    for number, file in enumerate(files, start=1):
        if (fault := _fault(file)) is not None:
            wrong.append((file, fault))
        tell(number, len(files))
    return wrong


def _fault(file: StoredFile) -> Damage | None:
    try:
        return damage(file.size, file.sha256, content_of(file.storage_key))
    except FileNotFoundError:
        return Damage.MISSING
    except OSError:
        return Damage.UNREADABLE


def _named() -> set[str]:
    with tables.snapshot() as connection:
        return rows.named_files(connection)


def _unnamed(names: Collection[str]) -> set[str]:
    """Of `names` those that no row names and that stay; an upload at this moment gets time to be
    committed or to go.
    """
    left, until = set(names), time.monotonic() + _PATIENCE
    while left:
        left -= {f"{key[:2]}/{key}" for key in _named()}
        left &= storage.listed()
        if time.monotonic() > until:
            break
        time.sleep(_PAUSE)
    return left


def orphans(now: datetime, age: timedelta = SAFE_AGE) -> list[str]:
    """Tệp không dòng nào nhắc đến and too old to belong to a request that is under way; oldest
    names first in order.
    """
    present = sorted(name for name in storage.listed() if is_own(name))
    named = {
        f"{key[:2]}/{key}" for key in _named()
    }  # asked after the list: what was committed meanwhile is named
    unnamed = [name for name in present if name not in named]
    return [
        name
        for name in unnamed
        if (moment := storage.changed_at(name)) is not None and is_left_over(moment, now, age)
    ]


def sweep(names: Collection[str]) -> None:
    """Xoá các tệp bỏ lại."""
    for name in names:
        storage.remove(name)


def sweep_unasked(now: datetime) -> tuple[int, int]:
    """Tự dọn kho tệp: how many were removed, and how many left as suspiciously many."""
    names = orphans(now)
    if not may_sweep_unasked(len(names), len(_named())):
        return 0, len(names)
    sweep(names)
    return len(names), 0
