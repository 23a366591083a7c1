"""Yêu cầu sửa dữ liệu: how one is answered (pure)."""

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled

MOST_OPEN = 10
"""Số yêu cầu chờ trả lời nhiều nhất của một người."""


class Answer(Labelled):
    """Trả lời một yêu cầu."""

    DONE = "done", "đã sửa"
    DECLINED = "declined", "không sửa"


def demand_askable(wish: str, open_count: int) -> None:
    """Gửi được yêu cầu: it says something, and not too many wait already."""
    if not wish:
        refuse("Hãy ghi điều sai và điều đúng.", "wish")
    if open_count >= MOST_OPEN:
        refuse(f"Ông/Bà đang có {open_count} yêu cầu chờ trả lời; hãy chờ trả lời trước.", "wish")


def demand_answerable(*, is_answered: bool, reason: str) -> None:
    """Trả lời được: once, and with a reason."""
    if is_answered:
        refuse("Yêu cầu này đã được trả lời.")
    if not reason:
        refuse("Hãy ghi lý do để người yêu cầu đọc.", "reason")
