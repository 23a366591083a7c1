"""Đường đi của một đề nghị: what of its state, reasons and vote a reader is shown today (pure)."""

from dataclasses import dataclass
from typing import Protocol

from campaign.nomination.rules import NomineeState
from campaign.voting.rules import Outcome

SEALED = "còn niêm phong đến khi công bố kết quả"


class NomineeLike(Protocol):
    """Đề nghị as far as its course goes."""

    @property
    def state(self) -> NomineeState:
        """Where it stands."""

    @property
    def state_reason(self) -> str:
        """Why it stands there; it tells a rank."""

    @property
    def added_reason(self) -> str:
        """Why the Standing Committee added it."""

    @property
    def is_tied(self) -> bool:
        """Whether its rank is shared at the line of the quota."""


@dataclass(frozen=True, slots=True)
class Course:
    """Đường đi được hiện: state, reason and the Council's word, as far as told."""

    state: NomineeState
    reason: str = ""
    is_tied: bool = False
    outcome: Outcome | None = None
    tells_changes: bool = True


def course_of(
    row: NomineeLike, outcome: Outcome | None, *, hides_rank: bool, hides_course: bool
) -> Course:
    """Đường đi của đề nghị: without what tells a rank, or as far as its unit itself brought it."""
    if hides_course:
        state = NomineeState.DRAFT if row.state is NomineeState.DRAFT else NomineeState.SIGNED
        return Course(state, SEALED if row.state not in _BY_UNIT else "", tells_changes=False)
    if hides_rank:
        reason = SEALED if row.state_reason else row.added_reason
        return Course(row.state, reason, outcome=outcome, tells_changes=False)
    return Course(row.state, row.state_reason or row.added_reason, row.is_tied, outcome)


_BY_UNIT = frozenset({NomineeState.DRAFT, NomineeState.SIGNED})
