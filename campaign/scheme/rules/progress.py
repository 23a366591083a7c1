"""Tiến độ phải đạt: which part of a target is due by a day."""

import calendar
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from campaign.core.numbers import format_decimal
from campaign.scheme.rules.terms import CountedBy, TargetOf
from campaign.scheme.rules.wording import WHOLE

MONTHS = 12


class Share(NamedTuple):
    """Tiến độ phải đạt: a part of the whole, exact: 8 of 12 months, 47 of 65 days, or per cent."""

    part: Decimal
    whole: int = 100

    @property
    def exact(self) -> Fraction:
        """Phần của cả chỉ tiêu, 1 for all of it."""
        return Fraction(self.part) / self.whole

    @property
    def words(self) -> str:
        """Viết như được dùng: "8/12", or "66,67 %" as it was typed."""
        if self.whole == WHOLE:
            return f"{format_decimal(self.part)} %"
        return f"{format_decimal(self.part)}/{self.whole}"


class Shares(NamedTuple):
    """Tiến độ phải đạt của một kỳ, for targets of the year and for those of the campaign."""

    year: Share | None
    campaign: Share | None
    period_id: int | None = None
    """Kỳ nào, where targets of its own may stand."""

    def of(self, target_of: TargetOf) -> Share | None:
        """Phần ứng với mục tiêu năm hay mục tiêu của cả phong trào."""
        return self.campaign if target_of is TargetOf.CAMPAIGN else self.year


NO_SHARES = Shares(None, None)
"""Kỳ không rõ tiến độ."""


def shares(
    ends_on: date,
    *,
    typed: tuple[Decimal | None, Decimal | None],
    campaign: tuple[date, date],
    by: CountedBy,
) -> Shares:
    """Tiến độ phải đạt của kỳ hết ngày `ends_on`: what was typed, else what the calendar says."""
    of_year, of_campaign = typed
    return Shares(
        year_share(ends_on) if of_year is None else Share(of_year),
        campaign_share(*campaign, ends_on, by) if of_campaign is None else Share(of_campaign),
    )


def year_share(ends_on: date) -> Share:
    """Phần của năm đã qua khi hết ngày `ends_on`, by months: 4/12 on 30/04."""
    days = calendar.monthrange(ends_on.year, ends_on.month)[1]
    if ends_on.day == days:
        return Share(Decimal(ends_on.month), MONTHS)
    return Share(Decimal((ends_on.month - 1) * days + ends_on.day), MONTHS * days)


def campaign_share(starts_on: date, ends_on: date, until: date, by: CountedBy) -> Share | None:
    """Phần của phong trào đã qua khi hết ngày `until`; None before its first day."""
    if until < starts_on:
        return None
    until = min(until, ends_on)
    if by is CountedBy.DAYS:
        return Share(Decimal((until - starts_on).days + 1), (ends_on - starts_on).days + 1)
    start = _months(starts_on, starts_on.day - 1)
    gone, whole = _months(until, until.day) - start, _months(ends_on, ends_on.day) - start
    if gone.denominator == whole.denominator == 1:
        return Share(Decimal(gone.numerator), whole.numerator)
    share = gone / whole
    return Share(Decimal(share.numerator), share.denominator)


def _months(day: date, days_gone: int) -> Fraction:
    """Months on the calendar, with so many days of the last one gone."""
    days = calendar.monthrange(day.year, day.month)[1]
    return day.year * MONTHS + day.month + Fraction(days_gone, days)
