"""Hình vẽ bảng điểm: how far the marks of one criterion lie apart, for whoever reads them all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaign.charts import findings
from campaign.charts.drawn import Drawn
from campaign.charts.marks import spread
from campaign.core.dates import format_date
from campaign.scheme.rules.table import ScoredCriterion

FEWEST = 2
"""Một điểm đứng một mình thì không lệch với ai."""
_READ = (
    "Mỗi hàng là một tiêu chí: điểm từng người cao hay thấp hơn trung bình của ô bao nhiêu. Đường "
    "là cả khoảng, hộp là một nửa số điểm ở giữa, vạch đen là trung vị."
)


def apart(
    criteria: Sequence[ScoredCriterion],
    unit_ids: Collection[int],
    marks: Mapping[tuple[int, int], Mapping[int, Decimal]],
    today: date,
) -> Drawn | None:
    """Độ phân tán của điểm chấm, of the units that are shown; nothing without two marks."""
    known = _known(criteria, unit_ids, marks)
    if not known:
        return None
    return Drawn(
        "phan-tan",
        spread(known, "điểm"),
        findings.apart(known, {_name(row): row.maximum for row in criteria}),
        _READ,
        f"Các phiếu đã khoá, {format_date(today)}.",
        ("Tiêu chí", "Thấp nhất", "Phần tư dưới", "Trung vị", "Phần tư trên", "Cao nhất"),
    )


def _name(criterion: ScoredCriterion) -> str:
    return f"{criterion.code}. {criterion.name}"


def _known(
    criteria: Sequence[ScoredCriterion],
    unit_ids: Collection[int],
    marks: Mapping[tuple[int, int], Mapping[int, Decimal]],
) -> dict[str, list[Fraction]]:
    """Độ lệch của từng tiêu chí, by its name; of those that have any."""
    values = {
        _name(row): [
            difference
            for unit_id in unit_ids
            for difference in _differences([*marks.get((unit_id, row.id), {}).values()])
        ]
        for row in criteria
    }
    return {name: numbers for name, numbers in values.items() if numbers}


def _differences(points: Sequence[Decimal]) -> list[Fraction]:
    """Từng điểm so với trung bình của ô."""
    if len(points) < FEWEST:
        return []
    mean = sum(map(Fraction, points), Fraction(0)) / len(points)
    return [Fraction(point) - mean for point in points]
