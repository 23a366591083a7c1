"""Điều hành: the one table of moves from step to step."""

from collections.abc import Sequence

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.listing import first_few
from campaign.planning.rules import Phase


class Step(Labelled):
    """Bước đi: a move forward; the way back is one step, with a reason."""

    LAUNCH = "launch", "Phát động"
    OPEN_REPORTING = "open-reporting", "Mở báo cáo"
    START_VERIFYING = "start-verifying", "Mở thẩm định"
    OPEN_SCORING = "open-scoring", "Mở chấm điểm"
    CLOSE_SCORING = "close-scoring", "Đóng chấm điểm"
    DECIDE = "decide", "Chuyển sang quyết định"
    PUBLISH = "publish", "Công bố kết quả"
    BACK = "back", "Quay lại bước trước"


MOVES: dict[tuple[Phase, Step], Phase] = {
    (Phase.DRAFT, Step.LAUNCH): Phase.LAUNCHED,
    (Phase.LAUNCHED, Step.OPEN_REPORTING): Phase.REPORTING,
    (Phase.REPORTING, Step.START_VERIFYING): Phase.VERIFYING,
    (Phase.VERIFYING, Step.OPEN_SCORING): Phase.SCORING,
    (Phase.SCORING, Step.CLOSE_SCORING): Phase.MEETING,
    (Phase.MEETING, Step.DECIDE): Phase.DECIDING,
    (Phase.DECIDING, Step.PUBLISH): Phase.PUBLISHED,
    (Phase.LAUNCHED, Step.BACK): Phase.DRAFT,
    (Phase.REPORTING, Step.BACK): Phase.LAUNCHED,
    (Phase.VERIFYING, Step.BACK): Phase.REPORTING,
    (Phase.SCORING, Step.BACK): Phase.VERIFYING,
    (Phase.MEETING, Step.BACK): Phase.SCORING,
    (Phase.DECIDING, Step.BACK): Phase.MEETING,
}
"""Các bước được phép; a launch is taken back only while no report exists."""


MOST_NAMED = 20


def named_with_reasons(units: Sequence[tuple[str, str]]) -> str:
    """Nêu tên từng đơn vị kèm lý do; of a great many the first, and how many more there are."""
    named = [f"{name} ({why})" for name, why in units]
    return first_few(named, MOST_NAMED, "đơn vị nữa", hold_commas=True)


def steps_from(phase: Phase) -> tuple[Step, ...]:
    """Các bước được phép: what the page may offer now."""
    return tuple(step for start, step in MOVES if start is phase)


def target_of(phase: Phase, step: Step) -> Phase:
    """Bước đến của một bước đi."""
    if (phase, step) not in MOVES:
        refuse(f"Phong trào đang ở bước “{phase.label}” nên không “{step.label.lower()}” được.")
    return MOVES[phase, step]
