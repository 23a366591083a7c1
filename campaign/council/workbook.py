"""Bảng tính Hội đồng: its members, and from which units each is kept away, as far as the reader may
know.
"""

from collections.abc import Iterable, Mapping

from campaign.council.models import CouncilMember
from campaign.council.queries import Kept
from campaign.papers.workbook import Column, Kind, Table

MEMBERS = (
    Column("Ông/Bà", width=8),
    Column("Họ và tên", width=30),
    Column("Chức danh", width=20),
    Column("Chức vụ", width=30),
    Column("Đơn vị", width=36),
    Column("Từ ngày", Kind.DAY),
    Column("Đến ngày", Kind.DAY),
    Column("Thôi từ ngày", Kind.DAY),
    Column("Lý do thôi", width=30),
)
KEPT = (
    Column("Thành viên", width=30),
    Column("Không chấm đơn vị", width=36),
    Column("Căn cứ", width=28),
    Column("Lý do", width=40),
)


def members(rows: Iterable[CouncilMember], kept: Mapping[int, Mapping[int, Kept]]) -> list[Table]:
    """Thành viên, and the recusals of those in `kept`, by member."""
    found = list(rows)
    return [
        Table(
            "Thành viên",
            MEMBERS,
            [
                (
                    row.user.honorific,
                    row.user.full_name,
                    row.function.label,
                    row.user.position,
                    row.user.unit.name if row.user.unit else "",
                    row.term_from,
                    row.term_to,
                    row.left_on,
                    row.leaving_reason,
                )
                for row in found
            ],
        ),
        Table(
            "Không chấm",
            KEPT,
            [
                (row.user.full_name, one.unit_name, one.origin.label, one.reason)
                for row in found
                for one in kept.get(row.id, {}).values()
            ],
        ),
    ]
