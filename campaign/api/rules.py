"""Giao diện đọc dữ liệu: keys, what is asked for, and pages of a list; no database."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.points import rounded
from campaign.scheme.rules.wording import shown_percent

Row = TypeVar("Row")

MOST, USUAL = 200, 50
"""Số dòng nhiều nhất và thường lệ của một trang."""
LARGEST = 2**31 - 1
LONGEST = timedelta(days=366)
"""Thời hạn dài nhất của một khoá."""
_TOKEN = re.compile(r"nc_([1-9]\d{0,8})_([A-Za-z0-9_-]{43})")
_WHAT_MOMENT = (
    "“updated_since” phải là một thời điểm có múi giờ theo ISO 8601, như 2026-11-28T00:00:00Z."
)
_NUMBER = re.compile(r"\d{1,10}")


class Scope(Labelled):
    """Phạm vi của một khoá: what it opens beyond what everybody may read."""

    PROGRESS = "progress", "Tiến độ chỉ tiêu của phong trào chưa công khai tiến độ"
    REPORTS = "reports", "Tình hình nộp báo cáo của các đơn vị"


@dataclass(frozen=True)
class Asked:
    """Điều được hỏi: a page of a list, after a number, or only what changed since a moment."""

    limit: int = USUAL
    after: int = 0
    updated_since: datetime | None = None


@dataclass(frozen=True)
class Changed:
    """Những dòng đã đổi, by table and key; `is_all` where they are too many to be told apart."""

    keys: frozenset[tuple[str, str]] = frozenset()
    is_all: bool = False

    def holds(self, own: str, key: int, shared: Sequence[str]) -> bool:
        """Dòng này có thể đã đổi: it itself, or any row of a table that it rests on."""
        return (
            self.is_all
            or (own, str(key)) in self.keys
            or any(table in shared for table, _ in self.keys)
        )


EVERYTHING = Changed(is_all=True)


def asked(arguments: Mapping[str, str]) -> Asked:
    """Đọc các tham số; what is not understood is refused, never guessed."""
    return Asked(
        _number(arguments, "limit", USUAL, 1, MOST),
        _number(arguments, "after", 0, 0, LARGEST),
        _moment(arguments.get("updated_since")),
    )


def _number(arguments: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    words = arguments.get(name)
    if words is None:
        return usual
    if not _NUMBER.fullmatch(words, 0) or not words.isascii() or not least <= int(words) <= most:
        refuse(f"“{name}” phải là một số nguyên từ {least} đến {most}.", name)
    return int(words)


def _moment(words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        moment = datetime.fromisoformat(words)
        is_told = moment.tzinfo is not None
        return moment.astimezone(UTC) if is_told else refuse(_WHAT_MOMENT, "updated_since")
    except (ValueError, OverflowError):
        refuse(_WHAT_MOMENT, "updated_since")


def page(
    rows: Sequence[Row], key: Callable[[Row], int], here: Asked
) -> tuple[Sequence[Row], int | None]:
    """Một trang của danh sách, by rising number, and the number after which the next begins."""
    rest = sorted((row for row in rows if key(row) > here.after), key=key)
    shown = rest[: here.limit]
    return shown, key(shown[-1]) if len(rest) > here.limit else None


def token(number: int, secret: str) -> str:
    """Khoá như trao cho người dùng."""
    return f"nc_{number}_{secret}"


def parts_of(header: str) -> tuple[int, str] | None:
    """Số và phần bí mật của khoá trong `Authorization: Bearer …`; None: it is none of ours."""
    scheme, _, words = header.partition(" ")
    match = _TOKEN.fullmatch(words.strip()) if scheme.casefold() == "bearer" else None
    return (int(match[1]), match[2]) if match else None


def hashed(secret: str) -> str:
    """Mã băm của phần bí mật: it is 256 random bits, so that nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opens(secret: str, kept_hash: str) -> bool:
    """Phần bí mật này đúng là của khoá."""
    return hmac.compare_digest(hashed(secret), kept_hash)


def check_expiry(expires_on: date, today: date) -> None:
    """Thời hạn của khoá: from tomorrow on, for a year at most."""
    if expires_on <= today:
        refuse("Ngày hết hạn phải sau hôm nay.", "expires_on")
    if expires_on - today > LONGEST:
        refuse("Khoá dùng được nhiều nhất một năm; hết hạn thì cấp khoá mới.", "expires_on")


def number_text(value: Decimal | None, places: int | None = None) -> str | None:
    """Số như giao diện viết: plain digits with a point, never a float; "44462", "99.82"."""
    if value is None:
        return None
    if places is not None:
        value = rounded(Fraction(value), places)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain and places is None else plain


def percent_text(percent: Fraction | None) -> str | None:
    """Phần trăm như trang viết: two decimals, more where 100 would read as reached or missed."""
    return None if percent is None else format(shown_percent(percent), "f")


def moment_text(at: datetime | None) -> str | None:
    """Thời điểm theo UTC: "2021-05-14T02:00:00Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def flat(row: Mapping[str, Any]) -> dict[str, str]:
    """Một dòng như trong CSV: nothing is an empty cell, yes and no are true and false."""
    return {
        name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in row.items()
    }
