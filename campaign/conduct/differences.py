"""Bảng điểm đã khác gì: two tables side by side, criterion by criterion; pure."""

from collections.abc import Iterator

from campaign.core.numbers import format_decimal, format_points
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.telling import rule_words


def table_differences(before: Scheme, after: Scheme) -> Iterator[str]:
    """Chỗ khác giữa hai bảng điểm, in sentences; criteria are known by code, numbers by name."""
    yield from _criteria(before, after)
    yield from _indicators(before, after)


def _criteria(before: Scheme, after: Scheme) -> Iterator[str]:
    old, new = ({row.code: row for row in scheme.criteria} for scheme in (before, after))
    for code, row in old.items():
        if code not in new:
            points = format_points(row.maximum, before.places)
            yield f"Đã bỏ tiêu chí {code} “{row.name}” ({points} điểm)."
        else:
            yield from _criterion(row, new[code], (before.places, after.places))
    for code, row in new.items():
        if code not in old:
            points = format_points(row.maximum, after.places)
            yield f"Thêm tiêu chí {code} “{row.name}” ({points} điểm)."


def _criterion(
    old: ScoredCriterion, new: ScoredCriterion, places: tuple[int, int]
) -> Iterator[str]:
    if old.name != new.name:
        yield f"Tiêu chí {new.code}: “{old.name}” → “{new.name}”."
    if old.maximum != new.maximum:
        was, now = map(format_points, (old.maximum, new.maximum), places)
        yield f"Tiêu chí {new.code} “{new.name}”: {was} → {now} điểm."
    if old.judged_by is not new.judged_by:
        yield f"Tiêu chí {new.code} “{new.name}”: {old.judged_by.label} → {new.judged_by.label}."


def _indicators(before: Scheme, after: Scheme) -> Iterator[str]:
    old, new = ({row.name: row for row in scheme.indicators.values()} for scheme in (before, after))
    for name, row in old.items():
        if name not in new:
            yield f"Đã bỏ chỉ tiêu “{name}”."
        elif differences := list(_indicator(row, new[name])):
            yield f"Chỉ tiêu “{name}”: {'; '.join(differences)}."
    for name in new.keys() - old.keys():
        yield f"Thêm chỉ tiêu “{name}”."


def _indicator(old: MeasuredIndicator, new: MeasuredIndicator) -> Iterator[str]:
    for word, was, now in (
        ("mục tiêu", old.year_target, new.year_target),
        ("mức tăng", old.growth_target, new.growth_target),
    ):
        if was != now:
            yield " ".join(
                (
                    word,
                    "(trống)" if was is None else format_decimal(was),
                    "→",
                    "(trống)" if now is None else format_decimal(now),
                )
            )
    if old.rule != new.rule:
        before, after = (rule_words(row.rule, row.direction) for row in (old, new))
        yield f"quy tắc {before} → {after}"
