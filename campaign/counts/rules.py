"""Số lần: the states of an occurrence, what may be changed, and what counts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from campaign.core.dates import format_date
from campaign.core.labelled import Labelled
from campaign.scheme.rules.counts import CountRule, CountRuleKind


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

    def as_hoped(self) -> "ListedOccurrence":
        """Như thể được công nhận, unless it was struck."""
        is_struck = self.state is OccurrenceState.STRUCK
        return self if is_struck else self._replace(state=OccurrenceState.ACCEPTED)

    @property
    def words(self) -> str:
        """Một lần bằng lời, with what became of it."""
        kind = f"{self.kind}, " if self.kind else ""
        reason = f" ({self.reason})" if self.reason else ""
        return f"{format_date(self.held_on)} {kind}{self.text}: {self.state.label}{reason}"


def tally(listed: Iterable[ListedOccurrence]) -> dict[str, int]:
    """Số lần được công nhận, by kind."""
    return Counter(row.kind for row in listed if row.state is OccurrenceState.ACCEPTED)


def waiting(listed: Iterable[ListedOccurrence]) -> int:
    """Số lần chưa thẩm định."""
    return sum(row.state is OccurrenceState.CLAIMED for row in listed)


def kind_problem(rule: CountRule, kind: str) -> str:
    """Vì sao loại này không dùng được; empty where it may be."""
    if rule.kind is CountRuleKind.AWARDS and kind not in rule.names:
        return "Hãy chọn loại khen thưởng hoặc văn bản."
    return ""


def day_problem(held_on: date, starts_on: date, ends_on: date, today: date) -> str:
    """Vì sao ngày này không được; empty where it is a day of the campaign that has come."""
    if not starts_on <= held_on <= ends_on:
        return (
            f"Ngày phải trong thời gian của phong trào, từ {format_date(starts_on)} đến "
            f"{format_date(ends_on)}."
        )
    return "Ngày này chưa đến." if held_on > today else ""
