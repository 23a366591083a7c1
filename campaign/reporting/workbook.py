"""Bảng tính báo cáo: the board of units and periods."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.planning.models import ReportingPeriod
from campaign.reporting.queries import Filed
from campaign.reporting.rules import Dates

COLUMNS = (Column("Đơn vị", width=44), Column("Kỳ", width=24), Column("Đúng hạn đến", Kind.DAY), Column("Khoá sau", Kind.DAY),
           Column("Trạng thái", width=24), Column("Số bản nộp", Kind.WHOLE, 10), Column("Nộp", width=12), Column("Quá hạn", width=12))


class Taking(Protocol):
    """Đơn vị tham gia trên bảng."""

    @property
    def id(self) -> int:
        """Its number."""


def board(rows: Iterable[tuple[Taking, str]], periods: Sequence[ReportingPeriod], filed: Mapping[tuple[int, int], Filed],
          dates: Mapping[tuple[int, int], Dates], today: date) -> list[Table]:
    """Bảng báo cáo: each unit and period, whether it came and when it was due."""
    def lines() -> Iterable[Sequence[Cell]]:
        for row, name in rows:
            for period in periods:
                key = (row.id, period.id)
                found = filed.get(key)
                came = found is not None and found.versions > 0
                timing = "" if found is None or found.is_on_time is None else "đúng hạn" if found.is_on_time else "muộn"
                yield (name, period.name, dates[key].due_on, dates[key].locks_on, found.state.label if found else "chưa bắt đầu",
                       found.versions if found else 0, timing, "quá hạn" if not came and dates[key].due_on < today else "")

    return [Table("Báo cáo", COLUMNS, lines())]
