"""Người được giao chấm: who of the council marks a criterion; the others see it as given."""

from typing import NamedTuple


class Markers(NamedTuple):
    """Người được giao chấm, by function or by person; nobody named is the whole council."""

    functions: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def are_named(self) -> bool:
        """Có người được giao, not the whole council."""
        return bool(self.functions or self.people)

    def admits(self, function: str, user_id: int) -> bool:
        """Whether whoever holds this function marks it."""
        return not self.are_named or function in self.functions or user_id in self.people


EVERYBODY = Markers()
"""Cả Hội đồng."""
