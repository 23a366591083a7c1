"""Bảng tính đề nghị khen thưởng."""

from collections.abc import Mapping, Sequence

from campaign.nomination.course import Course
from campaign.nomination.models import Nominee
from campaign.papers.workbook import Cell, Column, Table

NOMINEES = (
    Column("Đơn vị", width=40),
    Column("Hình thức", width=30),
    Column("Đối tượng"),
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Lãnh đạo", width=10),
    Column("Trạng thái", width=18),
    Column("Lý do", width=40),
    Column("Hội đồng", width=18),
)


def nominees(rows: Sequence[Nominee], courses: Mapping[int, Course]) -> list[Table]:
    """Đề nghị và đề xuất khen thưởng mà người xem được thấy."""
    return [
        Table(
            "Đề nghị",
            NOMINEES,
            (_cells(row, courses[row.id]) for row in rows),
        )
    ]


def _cells(row: Nominee, course: Course) -> Sequence[Cell]:
    return (
        row.participation.unit.name,
        row.kind.award_type.name,
        row.kind.subject.label,
        row.honorific,
        row.name,
        row.job,
        "lãnh đạo" if row.is_leader else "",
        course.state.label,
        course.reason,
        course.outcome.label if course.outcome else "",
    )
