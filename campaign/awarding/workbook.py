"""Bảng tính sổ khen thưởng: the lines found, and the statistics of all years."""

from collections.abc import Iterable, Mapping

from campaign.awarding.models import DecisionLine, PastAward
from campaign.papers.workbook import Column, Kind, Table

REGISTER = (Column("Số vào sổ", Kind.WHOLE, 10), Column("Năm", Kind.WHOLE, 8), Column("Ông/Bà", width=8), Column("Tên", width=36),
            Column("Chức vụ", width=24), Column("Đối tượng"), Column("Đơn vị", width=36), Column("Khối", width=24),
            Column("Hình thức", width=24), Column("Quyết định", width=18), Column("Ngày ký", Kind.DAY),
            Column("Tiền thưởng, đồng", Kind.WHOLE, 16), Column("Hiệu lực", width=28))
STATISTICS = (Column("Năm", Kind.WHOLE, 8), Column("Mục", width=44), Column("Số lượt", Kind.WHOLE))


PAST = (Column("Năm", Kind.WHOLE, 8), Column("Ông/Bà", width=8), Column("Tên", width=36), Column("Chức vụ", width=24), Column("Đối tượng"),
        Column("Đơn vị", width=36), Column("Hình thức", width=24), Column("Quyết định", width=18), Column("Ngày ký", Kind.DAY),
        Column("Tiền thưởng, đồng", Kind.WHOLE, 16), Column("Ghi chú", width=28))


def register(lines: Iterable[DecisionLine], statistics: Iterable[tuple[int, Mapping[str, int]]],
             past: Iterable[PastAward]) -> list[Table]:
    """Sổ khen thưởng, thống kê, và khen thưởng các năm trước từ hồ sơ cũ."""
    earlier = ((str(row.year), row.honorific, row.name, row.job, row.subject.label, row.unit_name, row.form_name, row.number,
                row.signed_on, row.amount, row.note) for row in past)
    rows = ((line.register_number, str(line.register_year), line.honorific, line.name, line.job, line.subject.label, line.unit_name,
             line.block_name, line.form_name, line.decision.title, line.decision.signed_on, line.amount,
             f"hết hiệu lực theo {line.ended_by.title}" if line.ended_by else "") for line in lines)
    figures = ((str(year), name, count) for year, found in statistics for name, count in found.items())
    return [Table("Sổ khen thưởng", REGISTER, rows), Table("Thống kê", STATISTICS, figures),
            Table("Các năm trước", PAST, earlier)]
