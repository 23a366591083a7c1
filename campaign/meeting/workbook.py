"""Bảng tính cuộc họp: the meetings, and who came."""

from collections.abc import Sequence

from campaign.core.dates import format_moment
from campaign.meeting.models import Attendance, Meeting
from campaign.papers.workbook import Cell, Column, Kind, Table

MEETINGS = (
    Column("Cuộc họp số", Kind.WHOLE, 12),
    Column("Thời gian", Kind.MOMENT, 18),
    Column("Nơi họp", width=40),
    Column("Trạng thái", width=24),
    Column("Khai mạc", Kind.MOMENT, 18),
    Column("Bế mạc", Kind.MOMENT, 18),
    Column("Huỷ", Kind.MOMENT, 18),
    Column("Lý do huỷ", width=40),
)
PEOPLE = (
    Column("Họ và tên", width=30),
    Column("Chức vụ", width=30),
    Column("Chức danh trong Hội đồng", width=24),
    Column("Dự họp", width=16),
    Column("Lý do", width=30),
    Column("Rời họp lúc", width=18),
)


def meetings(rows: Sequence[Meeting]) -> list[Table]:
    """Các cuộc họp của một phong trào."""
    return [Table("Cuộc họp", MEETINGS, [_meeting(row) for row in rows])]


def _meeting(row: Meeting) -> tuple[Cell, ...]:
    """Một cuộc họp: when, where, and what became of it."""
    return (
        row.number,
        row.starts_at,
        row.place,
        row.state.label,
        row.opened_at,
        row.closed_at,
        row.cancelled_at,
        row.cancel_reason,
    )


def people(rows: Sequence[Attendance]) -> Table:
    """Điểm danh: who was on the roll, and whether they came."""
    return Table(
        "Dự họp",
        PEOPLE,
        [
            (
                f"{row.member.user.honorific} {row.member.user.full_name}".strip(),
                row.member.user.position,
                row.member.function.label,
                row.presence.label,
                row.reason,
                format_moment(row.left_at) if row.left_at else "",
            )
            for row in rows
        ],
    )
