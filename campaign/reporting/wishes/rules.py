"""Xin gia hạn: the states of a wish."""

from campaign.core.labelled import Labelled


class WishState(Labelled):
    """Trạng thái một đề nghị gia hạn."""

    OPEN = "open", "chờ trả lời"
    GRANTED = "granted", "đã gia hạn"
    REFUSED = "refused", "không gia hạn"
    DROPPED = "dropped", "không còn cần"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return _TONES[self]


_TONES = {
    WishState.OPEN: "warn",
    WishState.GRANTED: "ok",
    WishState.REFUSED: "bad",
    WishState.DROPPED: "neutral",
}
