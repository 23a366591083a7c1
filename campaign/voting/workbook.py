"""Bảng tính biểu quyết: how each counted line went; of a secret ballot nothing but its result."""

from collections.abc import Mapping, Sequence
from typing import Any

from campaign.papers.workbook import Column, Kind, Table
from campaign.voting.models import Ballot, BallotLine

RESULTS = (
    Column("Lượt", Kind.WHOLE, 8),
    Column("Nội dung", width=44),
    Column("Hình thức", width=16),
    Column("Dòng", width=44),
    Column("Phát ra", Kind.WHOLE, 10),
    Column("Thu về", Kind.WHOLE, 10),
    Column("Đồng ý, chọn", Kind.WHOLE, 10),
    Column("Không đồng ý, không chọn", Kind.WHOLE, 12),
    Column("Cơ sở tính", Kind.WHOLE, 10),
    Column("Kết quả", width=20),
    Column("Có mặt", Kind.WHOLE, 10),
    Column("Được biểu quyết", Kind.WHOLE, 14),
    Column("Đã bỏ phiếu", Kind.WHOLE, 12),
    Column("Ý kiến bằng văn bản", Kind.WHOLE, 14),
    Column("Ghi chú", width=30),
)


def results(ballots: Sequence[Ballot], lines: Mapping[int, Sequence[BallotLine]]) -> Table:
    """Kết quả biểu quyết: the lines of each ballot that was counted or annulled."""
    closed = [ballot for ballot in ballots if ballot.closed_at is not None]
    return Table(
        "Kết quả biểu quyết",
        RESULTS,
        [_row(ballot, line) for ballot in closed for line in lines.get(ballot.id, ())],
    )


def _row(ballot: Ballot, line: BallotLine) -> tuple[Any, ...]:
    return (
        ballot.number,
        ballot.title,
        ballot.mode.label,
        line.label,
        line.issued,
        line.returned,
        line.yes,
        line.no,
        line.base_count,
        line.outcome_words,
        ballot.present_count,
        ballot.entitled_count,
        ballot.voted_count,
        (line.written_yes or 0) + (line.written_no or 0),
        f"đã huỷ: {ballot.annulled_reason}" if ballot.annulled_reason else "",
    )
