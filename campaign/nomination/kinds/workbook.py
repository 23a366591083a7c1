"""Bảng tính hình thức và chỉ tiêu khen thưởng."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.core.vote_rules import rule_from_data
from campaign.nomination.models import AwardKind, AwardQuota
from campaign.nomination.queries import Panel
from campaign.papers.workbook import Cell, Column, Kind, Table

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
    Column("Phân số"),
    Column("Làm tròn"),
    Column("Thành", Kind.WHOLE),
)


def kinds(
    rows: Iterable[AwardKind], panels: Iterable[Panel], quotas: Mapping[tuple[int, int], AwardQuota]
) -> list[Table]:
    """Hình thức và chỉ tiêu khen thưởng; an empty cell is no limit."""
    limits = (_limit(panel, quotas.get((panel.kind.id, panel.block.id))) for panel in panels)
    return [
        Table("Hình thức", KINDS, (_kind(row) for row in rows)),
        Table("Chỉ tiêu khối", QUOTAS, limits),
    ]


def _kind(row: AwardKind) -> Sequence[Cell]:
    return (
        row.award_type.name,
        row.subject.label,
        rule_from_data(row.vote).full_words,
        row.leader_limit,
        row.overall_limit,
        row.award_type.report_form,
    )


def _limit(panel: Panel, quota: AwardQuota | None) -> Sequence[Cell]:
    return (
        panel.kind.award_type.name,
        panel.kind.subject.label,
        panel.block.name,
        quota.count if quota else None,
        quota.percent if quota else None,
        quota.share_text if quota and quota.fraction else "",
        "từ nửa trở lên" if quota and quota.rounds_half_up else "xuống",
        panel.limit,
    )
