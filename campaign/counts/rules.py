"""Số lần: what may be listed, and what counts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from campaign.core.dates import format_date
from campaign.reporting.listed import ListedOccurrence, OccurrenceState
from campaign.scheme.rules.counts import CountRule, CountRuleKind, source_words

EXEMPLAR, STUDY = "exemplar:", "study:"
"""Dòng của sổ: an example, or a directive that a unit worked through."""


class Taken(NamedTuple):
    """Một lần như sổ ghi: which row of the register, the day, and what is told of it."""

    origin: str
    held_on: date
    text: str


def exemplar_of(origin: str | None) -> int | None:
    """Điển hình mà một lần được lấy từ đó, if it comes of one."""
    register, row = (origin or "").partition(EXEMPLAR)[1:]
    return int(row) if register else None


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


def hand_problem(rule: CountRule) -> str:
    """Vì sao không kê tay được; empty where one may."""
    if not rule.is_taken:
        return ""
    return f"Các lần của tiêu chí này lấy từ sổ: {source_words(rule)}; không kê tay."


def day_problem(held_on: date, starts_on: date, ends_on: date, today: date) -> str:
    """Vì sao ngày này không được; empty where it is a day of the campaign that has come."""
    if not starts_on <= held_on <= ends_on:
        return (
            f"Ngày phải trong thời gian của phong trào, từ {format_date(starts_on)} đến "
            f"{format_date(ends_on)}."
        )
    return "Ngày này chưa đến." if held_on > today else ""
