"""Ai được xem xếp hạng, and when (design decision 13)."""

from dataclasses import dataclass

from campaign.council.rules import CouncilFunction
from campaign.planning.rules import Phase

READS_MARKS = frozenset({CouncilFunction.CHAIR, CouncilFunction.SECRETARY})
"""Ai đọc điểm kèm tên: after scoring is closed chair and secretary read every mark as such."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Người hỏi: what they are to this campaign."""

    is_secretariat: bool = False
    is_director: bool = False
    is_member: bool = False
    reads_marks: bool = False


def sees_table(asker: Asker, phase: Phase) -> bool:
    """Được xem bảng xếp hạng: everybody after publication; council, secretariat and Director after
    scoring is closed.

    While it is open nobody: a mean read before and after one lock tells every mark of that member.
    """
    if phase is Phase.PUBLISHED:
        return True
    return phase.place > Phase.SCORING.place and (
        asker.is_secretariat or asker.is_director or asker.is_member
    )


def explains_all(asker: Asker) -> bool:
    """Được xem điểm từng tiêu chí của mọi đơn vị: council, secretariat, Director; no others."""
    return asker.is_secretariat or asker.is_director or asker.is_member
