"""Sao lưu: what a backup may hold and how it is recognised; no file, no database."""

import enum
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from campaign.core.errors import refuse

FORMAT = "ngonco-backup-1"
ARCHIVE_FORMAT = "ngonco-archive-1"
MANIFEST = "manifest.json"
_TABLE = re.compile(r"tables/([a-z_]+)\.jsonl")
_FILE = re.compile(r"evidence/([0-9a-f]{32})")


@dataclass(frozen=True)
class Member:
    """Một tệp trong bản sao lưu: its size and hash."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Bảng kê của bản sao lưu: its schema, its members; `missing` are files the store had lost."""

    created_at: str
    revision: str | None
    members: Mapping[str, Member]
    missing: tuple[str, ...]
    head: str = ""
    """Đầu chuỗi nhật ký lúc sao lưu: "120:9f…"."""

    @property
    def tables(self) -> frozenset[str]:
        """Các bảng có trong bản sao lưu."""
        return frozenset(match[1] for name in self.members if (match := _TABLE.fullmatch(name)))

    @property
    def files(self) -> frozenset[str]:
        """Mã các tệp minh chứng có trong bản sao lưu."""
        return frozenset(match[1] for name in self.members if (match := _FILE.fullmatch(name)))


def table_member(table: str) -> str:
    """Tên tệp of a table's rows."""
    return f"tables/{table}.jsonl"


def file_member(key: str) -> str:
    """Tên tệp of a stored file."""
    return f"evidence/{key}"


