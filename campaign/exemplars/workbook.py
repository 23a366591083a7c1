"""Bảng tính điển hình: the columns of the form “Đăng ký xây dựng điển hình tiên tiến”."""

from collections.abc import Iterable, Sequence

from campaign.exemplars.queries import Listed
from campaign.exemplars.rules import Step
from campaign.exemplars.statistics import Tally
from campaign.papers.workbook import Cell, Column, Kind, Table

TITLE = "Đăng ký điển hình"
EXEMPLARS = (
    Column("Tên điển hình", width=32),
    Column("Loại", width=14),
    Column("Vị trí", width=20),
    Column("Mã đơn vị", width=12),
    Column("Đơn vị", width=36),
    Column("Lĩnh vực", width=24),
    Column("Lý do, thành tích", width=44),
    Column("Chỉ tiêu phấn đấu", width=36),
    Column("Ai phát hiện", width=28),
    Column("Ngày phát hiện", Kind.DAY),
    Column("Người, đơn vị theo dõi, bồi dưỡng", width=32),
    Column("Biện pháp", width=44),
    Column("Thời hạn", Kind.DAY),
    Column("Bước", width=14),
    Column("Kết quả", width=44),
    Column("Tổng kết", width=44),
    Column("Hình thức tuyên truyền, nơi học theo", width=36),
    Column("Khen thưởng liên quan", width=28),
    Column("Trạng thái", width=18),
    Column("Đơn vị áp dụng", Kind.WHOLE),
)


def exemplars(rows: Iterable[Listed]) -> list[Table]:
    """Sổ điển hình, one line each."""
    return [
        Table(
            TITLE,
            EXEMPLARS,
            (
                (
                    row.name,
                    row.subject.label,
                    row.standing.label if row.standing else "",
                    row.participation.unit.code,
                    row.participation.unit.name,
                    row.field,
                    row.reason,
                    row.goal,
                    row.found_by,
                    row.found_on,
                    row.helper,
                    row.measures,
                    row.help_until,
                    row.step.label,
                    row.result,
                    row.summary,
                    row.spread,
                    row.awards,
                    row.state.label,
                    uses,
                )
                for row, uses, _ in rows
            ),
        )
    ]


STATISTICS = (
    Column("Khối", width=36),
    *(Column(step.label, Kind.WHOLE) for step in Step),
    Column("Cộng", Kind.WHOLE),
    Column("Tập thể", Kind.WHOLE),
    Column("Hộ gia đình", Kind.WHOLE),
    Column("Cá nhân lãnh đạo, quản lý", Kind.WHOLE, 26),
    Column("Cá nhân trực tiếp lao động", Kind.WHOLE, 26),
)


def statistics(rows: Iterable[Tally]) -> list[Table]:
    """Thống kê điển hình theo khối, the last line of all."""
    return [
        Table(
            "Thống kê điển hình",
            STATISTICS,
            (_cells(row) for row in rows),
        )
    ]


def _cells(row: Tally) -> Sequence[Cell]:
    return (
        row.name,
        *row.steps.values(),
        row.total,
        row.collectives,
        row.households,
        row.leaders,
        row.workers,
    )
