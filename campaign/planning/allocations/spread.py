"""Mục tiêu theo khối, theo kỳ: the grid in which it is typed; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.core.numbers import NumberError, parse_decimal, typed_decimal
from campaign.scheme.rules.targets import GivenTo


class GridRow(NamedTuple):
    """Một dòng của lưới: everybody, a block or a unit."""

    name: str
    to: GivenTo

    @property
    def has_whole(self) -> bool:
        """Cột cả năm nhập ở đây: of blocks alone; the others' stands elsewhere."""
        return self.to.block_id is not None

    def key(self, period_id: int | None) -> GivenTo:
        """Giao cho dòng này, in this period or for the whole."""
        return self.to._replace(period_id=period_id)


def grid_rows(blocks: Sequence[tuple[int, str]], units: Sequence[tuple[int, str]]) -> list[GridRow]:
    """Các dòng: everybody first, then the blocks, then the units."""
    return [
        GridRow("Mọi đơn vị", GivenTo()),
        *(GridRow(name, GivenTo(block_id=number)) for number, name in blocks),
        *(GridRow(name, GivenTo(unit_id=number)) for number, name in units),
    ]


def field_of(key: GivenTo) -> str:
    """Tên ô: "block-7-21" for block 7 in period 21, "block-7-0" for the whole."""
    kind = "block" if key.block_id else "unit" if key.unit_id else "all"
    return f"{kind}-{key.block_id or key.unit_id or 0}-{key.period_id or 0}"


def keys_of(rows: Sequence[GridRow], periods: Sequence[int]) -> Iterator[GivenTo]:
    """Mọi ô nhập được."""
    for row in rows:
        if row.has_whole:
            yield row.key(None)
        yield from (row.key(period) for period in periods)


def grid_texts(keys: Iterable[GivenTo], held: Mapping[GivenTo, Decimal | None]) -> dict[str, str]:
    """Các ô as they stand, by their names."""
    return {
        field_of(key): "" if (number := held.get(key)) is None else typed_decimal(number)
        for key in keys
    }


def typed_numbers(
    keys: Iterable[GivenTo], typed: Mapping[str, str], errors: dict[str, str]
) -> dict[GivenTo, Decimal | None]:
    """Những số đã nhập, by whom and when they are for; what is no number is told by field."""
    numbers: dict[GivenTo, Decimal | None] = {}
    for key in keys:
        name = field_of(key)
        text = typed.get(name, "").strip()
        try:
            numbers[key] = parse_decimal(text, decimals=4) if text else None
        except NumberError as error:
            errors[name] = str(error)
    return numbers
