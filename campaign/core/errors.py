"""Lỗi nghiệp vụ: refusals whose text is the sentence a person reads."""

from typing import NoReturn

from campaign.core.text import one_line


class RuleViolation(Exception):
    """Trái quy định: the Vietnamese sentence, and the form field it belongs to where there
    is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        """Keep the sentence and the field."""
        super().__init__(sentence)
        self.field = field


def refuse(sentence: str, field: str | None = None) -> NoReturn:
    """Từ chối: nothing was done; the sentence stands at the form field it belongs to, if any."""
    raise RuleViolation(sentence, field=field)


def stated_reason(given: str, sentence: str = "Hãy ghi lý do.") -> str:
    """Lý do đã ghi, on one line; refused where none was given."""
    return one_line(given) or refuse(sentence, "reason")


class Busy(Exception):
    """Đang bận: nothing was done, and the sentence says to try again soon."""


class NotVisible(Exception):
    """Không thấy: the object does not exist for whoever asks."""


class Conflict(RuleViolation):
    """Xung đột: somebody else changed the same thing since it was read; both texts are kept."""

    def __init__(self, *, theirs: str, by: str, at: str) -> None:
        """What stands there now, who wrote it and when."""
        super().__init__("Nội dung này vừa được người khác sửa.")
        self.theirs, self.by, self.at = theirs, by, at
