"""Phân trang: one slice of a long list, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select

from campaign.core.numbers import row_id
from campaign.extensions import db

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Trang: its rows, its number from 1, and how many rows there are in all."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Số trang."""
        return max(1, -(-self.total // self.size))

    @property
    def numbers(self) -> list[int]:
        """Các số trang được nêu: the first, the last and those around; 0 stands for a gap."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        named = sorted(number for number in near if 1 <= number <= self.last)
        told: list[int] = []
        for number in named:
            if told and number > told[-1] + 1:
                told.append(0)
            told.append(number)
        return told


def page_number(name: str = "page") -> int:
    """Trang đang xem, from the address; nonsense is page 1."""
    asked = request.args.get(name, 1, type=row_id)
    return min(max(asked, 1), 1_000_000)


def paginate(statement: Select[Any], *, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Cắt trang: two queries, the count and the slice; rows of one entity come as that entity.

    A number beyond the last page is the last.
    """
    total = (
        db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
        or 0
    )
    number = min(number, max(1, -(-total // size)))
    slice_ = statement.limit(size).offset((number - 1) * size)
    result = db.session.execute(slice_)
    single = len(statement.column_descriptions) == 1
    rows: Sequence[Any] = result.scalars().all() if single else result.all()
    return Page(rows=rows, number=number, size=size, total=total)
