"""Bảng tính chỉ tiêu: targets of the campaign, and what is given to each unit."""

from collections.abc import Iterable, Mapping

from campaign.core.text import text_sort_key
from campaign.papers.workbook import Column, Kind, Table
from campaign.planning.scheme import MeasuredIndicator

TARGETS = (
    Column("Chỉ tiêu", width=44),
    Column("Đơn vị đo", width=12),
    Column("Chiều", width=24),
    Column("Cách đánh giá", width=30),
    Column("Mục tiêu", Kind.MEASURE),
    Column("Tính cho", width=16),
    Column("Tăng trưởng, %", Kind.MEASURE),
    Column("Năm trước", Kind.MEASURE),
    Column("Đối chiếu", width=16),
)
GIVEN = (
    Column("Chỉ tiêu", width=44),
    Column("Mã đơn vị", width=12),
    Column("Đơn vị", width=44),
    Column("Mục tiêu giao", Kind.MEASURE),
    Column("Tăng trưởng giao, %", Kind.MEASURE),
    Column("Thực hiện năm trước", Kind.MEASURE),
)


def targets(
    indicators: Iterable[MeasuredIndicator], names: Mapping[int, tuple[str, str]]
) -> list[Table]:
    """Chỉ tiêu và chỉ tiêu giao; `names` gives code and name of each unit."""
    found = list(indicators)
    return [
        Table(
            "Chỉ tiêu",
            TARGETS,
            (
                (
                    one.name,
                    one.symbol,
                    one.direction.label,
                    one.judgement.label,
                    one.year_target,
                    one.target_of.label,
                    one.growth_target,
                    one.previous_year_value,
                    "chưa đối chiếu" if one.is_doubted else "",
                )
                for one in found
            ),
        ),
        Table(
            "Chỉ tiêu giao",
            GIVEN,
            (
                (
                    one.name,
                    *names.get(unit_id, ("", "")),
                    given.target,
                    given.growth_target,
                    given.previous_year_value,
                )
                for one in found
                for unit_id, given in sorted(
                    one.allocations.items(),
                    key=lambda pair: text_sort_key(names.get(pair[0], ("", ""))[1]),
                )
            ),
        ),
    ]
