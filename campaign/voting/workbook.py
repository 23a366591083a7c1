"""Bảng tính cuộc họp: who came, and how each counted line went; of a secret ballot nothing but its
result.
"""

from collections.abc import Mapping, Sequence

from campaign.core.dates import format_moment
from campaign.meeting.models import Attendance, Meeting
from campaign.papers.workbook import Column, Kind, Table
from campaign.voting.models import Ballot, BallotLine

MEETINGS = (
    Column("Cuộc họp số", Kind.WHOLE, 12),
    Column("Thời gian", Kind.MOMENT, 18),
    Column("Nơi họp", width=40),
    Column("Trạng thái", width=24),
    Column("Khai mạc", Kind.MOMENT, 18),
    Column("Bế mạc", Kind.MOMENT, 18),
)
PEOPLE = (
    Column("Họ và tên", width=30),
    Column("Chức vụ", width=30),
    Column("Chức danh trong Hội đồng", width=24),
    Column("Dự họp", width=16),
    Column("Lý do", width=30),
    Column("Rời họp lúc", width=18),
)
RESULTS = (
    Column("Lượt", Kind.WHOLE, 8),
    Column("Nội dung", width=44),
    Column("Hình thức", width=16),
    Column("Dòng", width=44),
    Column("Phát ra", Kind.WHOLE, 10),
    Column("Thu về", Kind.WHOLE, 10),
    Column("Đồng ý", Kind.WHOLE, 10),
    Column("Không đồng ý", Kind.WHOLE, 12),
    Column("Cơ sở tính", Kind.WHOLE, 10),
    Column("Kết quả", width=20),
    Column("Có mặt", Kind.WHOLE, 10),
    Column("Được biểu quyết", Kind.WHOLE, 14),
    Column("Đã bỏ phiếu", Kind.WHOLE, 12),
    Column("Ý kiến bằng văn bản", Kind.WHOLE, 14),
    Column("Ghi chú", width=30),
)


def meetings(rows: Sequence[Meeting]) -> list[Table]:
    """Các cuộc họp của một phong trào."""
    return [
        Table(
            "Cuộc họp",
            MEETINGS,
            [
                (
                    row.number,
                    row.starts_at,
                    row.place,
                    row.state.label,
                    row.opened_at,
                    row.closed_at,
                )
                for row in rows
            ],
        )
    ]


def meeting(
    rows: Sequence[Attendance], ballots: Sequence[Ballot], lines: Mapping[int, Sequence[BallotLine]]
) -> list[Table]:
    """Điểm danh và kết quả biểu quyết."""
    return [
        Table(
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
        ),
        Table(
            "Kết quả biểu quyết",
            RESULTS,
            [
                (
                    one.number,
                    one.title,
                    one.mode.label,
                    line.label,
                    line.issued,
                    line.returned,
                    line.yes,
                    line.no,
                    line.base_count,
                    line.outcome_words,
                    one.present_count,
                    one.entitled_count,
                    one.voted_count,
                    (line.written_yes or 0) + (line.written_no or 0),
                    f"đã huỷ: {one.annulled_reason}" if one.annulled_reason else "",
                )
                for one in ballots
                if one.closed_at is not None
                for line in lines.get(one.id, ())
            ],
        ),
    ]
