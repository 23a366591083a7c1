"""Theo thứ hạng trong khối: by a share lost for each place, a table, or a part of the block."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaign.core.numbers import format_decimal
from campaign.core.points import HUNDRED
from campaign.scheme.rules.achievement import NONE
from campaign.scheme.rules.formulas.formula import Case, Formula, Problem
from campaign.scheme.rules.points_rule import Parameters, PointsRuleKind
from campaign.scheme.rules.wording import WHOLE


@dataclass(frozen=True, slots=True)
class RankInBlock(Parameters):
    """Mỗi bậc trừ một tỷ lệ: per cent of the maximum lost per place behind the first."""

    kind = PointsRuleKind.RANK_IN_BLOCK
    lost_percent: Decimal = Decimal(5)


def _points(case: Case[RankInBlock]) -> Fraction:
    return case.whole - (case.place - 1) * Fraction(case.how.lost_percent) / WHOLE * case.whole


def _words(case: Case[RankInBlock]) -> tuple[str, ...]:
    lost = f"({case.place} − 1) × {format_decimal(case.how.lost_percent)} % × {case.top}"
    return (f"thứ {case.place} trong khối: {case.top} − {lost}",)


def _problems(how: RankInBlock) -> Sequence[Problem]:
    if 0 < how.lost_percent <= HUNDRED:
        return ()
    return [("Tỷ lệ trừ mỗi bậc phải lớn hơn 0 và không quá 100 %.", "lost_percent")]


def _told(how: RankInBlock) -> str:
    return f"mỗi bậc trừ {format_decimal(how.lost_percent)} % điểm tối đa"


RANK_IN_BLOCK = Formula(
    RankInBlock,
    _points,
    _words,
    _problems,
    told=_told,
    says_enough=True,
    needs_block=True,
    is_by_place=True,
)


@dataclass(frozen=True, slots=True)
class PlaceTable(Parameters):
    """Bảng điểm của thứ hạng: points of the first, the second…; none behind the last of it."""

    kind = PointsRuleKind.PLACE_TABLE
    places: tuple[Decimal, ...] = ()


def _given(case: Case[PlaceTable]) -> Decimal:
    table = case.how.places
    return table[case.place - 1] if case.place <= len(table) else Decimal(0)


def _table_points(case: Case[PlaceTable]) -> Fraction:
    return min(Fraction(_given(case)), case.whole)


def _table_words(case: Case[PlaceTable]) -> tuple[str, ...]:
    cut = f", không quá {case.top}" if _given(case) > case.maximum else ""
    return (f"thứ {case.place} trong khối: {format_decimal(_given(case))}{cut}",)


def _table_problems(how: PlaceTable) -> Sequence[Problem]:
    if how.places and how.places[-1] >= 0 and _falls(how.places):
        return ()
    return [("Hãy nhập điểm của từng thứ hạng, không tăng dần, ví dụ 10-8-6.", "places")]


def _falls(numbers: Sequence[Decimal]) -> bool:
    return list(numbers) == sorted(numbers, reverse=True)


def _row_words(numbers: Sequence[Decimal]) -> str:
    return "-".join(map(format_decimal, numbers))


def _table_told(how: PlaceTable) -> str:
    return f"{_row_words(how.places)} điểm"


PLACE_TABLE = Formula(
    PlaceTable,
    _table_points,
    _table_words,
    _table_problems,
    told=_table_told,
    says_enough=True,
    needs_block=True,
    is_by_place=True,
    in_points=lambda how: [("places", points) for points in how.places],
)


@dataclass(frozen=True, slots=True)
class PartsOfBlock(Parameters):
    """Các phần của khối: per cent of the maximum for each of the equal parts, the first first."""

    kind = PointsRuleKind.PARTS_OF_BLOCK
    parts: tuple[Decimal, ...] = ()


def _part(case: Case[PartsOfBlock]) -> int:
    """The part a place lies in, from 1; who stands on the border is in the better one."""
    parts = len(case.how.parts)
    return min((case.place - 1) * parts // case.standing.size + 1, parts)


def _part_points(case: Case[PartsOfBlock]) -> Fraction:
    return case.whole * Fraction(case.how.parts[_part(case) - 1]) / WHOLE


def _part_words(case: Case[PartsOfBlock]) -> tuple[str, ...]:
    part, parts, size = _part(case), len(case.how.parts), case.standing.size
    cut = ", bỏ phần lẻ" if (case.place - 1) * parts % size else ""
    share = format_decimal(case.how.parts[part - 1])
    return (
        f"Phần của khối: ({case.place} − 1) × {parts} ÷ {size} + 1{cut} = {part}",
        f"thứ {case.place} trong {size} đơn vị, phần {part} trong {parts} phần: "
        f"{share} % × {case.top}",
    )


_MOST_PARTS = 10


def _part_problems(how: PartsOfBlock) -> Sequence[Problem]:
    is_share = all(NONE <= part <= HUNDRED for part in how.parts)
    if 1 < len(how.parts) <= _MOST_PARTS and is_share and _falls(how.parts):
        return ()
    sentence = (
        "Hãy nhập tỷ lệ điểm của từng phần, từ 2 đến 10 phần, từ 0 đến 100 %, không tăng dần, "
        "ví dụ 100-75-50."
    )
    return [(sentence, "parts")]


def _part_told(how: PartsOfBlock) -> str:
    return f"{_row_words(how.parts)} % điểm tối đa"


PARTS_OF_BLOCK = Formula(
    PartsOfBlock,
    _part_points,
    _part_words,
    _part_problems,
    told=_part_told,
    says_enough=True,
    needs_block=True,
    is_by_place=True,
)
