"""Ai được xem xếp hạng, and when (design decision 13)."""

from dataclasses import dataclass

from campaign.planning.rules import Phase


@dataclass(frozen=True, slots=True)
class Asker:
    """Người hỏi: what he is to this campaign."""

    is_secretariat: bool = False
    is_director: bool = False
    is_member: bool = False
    is_leading: bool = False
    has_open_sheet: bool = False


def sees_table(asker: Asker, phase: Phase) -> bool:
    """Được xem bảng xếp hạng: everybody after publication; council, secretariat and Director after scoring is
    closed; during scoring only the secretariat and the council's chair and secretary, and whoever of them
    marks himself only once his own sheets are locked.
    """
    if phase is Phase.PUBLISHED:
        return True
    if phase.place > Phase.SCORING.place:
        return asker.is_secretariat or asker.is_director or asker.is_member
    if phase is Phase.SCORING:
        return (asker.is_secretariat or asker.is_leading) and not asker.has_open_sheet
    return False
