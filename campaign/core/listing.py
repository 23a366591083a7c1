"""Liệt kê: names one after the other, as a sentence has them."""

from collections.abc import Iterable, Sequence


def listing(names: Iterable[str]) -> str:
    """Liệt kê: "A", "A và B", "A, B và C"."""
    *others, last = [*names] or [""]
    return f"{', '.join(others)} và {last}" if others else last


def first_few(names: Sequence[str], most: int, others: str, *, hold_commas: bool = False) -> str:
    """Kể mấy tên đầu: "A, B và 3 đơn vị nữa", of names that hold commas "A (1, 2); và 3 đơn vị
    nữa".
    """
    named = ("; " if hold_commas else ", ").join(names[:most])
    more = len(names) - most
    if more <= 0:
        return named
    return f"{named}{';' if hold_commas else ''} và {more} {others}"
