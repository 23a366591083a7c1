"""Bảng tính kế hoạch: campaigns, and the lists a plan is made of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.planning.models import Campaign
from campaign.scheme.rules.progress import Shares

CAMPAIGNS = (
    Column("Phong trào", width=60),
    Column("Đơn vị phát động", width=36),
    Column("Từ ngày", Kind.DAY),
    Column("Đến ngày", Kind.DAY),
    Column("Bước", width=18),
    Column("Bộ quy định", width=14),
    Column("Ghi chú", width=14),
)
_LISTS: dict[
    str, tuple[tuple[Column, ...], Callable[[Any, Mapping[int, Shares]], tuple[Cell, ...]]]
] = {
    "blocks": (
        (Column("Khối", width=54), Column("Tên ngắn", width=30)),
        lambda row, _: (row.name, row.short_name),
    ),
    "tasks": (
        (Column("Nhiệm vụ", width=60), Column("Gợi ý", width=60)),
        lambda row, _: (row.name, row.guidance),
    ),
    "periods": (
        (
            Column("Kỳ", width=30),
            Column("Từ ngày", Kind.DAY),
            Column("Đến ngày", Kind.DAY),
            Column("Đúng hạn đến", Kind.DAY),
            Column("Đóng nhận báo cáo sau", Kind.DAY, 24),
            Column("Tiến độ phải đạt của mục tiêu năm", width=20),
            Column("Tiến độ phải đạt của mục tiêu phong trào", width=20),
            Column("Kỳ cuối", width=10),
        ),
        lambda row, shares: (
            row.name,
            row.starts_on,
            row.ends_on,
            row.due_on,
            row.locks_on,
            *(share.words if share else "" for share in shares[row.id][:2]),
            "kỳ cuối" if row.is_final else "",
        ),
    ),
    "bands": (
        (
            Column("Mức", width=24),
            Column("Từ điểm", Kind.POINTS),
            Column("Không tiêu chí nào dưới, %", Kind.MEASURE, 26),
        ),
        lambda row, _: (row.name, row.from_points, row.floor_percent),
    ),
}


def campaigns(rows: Iterable[Campaign]) -> list[Table]:
    """Danh sách phong trào; each row is written and let go."""
    cells = (
        (
            row.title,
            row.organiser.name if row.organiser else "",
            row.starts_on,
            row.ends_on,
            row.phase.label,
            row.rule_set_code,
            "minh hoạ" if row.is_illustrative else "",
        )
        for row in rows
    )
    return [Table("Phong trào", CAMPAIGNS, cells)]


def plan_list(
    kind: str, title: str, rows: Iterable[Any], shares: Mapping[int, Shares]
) -> list[Table]:
    """Một danh sách của kế hoạch."""
    columns, line = _LISTS[kind]
    return [Table(title, columns, (line(row, shares) for row in rows))]
