"""Xếp loại do Hội đồng biểu quyết: the points open the vote, the ballot gives the class; pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

Decided = Mapping[str, bool | None]
"""Mức xếp loại đã đưa ra Hội đồng → được thông qua không; None until it is counted."""


def voted_band(reached: Sequence[str], missed: Sequence[str], votes: Decided) -> tuple[str, str]:
    """Xếp loại theo phiếu: of the bands whose points are reached, highest first, the first that the
    Council passed; and why none above it, as far as it was decided.
    """
    told = list(missed)
    for name in reached:
        passed = votes.get(name)
        if passed is None:
            return "", "; ".join([*told, f"đủ điểm xếp {name}, chờ Hội đồng biểu quyết"])
        if passed:
            return name, "; ".join(told)
        told.append(f"Hội đồng không xếp {name}")
    return "", "; ".join(told) or "chưa đạt mức nào"


class Candidate(NamedTuple):
    """Đơn vị đủ điểm ở những mức nào, highest first, and how it was voted on already."""

    participation_id: int
    reached: Sequence[str]
    votes: Decided

    @property
    def next_band(self) -> str:
        """Mức sẽ hỏi Hội đồng: the highest that is not refused; none once one was passed."""
        for name in self.reached:
            if self.votes.get(name) is not False:
                return "" if self.votes.get(name) else name
        return ""


def next_vote(names: Sequence[str], units: Collection[Candidate]) -> tuple[str, list[int]]:
    """Mức và các đơn vị đưa ra Hội đồng lần này: the highest band that some unit waits for, so that
    whoever is refused there comes to the next; nothing while a vote is not counted.
    """
    asked = [(unit.next_band, unit) for unit in units if unit.next_band]
    if any(name in unit.votes for name, unit in asked):
        return "", []
    for name in names:
        waiting = [unit.participation_id for band, unit in asked if band == name]
        if waiting:
            return name, waiting
    return "", []
