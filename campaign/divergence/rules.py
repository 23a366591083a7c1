"""Chênh lệch điểm: from which spread a cell is looked at, and when that is over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.points import HUNDRED
from campaign.planning.rules import DivergenceEnd


@dataclass(frozen=True, slots=True)
class Threshold:
    """Mức chênh lệch: in points, or in per cent of the criterion's maximum; and who ends it."""

    points: Decimal | None
    percent: int | None
    ended_by: DivergenceEnd

    def is_reached(self, spread: Decimal, maximum: Decimal) -> bool:
        """Chênh từ mức này trở lên; what is just as far apart is looked at too."""
        if self.points is not None:
            return spread >= self.points
        return spread * HUNDRED >= maximum * (self.percent or 0)

    @property
    def words(self) -> str:
        """Từ mức nào."""
        if self.points is not None:
            return f"từ {format_decimal(self.points)} điểm"
        return f"từ {self.percent} % điểm tối đa"


def threshold(
    points: Decimal | None, percent: int | None, ended_by: DivergenceEnd
) -> Threshold | None:
    """Mức chênh lệch của kế hoạch; none where the plan has no such rule."""
    if points is None and percent is None:
        return None
    return Threshold(points, percent, ended_by)


class CellState(Labelled):
    """Việc xem lại một ô chênh lệch: whose turn it is."""

    MEMBERS = "members", "chờ thành viên đã chấm"
    CHAIR = "chair", "chờ quyết định"
    OVER = "over", "đã xem lại xong"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return "ok" if self is CellState.OVER else "warn"


def spread_of(marks: Collection[Decimal]) -> Decimal:
    """Điểm cao nhất trừ điểm thấp nhất; nothing where fewer than two marked."""
    return max(marks) - min(marks) if marks else Decimal(0)


def waiting_members(
    marks: Mapping[int, Decimal], answered: Mapping[int, Decimal], able: Collection[int]
) -> frozenset[int]:
    """Ai chưa trả lời: of those who marked the cell and still sit, who said nothing of the mark
    that stands now; what was said of an earlier mark is not said of this one.
    """
    return frozenset(
        member
        for member, points in marks.items()
        if member in able and answered.get(member) != points
    )


def state_of(
    rule: Threshold,
    maximum: Decimal,
    marks: Mapping[int, Decimal],
    waiting: Collection[int],
    *,
    is_decided: bool,
    has_decider: bool,
) -> CellState:
    """Đến lượt ai: over when the marks came together, when everybody asked answered, or, where the
    chair ends it, when that is decided. Where no chair may decide, the members' answers end it.
    """
    if is_decided or not rule.is_reached(spread_of(marks.values()), maximum):
        return CellState.OVER
    if waiting:
        return CellState.MEMBERS
    waits_for_chair = rule.ended_by is DivergenceEnd.CHAIR and has_decider
    return CellState.CHAIR if waits_for_chair else CellState.OVER


@dataclass(frozen=True, slots=True)
class Told:
    """Ô đã xem lại: how many kept their mark and how many changed it, and what was decided."""

    kept: int
    changed: int
    decided_by: str = ""
    points: Decimal | None = None
    reason: str = ""

    @property
    def answers(self) -> str:
        """Bao nhiêu người giữ, bao nhiêu người đổi."""
        parts = [
            f"{count} người {verb} điểm"
            for count, verb in ((self.kept, "giữ"), (self.changed, "đổi"))
            if count
        ]
        return ", ".join(parts) or "không ai trả lời"

    def lines(self, rule: Threshold) -> tuple[str, ...]:
        """Các câu trong giải trình điểm; nobody is named but who decided."""
        seen = f"Các điểm chênh nhau {rule.words} nên ô được xem lại: {self.answers}."
        if not self.decided_by:
            return (seen,)
        decided = (
            "để nguyên các điểm"
            if self.points is None
            else f"quyết định {format_decimal(self.points)} điểm"
        )
        return seen, f"{self.decided_by} {decided}: {self.reason}"

    @property
    def minuted(self) -> str:
        """Trong biên bản: without points, which not everybody in the room may know yet."""
        if not self.decided_by:
            return self.answers
        decided = "để nguyên các điểm" if self.points is None else "quyết định điểm của ô"
        return f"{self.answers}; {self.decided_by} {decided}"
