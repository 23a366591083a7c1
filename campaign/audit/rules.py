"""Nhật ký: how entries are chained and how a chain is checked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

START = "0" * 64
"""Mã đầu chuỗi: the hash that stands before the first entry."""

TYPED_TABLES = frozenset({"claimed_value", "mark", "narrative", "self_score", "warning_answer"})
"""Bảng đang gõ: cells that are saved as they are typed, some a second; nothing counts them before a
report is submitted or a
sheet is locked, which changes other tables too.
"""


@dataclass(frozen=True)
class Entry:
    """Dòng nhật ký as it is hashed."""

    number: int
    at: datetime
    actor_id: int | None
    actor: str
    act: str
    campaign_id: int | None
    changes: str


def canonical(value: Any) -> Any:
    """Giá trị chuẩn: a column's value as JSON holds it, the same on every database."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value


HIDDEN = "•"
"""What stands in the record for a value that it must not tell."""


def fingerprint(value: Any) -> str | None:
    """Dấu vân của giá trị được giấu: tells whether the value is the same, nothing else."""
    if value is None:
        return None
    return HIDDEN + hashlib.sha256(str(canonical(value)).encode()).hexdigest()


def as_json(changes: Iterable[Mapping[str, Any]]) -> str:
    """Thay đổi dưới dạng JSON chuẩn: sorted keys, no spaces."""
    return json.dumps(
        list(changes), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=canonical
    )


def digest(value: Any) -> str:
    """Mã băm của dữ liệu đã chốt: SHA-256 of its canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def settles(changes: Iterable[Mapping[str, Any]]) -> bool:
    """Có chốt gì không: whether `changes` go beyond what somebody is still typing."""
    return any(change["table"] not in TYPED_TABLES for change in changes)


def chained_hash(previous_hash: str, entry: Entry) -> str:
    """Mã băm của dòng: SHA-256 over the previous hash and every field of the entry."""
    fields = [
        previous_hash,
        entry.number,
        canonical(entry.at),
        entry.actor_id,
        entry.actor,
        entry.act,
        entry.campaign_id,
        entry.changes,
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


Link = tuple[Entry, str, str]
"""Mắt xích: an entry, the hash before it, its own hash."""


def link_fault(link: Link, *, expected: int, previous: str) -> str | None:
    """Vì sao một dòng không nối đúng sau dòng trước; None when it does."""
    entry, previous_hash, own_hash = link
    if entry.number != expected:
        return f"thiếu dòng số {expected}"
    if previous_hash != previous:
        return "không nối với dòng trước"
    if chained_hash(previous_hash, entry) != own_hash:
        return "nội dung đã bị thay đổi"
    return None
