"""Bảng tính báo cáo: the board of units and periods."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.planning.models import ReportingPeriod
from campaign.reporting.queries import FiledReport
from campaign.reporting.rules import ClaimedFigure, Content, Dates, Demands, SelfAssessment

COLUMNS = (
    Column("Đơn vị", width=44),
    Column("Kỳ", width=24),
    Column("Đúng hạn đến", Kind.DAY),
    Column("Đóng nhận báo cáo sau", Kind.DAY, 24),
    Column("Trạng thái", width=24),
    Column("Số bản nộp", Kind.WHOLE, 10),
    Column("Nộp", width=12),
    Column("Quá hạn", width=12),
)


class ParticipationRow(Protocol):
    """Đơn vị tham gia trên bảng."""

    @property
    def id(self) -> int:
        """Its number."""


def board(
    rows: Iterable[tuple[ParticipationRow, str]],
    periods: Sequence[ReportingPeriod],
    filed: Mapping[tuple[int, int], FiledReport],
    dates: Mapping[tuple[int, int], Dates],
    today: date,
) -> list[Table]:
    """Bảng báo cáo: each unit and period, whether it came and when it was due."""
    lines = (
        (name, period.name, *_filed(filed.get(key), dates[key], today))
        for row, name in rows
        for period in periods
        for key in [(row.id, period.id)]
    )
    return [Table("Báo cáo", COLUMNS, lines)]


def _filed(report: FiledReport | None, dates: Dates, today: date) -> tuple[Cell, ...]:
    """Hai hạn, and how far the report has come by today."""
    came = report is not None and report.is_sent
    return (
        dates.due_on,
        dates.locks_on,
        report.state.label if report else "chưa bắt đầu",
        report.versions if report else 0,
        _timing(report),
        "quá hạn" if not came and dates.due_on < today else "",
    )


def _timing(report: FiledReport | None) -> str:
    """Bản cuối cùng đúng hạn hay muộn; nothing of a report without one."""
    if report is None or report.is_on_time is None:
        return ""
    return "đúng hạn" if report.is_on_time else "muộn"


VALUES = (
    Column("Chỉ tiêu", width=44),
    Column("Đơn vị đo", width=12),
    Column("Số liệu", Kind.MEASURE),
    Column("Loại số liệu"),
    Column("Nguồn", width=30),
    Column("Cùng kỳ", Kind.MEASURE),
    Column("Tiến độ", width=36),
    Column("Lý do không có", width=30),
    Column("Ghi chú", width=40),
)
TASKS = (Column("Nhiệm vụ", width=44), Column("Thuyết minh", width=100))
SCORES = (
    Column("Mã", width=8),
    Column("Tiêu chí", width=44),
    Column("Tối đa", Kind.POINTS),
    Column("Tự chấm", Kind.POINTS),
    Column("Giải trình", width=60),
    Column("Minh chứng", width=40),
)
ANSWERS = (Column("Cảnh báo", width=70), Column("Giải trình", width=70))


def one_report(
    demands: Demands,
    content: Content,
    progress: Mapping[int, str],
    answers: Iterable[tuple[str, str]],
) -> list[Table]:
    """Một báo cáo as its page shows it: values, tasks, self-score, answered warnings."""
    return [
        Table("Chỉ tiêu", VALUES, _values(demands, content, progress)),
        Table(
            "Nhiệm vụ",
            TASKS,
            [(name, content.narratives.get(key, "")) for key, name in demands.tasks.items()],
        ),
        Table("Tự chấm", SCORES, _scores(demands, content)),
        Table("Giải trình cảnh báo", ANSWERS, list(answers)),
    ]


def _values(
    demands: Demands, content: Content, progress: Mapping[int, str]
) -> list[Sequence[Cell]]:
    return [
        (
            row.name,
            row.symbol,
            claimed.value,
            claimed.kind.label if claimed.kind else "",
            claimed.source,
            claimed.comparison,
            progress[row.id],
            claimed.blank_reason if claimed.value is None else "",
            claimed.note,
        )
        for row in demands.indicators
        for claimed in [content.values.get(row.id, ClaimedFigure())]
    ]


def _scores(demands: Demands, content: Content) -> list[Sequence[Cell]]:
    files: dict[int | None, list[str]] = {}
    for file in content.evidence:
        files.setdefault(file["criterion_id"], []).append(file["file_name"])
    return [
        (
            row.code,
            row.name,
            demands.maxima[row.id],
            scored.points,
            scored.explanation,
            "; ".join(files.get(row.id, ())),
        )
        for row in demands.criteria
        for scored in [content.scores.get(row.id, SelfAssessment())]
    ]
