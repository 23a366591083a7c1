"""Bảng tính danh mục: rule sets, award types and base salaries."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.core.vote_rules import rule_from_data
from campaign.honours.models import AwardType, BaseSalary, RuleSet
from campaign.honours.rules import Fact, FactGround
from campaign.papers.workbook import Cell, Column, Kind, Table

RULE_SETS = (
    Column("Mã", width=14),
    Column("Tên", width=60),
    Column("Hiệu lực từ", Kind.DAY),
    Column("Đến", Kind.DAY),
    Column("Căn cứ về thẩm quyền", width=44),
    Column("Căn cứ", width=80),
    Column("Làm tròn tiền thưởng", width=36),
    Column("Nguồn", width=44),
    Column("Đối chiếu ngày", Kind.DAY),
    Column("Người đối chiếu", width=26),
)


def rule_sets(rows: Iterable[RuleSet], checkers: Mapping[int, str]) -> list[Table]:
    """Các bộ quy định; what nobody has checked has no day."""
    return [Table("Bộ quy định", RULE_SETS, [_rule_set(row, checkers) for row in rows])]


def _rule_set(row: RuleSet, checkers: Mapping[int, str]) -> Sequence[Cell]:
    return (
        row.code,
        row.title,
        row.in_force_from,
        row.in_force_to,
        row.power_basis,
        row.legal_basis,
        row.rounding.choice,
        row.source,
        row.checked_on,
        checkers[row.checked_by_id] if row.checked_by_id else "chưa đối chiếu",
    )


CATALOGUE = (
    Column("Bộ quy định", width=14),
    Column("Hình thức", width=44),
    Column("Cấp", width=16),
    Column("Người ký", width=28),
    Column("Hệ số", Kind.MEASURE),
    Column("Tập thể ×", Kind.WHOLE, 12),
    Column("Biểu quyết mặc định", width=50),
    Column("Báo cáo thành tích", width=32),
    *(
        column
        for fact in Fact
        for column in (
            Column(f"Nguồn {fact.label}", width=44),
            Column(f"Đối chiếu {fact.label} ngày", Kind.DAY),
            Column(f"Người đối chiếu {fact.label}", width=26),
        )
    ),
)
SALARIES = (
    Column("Từ ngày", Kind.DAY),
    Column("Mức, đồng", Kind.WHOLE),
    Column("Nguồn", width=44),
    Column("Đối chiếu ngày", Kind.DAY),
    Column("Người đối chiếu", width=26),
)


def catalogue(
    award_types: Iterable[AwardType], salaries: Iterable[BaseSalary], checkers: Mapping[int, str]
) -> list[Table]:
    """Danh mục hình thức và lương cơ sở; what nobody has checked has no day."""
    return [
        Table("Hình thức", CATALOGUE, [_award_type(row, checkers) for row in award_types]),
        Table("Lương cơ sở", SALARIES, [_salary(row, checkers) for row in salaries]),
    ]


def _award_type(row: AwardType, checkers: Mapping[int, str]) -> Sequence[Cell]:
    return (
        row.rule_set_code,
        row.name,
        row.level.label,
        row.signatory,
        row.coefficient,
        row.collective_factor if row.for_collectives else None,
        rule_from_data(row.vote).full_words,
        row.report_form,
        *(cell for ground in row.grounds for cell in _ground(ground, checkers)),
    )


def _ground(ground: FactGround, checkers: Mapping[int, str]) -> Sequence[Cell]:
    """Nguồn, ngày đối chiếu, người đối chiếu of one fact."""
    unchecked = "chưa đối chiếu" if ground.is_doubted else ""
    checker = checkers[ground.checked_by_id] if ground.checked_by_id else unchecked
    return ground.words, ground.checked_on, checker


def _salary(row: BaseSalary, checkers: Mapping[int, str]) -> Sequence[Cell]:
    checker = checkers[row.checked_by_id] if row.checked_by_id else "chưa đối chiếu"
    return row.from_on, row.amount, row.source, row.checked_on, checker
