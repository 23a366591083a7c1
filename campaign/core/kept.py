"""Giữ lại: what was worked out from the record, kept in memory for as long as the record stays what
it was.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Ngăn giữ: values worked out under one stamp of the record, at most `most`; another stamp
    empties it.

    The stamp is read before what the value is made of, so a value is never older than its stamp
    says.
    """

    def __init__(self, most: int) -> None:
        """An empty shelf."""
        self._most = most
        self._stamp = ""
        self._values: dict[Hashable, tuple[str, Value]] = {}

    def take(self, stamp: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """Lấy ra, made anew where it is not there; without a stamp nothing is kept."""
        held = self._values.get(key) if stamp else None
        if held is not None and held[0] == stamp:
            return held[1]
        value = make()
        self._put(stamp, key, value)
        return value

    def take_each(
        self,
        stamp: str,
        keys: Collection[Key],
        make: Callable[[Collection[Key]], Mapping[Key, Value]],
    ) -> dict[Key, Value]:
        """Lấy ra nhiều giá trị: `make` gives those that are not there, at once; what it leaves out
        is left out here too.
        """
        held = {key: self._values.get(key) for key in keys} if stamp else {}
        found = {key: one[1] for key, one in held.items() if one is not None and one[0] == stamp}
        missing = [key for key in keys if key not in found]
        if missing:
            made = make(missing)
            found |= made
            for key, value in made.items():
                self._put(stamp, key, value)
        return found

    def clear(self) -> None:
        """Để trống."""
        self._values.clear()

    def _put(self, stamp: str, key: Hashable, value: Value) -> None:
        if not stamp:
            return
        if stamp != self._stamp or len(self._values) >= self._most:
            self._values, self._stamp = {}, stamp
        self._values[key] = (stamp, value)
