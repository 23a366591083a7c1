"""Thẩm định: from verified values to points, with the arithmetic in sight."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from campaign.core.numbers import format_points
from campaign.core.points import PLACES, ZERO, round_points
from campaign.counts.rules import tally
from campaign.planning.rules import Phase
from campaign.reporting.listed import ListedOccurrence
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.block import Standing, standings
from campaign.scheme.rules.checklist import Ticks, checklist_points
from campaign.scheme.rules.counts import CountPoints, count_points
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import Known, size_question
from campaign.scheme.rules.points import IndicatorPoints, indicator_points, rewarded_once
from campaign.scheme.rules.progress import NO_SHARES, Shares
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, ValueKind
from campaign.scheme.rules.wording import told_points

OPEN_PHASES = frozenset({Phase.VERIFYING, Phase.SCORING})
"""Steps in which the secretariat verifies."""


class VerifiedFigure(NamedTuple):
    """Số liệu thẩm định của một chỉ tiêu; an official value stands above the verified one."""

    id: int
    value: Decimal | None
    kind: ValueKind | None
    comparison: Decimal | None
    official_value: Decimal | None = None
    official_source: str = ""
    comment: str = ""
    not_applicable_reason: str = ""

    @property
    def counted(self) -> Decimal | None:
        """Số được tính: the official one where there is one."""
        return self.official_value if self.official_value is not None else self.value


def size_questions(unit: "VerifiedUnit", scheme: Scheme) -> dict[int, str]:
    """Câu hỏi về cỡ của số thẩm định, by indicator; whoever verifies reads it and goes on."""
    questions = {}
    for number, checked in unit.values.items():
        targets = scheme.indicators[number].targets_for(
            unit.unit_id, unit.block_id, unit.shares.period_id
        )
        known = Known(
            targets.target, targets.previous_year_value, checked.comparison, shares=unit.shares
        )
        if checked.counted is not None:
            question = size_question(checked.counted, scheme.indicators[number], known)
            questions[number] = question or ""
    return questions


class GivenPoints(NamedTuple):
    """Điểm thẩm định của một tiêu chí."""

    id: int
    points: Decimal | None
    comment: str = ""
    not_applicable_reason: str = ""
    ticks: Ticks | None = None
    """Các mục đạt và không đạt, of a checklist."""


class VerifiedUnit(NamedTuple):
    """Đơn vị đã thẩm định: what was found, for one report."""

    participation_id: int
    unit_id: int
    block_id: int | None
    version_id: int
    values: Mapping[int, VerifiedFigure] = MappingProxyType({})
    points: Mapping[int, GivenPoints] = MappingProxyType({})
    shares: Shares = NO_SHARES
    listed: Mapping[int, tuple[ListedOccurrence, ...]] = MappingProxyType({})
    """Các lần đơn vị kê, by criterion."""


class CriterionResult(NamedTuple):
    """Kết quả một tiêu chí: points, their maximum, bonus, and the row they rest on."""

    points: Decimal | None
    maximum: Decimal
    bonus: Decimal = ZERO
    origin: IndicatorPoints | CountPoints | str = ""
    """The points by the indicator's rule or by occurrences; or a sentence."""
    before: tuple[Decimal, Decimal] | None = None
    """The points and their maximum before they were re-scaled to the unit's, where they were."""
    comment: str = ""
    value_id: int | None = None
    points_id: int | None = None
    places: int = PLACES

    @property
    def on_plan(self) -> Decimal | None:
        """Điểm trên thang của kế hoạch, before they were re-scaled to the unit's."""
        if self.before is not None:
            return round_points(self.before[0], self.places)
        return self.points if isinstance(self.origin, str) else self.origin.on_plan

    @property
    def steps(self) -> tuple[str, ...]:
        """Cách tính bằng lời, written when somebody reads it."""
        if isinstance(self.origin, str):
            words: tuple[str, ...] = (self.origin,) if self.origin else ()
        elif isinstance(self.origin, CountPoints):
            words = self.origin.steps
        elif self.origin.points is None:
            words = (self.origin.problem,) if self.origin.problem else ()
        else:
            words = self.origin.steps
        if self.before is None:
            return words
        return (*words, *rescaling_words(*self.before, self.maximum, places=self.places))


class UnitResult(NamedTuple):
    """Kết quả của một đơn vị: maxima of what applies, and what secretariat and rules decide."""

    participation_id: int
    version_id: int
    maxima: Mapping[int, Decimal]
    results: Mapping[int, CriterionResult]


def set_aside(scheme: Scheme, unit: VerifiedUnit) -> frozenset[int]:
    """Tiêu chí không áp dụng, as verification found."""
    return frozenset(set_aside_reasons(scheme, unit.values, unit.points))


def set_aside_reasons(
    scheme: Scheme, values: Mapping[int, VerifiedFigure], given: Mapping[int, GivenPoints]
) -> dict[int, str]:
    """Tiêu chí không áp dụng (criterion → reason), as verification found."""
    measured = {
        key: row.not_applicable_reason for key, row in values.items() if row.not_applicable_reason
    }
    scored = {
        key: row.not_applicable_reason for key, row in given.items() if row.not_applicable_reason
    }
    if not (measured or scored):
        return {}
    reasons = {
        row.id: scored.get(row.id) or measured.get(row.indicator_id or 0, "")
        for row in scheme.criteria
    }
    return {key: reason for key, reason in reasons.items() if reason}


def own_scale_words(maximum: Decimal, places: int) -> str:
    """Đơn vị tự chấm trên thang nào, where what was set aside has since stretched the rest."""
    return f"Đơn vị tự chấm theo điểm tối đa {format_points(maximum, places)}"


