"""Các lần đã kê: what a report lists of a criterion that is counted, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from campaign.core.dates import format_date
from campaign.core.labelled import Labelled


class OccurrenceState(Labelled):
    """Trạng thái của một lần."""

    CLAIMED = "claimed", "chờ thẩm định"
    ACCEPTED = "accepted", "được công nhận"
    STRUCK = "struck", "không được công nhận"

    @property
    def tone(self) -> str:
        """Màu của nhãn."""
        return {"accepted": "ok", "struck": "warn"}.get(self.value, "info")


class ListedOccurrence(NamedTuple):
    """Một lần đã kê, as the points and their explanation need it."""

    id: int
    held_on: date
    kind: str
    text: str
    state: OccurrenceState
    reason: str = ""
    evidence_id: int | None = None

    def as_hoped(self) -> "ListedOccurrence":
        """Như thể được công nhận, unless it was struck."""
        is_struck = self.state is OccurrenceState.STRUCK
        return self if is_struck else self._replace(state=OccurrenceState.ACCEPTED)

    @property
    def said(self) -> str:
        """Một lần như đơn vị kê: day, kind and text."""
        kind = f"{self.kind}, " if self.kind else ""
        return f"{format_date(self.held_on)} {kind}{self.text}"

    @property
    def words(self) -> str:
        """Một lần bằng lời, with what became of it."""
        reason = f" ({self.reason})" if self.reason else ""
        return f"{self.said}: {self.state.label}{reason}"


Lists = Mapping[int, tuple[ListedOccurrence, ...]]
"""Các lần của một báo cáo hoặc một đơn vị, by criterion."""


def lists_data(lists: Lists) -> dict[str, list[dict[str, Any]]]:
    """Các lần trong ảnh chụp: JSON of strings and ids."""
    return {
        str(key): [
            row._asdict() | {"held_on": row.held_on.isoformat(), "state": row.state.value}
            for row in rows
        ]
        for key, rows in lists.items()
    }


def lists_from_data(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> Lists:
    """Đọc lại các lần của ảnh chụp."""
    return {
        int(key): tuple(
            ListedOccurrence(
                row["id"],
                date.fromisoformat(row["held_on"]),
                row["kind"],
                row["text"],
                OccurrenceState(row["state"]),
                row["reason"],
                row["evidence_id"],
            )
            for row in rows
        )
        for key, rows in data.items()
    }
