"""Hình vẽ của trang công khai: where the targets stand, and which units have reached them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from campaign.charts import findings
from campaign.charts.course import Course, Point, course
from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Bar, Dot, bars, dots
from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal
from campaign.planning.models import Campaign
from campaign.publicity.queries import Progress, PublicValue
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.terms import Judgement, TargetOf, ValueKind
from campaign.scheme.rules.wording import WHOLE, shown_percent

FEWEST_PERIODS = 2
FEWEST_UNITS = 4
"""Ít hơn thế thì không có gì để so."""
_READ_BARS = (
    "Thanh là số liệu so với mục tiêu, vạch đen là mức phải đạt đến kỳ báo cáo. Thanh đặc: đạt; "
    "thanh rỗng: chưa đạt."
)
_READ_DOTS = (
    "Mỗi chấm là một đơn vị; vạch đen là mức phải đạt đến kỳ báo cáo. Chấm đặc: đạt; "
    "chấm rỗng: chưa đạt."
)
_READ_COURSE = (
    "Đường liền: số liệu; đường đứt: mức phải đạt đến từng kỳ. Chấm rỗng: ước; hình thoi: sơ bộ; "
    "chấm đặc: chính thức."
)


def targets(indicators: Mapping[int, MeasuredIndicator], progress: Progress) -> Drawn | None:
    """Tiến độ các mục tiêu: of each what its lead unit has, against the whole target."""
    rows = [
        (indicators[key], values[0])
        for key, values in progress.newest.items()
        if values[0].is_lead and values[0].reached.goal and values[0].reached.goal > 0
    ]
    if not rows:
        return None
    met = sum(bool(value.reached.is_met) for _, value in rows)
    return Drawn(
        "muc-tieu",
        bars([_bar(indicator, value) for indicator, value in rows], "%"),
        findings.of_all(met, len(rows), "mục tiêu", "đạt tiến độ"),
        _READ_BARS,
        _source([value for _, value in rows], "mục tiêu"),
        ("Chỉ tiêu", "Kết quả"),
    )


def _bar(indicator: MeasuredIndicator, value: PublicValue) -> Bar:
    reached = value.reached
    whole = _whole(reached)
    actual, goal = reached.actual or Fraction(0), reached.goal or Fraction(0)
    state = "đạt" if reached.is_met else "chưa đạt"
    said = "" if value.value is None else f"{format_decimal(value.value)} {indicator.symbol}, "
    return Bar(
        indicator.short_name or indicator.name,
        actual / whole * WHOLE,
        f"{said}{state}",
        goal / whole * WHOLE,
        bool(reached.is_met),
    )


def _whole(reached: Achievement) -> Fraction:
    """Cả mục tiêu, of which a part is due; what is no sum is due in full."""
    goal = reached.goal or Fraction(1)
    if reached.of is None:
        return goal
    _, judgement, seen = reached.of
    if judgement is not Judgement.CUMULATIVE or not seen.target or seen.is_of_period:
        return goal
    return Fraction(seen.target)


def units(indicator: MeasuredIndicator, values: Sequence[PublicValue]) -> Drawn | None:
    """Các đơn vị so với mức phải đạt của mình; nothing where there is nothing to compare."""
    rows = _dots(values)
    if len(rows) < FEWEST_UNITS or len({row.value for row in rows}) == 1:
        return None
    met = sum(bool(value.reached.is_met) for value in values)
    return Drawn(
        f"don-vi-{indicator.id}",
        dots(rows, "%", goal=(Fraction(WHOLE), "mức phải đạt")),
        findings.of_all(met, len(values), "đơn vị", "đạt mức phải đạt"),
        _READ_DOTS,
        _source(values, "đơn vị"),
        ("Đơn vị", "So với mức phải đạt"),
    )


def _dots(values: Iterable[PublicValue]) -> list[Dot]:
    return [
        Dot(
            value.short_name,
            value.reached.percent,
            _told(value.reached),
            is_short=not value.reached.is_met,
        )
        for value in values
        if value.reached.percent is not None
    ]


def _told(reached: Achievement) -> str:
    """Phần trăm để đọc: what is not reached is never written as 100; what touches a strict limit
    is said not to keep it.
    """
    exact = reached.percent or Fraction(0)
    if exact == WHOLE and not reached.is_met:
        return "100 %, chưa đạt"
    return f"{format_decimal(shown_percent(exact, 1))} %"


def _source(values: Sequence[PublicValue], named: str) -> str:
    """Số liệu đến ngày nào; where the newest ones are of several days, how many are of each."""
    days = Counter(value.ends_on for value in values)
    if len(days) == 1:
        return f"Số liệu đã thẩm định, đến {format_date(next(iter(days)))}."
    told = [f"{days[day]} {named} đến {format_date(day)}" for day in sorted(days, reverse=True)]
    return f"Số liệu đã thẩm định mới nhất: {', '.join(told)}."


def way(
    campaign: Campaign,
    indicator: MeasuredIndicator,
    values: Sequence[PublicValue],
    today: date,
) -> Drawn | None:
    """Chỉ tiêu luỹ kế qua các kỳ, of the lead unit, against what was due by each."""
    added_up = _added_up(indicator, values)
    if len(added_up) < FEWEST_PERIODS:
        return None
    return Drawn(
        f"tien-do-{indicator.id}",
        _course(campaign, indicator, added_up, today),
        _way_finding(added_up[-1]),
        _READ_COURSE,
        f"{added_up[-1].unit}, số liệu đã thẩm định.",
        ("Đến ngày", "Số liệu", "Mức phải đạt"),
    )


def _added_up(indicator: MeasuredIndicator, values: Sequence[PublicValue]) -> Sequence[PublicValue]:
    """The periods whose numbers grow into one sum: of a target of a year those of the last year."""
    if indicator.judgement is not Judgement.CUMULATIVE:
        return ()
    if indicator.target_of is not TargetOf.YEAR:
        return values
    return [value for value in values if value.ends_on.year == values[-1].ends_on.year]


def _course(
    campaign: Campaign, indicator: MeasuredIndicator, values: Sequence[PublicValue], today: date
) -> Course:
    """Its line, from the first to the last day of what the target is set for."""
    of, year = values[-1].reached.of, values[-1].ends_on.year
    goal = of[2].target if of else None
    is_whole = indicator.target_of is TargetOf.CAMPAIGN
    return course(
        [_point(indicator, value) for value in values],
        between=(
            campaign.starts_on if is_whole else date(year, 1, 1),
            campaign.ends_on if is_whole else date(year, 12, 31),
        ),
        today=today,
        target=(goal, f"mục tiêu {format_decimal(goal)} {indicator.symbol}") if goal else None,
    )


def _point(indicator: MeasuredIndicator, value: PublicValue) -> Point:
    kind = value.kind or ValueKind.ESTIMATED
    said = "" if value.value is None else f"{format_decimal(value.value)} {indicator.symbol}"
    return Point(
        value.ends_on,
        value.value,
        kind.value,
        f"{said} ({kind.label})" if said else "",
        value.reached.goal,
    )


def _way_finding(last: PublicValue) -> str:
    day = format_date(last.ends_on)
    if last.reached.percent is None:
        return f"Đến {day} chưa so được với mức phải đạt"
    if last.reached.percent == WHOLE and not last.reached.is_met:
        return f"Đến {day} bằng đúng mức phải ở dưới, chưa đạt"
    word = "đạt" if last.reached.is_met else "mới đạt"
    return f"Đến {day} {word} {_told(last.reached)} mức phải đạt"
