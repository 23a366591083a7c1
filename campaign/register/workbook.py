"""Bảng tính sổ khen thưởng: the lines found, and the statistics of all years."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.decision.models import DecisionLine, UpwardRequest
from campaign.decision.workbook import ENDED, REWARDED, money_cells, rewarded
from campaign.honours.models import PastAward
from campaign.papers.workbook import Cell, Column, Kind, Table

REGISTER = (
    Column("Số vào sổ", Kind.WHOLE, 10),
    Column("Năm", Kind.YEAR, 8),
    *REWARDED,
    Column("Khối", width=24),
    Column("Hình thức", width=24),
    Column("Quyết định", width=18),
    Column("Ngày ký", Kind.DAY),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    *ENDED,
)
STATISTICS = (Column("Năm", Kind.YEAR, 8), Column("Mục", width=44), Column("Số lượt", Kind.WHOLE))

GROUPS = (
    Column("Năm", Kind.YEAR, 8),
    Column("Cấp", width=16),
    Column("Hình thức", width=36),
    Column("Tập thể", Kind.WHOLE),
    Column("Hộ gia đình", Kind.WHOLE),
    Column("Lãnh đạo, quản lý", Kind.WHOLE, 18),
    Column("Trực tiếp lao động", Kind.WHOLE, 18),
    Column("Trong đó nữ", Kind.WHOLE, 12),
)

DRIVES = (
    Column("Năm", Kind.YEAR, 8),
    Column("Phong trào", width=48),
    Column("Cơ quan phát động", width=30),
    Column("Từ ngày", Kind.DAY),
    Column("Đến ngày", Kind.DAY),
    Column("Số ngày", Kind.WHOLE, 10),
    Column("Đơn vị tham gia", Kind.WHOLE, 16),
    Column("Lượt khen thưởng", Kind.WHOLE, 18),
)

PAST = (
    Column("Năm", Kind.YEAR, 8),
    *REWARDED,
    Column("Hình thức", width=24),
    Column("Quyết định", width=18),
    Column("Ngày ký", Kind.DAY),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    Column("Ghi chú", width=28),
)


GRANTED = (
    Column("Năm", Kind.YEAR, 8),
    *REWARDED,
    Column("Hình thức", width=24),
    Column("Cấp", width=12),
    Column("Quyết định", width=18),
    Column("Ngày", Kind.DAY),
    Column("Tờ trình", width=18),
)


def register(
    lines: Iterable[DecisionLine],
    statistics: Iterable[tuple[int, Mapping[str, int]]],
    past: Iterable[PastAward],
    granted: Iterable[UpwardRequest],
    groups: Iterable[Sequence[Cell]],
    drives: Iterable[Sequence[Cell]],
) -> list[Table]:
    """Sổ khen thưởng, thống kê, phong trào, khen thưởng của cấp trên, và của các năm trước."""
    figures = ((year, name, count) for year, counts in statistics for name, count in counts.items())
    return [
        Table("Sổ khen thưởng", REGISTER, map(_line, lines)),
        Table("Thống kê", STATISTICS, figures),
        Table("Theo nhóm đối tượng", GROUPS, groups),
        Table("Phong trào", DRIVES, drives),
        Table("Cấp trên khen thưởng", GRANTED, map(_granted, granted)),
        Table("Các năm trước", PAST, map(_past, past)),
    ]


def _line(line: DecisionLine) -> Sequence[Cell]:
    return (
        line.register_number,
        line.register_year,
        *rewarded(line),
        line.block_name,
        line.form_name,
        line.decision.title,
        line.decision.signed_on,
        *money_cells(line),
    )


def _granted(row: UpwardRequest) -> Sequence[Cell]:
    return (
        row.answered_on.year if row.answered_on else None,
        row.nominee.honorific,
        row.nominee.name,
        row.nominee.job,
        row.nominee.kind.subject.label,
        row.nominee.participation.unit.name,
        row.nominee.kind.award_type.name,
        row.nominee.kind.award_type.level.label,
        row.number,
        row.answered_on,
        row.letter,
    )


def _past(row: PastAward) -> Sequence[Cell]:
    return (
        row.year,
        *rewarded(row),
        row.form_name,
        row.number,
        row.signed_on,
        row.amount,
        row.note,
    )
