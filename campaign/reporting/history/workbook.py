"""Bảng tính lịch sử báo cáo: versions, returns, extensions, and two versions compared."""

from collections.abc import Iterable, Sequence

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.reporting.history.compare import Change
from campaign.reporting.models import Extension, ReportVersion, Return

VERSIONS = (
    Column("Bản số", Kind.WHOLE, 10),
    Column("Nộp lúc", Kind.MOMENT, 18),
    Column("Người ký nộp", width=26),
    Column("Nộp", width=12),
    Column("Đúng hạn đến", Kind.DAY),
    Column("Mã băm SHA-256", width=68),
)


RETURNS = (
    Column("Bản số", Kind.WHOLE, 10),
    Column("Lý do", width=60),
    Column("Hạn mới", Kind.DAY),
    Column("Lúc", Kind.MOMENT, 18),
    Column("Người trả lại", width=26),
)


EXTENSIONS = (
    Column("Đúng hạn đến", Kind.DAY),
    Column("Đóng nhận báo cáo sau", Kind.DAY, 24),
    Column("Lý do", width=60),
    Column("Lúc", Kind.MOMENT, 18),
    Column("Người gia hạn", width=26),
)


CHANGES = (Column("Ô", width=60), Column("Bản trước", width=60), Column("Bản sau", width=60))


def history(
    versions: Iterable[ReportVersion], returns: Iterable[Return], extensions: Iterable[Extension]
) -> list[Table]:
    """Lịch sử một báo cáo: versions, returns, extensions."""
    return [
        Table("Các bản đã nộp", VERSIONS, [_version(row) for row in versions]),
        Table("Các lần trả lại", RETURNS, [_return(row) for row in returns]),
        Table("Gia hạn", EXTENSIONS, [_extension(row) for row in extensions]),
    ]


def _version(row: ReportVersion) -> Sequence[Cell]:
    return (
        row.number,
        row.submitted_at,
        row.submitted_by.full_name,
        "đúng hạn" if row.is_on_time else "muộn",
        row.due_on,
        row.sha256,
    )


def _return(row: Return) -> Sequence[Cell]:
    return row.report_version.number, row.reason, row.due_on, row.at, row.by.full_name


def _extension(row: Extension) -> Sequence[Cell]:
    return row.due_on, row.locks_on, row.reason, row.at, row.by.full_name


def comparison(changes: Iterable[Change]) -> list[Table]:
    """So sánh hai bản: each cell that differs, before and after."""
    return [
        Table("Chỗ khác nhau", CHANGES, [(row.label, row.before, row.after) for row in changes])
    ]
