"""Tính điểm theo số lần: points for each occurrence, or by the kind of award or document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.points import PLACES, ZERO, round_points
from campaign.scheme.rules.rescaling import rescaled, rescaling_words
from campaign.scheme.rules.samples import HEIGHT, SEVEN, WIDTH, Drawing, Sample
from campaign.scheme.rules.wording import told_points

Problem = tuple[str, str]
"""Chỗ chưa đúng: the sentence, and the field it belongs to."""


MOST_DAYS = 366
"""Số ngày nhiều nhất mà một quy tắc cho việc quán triệt."""


class CountRuleKind(Labelled):
    """Loại quy tắc theo số lần."""

    TIMES = "times", "số lần nhân với điểm mỗi lần"
    AWARDS = "awards", "theo loại khen thưởng hoặc văn bản"


class CountSource(Labelled):
    """Nguồn của các lần: listed by the unit one by one, or taken from a register."""

    LISTED = "listed", "đơn vị kê từng lần"
    FOUND = "found", "điển hình của đơn vị đã đăng ký"
    HELPED = "helped", "điển hình của đơn vị đã đến bước Bồi dưỡng"
    SUMMED_UP = "summed_up", "điển hình của đơn vị đã đến bước Tổng kết"
    FOLLOWED = "followed", "điển hình của đơn vị được đơn vị khác xác nhận áp dụng"
    STUDIED = "studied", "văn bản chỉ đạo đã quán triệt"


class KindPoints(NamedTuple):
    """Điểm của một loại, for each occurrence that names it."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class CountRule:
    """Quy tắc theo số lần: `start` before any, `each` more (or fewer) for every one of them, or
    the points of its kind; never below `lowest`, never above the criterion's maximum.
    """

    kind: CountRuleKind = CountRuleKind.TIMES
    start: Decimal = ZERO
    each: Decimal = ZERO
    kinds: tuple[KindPoints, ...] = ()
    lowest: Decimal = ZERO
    source: CountSource = CountSource.LISTED
    within: int | None = None
    """Quán triệt trong bao nhiêu ngày từ ngày đăng thì được tính; None: at any time."""

    def to_data(self) -> dict[str, Any]:
        """Dạng lưu trữ: strings only, so that no number is ever a float; a source where it is a
        register.
        """
        within = {} if self.within is None else {"within": str(self.within)}
        source = {"source": self.source.value, **within} if self.is_taken else {}
        return {
            **source,
            "kind": self.kind.value,
            "start": str(self.start),
            "each": str(self.each),
            "kinds": [[name, str(points)] for name, points in self.kinds],
            "lowest": str(self.lowest),
        }

    @property
    def is_taken(self) -> bool:
        """Lấy từ sổ, so that nobody lists an occurrence by hand."""
        return self.source is not CountSource.LISTED

    @property
    def names(self) -> tuple[str, ...]:
        """Tên các loại, in the order of the plan."""
        return tuple(row.name for row in self.kinds)


def count_rule_from_data(data: Mapping[str, Any]) -> CountRule:
    """Đọc quy tắc as stored."""
    return CountRule(
        CountRuleKind(data["kind"]),
        Decimal(data["start"]),
        Decimal(data["each"]),
        tuple(KindPoints(name, Decimal(points)) for name, points in data["kinds"]),
        Decimal(data["lowest"]),
        CountSource(data.get("source", CountSource.LISTED)),
        int(data["within"]) if "within" in data else None,
    )


class CountPoints(NamedTuple):
    """Điểm theo số lần hoặc theo danh mục, with the lines that tell them."""

    points: Decimal
    steps: tuple[str, ...]
    on_plan: Decimal = ZERO
    """Điểm trên thang của kế hoạch, before they were re-scaled."""


def count_points(
    rule: CountRule,
    tally: Mapping[str, int],
    maximum: Decimal,
    to: Decimal | None = None,
    *,
    places: int = PLACES,
) -> CountPoints:
    """Điểm của những lần được công nhận (kind → how many), re-scaled `to` what a unit can reach."""
    before, line, raw = _worked_out(rule, tally)
    points = min(max(raw, rule.lowest), maximum)
    if raw > maximum:
        line += f", không quá {format_decimal(maximum)}"
    elif raw < rule.lowest:
        line += f", không dưới {format_decimal(rule.lowest)}"
    return scaled_count((*before, line), points, maximum, to, places=places)


def scaled_count(
    lines: Sequence[str], points: Decimal, maximum: Decimal, to: Decimal | None, *, places: int
) -> CountPoints:
    """Điểm quy đổi `to` what a unit can reach, told at the end of the last line and in its own."""
    to = maximum if to is None else to
    given = rescaled(points, maximum, to, places)
    shown = given if maximum == to else points
    *before, line = lines
    told = (*before, f"{line} = {told_points(Fraction(shown), places)} điểm")
    steps = (*told, *rescaling_words(points, maximum, to, places=places))
    return CountPoints(given, steps, round_points(points, places))


