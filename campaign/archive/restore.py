"""Khôi phục: a backup into an empty instance, whole or not at all."""

import hashlib
import zipfile
import zlib
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlalchemy.exc import SQLAlchemyError

from campaign.archive import rows
from campaign.archive.rules import (
    MANIFEST,
    Manifest,
    check_names,
    file_member,
    manifest_of,
    table_member,
)
from campaign.core.errors import refuse
from campaign.core.faults import os_words
from campaign.database import revision_of
from campaign.extensions import db
from campaign.files import storage

_AT_ONCE = 500


def restore(source: Path) -> Manifest:
    """Khôi phục từ `source`: all is checked before anything is written; failing leaves nothing."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive)
            _load(archive, manifest)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        refuse(
            f"Không đọc được bản sao lưu {source.name}, hoặc không ghi được kho tệp: "
            f"{os_words(error)}."
        )
    return manifest


def _checked(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        refuse("Tệp này không phải bản sao lưu của Ngọn Cờ: không có bảng kê.")
    manifest = manifest_of(archive.read(MANIFEST))
    check_names(manifest, archive.namelist(), db.metadata.tables)
    for name, member in manifest.members.items():
        digest, size = hashlib.sha256(), 0
        with archive.open(name) as content:
            while size <= member.size and (piece := content.read(storage.CHUNK)):
                digest.update(piece)
                size += len(piece)
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            refuse(f"Bản sao lưu bị hỏng: “{name}” sai mã kiểm tra.")
    return manifest


def _load(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    placed: list[str] = []
    try:
        with db.engine.begin() as connection:
            _refuse_unless_ready(connection, manifest)
            _insert(connection, archive)
            if rows.named_files(connection) != manifest.files | set(manifest.missing):
                refuse("Các tệp trong bản sao lưu không phải các tệp mà dữ liệu trong đó nhắc đến.")
            _put_back_files(archive, manifest, placed)
    except BaseException as error:
        for key in placed:
            storage.discard(key)
        if isinstance(
            error, (SQLAlchemyError, ValueError, TypeError, AttributeError, ArithmeticError)
        ):
            refuse("Dữ liệu trong bản sao lưu không hợp lệ; không có gì được khôi phục.")
        raise


def _put_back_files(archive: zipfile.ZipFile, manifest: Manifest, placed: list[str]) -> None:
    """The files into the store; `placed` names each before it is put there."""
    for key in sorted(manifest.files):
        placed.append(key)
        with archive.open(file_member(key)) as content:
            storage.put_back(key, content)


def _refuse_unless_ready(connection: Connection, manifest: Manifest) -> None:
    revision = revision_of(connection)
    if revision != manifest.revision:
        refuse(
            f"Bản sao lưu thuộc lược đồ {manifest.revision}, cơ sở dữ liệu này là "
            f"{revision or 'chưa có lược đồ'}. "
            "Hãy chạy `flask db upgrade` với đúng phiên bản đã sao lưu, khôi phục, rồi mới "
            "nâng cấp."
        )
    if not rows.holds_nothing(connection):
        refuse("Cơ sở dữ liệu không trống; chỉ khôi phục vào nơi chưa có gì.")
    if not storage.is_empty():
        refuse(
            "Kho tệp không trống; chỉ khôi phục vào nơi chưa có gì. Tệp của một lần khôi phục "
            "dở dang "
            "được xoá bằng `flask files sweep --remove --hours 0`."
        )


def _insert(connection: Connection, archive: zipfile.ZipFile) -> None:
    for table in db.metadata.sorted_tables:
        if table.name in rows.OF_THE_MACHINES:
            continue
        with archive.open(table_member(table.name)) as lines:
            ordered = rows.parents_first(table, (rows.row_of(table, line) for line in lines))
            while batch := list(islice(ordered, _AT_ONCE)):
                connection.execute(insert(table), batch)
        rows.count_on(connection, table)
