"""Bảng tính điểm Hội đồng: the marks of whoever the reader may see."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring.units import UnitRow


def marks(
    units: Sequence[UnitRow],
    criteria: Sequence[ScoredCriterion],
    members: Sequence[int],
    names: Mapping[int, str],
    given: Mapping[tuple[int, int], Mapping[int, Decimal]],
) -> list[Table]:
    """Điểm từng thành viên, a column each; empty where they gave none."""
    columns = [
        Column("Đơn vị", width=44),
        Column("Mã", width=8),
        Column("Tiêu chí", width=40),
        Column("Tối đa", Kind.POINTS),
        *(Column(names.get(member, ""), Kind.POINTS, 16) for member in members),
    ]
    return [Table("Điểm", columns, _rows(units, criteria, members, given))]


def _rows(
    units: Sequence[UnitRow],
    criteria: Sequence[ScoredCriterion],
    members: Sequence[int],
    given: Mapping[tuple[int, int], Mapping[int, Decimal]],
) -> Iterator[tuple[Cell, ...]]:
    """Một hàng cho mỗi ô."""
    for unit in units:
        for criterion in criteria:
            marks = given.get((unit.id, criterion.id), {})
            yield (
                unit.name,
                criterion.code,
                criterion.name,
                criterion.maximum,
                *(marks.get(member) for member in members),
            )
