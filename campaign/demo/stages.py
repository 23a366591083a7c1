"""Thời điểm diễn tập: the moments that can be loaded, and where each unit then stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Thời điểm."""

    PLANNING = "planning"
    REPORTING = "reporting"
    SCORING = "scoring"
    MEETING = "meeting"
    PUBLISHED = "published"
    HEALTH = "health"
    """Beside what was published: the second campaign, at its final reports."""

    @property
    def today(self) -> date:
        """Ngày diễn tập của thời điểm."""
        return _DAYS[self]

    def is_past(self, other: "Stage") -> bool:
        """Whether the story has come as far as `other`."""
        return list(Stage).index(self) >= list(Stage).index(other)


_DAYS = {
    Stage.PLANNING: date(2021, 2, 24),
    Stage.REPORTING: date(2021, 4, 2),
    Stage.SCORING: date(2021, 4, 28),
    Stage.MEETING: date(2021, 5, 11),
    Stage.PUBLISHED: date(2021, 5, 14),
    Stage.HEALTH: date(2026, 11, 6),
}


class Progress(StrEnum):
    """Báo cáo đã đi đến đâu; each step holds the ones before it."""

    NONE = "none"
    DRAFT = "draft"
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"

    def has(self, other: "Progress") -> bool:
        """Whether `other` has been done too."""
        return list(Progress).index(self) >= list(Progress).index(other)


@dataclass(frozen=True)
class Filing:
    """Báo cáo của một đơn vị: how far, and on which day of 2021 it was submitted."""

    progress: Progress
    submitted_on: date = date(2021, 4, 26)


def march(code: str, stage: Stage) -> Filing:
    """Báo cáo tháng 3: one unit never reported, one had more time, one was late."""
    if stage is Stage.REPORTING:
        return Filing(_MARCH_SO_FAR.get(code, Progress.SUBMITTED), date(2021, 4, 2))
    if code == "DB":
        return Filing(Progress.NONE)
    days = {"MC": date(2021, 4, 12), "LS": date(2021, 4, 7)}
    return Filing(Progress.VERIFIED, days.get(code, date(2021, 4, 3)))


_MARCH_SO_FAR = {
    "HB": Progress.DRAFT,
    "CP": Progress.PREPARED,
    "DB": Progress.NONE,
    "MC": Progress.NONE,
    "LS": Progress.DRAFT,
    "KB": Progress.NONE,
    "TTR": Progress.DRAFT,
    "KTAT": Progress.PREPARED,
}


def final(code: str, stage: Stage) -> Filing:
    """Báo cáo cuối: when scoring has begun the offices are done, the districts stand everywhere."""
    if stage.is_past(Stage.MEETING):
        late = {"DB": date(2021, 5, 4), "MC": date(2021, 5, 3)}
        return Filing(Progress.VERIFIED, late.get(code, date(2021, 4, 27)))
    return Filing(_FINAL_SO_FAR.get(code, Progress.VERIFIED), date(2021, 4, 27))


_FINAL_SO_FAR = {
    "DB": Progress.DRAFT,
    "YT": Progress.PREPARED,
    "LS": Progress.SUBMITTED,
    "LT": Progress.SUBMITTED,
    "MC": Progress.RETURNED,
}
