"""Bảng tính sổ khen thưởng: the lines found, and the statistics of all years."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.awarding.models import DecisionLine, Nominee, PastAward, UpwardRequest
from campaign.papers.workbook import Column, Kind, Table
from campaign.voting.rules import Outcome

REGISTER = (Column("Số vào sổ", Kind.WHOLE, 10), Column("Năm", Kind.WHOLE, 8), Column("Ông/Bà", width=8), Column("Tên", width=36),
            Column("Chức vụ", width=24), Column("Đối tượng"), Column("Đơn vị", width=36), Column("Khối", width=24),
            Column("Hình thức", width=24), Column("Quyết định", width=18), Column("Ngày ký", Kind.DAY),
            Column("Tiền thưởng, đồng", Kind.WHOLE, 16), Column("Hiệu lực", width=28))
STATISTICS = (Column("Năm", Kind.WHOLE, 8), Column("Mục", width=44), Column("Số lượt", Kind.WHOLE))


PAST = (Column("Năm", Kind.WHOLE, 8), Column("Ông/Bà", width=8), Column("Tên", width=36), Column("Chức vụ", width=24), Column("Đối tượng"),
        Column("Đơn vị", width=36), Column("Hình thức", width=24), Column("Quyết định", width=18), Column("Ngày ký", Kind.DAY),
        Column("Tiền thưởng, đồng", Kind.WHOLE, 16), Column("Ghi chú", width=28))


GRANTED = (Column("Năm", Kind.WHOLE, 8), Column("Ông/Bà", width=8), Column("Tên", width=36), Column("Chức vụ", width=24),
           Column("Đối tượng"), Column("Đơn vị", width=36), Column("Hình thức", width=24), Column("Cấp", width=12),
           Column("Quyết định", width=18), Column("Ngày", Kind.DAY), Column("Tờ trình", width=18))


def register(lines: Iterable[DecisionLine], statistics: Iterable[tuple[int, Mapping[str, int]]],
             past: Iterable[PastAward], granted: Iterable[UpwardRequest]) -> list[Table]:
    """Sổ khen thưởng, thống kê, khen thưởng của cấp trên, và khen thưởng các năm trước từ hồ sơ cũ."""
    earlier = ((str(row.year), row.honorific, row.name, row.job, row.subject.label, row.unit_name, row.form_name, row.number,
                row.signed_on, row.amount, row.note) for row in past)
    rows = ((line.register_number, str(line.register_year), line.honorific, line.name, line.job, line.subject.label, line.unit_name,
             line.block_name, line.form_name, line.decision.title, line.decision.signed_on, line.amount,
             f"hết hiệu lực theo {line.ended_by.title}" if line.ended_by else "") for line in lines)
    higher = ((str(row.answered_on.year) if row.answered_on else "", row.nominee.honorific, row.nominee.name, row.nominee.job,
               row.nominee.kind.subject.label, row.nominee.participation.unit.name, row.nominee.kind.form.name,
               row.nominee.kind.form.level.label, row.number, row.answered_on, row.letter) for row in granted)
    figures = ((str(year), name, count) for year, found in statistics for name, count in found.items())
    return [Table("Sổ khen thưởng", REGISTER, rows), Table("Thống kê", STATISTICS, figures),
            Table("Cấp trên khen thưởng", GRANTED, higher), Table("Các năm trước", PAST, earlier)]


NOMINEES = (Column("Đơn vị", width=40), Column("Hình thức", width=30), Column("Đối tượng"), Column("Ông/Bà", width=8),
            Column("Tên", width=36), Column("Chức vụ", width=24), Column("Lãnh đạo", width=10),
            Column("Trạng thái", width=18), Column("Lý do", width=40),
            Column("Hội đồng", width=18))
LISTED = (Column("STT", Kind.WHOLE, 6), Column("Ông/Bà", width=8), Column("Tên", width=36), Column("Chức vụ", width=24),
          Column("Đối tượng"), Column("Đơn vị", width=36), Column("Hình thức", width=24), Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
          Column("Cách tính", width=50), Column("Số vào sổ", Kind.WHOLE, 10), Column("Năm", width=8))


def nominees(rows: Sequence[Nominee], outcomes: Mapping[int, Outcome]) -> list[Table]:
    """Đề nghị và đề xuất khen thưởng mà người xem được thấy."""
    return [Table("Đề nghị", NOMINEES, (
        (row.participation.unit.name, row.kind.form.name, row.kind.subject.label, row.honorific, row.name, row.job,
         "lãnh đạo" if row.is_leader else "", row.state.label, row.state_reason, outcomes[row.id].label if row.id in outcomes else "")
        for row in rows))]


def decision(lines: Sequence[DecisionLine]) -> list[Table]:
    """Danh sách kèm theo quyết định, with the arithmetic of its money."""
    return [Table("Danh sách", LISTED, (
        (place, line.honorific, line.name, line.job, line.subject.label, line.unit_name, line.form_name, line.amount, line.steps,
         line.register_number, str(line.register_year) if line.register_year else "") for place, line in enumerate(lines, start=1)))]
