"""Bảng tính điểm Hội đồng: the marks of whoever the reader may see."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from campaign.papers.workbook import Column, Kind, Table
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
    return [
        Table(
            "Điểm",
            columns,
            (
                (
                    unit.name,
                    criterion.code,
                    criterion.name,
                    criterion.maximum,
                    *(given.get((unit.id, criterion.id), {}).get(member) for member in members),
                )
                for unit in units
                for criterion in criteria
            ),
        )
    ]
