"""Bảng tính thẩm định: what was claimed and verified, and the share of each target."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from campaign.core.text import text_sort_key
from campaign.papers.workbook import Cell, Chart, Column, Kind, Table
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment, progress_text
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.wording import WHOLE, shown_percent
from campaign.verification.rules import (
    UnitResult,
    VerifiedFigure,
    VerifiedUnit,
    own_scale_words,
    reached,
    set_aside_reasons,
)

VALUES = (
    Column("Đơn vị", width=44),
    Column("Chỉ tiêu", width=40),
    Column("Đơn vị đo", width=12),
    Column("Mục tiêu", Kind.MEASURE),
    Column("Đơn vị báo", Kind.MEASURE),
    Column("Loại số liệu"),
    Column("Thẩm định", Kind.MEASURE),
    Column("Chính thức", Kind.MEASURE),
    Column("Được tính", Kind.MEASURE),
    Column("Nguồn chính thức", width=30),
    Column("Nhận xét", width=40),
)
POINTS = (
    Column("Đơn vị", width=44),
    Column("Mã", width=8),
    Column("Tiêu chí", width=40),
    Column("Tối đa", Kind.POINTS),
    Column("Tự chấm", Kind.POINTS),
    Column("Thẩm định", Kind.POINTS),
    Column("Nhận xét", width=40),
)
REACHED = (
    Column("Đơn vị", width=44),
    Column("Mục tiêu giao", Kind.MEASURE),
    Column("Được tính", Kind.MEASURE),
    Column("So với mục tiêu giao, %", Kind.MEASURE, 24),
    Column("Mức đạt", width=30),
)


def verified(
    units: Iterable[VerifiedUnit],
    names: Mapping[int, str],
    contents: Mapping[int, Content],
    scheme: Scheme,
    results: Mapping[int, UnitResult],
) -> list[Table]:
    """Số liệu và điểm qua thẩm định; `names` by unit, `contents` by version."""
    by_name = sorted(units, key=lambda unit: text_sort_key(names.get(unit.unit_id, "")))
    tables = [
        Table(
            "Số liệu",
            VALUES,
            [line for unit in by_name for line in _values(unit, names, contents, scheme)],
        ),
        Table(
            "Điểm",
            POINTS,
            [line for unit in by_name for line in _points(unit, names, contents, scheme, results)],
        ),
    ]
    shared = [
        indicator
        for indicator in scheme.indicators.values()
        if any(given.target is not None for given in indicator.allocations.values())
    ]
    return tables + [_reached(indicator, by_name, names) for indicator in shared]


def _values(
    unit: VerifiedUnit, names: Mapping[int, str], contents: Mapping[int, Content], scheme: Scheme
) -> list[Sequence[Cell]]:
    claimed = contents[unit.version_id].values
    lines: list[Sequence[Cell]] = []
    for indicator in scheme.indicators.values():
        if not scheme.asks(indicator, unit.unit_id, unit.block_id):
            continue
        said, checked = claimed.get(indicator.id, ClaimedFigure()), unit.values.get(indicator.id)
        lines.append(
            (
                names[unit.unit_id],
                indicator.name,
                indicator.symbol,
                indicator.targets_for(unit.unit_id, unit.block_id, unit.shares.period_id).target,
                said.value,
                said.kind.label if said.kind else "",
                checked.value if checked else None,
                checked.official_value if checked else None,
                checked.counted if checked else None,
                checked.official_source if checked else "",
                _remarks(checked) if checked else "",
            )
        )
    return lines


def _remarks(checked: VerifiedFigure) -> str:
    aside = (
        f"Không áp dụng: {checked.not_applicable_reason}" if checked.not_applicable_reason else ""
    )
    return "; ".join(filter(None, (aside, checked.comment)))


def _points(
    unit: VerifiedUnit,
    names: Mapping[int, str],
    contents: Mapping[int, Content],
    scheme: Scheme,
    results: Mapping[int, UnitResult],
) -> list[Sequence[Cell]]:
    scores, result = contents[unit.version_id].scores, results[unit.participation_id]
    reasons = set_aside_reasons(scheme, unit.values, unit.points)
    reported = scheme.maxima_for(unit.unit_id, unit.block_id)
    lines: list[Sequence[Cell]] = []
    for criterion in scheme.criteria:
        head = names[unit.unit_id], criterion.code, criterion.name
        if criterion.id in result.maxima:
            own, maximum = scores.get(criterion.id, SelfAssessment()).points, reported[criterion.id]
            is_moved = own is not None and maximum != result.maxima[criterion.id]
            given = result.results.get(criterion.id)
            said = [
                given.comment if given else "",
                own_scale_words(maximum, scheme.places) if is_moved else "",
            ]
            points = given.points if given else None
            remark = "; ".join(filter(None, said))
            lines.append((*head, result.maxima[criterion.id], own, points, remark))
        elif criterion.id in reasons:
            remark = f"Không áp dụng: {reasons[criterion.id]}"
            lines.append((*head, None, None, None, remark))
    return lines


def _reached(
    indicator: MeasuredIndicator, units: Iterable[VerifiedUnit], names: Mapping[int, str]
) -> Table:
    """Units with a share of this target, how much of it they have, with a chart, and whether that
    is what was asked of them by now.
    """
    rows: list[Sequence[Cell]] = []
    for unit in units:
        given, checked = indicator.allocations.get(unit.unit_id), unit.values.get(indicator.id)
        if given is None or given.target is None or (checked and checked.not_applicable_reason):
            continue
        counted = checked.counted if checked else None
        share = (
            shown_percent(Fraction(counted) / Fraction(given.target) * WHOLE)
            if counted is not None and given.target
            else None
        )
        told = "" if counted is None else progress_text(reached(indicator, unit))
        rows.append((names[unit.unit_id], given.target, counted, share, told))
    return Table(
        indicator.short_name,
        REACHED,
        rows,
        Chart(f"{indicator.short_name}: phần trăm mục tiêu giao", 0, 3),
    )
