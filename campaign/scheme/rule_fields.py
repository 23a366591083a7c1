"""Quy tắc điểm: the part of a form in which a rule on a number is typed."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from wtforms import BooleanField

from campaign.core.errors import refuse
from campaign.core.points import HUNDRED, ZERO
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.formulas.step import Counted, MissingIn
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data, unfit_of
from campaign.scheme.rules.terms import Direction, Judgement
from campaign.scheme.typed import READERS, table_text
from campaign.web.fields import (
    SHORT,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    VietnameseForm,
    at_most,
)


class RuleFields(VietnameseForm):
    """Quy tắc điểm."""

    kind = EnumField("Quy tắc điểm", PointsRuleKind, default=PointsRuleKind.LINEAR)
    lost = NumberField("Số điểm bị trừ mỗi lần", minimum=ZERO)
    missing_in = EnumField("Phần thiếu tính bằng", MissingIn, default=MissingIn.PERCENT)
    each = NumberField("Mỗi phần thiếu", minimum=ZERO, default=Decimal(1))
    counted = EnumField("Phần thiếu lẻ", Counted, default=Counted.WHOLE)
    unit = NumberField("Mỗi phần vượt mức", minimum=ZERO, default=Decimal("0.1"))
    bands = ProseField("Bảng mức đạt")
    levels = ProseField("Bảng giá trị")
    start = NumberField("Mức khởi điểm")
    start_points = NumberField("Điểm ở mức khởi điểm", minimum=ZERO)
    every = NumberField("Mỗi phần thêm", minimum=ZERO, default=Decimal(1))
    gain = NumberField("Được thêm (điểm)", minimum=ZERO)
    fall = NumberField("Mỗi phần thiếu bị bớt (điểm)", minimum=ZERO)
    lost_percent = NumberField(
        "Mỗi bậc thấp hơn bị trừ (% điểm tối đa)",
        minimum=ZERO,
        maximum=HUNDRED,
        default=Decimal(5),
    )
    places = LineField("Điểm của từng thứ hạng", validators=[at_most(SHORT)])
    parts = LineField("Tỷ lệ điểm của từng phần (%)", validators=[at_most(SHORT)])
    target_share = NumberField(
        "Điểm khi vừa đạt mục tiêu (% điểm tối đa)",
        minimum=ZERO,
        maximum=HUNDRED,
        default=Decimal(50),
    )
    without_target = BooleanField("Đơn vị không được giao mục tiêu cũng có điểm")

    def rule_for(self, direction: Direction, judgement: Judgement, **bonus: Decimal) -> PointsRule:
        """Quy tắc điểm đã nhập, for a number so judged; a RuleViolation names its field."""
        kind = self.kind.data or PointsRuleKind.LINEAR
        formula = FORMULAS[kind]
        if unfit := formula.fits(direction, judgement):
            refuse(unfit, "kind")
        typed = {field.name: self._typed(field.name) for field in fields(formula.parameters)}
        rule = points_rule_from_data({"kind": kind.value, **typed, **bonus})
        if problem := unfit_of(rule, direction, judgement):
            refuse(*problem)
        return rule

    def _typed(self, name: str) -> Any:
        """A parameter as it was typed; a table as its rows."""
        if name in READERS:
            return READERS[name](self[name].data or "")
        return self[name].data or 0


def typed_points_rule(stored: dict[str, Any] | None) -> dict[str, Any]:
    """Quy tắc đã lưu, as its fields show it."""
    if stored is None:
        return {}
    rule = points_rule_from_data(stored)
    given = {field.name: getattr(rule.how, field.name) for field in fields(rule.how)}
    return {
        "kind": rule.kind,
        **{
            name: table_text(value) if isinstance(value, tuple) else value
            for name, value in given.items()
        },
        "bonus_per_percent": rule.bonus_per_percent,
        "bonus_cap": rule.bonus_cap,
    }
