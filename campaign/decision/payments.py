"""Chi trả: what an award is worth, and one person with several is paid the highest only; pure."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from campaign.core.amounts import dong
from campaign.core.numbers import format_decimal
from campaign.honours.rules import Rounding


@dataclass(frozen=True, slots=True)
class Money:
    """Tiền thưởng: đồng, and the arithmetic that gives it."""

    amount: int
    steps: str


def money(
    base_salary: int, coefficient: Decimal, factor: Decimal | int, rounding: Rounding
) -> Money:
    """Tiền thưởng: base salary × coefficient × factor (collective, household), rounded as the rule
    set says. In đồng.

    NĐ 91/2017 Đ.68: the base salary at the date of the decision; rounded up to ten thousand đồng.
    """
    raw = Decimal(base_salary) * coefficient * factor
    amount = _rounded(raw, rounding)
    more = f" × {format_decimal(Decimal(factor))}" if factor != 1 else ""
    steps = f"{dong(base_salary)} × {format_decimal(coefficient)}{more} = {format_decimal(raw)}"
    if int(amount) != raw:
        steps += f", {rounding.label}: {dong(int(amount))}"
    return Money(int(amount), steps)


def _rounded(raw: Decimal, rounding: Rounding) -> Decimal:
    """Số tiền tròn, to ten thousand đồng or to one."""
    unit = Decimal(10_000)
    match rounding:
        case Rounding.CEIL_10000:
            return (raw / unit).to_integral_value(ROUND_CEILING) * unit
        case Rounding.NEAREST_10000:
            return (raw / unit).to_integral_value(ROUND_HALF_UP) * unit
        case Rounding.NONE:
            return raw.to_integral_value(ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PayableLine:
    """Một dòng được tính tiền: to whom, whether a title, and what it is alone."""

    id: int
    person: Hashable
    is_title: bool
    award_type: str
    money: Money


@dataclass(frozen=True, slots=True)
class EarlierPayment:
    """Đã trả theo một quyết định trước."""

    amount: int
    decision: str


def paid_once(
    rows: Sequence[PayableLine],
    earlier: Mapping[tuple[Hashable, bool], EarlierPayment],
    source: str,
) -> dict[int, Money]:
    """Chỉ trả mức cao nhất (NĐ 152/2025 Đ.49 kh.5–7): of titles one, of forms one; a title and a
    form both.

    What an earlier decision paid for the same period is taken off.
    """
    groups: dict[tuple[Hashable, bool], list[PayableLine]] = defaultdict(list)
    for row in rows:
        groups[row.person, row.is_title].append(row)
    because = f"chỉ trả mức cao nhất ({source})" if source else "chỉ trả mức cao nhất"
    money: dict[int, Money] = {}
    for key, group in groups.items():
        money |= _highest_alone(group, earlier.get(key), because)
    return money


def _highest_alone(
    group: Sequence[PayableLine], paid: EarlierPayment | None, because: str
) -> dict[int, Money]:
    """Mức cao nhất trong các dòng của một người, less what was paid before; the others nothing."""
    highest = max(group, key=lambda row: (row.money.amount, -row.id))
    counted = f"{because}, đã tính ở {highest.award_type}"
    return {
        row.id: _less(row.money, paid, because)
        if row is highest
        else Money(0, f"{row.money.steps}; {counted}: 0")
        for row in group
    }


def _less(money: Money, paid: EarlierPayment | None, because: str) -> Money:
    """Phần còn được trả after what was paid before."""
    if paid is None or paid.amount <= 0:
        return money
    because_paid = (
        f"{money.steps}; {because}, đã trả {dong(paid.amount)} theo Quyết định số {paid.decision}"
    )
    if paid.amount >= money.amount:
        return Money(0, f"{because_paid}: 0")
    rest = money.amount - paid.amount
    return Money(rest, f"{because_paid}: {dong(money.amount)} − {dong(paid.amount)} = {dong(rest)}")
