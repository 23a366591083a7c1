"""Bảng tính người dùng."""

from collections.abc import Iterable

from campaign.accounts.models import User
from campaign.papers.workbook import Cell, Column, Table

COLUMNS = (
    Column("Tên đăng nhập", width=20),
    Column("Họ và tên", width=30),
    Column("Ông/Bà", width=8),
    Column("Chức vụ", width=28),
    Column("Thư điện tử", width=28),
    Column("Mã đơn vị", width=12),
    Column("Vai trò", width=40),
    Column("Tình trạng"),
)


def people(rows: Iterable[User]) -> list[Table]:
    """Danh sách người dùng; of means of access only whether they may sign in."""
    return [Table("Người dùng", COLUMNS, (_cells(row) for row in rows))]


def _cells(row: User) -> tuple[Cell, ...]:
    return (
        row.user_name,
        row.full_name,
        row.honorific,
        row.position,
        row.email,
        row.unit.code if row.unit else "",
        row.role_summary,
        "hoạt động" if row.is_active else "ngừng",
    )