def _worked_out(rule: CountRule, tally: Mapping[str, int]) -> tuple[tuple[str, ...], str, Decimal]:
    """The lines before the sum, the sum as it is written, and what it is before any bound."""
    if rule.kind is CountRuleKind.TIMES:
        number = sum(tally.values())
        sign, size = ("−", -rule.each) if rule.each < 0 else ("+", rule.each)
        product = f"{number} × {format_decimal(size)}"
        if rule.start or rule.each < 0:
            product = f"{format_decimal(rule.start)} {sign} {product}"
        return (f"Số lần được công nhận: {number}",), product, rule.start + number * rule.each
    held = [(row, tally.get(row.name, 0)) for row in rule.kinds if tally.get(row.name, 0)]
    lines = tuple(
        f"{row.name}: {number} × {_bracketed(row.points)} = {format_decimal(number * row.points)}"
        for row, number in held
    )
    raw = sum((number * row.points for row, number in held), ZERO)
    line = " + ".join(_bracketed(number * row.points) for row, number in held)
    return lines, line or "Chưa có lần nào được công nhận: 0", raw


def _bracketed(points: Decimal) -> str:
    return f"({format_decimal(points)})" if points < 0 else format_decimal(points)


def count_problems(rule: CountRule, maximum: Decimal) -> Sequence[Problem]:
    """Chỗ chưa đúng của một quy tắc, in the fields it is typed in."""
    checks = (*_checks_of_points(rule, maximum), *_checks_of_times(rule))
    return [(sentence, field) for is_wrong, sentence, field in checks if is_wrong]


def _checks_of_points(rule: CountRule, maximum: Decimal) -> Sequence[tuple[bool, str, str]]:
    """Điểm mỗi lần, điểm khi chưa có lần nào và mức sàn."""
    is_times = rule.kind is CountRuleKind.TIMES
    return (
        (is_times and rule.each == 0, "Hãy nhập điểm cho mỗi lần, khác 0.", "count_each"),
        (rule.start < 0, "Điểm khi chưa có lần nào không được âm.", "count_start"),
        (
            rule.start > maximum,
            "Điểm khi chưa có lần nào không được quá điểm tối đa.",
            "count_start",
        ),
        (
            is_times and rule.each < 0 and rule.start == 0,
            "Mỗi lần bớt điểm thì điểm khi chưa có lần nào phải lớn hơn 0.",
            "count_start",
        ),
        (not 0 <= rule.lowest <= maximum, "Mức sàn phải từ 0 đến điểm tối đa.", "count_lowest"),
    )


def _checks_of_times(rule: CountRule) -> Sequence[tuple[bool, str, str]]:
    """Các loại, and where the times that count are taken from."""
    is_times = rule.kind is CountRuleKind.TIMES
    names = [name.casefold() for name in rule.names]
    return (
        (not is_times and not rule.kinds, "Hãy nhập ít nhất một loại và điểm.", "count_kinds"),
        (len(set(names)) < len(names), "Mỗi loại chỉ ghi một dòng.", "count_kinds"),
        (
            rule.is_taken and not is_times,
            "Các lần lấy từ sổ thì tính theo số lần, không theo loại.",
            "count_source",
        ),
        (
            rule.within is not None and rule.source is not CountSource.STUDIED,
            "Chỉ việc quán triệt mới tính theo số ngày; hãy để trống.",
            "count_within",
        ),
    )


def count_rule_words(rule: CountRule, *, is_penalty: bool = False) -> str:
    """Quy tắc bằng lời, in one line; of a penalty each occurrence takes points away."""
    floor = f", không dưới {format_decimal(rule.lowest)}" if rule.lowest else ""
    if rule.kind is CountRuleKind.AWARDS:
        rows = ", ".join(f"{name} {format_decimal(points)} điểm" for name, points in rule.kinds)
        return f"{'trừ ' if is_penalty else ''}{rows} mỗi lần{floor}"
    start = f"bắt đầu từ {format_decimal(rule.start)} điểm, " if rule.start else ""
    verb = "bớt" if rule.each < 0 else "trừ" if is_penalty else "được"
    each = f"{start}mỗi lần {verb} {format_decimal(abs(rule.each))} điểm{floor}"
    return f"{each}; mỗi lần là một {source_words(rule)}" if rule.is_taken else each


def source_words(rule: CountRule) -> str:
    """Nguồn bằng lời, with the days within which it counts."""
    days = f" trong {rule.within} ngày từ ngày đăng" if rule.within is not None else ""
    return f"{rule.source.label}{days}"


def count_drawings(
    rule: CountRule, maximum: Decimal, places: int = PLACES
) -> list[tuple[str, Drawing]]:
    """Tính thử từ 0 đến 6 lần: a line for each kind alone, with its seven values."""
    names = rule.names if rule.kind is CountRuleKind.AWARDS else ("",)
    return [(name, _drawing(rule, name, maximum, places)) for name in names]


def _drawing(rule: CountRule, name: str, maximum: Decimal, places: int) -> Drawing:
    samples = tuple(
        Sample(Decimal(number), count_points(rule, {name: number}, maximum, places=places).points)
        for number in range(SEVEN)
    )
    highest = max(sample.points for sample in samples)
    dots = tuple(
        (
            round(Fraction(sample.at) / (SEVEN - 1) * WIDTH),
            round(HEIGHT - sample.points / (highest or Decimal(1)) * HEIGHT),
        )
        for sample in samples
    )
    line = " ".join(f"{x},{y}" for x, y in dots)
    return Drawing(samples, line, dots, highest, is_by_place=False)
