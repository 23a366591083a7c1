"""Bảng tính sổ khen thưởng: the lines found, and the statistics of all years."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.awarding.course import Course
from campaign.awarding.models import AwardKind, AwardQuota, DecisionLine, Nominee, UpwardRequest
from campaign.awarding.queries import Panel
from campaign.awarding.rules import Correction
from campaign.core.vote_rules import rule_from_data
from campaign.honours.models import PastAward
from campaign.papers.workbook import Cell, Column, Kind, Table

_ENDED = (Column("Tiền đã hết hiệu lực, đồng", Kind.WHOLE, 16), Column("Hiệu lực", width=28))
"""Tiền của dòng đã hết hiệu lực stands apart: the column of money adds up to what stands."""
REGISTER = (
    Column("Số vào sổ", Kind.WHOLE, 10),
    Column("Năm", Kind.YEAR, 8),
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Đối tượng"),
    Column("Đơn vị", width=36),
    Column("Khối", width=24),
    Column("Hình thức", width=24),
    Column("Quyết định", width=18),
    Column("Ngày ký", Kind.DAY),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    *_ENDED,
)
STATISTICS = (Column("Năm", Kind.YEAR, 8), Column("Mục", width=44), Column("Số lượt", Kind.WHOLE))


PAST = (
    Column("Năm", Kind.YEAR, 8),
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Đối tượng"),
    Column("Đơn vị", width=36),
    Column("Hình thức", width=24),
    Column("Quyết định", width=18),
    Column("Ngày ký", Kind.DAY),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    Column("Ghi chú", width=28),
)


GRANTED = (
    Column("Năm", Kind.YEAR, 8),
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Đối tượng"),
    Column("Đơn vị", width=36),
    Column("Hình thức", width=24),
    Column("Cấp", width=12),
    Column("Quyết định", width=18),
    Column("Ngày", Kind.DAY),
    Column("Tờ trình", width=18),
)


def _money(line: DecisionLine) -> tuple[int | None, int | None, str]:
    """Tiền còn hiệu lực, tiền đã hết hiệu lực, và theo quyết định nào."""
    if line.ended_by_id is None:
        return line.amount, None, ""
    return None, line.amount, line.ended_words


def register(
    lines: Iterable[DecisionLine],
    statistics: Iterable[tuple[int, Mapping[str, int]]],
    past: Iterable[PastAward],
    granted: Iterable[UpwardRequest],
) -> list[Table]:
    """Sổ khen thưởng, thống kê, khen thưởng của cấp trên, và khen thưởng các năm trước từ
    hồ sơ cũ.
    """
    earlier = (
        (
            row.year,
            row.honorific,
            row.name,
            row.job,
            row.subject.label,
            row.unit_name,
            row.form_name,
            row.number,
            row.signed_on,
            row.amount,
            row.note,
        )
        for row in past
    )
    rows = (
        (
            line.register_number,
            line.register_year,
            line.honorific,
            line.name,
            line.job,
            line.subject.label,
            line.unit_name,
            line.block_name,
            line.form_name,
            line.decision.title,
            line.decision.signed_on,
            *_money(line),
        )
        for line in lines
    )
    higher = (
        (
            row.answered_on.year if row.answered_on else None,
            row.nominee.honorific,
            row.nominee.name,
            row.nominee.job,
            row.nominee.kind.subject.label,
            row.nominee.participation.unit.name,
            row.nominee.kind.form.name,
            row.nominee.kind.form.level.label,
            row.number,
            row.answered_on,
            row.letter,
        )
        for row in granted
    )
    figures = ((year, name, count) for year, found in statistics for name, count in found.items())
    return [
        Table("Sổ khen thưởng", REGISTER, rows),
        Table("Thống kê", STATISTICS, figures),
        Table("Cấp trên khen thưởng", GRANTED, higher),
        Table("Các năm trước", PAST, earlier),
    ]


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
LISTED = (
    Column("STT", Kind.WHOLE, 6),
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Đối tượng"),
    Column("Đơn vị", width=36),
    Column("Hình thức", width=24),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    Column("Cách tính", width=50),
    Column("Số vào sổ", Kind.WHOLE, 10),
    Column("Năm", Kind.YEAR, 8),
    Column("Nội dung điều chỉnh", width=60),
    *_ENDED,
)


def nominees(rows: Sequence[Nominee], courses: Mapping[int, Course]) -> list[Table]:
    """Đề nghị và đề xuất khen thưởng mà người xem được thấy."""
    return [
        Table(
            "Đề nghị",
            NOMINEES,
            (
                (
                    row.participation.unit.name,
                    row.kind.form.name,
                    row.kind.subject.label,
                    row.honorific,
                    row.name,
                    row.job,
                    "lãnh đạo" if row.is_leader else "",
                    course.state.label,
                    course.reason,
                    course.outcome.label if course.outcome else "",
                )
                for row in rows
                for course in [courses[row.id]]
            ),
        )
    ]


def decision(
    lines: Sequence[DecisionLine], corrected: Mapping[int, Sequence[Correction]]
) -> list[Table]:
    """Danh sách kèm theo quyết định, with the arithmetic of its money and what a correction puts
    right.
    """
    return [
        Table(
            "Danh sách",
            LISTED,
            (
                (
                    place,
                    line.honorific,
                    line.name,
                    line.job,
                    line.subject.label,
                    line.unit_name,
                    line.form_name,
                    amount,
                    line.steps,
                    line.register_number,
                    line.register_year,
                    "; ".join(one.words for one in corrected.get(line.nominee_id, ())),
                    *ended,
                )
                for place, line in enumerate(lines, start=1)
                for amount, *ended in [_money(line)]
            ),
        )
    ]


KINDS = (
    Column("Hình thức", width=36),
    Column("Đối tượng"),
    Column("Biểu quyết", width=50),
    Column("Lãnh đạo tối đa, %", Kind.WHOLE, 18),
    Column("Chỉ tiêu chung", Kind.WHOLE),
    Column("Báo cáo thành tích", width=28),
)
QUOTAS = (
    Column("Hình thức", width=36),
    Column("Đối tượng"),
    Column("Khối", width=54),
    Column("Số lượng", Kind.WHOLE),
    Column("Tỷ lệ, %", Kind.WHOLE),
    Column("Thành", Kind.WHOLE),
)


def kinds(
    rows: Iterable[AwardKind], panels: Iterable[Panel], quotas: Mapping[tuple[int, int], AwardQuota]
) -> list[Table]:
    """Hình thức và chỉ tiêu khen thưởng; an empty cell is no limit."""

    def quota_lines() -> Iterable[Sequence[Cell]]:
        for panel in panels:
            quota = quotas.get((panel.kind.id, panel.block.id))
            yield (
                panel.kind.form.name,
                panel.kind.subject.label,
                panel.block.name,
                quota.count if quota else None,
                quota.percent if quota else None,
                panel.limit,
            )

    return [
        Table(
            "Hình thức",
            KINDS,
            (
                (
                    one.form.name,
                    one.subject.label,
                    rule_from_data(one.vote).full_words,
                    one.leader_limit,
                    one.overall_limit,
                    one.form.report_form,
                )
                for one in rows
            ),
        ),
        Table("Chỉ tiêu khối", QUOTAS, quota_lines()),
    ]
