"""Ô đánh dấu của một danh mục: an item is a cell of its own, kept in one column of its row."""

from typing import Any

from campaign.core import cells
from campaign.scheme.rules.checklist import ITEM, ItemAnswer, with_tick

TICK = cells.choice(ItemAnswer, "Hãy chọn đạt hoặc không đạt.")
"""Cách đọc một ô đánh dấu."""


def held(row: Any, part: str) -> Any:
    """What a cell holds: a column of its row, or an item of its checklist."""
    if part.startswith(ITEM):
        return (row.ticks or {}).get(part.removeprefix(ITEM))
    return getattr(row, part)


def hold(row: Any, part: str, value: Any) -> None:
    """Ghi vào ô: a column of its row, or an item of its checklist."""
    if part.startswith(ITEM):
        row.ticks = with_tick(row.ticks, part.removeprefix(ITEM), value)
    else:
        setattr(row, part, value)
