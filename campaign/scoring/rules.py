"""Chấm điểm: what a mark may be, and what the marks of a sheet say about themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.listing import first_few
from campaign.core.numbers import format_decimal, parse_points
from campaign.core.points import round_points
from campaign.council.rules import CouncilFunction
from campaign.planning.rules import Phase
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy


class MarkState(Labelled):
    """Trạng thái điểm: given or abstained from; a missing mark has no row and is never zero."""

    GIVEN = "given", "đã chấm"
    ABSTAINED = "abstained", "không chấm"


def parse_mark(text: str, *, maximum: Decimal, step: Decimal, places: int) -> Decimal:
    """Đọc điểm chấm: from 0 to `maximum`, in whole steps, with the plan's decimals."""
    points = parse_points(text, maximum=maximum, places=places)
    if points % step:
        refuse(f"Điểm chấm theo bước {format_decimal(step)}.")
    return points


def refuse_unless_open(phase: Phase, *, is_locked: bool) -> None:
    """Chỉ chấm khi đã mở chấm điểm và phiếu chưa khoá."""
    if phase is not Phase.SCORING:
        refuse("Phong trào chưa mở hoặc đã đóng việc chấm điểm.")
    if is_locked:
        refuse("Phiếu chấm đã khoá.")


def council_criteria(scheme: Scheme) -> tuple[ScoredCriterion, ...]:
    """Tiêu chí do Hội đồng chấm, in order."""
    return tuple(row for row in scheme.criteria if row.judged_by is JudgedBy.COUNCIL)


def criteria_of(
    scheme: Scheme, function: CouncilFunction, user_id: int
) -> tuple[ScoredCriterion, ...]:
    """Tiêu chí người giữ chức danh này chấm: of those of the council all but what is given to
    others by name.
    """
    return tuple(row for row in council_criteria(scheme) if row.markers.admits(function, user_id))


NEAR_MEDIAN = Decimal("0.10")
"""Lệch dưới mức này thì coi là gần trung vị: our choice, a fifth of a step of half a point."""


@dataclass(frozen=True, slots=True)
class Severity:
    """Mức độ chặt tay khi chấm: the mean distance from the block's median; negative is stricter."""

    marks: int
    exact: Fraction | None
    is_flat: bool

    @property
    def difference(self) -> Decimal | None:
        """Mức lệch trung bình để đọc."""
        return None if self.exact is None else round_points(self.exact, GAP_PLACES)

    @property
    def words(self) -> str:
        """Nhận xét bằng lời."""
        if self.is_flat:
            return "cho mọi đơn vị điểm như nhau"
        if self.exact is None:
            return "chưa đủ điểm để so"
        if abs(self.exact) < Fraction(NEAR_MEDIAN):
            return "gần trung vị"
        return "nghiêm hơn" if self.exact < 0 else "rộng hơn"


GAP_PLACES = 2
"""Mức lệch trung bình is told so finely, whatever the plan's decimals."""
FEWEST_OTHERS = 3
"""Ít nhất mấy người khác: what follows from fewer marks of others tells a member whose they are."""


def severity(
    own: Mapping[tuple[int, int], Decimal],
    everybody: Mapping[tuple[int, int], Sequence[Decimal]],
    *,
    others: int = 1,
) -> Severity:
    """Mức độ chặt tay khi chấm của một thành viên, against the medians of the cells that at least
    so many `others` marked.
    """
    gaps = [
        points - median(everybody[cell])
        for cell, points in own.items()
        if len(everybody.get(cell, ())) > others
    ]
    average = Fraction(sum(gaps, Decimal(0))) / len(gaps) if gaps else None
    return Severity(len(own), average, _is_flat(own))


def _is_flat(own: Mapping[tuple[int, int], Decimal]) -> bool:
    """Cho mọi đơn vị điểm như nhau, criterion by criterion."""
    by_criterion: dict[int, set[Decimal]] = {}
    for (_, criterion), points in own.items():
        by_criterion.setdefault(criterion, set()).add(points)
    units = {unit for unit, _ in own}
    return len(units) > 2 and all(len(seen) == 1 for seen in by_criterion.values())  # noqa: PLR2004 - two may be alike


def who_reopens(of: CouncilFunction) -> frozenset[CouncilFunction]:
    """Ai mở lại phiếu chấm của người giữ chức danh này: the chair; the chair's own, who may have
    seen the order by then, the deputy or the council's secretary.
    """
    if of is CouncilFunction.CHAIR:
        return frozenset({CouncilFunction.VICE_CHAIR, CouncilFunction.SECRETARY})
    return frozenset({CouncilFunction.CHAIR})


LISTED = 5
"""Kể tên mấy đơn vị còn thiếu điểm."""


def cells_words(cells: Sequence[tuple[str, str]]) -> str:
    """Những ô nào: unit by unit with the codes of its criteria, the first few by name."""
    by_unit: dict[str, list[str]] = {}
    for unit, code in cells:
        by_unit.setdefault(unit, []).append(code)
    listed = [f"{unit} ({', '.join(codes)})" for unit, codes in by_unit.items()]
    return first_few(listed, LISTED, "đơn vị nữa", hold_commas=True)


def missing_words(cells: Sequence[tuple[str, str]]) -> str:
    """Còn những ô nào chưa chấm."""
    return f"Còn {len(cells)} ô chưa chấm: {cells_words(cells)}."


OUTLIER = Decimal("0.2")


def is_outlier(points: Decimal, peers: Sequence[Decimal], maximum: Decimal) -> bool:
    """Điểm lệch: a fifth of the maximum or more away from the median of the cell."""
    return len(peers) > 2 and abs(points - median(peers)) >= maximum * OUTLIER  # noqa: PLR2004 - two have no middle


def sees_names(phase: Phase, function: CouncilFunction) -> bool:
    """Xem điểm kèm tên: for the chair and the secretary, after closing (design decision 13)."""
    return phase.place > Phase.SCORING.place and function in {
        CouncilFunction.CHAIR,
        CouncilFunction.SECRETARY,
    }
