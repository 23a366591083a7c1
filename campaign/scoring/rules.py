"""Chấm điểm: states of a mark."""

from enum import StrEnum


class MarkState(StrEnum):
    """Trạng thái điểm: a mark is given or abstained from; a missing one has no row and is never zero."""

    GIVEN = "given"
    ABSTAINED = "abstained"

    @property
    def label(self) -> str:
        """Tên trạng thái."""
        return "đã chấm" if self is MarkState.GIVEN else "không chấm"