def reached(indicator: MeasuredIndicator, unit: VerifiedUnit) -> Achievement:
    """Mức đạt theo số đã thẩm định."""
    checked = unit.values.get(indicator.id)
    return indicator.reached(
        unit.unit_id,
        checked.counted if checked else None,
        checked.comparison if checked else None,
        unit.shares,
        unit.block_id,
    )


def block_results(
    scheme: Scheme, units: Sequence[VerifiedUnit], *, only: Collection[int] | None = None
) -> dict[int, UnitResult]:
    """Kết quả của các đơn vị, all or `only` some, by participation; ranks in a block are among all
    of its own units.
    """
    maxima = {unit.participation_id: _maxima_of(scheme, unit) for unit in units}
    standing_of = _standings(scheme, units, maxima)
    return {
        unit.participation_id: _unit_result(
            scheme, unit, maxima[unit.participation_id], standing_of
        )
        for unit in units
        if only is None or unit.participation_id in only
    }


def _maxima_of(scheme: Scheme, unit: VerifiedUnit) -> Mapping[int, Decimal]:
    """Điểm tối đa của đơn vị, re-scaled to what was not set aside."""
    return scheme.maxima_for(unit.unit_id, unit.block_id, set_aside(scheme, unit))


def _standings(
    scheme: Scheme,
    units: Sequence[VerifiedUnit],
    maxima: Mapping[int, Mapping[int, Decimal]],
) -> dict[tuple[int, int], Standing]:
    """(criterion, participation) → its standing in the block, among the units it applies to."""
    standing_of: dict[tuple[int, int], Standing] = {}
    for number, indicator in scheme.held_against.items():
        for block in {unit.block_id for unit in units}:
            peers = {
                unit.participation_id: reached(indicator, unit)
                for unit in units
                if unit.block_id == block and number in maxima[unit.participation_id]
            }
            for key, standing in standings(peers, indicator.direction).items():
                standing_of[number, key] = standing
    return standing_of


def _unit_result(
    scheme: Scheme,
    unit: VerifiedUnit,
    maxima: Mapping[int, Decimal],
    standing_of: Mapping[tuple[int, int], Standing],
) -> UnitResult:
    results: dict[int, CriterionResult] = {}
    rewarded: set[int] = set()
    for criterion in scheme.checked:
        if criterion.id not in maxima:
            continue
        maximum = maxima[criterion.id]
        indicator = scheme.judged.get(criterion.id)
        if indicator is not None:
            points = indicator_points(
                indicator.rule,
                reached(indicator, unit),
                criterion.maximum,
                to=maximum,
                standing=standing_of.get((criterion.id, unit.participation_id)),
                places=scheme.places,
            )
            points = rewarded_once(points, indicator.id, rewarded)
            results[criterion.id] = _from_rule(points, maximum, unit.values.get(indicator.id))
        elif criterion.is_worked_out:
            results[criterion.id] = _from_list(criterion, unit, maximum, scheme.places)
        else:
            results[criterion.id] = _from_secretariat(
                unit.points.get(criterion.id), criterion, maximum, scheme.places
            )
    return UnitResult(unit.participation_id, unit.version_id, maxima, results)


def _from_rule(
    points: IndicatorPoints, maximum: Decimal, checked: VerifiedFigure | None
) -> CriterionResult:
    value_id, comment = (checked.id, checked.comment) if checked else (None, "")
    return CriterionResult(
        points.points, maximum, points.bonus, points, comment=comment, value_id=value_id
    )


def _from_list(
    criterion: ScoredCriterion, unit: VerifiedUnit, to: Decimal, places: int
) -> CriterionResult:
    """What was accepted or is met counts, and every line is told; a second verification decides."""
    given, most = unit.points.get(criterion.id, GivenPoints(0, None)), criterion.maximum
    if criterion.count_rule is not None:
        listed = unit.listed.get(criterion.id, ())
        counted = count_points(criterion.count_rule, tally(listed), most, to, places=places)
        counted = counted._replace(steps=(*(row.words for row in listed), *counted.steps))
    else:
        counted = checklist_points(criterion.checklist, given.ticks, most, to, places=places)
    if given.points is not None:
        words = _second_words(given.points, most, to, places)
        second = rescaled(given.points, most, to, places)
        counted = CountPoints(second, (*counted.steps, *words), round_points(given.points, places))
    return CriterionResult(
        counted.points, to, origin=counted, comment=given.comment, points_id=given.id or None
    )


def _second_words(given: Decimal, most: Decimal, to: Decimal, places: int) -> tuple[str, ...]:
    """What a second verification gave, and how that was re-scaled."""
    said = f"Thẩm định lần hai: {told_points(Fraction(given), places)} điểm"
    return said, *rescaling_words(given, most, to, places=places)


def _from_secretariat(
    given: GivenPoints | None, criterion: ScoredCriterion, to: Decimal, places: int
) -> CriterionResult:
    """What the secretariat gave; a bonus or penalty it says nothing of is none."""
    if given is None or given.points is None:
        return _not_given(criterion, to, given.id if given else None)
    return CriterionResult(
        rescaled(given.points, criterion.maximum, to, places),
        to,
        ZERO,
        "Thường trực thẩm định",
        None if criterion.maximum == to else (given.points, criterion.maximum),
        given.comment,
        None,
        given.id,
        places,
    )


def _not_given(criterion: ScoredCriterion, to: Decimal, points_id: int | None) -> CriterionResult:
    """Where the secretariat gave no points: none of a bonus or penalty, not yet of the rest."""
    if criterion.kind is not CriterionKind.BASE:
        return CriterionResult(ZERO, to, origin="Không có", points_id=points_id)
    return CriterionResult(None, to, origin="Thường trực chưa cho điểm", points_id=points_id)
