"""Sự cố và chỗ chậm: what the files that are written day by day tell of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from campaign.core.numbers import format_decimal


@dataclass(frozen=True)
class Incident:
    """Sự cố như trang kể: its code, when, where, whose request it was, and what failed."""

    request_id: str
    at: datetime
    where: str
    user_id: str
    words: str
    place: str = ""


_KNOWN = {
    "database unavailable": "Cơ sở dữ liệu không trả lời. Xem máy chủ cơ sở dữ liệu lúc đó.",
    "the disk is full": "Ổ đĩa đã đầy. Dọn hoặc thêm đĩa.",
    "a stored file is gone": "Kho tệp không còn một tệp. Chạy flask files verify.",
    "keys of open ballots": "Máy này không tới được khoá hòm phiếu. Xem BALLOT_KEYS.",
    "keys that are not needed": "Khoá hòm phiếu cũ chưa huỷ được; lần sau sẽ huỷ.",
    "a reading of a dossier": "Chưa ghi được một lượt đọc hồ sơ; trang và người đọc được ghi ở "
    "đây.",
    "nothing was swept": "Lúc khởi động chưa dọn được kho; lần sau sẽ dọn.",
}
"""Lời của chương trình → lời cho quản trị, with what to do."""


def incident(line: Mapping[str, object]) -> Incident | None:
    """Một dòng của tệp sự cố; None where it is none."""
    try:
        at = datetime.fromisoformat(str(line.get("at")))
    except ValueError:
        return None
    message, places = str(line.get("message", "")), line.get("places")
    known = next((words for start, words in _KNOWN.items() if message.startswith(start)), message)
    return Incident(
        request_id=str(line.get("request_id") or "—"),
        at=at,
        where=f"{line.get('method') or ''} {line.get('route') or ''}".strip() or "—",
        user_id=str(line.get("user_id") or "—"),
        words=f"Chương trình gặp lỗi {line['fault']}." if line.get("fault") else known,
        place=str(places[-1]) if isinstance(places, list) and places else "",
    )


@dataclass(frozen=True)
class Slow:
    """Chỗ chậm: a page, or a statement, how often, how long at worst, and the code of that time."""

    where: str
    statement: str
    times: int
    worst_ms: int
    request_id: str

    @property
    def worst(self) -> str:
        """Lâu nhất, in words: "1.234 ms"."""
        return f"{format_decimal(Decimal(self.worst_ms))} ms"


MOST_SLOW = 20


def slowest(lines: Iterable[Mapping[str, object]]) -> list[Slow]:
    """Những trang và câu lệnh chậm nhất, the worst first; lines that are none are passed over."""
    seen: dict[tuple[str, str], Slow] = {}
    for line in lines:
        took = line.get("ms")
        if not isinstance(took, int):
            continue
        where = f"{line.get('method') or ''} {line.get('route') or ''}".strip() or "—"
        statement = str(line.get("statement") or "")
        now = Slow(where, statement, 1, took, str(line.get("request_id") or "—"))
        before = seen.get((where, statement))
        if before is not None:
            worst = max(before, now, key=lambda row: row.worst_ms)
            now = replace(worst, times=before.times + 1)
        seen[where, statement] = now
    return sorted(seen.values(), key=lambda row: -row.worst_ms)[:MOST_SLOW]
