"""Cây bảng điểm: sections below sections, what bounds each, and how points go up to the total."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from campaign.core.numbers import format_points

MOST_LEVELS = 4
"""Số cấp nhiều nhất: three of sections (I, 1, 1.1) and the criteria below them (a)."""

NO_LIMIT = Decimal("Infinity")
"""Không giới hạn: the maximum of a bonus or a penalty that has none."""


class Section(NamedTuple):
    """Mục, as points go up through it: the section that holds it, its ceiling and its floor."""

    id: int
    parent_id: int | None = None
    ceiling: Decimal | Fraction | None = None
    floor: Decimal | Fraction | None = None


def gathered(sections: Sequence[Section], own: Mapping[int, Any]) -> Any:
    """Cộng lên cây: what stands in each section (in depth order) and below it, within ceilings."""
    sums, whole = dict(own), 0
    known = {section.id for section in sections}
    for section in reversed(sections):
        points = sums.get(section.id, 0)
        if section.ceiling is not None:
            points = min(points, section.ceiling)
        if section.parent_id in known:
            sums[section.parent_id] = sums.get(section.parent_id, 0) + points
        else:
            whole += points
    return whole


def bounds_words(ceiling: Decimal | None, floor: Decimal | None, places: int) -> str:
    """Trần và sàn bằng lời: "trần 10,00, sàn 0,00"; empty where there is neither."""
    bounds = (("trần", ceiling), ("sàn", floor))
    return ", ".join(f"{name} {format_points(to, places)}" for name, to in bounds if to is not None)