def manifest_text(manifest: Manifest) -> str:
    """Bảng kê như nằm trong bản sao lưu."""
    return json.dumps(
        {
            "format": FORMAT,
            "created_at": manifest.created_at,
            "revision": manifest.revision,
            "missing": list(manifest.missing),
            "head": manifest.head,
            "members": {
                name: {"size": member.size, "sha256": member.sha256}
                for name, member in manifest.members.items()
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def manifest_of(text: bytes) -> Manifest:
    """Đọc bảng kê; whatever is not exactly one is refused."""
    try:
        manifest = _read_manifest(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        refuse("Tệp này không phải bản sao lưu của Ngọn Cờ, hoặc bảng kê kèm theo bị hỏng.")
    strange = sorted(
        name
        for name in manifest.members
        if not _TABLE.fullmatch(name) and not _FILE.fullmatch(name)
    )
    if strange:
        refuse(f"Bản sao lưu kê một tệp lạ: “{strange[0]}”.")
    return manifest


def _read_manifest(data: dict[str, Any]) -> Manifest:
    """What the manifest says; whatever is not of our format raises."""
    if data["format"] != FORMAT:
        raise ValueError
    members = {
        str(name): Member(int(member["size"]), str(member["sha256"]))
        for name, member in data["members"].items()
    }
    return Manifest(
        str(data["created_at"]),
        data["revision"],
        members,
        tuple(map(str, data["missing"])),
        str(data.get("head", "")),
    )


def check_names(manifest: Manifest, present: Iterable[str], tables: Iterable[str]) -> None:
    """Đủ và không thừa: the members are those of the manifest, the tables those of this version."""
    names = list(present)
    if sorted(names) != sorted([*manifest.members, MANIFEST]):
        refuse("Các tệp trong bản sao lưu không khớp với bảng kê kèm theo.")
    if manifest.tables != frozenset(tables):
        refuse("Các bảng trong bản sao lưu không phải các bảng của phiên bản này.")


SAFE_AGE = timedelta(days=1)
"""Tuổi của tệp mà không giao dịch nào còn đang ghi dòng cho tệp."""
_OWN = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{30}(\.partial)?")
_FEW = 20


class Damage(enum.StrEnum):
    """Sai lệch giữa kho tệp và dữ liệu."""

    MISSING = "mất tệp"
    SHORT = "tệp ngắn hơn lúc nhận"
    CHANGED = "nội dung đã khác"
    UNREADABLE = "không đọc được"
    ORPHANED = "không dòng dữ liệu nào nhắc đến"


def damage(size: int | None, sha256: str, now: Member) -> Damage | None:
    """Tệp đang có so với lúc nhận; of scans kept before their hash was noted nothing is known."""
    if size is not None and now.size < size:
        return Damage.SHORT
    if (size is not None and now.size != size) or (sha256 and now.sha256 != sha256):
        return Damage.CHANGED
    return None


def is_own(name: str) -> bool:
    """Tên tệp do chương trình đặt; whatever else lies in the store is left alone."""
    return _OWN.fullmatch(name) is not None


def is_left_over(changed_at: datetime, now: datetime, age: timedelta = SAFE_AGE) -> bool:
    """Tệp bỏ lại: older than any request that could still commit its row."""
    return now - changed_at >= age


def may_sweep_unasked(orphans: int, named: int) -> bool:
    """Được tự dọn: never most of a store, which rather has the wrong database beside it."""
    return orphans <= max(_FEW, named)


_DATED = re.compile(r"(.*)-(\d{4}-\d{2}-\d{2})\.zip(?:\.age)?")
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 14, 8, 12


def dated_name(name: str) -> tuple[str, date] | None:
    """Tên bản sao lưu có ngày, such as ngonco-2026-11-28.zip: what stands before, and the day."""
    match = _DATED.fullmatch(name)
    if match is None:
        return None
    try:
        return match[1], date.fromisoformat(match[2])
    except ValueError:
        return None


def superseded(newest: str, names: Iterable[str]) -> list[str]:
    """Bản sao lưu bỏ đi được, of the series that `newest` belongs to.

    Kept are those of the last 14 days that have one, the last of each of 8 weeks and the last of
    each of 12 months; days without a backup count nowhere, so that nothing is removed while none
    is added. What is named otherwise is left alone.
    """
    series = dated_name(newest)
    if series is None:
        return []
    dated = {name: at[1] for name in names if (at := dated_name(name)) and at[0] == series[0]}
    kept = _kept_days(sorted(set(dated.values()), reverse=True))
    return sorted(name for name, day in dated.items() if day not in kept)


def _kept_days(days: Sequence[date]) -> set[date]:
    """Of the days that have a backup, newest first, those whose backup stays."""
    weeks = {day.isocalendar()[:2]: day for day in reversed(days)}
    months = {(day.year, day.month): day for day in reversed(days)}
    return {
        *days[:KEPT_DAYS],
        *sorted(weeks.values(), reverse=True)[:KEPT_WEEKS],
        *sorted(months.values(), reverse=True)[:KEPT_MONTHS],
    }


PACKAGE_KEPT = timedelta(days=1)
"""So long a package waits to be taken; it holds the marks of each member of the Council."""


class Step(enum.StrEnum):
    """Bước lập gói, in the order in which they are done."""

    TABLES = "tables"
    PAPERS = "papers"
    CHECKSUMS = "checksums"
    ZIP = "zip"

    @property
    def number(self) -> int:
        """Bước thứ mấy, from 1."""
        return [*Step].index(self) + 1


class PackingState(enum.StrEnum):
    """Việc lập gói đang ra sao."""

    NONE = "none"
    RUNNING = "running"
    BROKEN = "broken"
    REFUSED = "refused"
    READY = "ready"


@dataclass(frozen=True)
class PackingNote:
    """Ghi chú của lần lập gói gần nhất: who asked when, how far it came, why it was given up."""

    asked_by: str
    asked_at: datetime
    step: Step
    refusal: str = ""
    finished_at: datetime | None = None


def packing_state(
    note: PackingNote | None,
    *,
    is_at_work: bool,
    now: datetime,
) -> PackingState:
    """Việc lập gói: broken where nobody is at work and nothing was finished."""
    if is_at_work:
        return PackingState.RUNNING
    if note is None:
        return PackingState.NONE
    if note.refusal:
        return PackingState.REFUSED
    if note.finished_at is None:
        return PackingState.BROKEN
    return PackingState.READY if now < note.finished_at + PACKAGE_KEPT else PackingState.NONE


def packing_note_text(note: PackingNote) -> str:
    """Ghi chú như nằm trong tệp."""
    return json.dumps(
        {
            "asked_by": note.asked_by,
            "asked_at": note.asked_at.isoformat(),
            "step": note.step.value,
            "refusal": note.refusal,
            "finished_at": note.finished_at.isoformat() if note.finished_at else None,
        },
        ensure_ascii=False,
    )


def packing_note_of(text: str) -> PackingNote:
    """Đọc lại ghi chú."""
    data: dict[str, Any] = json.loads(text)
    finished_at = data["finished_at"]
    return PackingNote(
        data["asked_by"],
        datetime.fromisoformat(data["asked_at"]),
        Step(data["step"]),
        data["refusal"],
        datetime.fromisoformat(finished_at) if finished_at else None,
    )
