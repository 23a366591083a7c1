"""Giữ lại: what was worked out from the record, kept in memory for as long as the record stays what it was."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Ngăn giữ: values worked out under one stamp of the record, at most `most`; another stamp empties it.

    The stamp is read before what the value is made of, so a value is never older than its stamp says.
    """

    def __init__(self, most: int) -> None:
        """An empty shelf."""
        self._most = most
        self._stamp = ""
        self._values: dict[Hashable, tuple[str, Value]] = {}

    def take(self, stamp: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """Lấy ra, made anew where it is not there; without a stamp nothing is kept."""
        if not stamp:
            return make()
        held = self._values.get(key)
        if held is not None and held[0] == stamp:
            return held[1]
        value = make()
        if stamp != self._stamp or len(self._values) >= self._most:
            self._values, self._stamp = {}, stamp
        self._values[key] = (stamp, value)
        return value
