"""Thống kê điển hình: how many stand at which step, by block, and of whom; pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campaign.exemplars.rules import Standing, State, Step, Subject


class Counted(NamedTuple):
    """Một điển hình khi đếm."""

    block: str
    state: State
    step: Step
    subject: Subject
    standing: Standing | None


class Tally(NamedTuple):
    """Một dòng thống kê: registered ones only, by step and by whom they are."""

    name: str
    steps: Mapping[Step, int]
    collectives: int
    households: int
    leaders: int
    workers: int

    @property
    def total(self) -> int:
        """Tất cả."""
        return sum(self.steps.values())


def tallies(rows: Sequence[Counted], blocks: Iterable[str]) -> list[Tally]:
    """Thống kê theo khối, in the order of the plan; the last line is of all."""
    counted = [row for row in rows if row.state is State.REGISTERED]
    by_block = [_tally(name, [row for row in counted if row.block == name]) for name in blocks]
    return [*by_block, _tally("Tất cả", counted)]


def _tally(name: str, rows: Sequence[Counted]) -> Tally:
    return Tally(
        name,
        {step: sum(row.step is step for row in rows) for step in Step},
        sum(row.subject is Subject.COLLECTIVE for row in rows),
        sum(row.subject is Subject.HOUSEHOLD for row in rows),
        sum(row.standing is Standing.LEADER for row in rows),
        sum(row.standing is Standing.WORKER for row in rows),
    )
