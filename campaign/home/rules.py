"""Việc của tôi: one thing to do, and how urgent it is; pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Todo:
    """Việc: what, where, how urgent (0 overdue, 1 due, 2 waiting, 3 for information), how many
    where it counts;
    `state`: a word of its own where the degree of urgency says too little.
    """

    text: str
    note: str
    url: str
    urgency: int
    count: int = 0
    state: str = ""
    due_on: date = date.max

    @property
    def tone(self) -> str:
        """Màu của việc."""
        return ("bad", "warn", "info", "neutral")[self.urgency]

    @property
    def word(self) -> str:
        """Độ gấp bằng chữ."""
        return self.state or ("quá hạn", "đến hạn", "đang chờ", "thông tin")[self.urgency]


SOON = timedelta(days=14)
