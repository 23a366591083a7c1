"""Tính điểm theo danh mục: items that are met or not, with the points of each."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.points import PLACES, ZERO
from campaign.scheme.rules.counts import CountPoints, scaled_count


class ItemAnswer(Labelled):
    """Đánh dấu một mục của danh mục."""

    MET = "met", "đạt"
    UNMET = "unmet", "không đạt"


class ChecklistItem(NamedTuple):
    """Mục của danh mục, with its points when it is met."""

    text: str
    points: Decimal

    @property
    def words(self) -> str:
        """Mục và điểm, in a few words."""
        return f"{self.text} ({format_decimal(self.points)} điểm)"


Checklist = tuple[ChecklistItem, ...]
"""Danh mục, in the order of the plan; an item is known by its number, counted from 1."""
Ticks = Mapping[str, str]
"""Các mục đã đánh dấu: number → answer, as they are stored."""
ITEM = "item-"
"""Phần của tên ô: `p:12:item-3` is the third item of criterion 12."""


def checklist_from_data(data: Sequence[Sequence[Any]]) -> Checklist:
    """Đọc danh mục as stored."""
    return tuple(ChecklistItem(text, Decimal(points)) for text, points in data)


def checklist_data(items: Checklist) -> list[list[str]]:
    """Dạng lưu trữ: strings only, so that no number is ever a float."""
    return [[row.text, str(row.points)] for row in items]


def item_number(part: str, items: Checklist) -> str:
    """Số của mục mà một ô nói tới; empty where there is no such item."""
    known = {f"{ITEM}{number}": str(number) for number in range(1, len(items) + 1)}
    return known.get(part, "")


def with_tick(ticks: Ticks | None, number: str, answer: str | None) -> dict[str, str] | None:
    """Các mục đã đánh dấu with one more, or one taken back; None where none is left."""
    changed = {key: value for key, value in (ticks or {}).items() if key != number}
    return (changed | {number: answer} if answer else changed) or None


def answers(
    items: Checklist, ticks: Ticks | None
) -> Iterator[tuple[ChecklistItem, ItemAnswer | None]]:
    """Từng mục kèm đánh dấu."""
    for number, item in enumerate(items, start=1):
        said = (ticks or {}).get(str(number))
        yield item, ItemAnswer(said) if said else None


def unanswered(items: Checklist, ticks: Ticks | None) -> list[int]:
    """Số của các mục chưa đánh dấu."""
    said = enumerate(answers(items, ticks), start=1)
    return [number for number, (_, answer) in said if answer is None]


def checklist_points(
    items: Checklist,
    ticks: Ticks | None,
    maximum: Decimal,
    to: Decimal | None = None,
    *,
    places: int = PLACES,
) -> CountPoints:
    """Điểm của các mục đạt, up to the maximum, re-scaled `to` what a unit can reach."""
    said = list(answers(items, ticks))
    met = [item.points for item, answer in said if answer is ItemAnswer.MET]
    lines = [
        f"{item.words}: {answer.label if answer else 'chưa đánh dấu'}" for item, answer in said
    ]
    points = min(sum(met, ZERO), maximum)
    return scaled_count((*lines, _sum_words(met, maximum)), points, maximum, to, places=places)


def _sum_words(met: Sequence[Decimal], maximum: Decimal) -> str:
    """Điểm các mục đạt cộng lại, as it is written."""
    line = " + ".join(map(format_decimal, met)) or "Không có mục nào đạt: 0"
    return f"{line}, không quá {format_decimal(maximum)}" if sum(met, ZERO) > maximum else line


def checklist_problem(items: Checklist) -> str | None:
    """Chỗ chưa đúng của một danh mục, as one sentence."""
    if not items:
        return "Hãy nhập ít nhất một mục kèm điểm."
    if any(row.points <= 0 for row in items):
        return "Điểm của mỗi mục phải lớn hơn 0."
    names = [row.text.casefold() for row in items]
    return "Mỗi mục chỉ ghi một dòng." if len(set(names)) < len(names) else None


def checklist_words(items: Checklist) -> str:
    """Danh mục bằng lời, in one line."""
    return "; ".join(row.words for row in items)
