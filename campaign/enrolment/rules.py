"""Đăng ký: states of a participation."""

from enum import StrEnum


class ParticipationState(StrEnum):
    """Trạng thái tham gia."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Tên trạng thái."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ParticipationState.PROPOSED: "chờ xác nhận",
    ParticipationState.CONFIRMED: "đã xác nhận",
    ParticipationState.WITHDRAWN: "đã rút",
}
