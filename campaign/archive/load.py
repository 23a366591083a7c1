"""Nạp gói lưu trữ: a verified package into an empty instance, which from then on only reads."""

import hashlib
import json
import logging
import tempfile
import zipfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import SQLAlchemyError

from campaign.archive import contents, rows
from campaign.archive.models import LoadedArchive
from campaign.archive.rules import ARCHIVE_FORMAT
from campaign.core.errors import refuse
from campaign.core.faults import os_words
from campaign.core.text import name_sort_key, search_key
from campaign.database import revision_of
from campaign.extensions import db
from campaign.files import storage

LARGEST = 20 * 1024 * 1024 * 1024
MOST_FILES = 200_000
_AT_ONCE = 500


def load(source: Path, *, now: datetime) -> str:
    """Nạp gói vào nơi chưa có gì, all of it or nothing; gives the campaign's title."""
    with tempfile.TemporaryDirectory(prefix="ngonco-load-") as folder:
        root, package = _sound(source, Path(folder))
        with source.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        _put_in(root / "data", package, sha256, now)
    return str(package["title"])


def _sound(source: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The package unpacked, and what it says it is; one that is not whole is refused."""
    import bagit  # noqa: PLC0415 - a command's own library

    try:
        root = _unpacked(source, folder)
        return root, _verified(root)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        bagit.BagError,
    ) as error:
        refuse(f"Gói lưu trữ không nguyên vẹn hoặc không đọc được: {os_words(error)}.")


def _unpacked(source: Path, folder: Path) -> Path:
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        tops = {Path(entry.filename).parts[0] for entry in entries if entry.filename.strip("/")}
        strange = [
            entry.filename
            for entry in entries
            if entry.filename.startswith(("/", "\\"))
            or ".." in Path(entry.filename).parts
            or "\\" in entry.filename
        ]
        if strange or len(tops) != 1:
            refuse("Gói lưu trữ có đường dẫn không được phép.")
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
            refuse("Gói lưu trữ quá lớn.")
        archive.extractall(folder)
    return folder / tops.pop()


def _verified(root: Path) -> dict[str, Any]:
    import bagit  # noqa: PLC0415 - as above

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    bagit.Bag(str(root)).validate(completeness_only=False)
    try:
        package: dict[str, Any] = json.loads(
            (root / "data" / "package.json").read_text(encoding="utf-8")
        )
    except (OSError, ValueError):
        package = {}
    if not isinstance(package, dict) or package.get("format") != ARCHIVE_FORMAT:
        refuse("Tệp này không phải gói lưu trữ của Ngọn Cờ.")
    return package


_INVALID = (
    SQLAlchemyError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
)
"""How rows and files show that they are none of this version's."""


def _put_in(data: Path, package: dict[str, Any], sha256: str, now: datetime) -> None:
    placed: list[str] = []
    try:
        with db.engine.begin() as connection:
            _refuse_unless_ready(connection, package)
            for name in contents.selections(int(package["campaign_id"])):
                _insert(connection, db.metadata.tables[name], data / "tables" / f"{name}.json")
            _note_loaded(connection, package, sha256, now)
            _put_back_files(data / "files", rows.named_files(connection), placed)
    except BaseException as error:
        for key in placed:
            storage.discard(key)
        if isinstance(error, _INVALID):
            refuse("Dữ liệu trong gói lưu trữ không hợp lệ; không có gì được nạp.")
        raise


def _note_loaded(
    connection: Connection, package: dict[str, Any], sha256: str, now: datetime
) -> None:
    """From this row on the instance only reads."""
    connection.execute(
        insert(LoadedArchive).values(
            id=1,
            campaign_id=int(package["campaign_id"]),
            packed_at=str(package["packed_at"]),
            loaded_at=now,
            sha256=sha256,
        )
    )


def _put_back_files(folder: Path, wanted: Collection[str], placed: list[str]) -> None:
    """The files into the store; `placed` names each before it is put there."""
    for path in sorted(folder.glob("*")):
        if path.name not in wanted:
            refuse("Gói có tệp mà dữ liệu không nhắc đến.")
        placed.append(path.name)
        with path.open("rb") as stream:
            storage.put_back(path.name, stream)


def _refuse_unless_ready(connection: Connection, package: dict[str, Any]) -> None:
    revision = revision_of(connection)
    if revision != package.get("revision"):
        refuse(
            f"Gói thuộc lược đồ {package.get('revision')}, cơ sở dữ liệu này là "
            f"{revision or 'chưa có lược đồ'}. "
            "Hãy dùng đúng phiên bản đã đóng gói."
        )
    if not rows.holds_nothing(connection) or not storage.is_empty():
        refuse("Nơi này đã có dữ liệu; chỉ nạp gói lưu trữ vào nơi chưa có gì.")


def _insert(connection: Connection, table: Table, source: Path) -> None:
    objects = json.loads(source.read_text(encoding="utf-8"))
    read = (rows.row_of(table, json.dumps(_completed(table, row)).encode()) for row in objects)
    values = list(rows.parents_first(table, read))
    for start in range(0, len(values), _AT_ONCE):
        connection.execute(insert(table), values[start : start + _AT_ONCE])
    rows.count_on(connection, table)


def _completed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A person comes back as a name that cannot sign in."""
    if table.name != "user_account":
        return row
    name = row["full_name"]
    return {
        "user_name": f"luu-tru-{row['id']}",
        "email": "",
        "sort_key": name_sort_key(name),
        "search_key": search_key(name),
        "password_hash": None,
        "must_change_password": True,
        "is_active": False,
        "is_demo": False,
        "session_version": 1,
        "has_second_factor": False,
        "sign_in_way": "common",
    } | row
