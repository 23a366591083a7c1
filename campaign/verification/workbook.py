"""Bảng tính thẩm định: what was claimed and verified, and the share of each target."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
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
    values = [line for unit in by_name for line in _values(unit, names, contents, scheme)]
    points = [line for unit in by_name for line in _points(unit, names, contents, scheme, results)]
    return [
        Table("Số liệu", VALUES, values),
        Table("Điểm", POINTS, points),
        *(_reached(indicator, by_name, names) for indicator in _shared_out(scheme)),
    ]


def _shared_out(scheme: Scheme) -> list[MeasuredIndicator]:
    """Chỉ tiêu có mục tiêu giao cho đơn vị."""
    return [
        indicator
        for indicator in scheme.indicators.values()
        if any(given.target is not None for given in indicator.allocations.values())
    ]


def _values(
    unit: VerifiedUnit, names: Mapping[int, str], contents: Mapping[int, Content], scheme: Scheme
) -> list[Sequence[Cell]]:
    claimed = contents[unit.version_id].values
    return [
        (
            names[unit.unit_id],
            row.name,
            row.symbol,
            row.targets_for(unit.unit_id, unit.block_id, unit.shares.period_id).target,
            *_figures(claimed.get(row.id, ClaimedFigure()), unit.values.get(row.id)),
        )
        for row in scheme.indicators.values()
        if scheme.asks(row, unit.unit_id, unit.block_id)
    ]


def _figures(said: ClaimedFigure, checked: VerifiedFigure | None) -> tuple[Cell, ...]:
    """Số đơn vị báo, then what was verified; empty cells where nothing was."""
    claimed = said.value, said.kind.label if said.kind else ""
    if checked is None:
        return *claimed, None, None, None, "", ""
    return (
        *claimed,
        checked.value,
        checked.official_value,
        checked.counted,
        checked.official_source,
        _remarks(checked),
    )


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
) -> Iterator[Sequence[Cell]]:
    scores, result = contents[unit.version_id].scores, results[unit.participation_id]
    reasons = set_aside_reasons(scheme, unit.values, unit.points)
    reported = scheme.maxima_for(unit.unit_id, unit.block_id)
    for criterion in scheme.criteria:
        key, head = criterion.id, (names[unit.unit_id], criterion.code, criterion.name)
        if key in result.maxima:
            own = scores.get(key, SelfAssessment()).points
            yield (*head, *_points_of(key, result, own, reported[key], scheme.places))
        elif key in reasons:
            yield (*head, None, None, None, f"Không áp dụng: {reasons[key]}")


def _points_of(
    criterion_id: int, result: UnitResult, own: Decimal | None, reported: Decimal, places: int
) -> tuple[Cell, ...]:
    """Tối đa, tự chấm, thẩm định and what is said of them, of a scale that has moved since too."""
    given, maximum = result.results.get(criterion_id), result.maxima[criterion_id]
    is_moved = own is not None and reported != maximum
    said = [
        given.comment if given else "",
        own_scale_words(reported, places) if is_moved else "",
    ]
    return maximum, own, given.points if given else None, "; ".join(filter(None, said))


def _of_target(
    target: Decimal, indicator: MeasuredIndicator, unit: VerifiedUnit
) -> tuple[Cell, ...]:
    """Mục tiêu giao, what counts towards it, the per cent, and whether that was asked by now."""
    checked = unit.values.get(indicator.id)
    if checked is None or checked.counted is None:
        return target, None, None, ""
    counted = checked.counted
    share = shown_percent(Fraction(counted) / Fraction(target) * WHOLE) if target else None
    return target, counted, share, progress_text(reached(indicator, unit))


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
        rows.append((names[unit.unit_id], *_of_target(given.target, indicator, unit)))
    return Table(
        indicator.short_name,
        REACHED,
        rows,
        Chart(f"{indicator.short_name}: phần trăm mục tiêu giao", 0, 3),
    )
