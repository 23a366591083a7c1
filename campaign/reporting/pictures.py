"""Hình vẽ của bảng báo cáo: of each period how many came in time, late, or not at all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from campaign.charts import findings
from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Stack, stacks
from campaign.core.dates import format_date
from campaign.planning.models import ReportingPeriod
from campaign.reporting.queries import FiledReport
from campaign.reporting.rules import Dates

PARTS = ("nộp đúng hạn", "nộp muộn", "chưa đến hạn", "quá hạn chưa nộp")
Key = tuple[int, int]


def filings(
    participation_ids: Collection[int],
    periods: Sequence[ReportingPeriod],
    filed: Mapping[Key, FiledReport],
    dates: Mapping[Key, Dates],
    today: date,
    *,
    name: str,
) -> Drawn | None:
    """Báo cáo các kỳ: against those that are expected; its finding is that of the last one due."""
    if not participation_ids or not periods:
        return None
    rows = [
        Stack(period.name, _counts(period.id, participation_ids, filed, dates, today))
        for period in periods
    ]
    due = [row for row, period in zip(rows, periods, strict=True) if period.due_on < today]
    told = due[-1] if due else rows[0]
    return Drawn(
        f"bao-cao-{name}",
        stacks(PARTS, rows),
        findings.filed(told.name, told.counts),
        "Mỗi hàng là một kỳ; số trong thanh là số đơn vị.",
        f"Bảng báo cáo, {format_date(today)}.",
        ("Kỳ", *PARTS),
    )


def _counts(
    period_id: int,
    participation_ids: Collection[int],
    filed: Mapping[Key, FiledReport],
    dates: Mapping[Key, Dates],
    today: date,
) -> tuple[int, ...]:
    counts = [0] * len(PARTS)
    for number in participation_ids:
        key = (number, period_id)
        report = filed.get(key)
        if report is not None and report.is_sent:
            counts[1 if report.is_on_time is False else 0] += 1
        else:
            counts[3 if dates[key].due_on < today else 2] += 1
    return tuple(counts)
