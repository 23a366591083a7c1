"""Đăng ký: states of a participation, and until when it changes."""

from collections.abc import Mapping

from campaign.core.labelled import Labelled
from campaign.planning.rules import Phase


class ParticipationState(Labelled):
    """Trạng thái tham gia."""

    PROPOSED = "proposed", "chờ xác nhận"
    CONFIRMED = "confirmed", "đã xác nhận"
    WITHDRAWN = "withdrawn", "đã rút"


def counts_words(counts: Mapping[ParticipationState, int]) -> str:
    """Bao nhiêu đơn vị ở trạng thái nào: "17 đơn vị đã xác nhận, 1 đã rút"."""
    told = [f"{counts[state]} {state.label}" for state in _TOLD if counts.get(state)]
    if not told:
        return "0 đơn vị"
    number, state = told[0].split(" ", 1)
    return ", ".join([f"{number} đơn vị {state}", *told[1:]])


_TOLD = (ParticipationState.CONFIRMED, ParticipationState.PROPOSED, ParticipationState.WITHDRAWN)


def not_to_confirm(state: ParticipationState, block: str, reason: str) -> str:
    """Vì sao không xác nhận cùng các đơn vị khác; empty where it can be."""
    if state is ParticipationState.CONFIRMED:
        return f"đã xác nhận, ở {block}" if block else "đã xác nhận"
    if state is ParticipationState.WITHDRAWN:
        return f"đã rút: {reason}"
    return ""


def may_confirm(phase: Phase) -> bool:
    """Còn xác nhận và xếp khối được: until scoring opens."""
    return phase.place < Phase.SCORING.place


def may_withdraw(phase: Phase) -> bool:
    """Còn rút đăng ký được: until scoring is over."""
    return phase.place < Phase.MEETING.place
