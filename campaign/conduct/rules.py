"""Điều hành: the one table of moves from step to step (design §1)."""

from enum import StrEnum

from campaign.core.errors import RuleViolation
from campaign.planning.rules import Phase


class Step(StrEnum):
    """Bước đi: a move forward; the way back is one step, with a reason."""

    LAUNCH = "launch"
    OPEN_REPORTING = "open-reporting"
    START_VERIFYING = "start-verifying"
    OPEN_SCORING = "open-scoring"
    CLOSE_SCORING = "close-scoring"
    PUBLISH = "publish"
    BACK = "back"

    @property
    def label(self) -> str:
        """Tên bước đi."""
        return _LABELS[self]


_LABELS = {
    Step.LAUNCH: "Phát động", Step.OPEN_REPORTING: "Mở báo cáo", Step.START_VERIFYING: "Mở thẩm định",
    Step.OPEN_SCORING: "Mở chấm điểm", Step.CLOSE_SCORING: "Đóng chấm điểm", Step.PUBLISH: "Công bố kết quả",
    Step.BACK: "Lùi một bước",
}

MOVES: dict[tuple[Phase, Step], Phase] = {
    (Phase.DRAFT, Step.LAUNCH): Phase.LAUNCHED,
    (Phase.LAUNCHED, Step.OPEN_REPORTING): Phase.REPORTING,
    (Phase.REPORTING, Step.START_VERIFYING): Phase.VERIFYING,
    (Phase.VERIFYING, Step.OPEN_SCORING): Phase.SCORING,
    (Phase.SCORING, Step.CLOSE_SCORING): Phase.MEETING,
    (Phase.MEETING, Step.PUBLISH): Phase.PUBLISHED,
    (Phase.REPORTING, Step.BACK): Phase.LAUNCHED,
    (Phase.VERIFYING, Step.BACK): Phase.REPORTING,
    (Phase.SCORING, Step.BACK): Phase.VERIFYING,
    (Phase.MEETING, Step.BACK): Phase.SCORING,
}
"""Các bước được phép; a launch freezes the plan for good, and what is published stays published."""


class NoSuchMove(RuleViolation):
    """Không có bước này từ bước đang đứng."""


def steps_from(phase: Phase) -> tuple[Step, ...]:
    """Các bước được phép: what the page may offer now."""
    return tuple(step for start, step in MOVES if start is phase)


def target_of(phase: Phase, step: Step) -> Phase:
    """Bước đến của một bước đi."""
    if (phase, step) not in MOVES:
        message = f"Phong trào đang ở bước “{phase.label}” nên không “{step.label.lower()}” được."
        raise NoSuchMove(message)
    return MOVES[phase, step]
