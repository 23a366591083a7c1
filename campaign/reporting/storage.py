"""Kho tệp: evidence outside any static folder, under random names; local by default, anything fsspec knows."""

import hashlib
import secrets
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import filetype
import fsspec
from flask import current_app

from campaign.core.errors import RuleViolation
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line

CHUNK = 64 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_MEMBERS = 5_000
MAX_NAME = 200
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN_TYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP"}


class FileRefused(RuleViolation):
    """Tệp không nhận: the sentence says why."""


@dataclass(frozen=True)
class Stored:
    """Tệp đã cất: where, how large, its hash, and what it really is."""

    storage_key: str
    size: int
    sha256: str
    media_type: str


def _place(key: str) -> tuple[Any, str]:
    system, root = fsspec.core.url_to_fs(current_app.config["EVIDENCE_URL"])
    return system, f"{root}/{key[:2]}/{key}"


def keep(stream: IO[bytes], *, limit: int) -> Stored:
    """Cất tệp: streamed in pieces, never whole in memory; refused files leave nothing behind."""
    key = secrets.token_hex(16)
    system, path = _place(key)
    system.makedirs(path.rpartition("/")[0], exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with system.open(path, "wb") as target:
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
        with system.open(path, "rb") as source:
            media_type = _media_type(source)
    except (FileRefused, OSError):
        discard(key)
        raise
    return Stored(key, size, digest.hexdigest(), media_type)


def _megabytes(size: int) -> Decimal:
    return Decimal(size) / (1024 * 1024)


def discard(key: str) -> None:
    """Bỏ tệp that no row will name."""
    system, path = _place(key)
    if system.exists(path):
        system.rm(path)


def open_file(key: str) -> IO[bytes]:
    """Mở tệp đã cất để đọc."""
    system, path = _place(key)
    opened: IO[bytes] = system.open(path, "rb")
    return opened


def put_back(key: str, stream: IO[bytes]) -> None:
    """Đặt lại tệp under the key it had, as a restore does."""
    system, path = _place(key)
    system.makedirs(path.rpartition("/")[0], exist_ok=True)
    with system.open(path, "wb") as target:
        while piece := stream.read(CHUNK):
            target.write(piece)


def is_empty() -> bool:
    """Kho tệp trống."""
    system, root = fsspec.core.url_to_fs(current_app.config["EVIDENCE_URL"])
    return not (system.exists(root) and system.find(root))


def _media_type(source: IO[bytes]) -> str:
    """What the content is, whatever the name says; refused unless it is one of the few kinds taken."""
    head = source.read(8192)
    guessed = filetype.guess(head)
    if guessed is not None and guessed.mime in PLAIN_TYPES:
        return str(guessed.mime)
    if head.startswith(b"PK\x03\x04"):
        source.seek(0)
        return _office_type(source)
    message = "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx) và ảnh PNG, JPEG, WebP; tệp này không đúng định dạng."
    raise FileRefused(message)


def _office_type(source: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        message = "Tệp Word hoặc Excel này bị hỏng, không mở được."
        raise FileRefused(message) from error
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        message = "Tệp nén này mở ra quá lớn."
        raise FileRefused(message)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        message = "Tệp có macro; hãy lưu lại thành .docx hoặc .xlsx không có macro."
        raise FileRefused(message)
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return WORD
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return EXCEL
    message = "Tệp nén này không phải Word (.docx) hay Excel (.xlsx)."
    raise FileRefused(message)


def clean_name(name: str | None) -> str:
    """Tên tệp để hiện: Vietnamese kept, no folders, no control characters, not endless."""
    last = one_line(name or "").replace("\\", "/").rpartition("/")[2].strip(". ")
    if not last:
        return "tep-khong-ten"
    stem, dot, suffix = last.rpartition(".")
    if len(last) <= MAX_NAME:
        return last
    return f"{stem[: MAX_NAME - 10]}{dot}{suffix[:9]}"
