"""Quy tắc theo số lần: the part of a criterion's form in which it is typed."""

from decimal import Decimal
from typing import Any

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import parse_decimal, typed_decimal
from campaign.core.points import ZERO
from campaign.scheme.rules.counts import (
    MOST_DAYS,
    CountRule,
    CountRuleKind,
    CountSource,
    KindPoints,
    count_rule_from_data,
)
from campaign.web.fields import LONG, EnumField, NumberField, ProseField, VietnameseForm, at_most

MOST_KINDS = 30


class CountFields(VietnameseForm):
    """Quy tắc theo số lần."""

    count_kind = EnumField("Tính theo", CountRuleKind, default=CountRuleKind.TIMES)
    count_source = EnumField("Nguồn của các lần", CountSource, default=CountSource.LISTED)
    count_within = NumberField(
        "Quán triệt trong bao nhiêu ngày từ ngày đăng",
        decimals=0,
        minimum=Decimal(1),
        maximum=Decimal(MOST_DAYS),
    )
    count_start = NumberField("Điểm khi chưa có lần nào", minimum=ZERO)
    count_each = NumberField("Điểm cho mỗi lần (số âm là bớt)")
    count_kinds = ProseField("Các loại, mỗi dòng một loại và điểm", validators=[at_most(LONG)])
    count_lowest = NumberField("Không dưới", minimum=ZERO)

    @property
    def count_rule(self) -> CountRule:
        """Quy tắc như đã nhập; of the other kind's fields nothing is taken."""
        lowest = self.count_lowest.data or ZERO
        if self.count_kind.data is CountRuleKind.AWARDS:
            kinds = tuple(map(_kind, (self.count_kinds.data or "").splitlines()))
            if len(kinds) > MOST_KINDS:
                refuse(f"Nhiều nhất {MOST_KINDS} loại.", "count_kinds")
            return CountRule(CountRuleKind.AWARDS, kinds=kinds, lowest=lowest)
        source = self.count_source.data or CountSource.LISTED
        within = self.count_within.data
        return CountRule(
            CountRuleKind.TIMES,
            self.count_start.data or ZERO,
            self.count_each.data or ZERO,
            lowest=lowest,
            source=source,
            within=int(within) if within is not None and source is CountSource.STUDIED else None,
        )


def _kind(line: str) -> KindPoints:
    """Một dòng "Bằng khen cấp Bộ: 1,5"."""
    name, colon, points = (part.strip() for part in line.rpartition(":"))
    if not (name and colon):
        refuse(f"Dòng “{line.strip()}” cần tên loại, dấu hai chấm và điểm.", "count_kinds")
    try:
        return KindPoints(name, parse_decimal(points, decimals=4))
    except RuleViolation as violation:
        refuse(f"{name}: {violation}", "count_kinds")


def typed_rule(stored: dict[str, Any] | None) -> dict[str, Any]:
    """Quy tắc đã lưu, as its fields show it."""
    if stored is None:
        return {}
    rule = count_rule_from_data(stored)
    lines = (f"{name}: {typed_decimal(points)}" for name, points in rule.kinds)
    return {
        "count_kind": rule.kind,
        "count_start": rule.start,
        "count_each": rule.each,
        "count_kinds": "\n".join(lines),
        "count_lowest": rule.lowest,
        "count_source": rule.source,
        "count_within": None if rule.within is None else Decimal(rule.within),
    }
