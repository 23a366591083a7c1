"""Bảng điểm: the forms of indicators and criteria."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import NumberRange

from campaign.core.errors import refuse
from campaign.core.points import HUNDRED, ZERO
from campaign.scheme.count_fields import CountFields
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.formulas.step import Counted, MissingIn
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data, unfit_of
from campaign.scheme.rules.terms import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    TargetOf,
    ValueKind,
)
from campaign.scheme.typed import READERS
from campaign.web.fields import (
    LONG,
    SHORT,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)

MOST_POINTS = Decimal(100_000)
"""The most that a criterion, a group or a whole table may give."""


class IndicatorForm(VietnameseForm):
    """Chỉ tiêu, with its points rule."""

    name = LineField(
        "Tên chỉ tiêu", validators=[required("Hãy nhập tên chỉ tiêu."), at_most(SHORT)]
    )
    short_name = LineField("Tên ngắn", validators=[at_most(60)])
    measure_unit_id = RowField("Đơn vị đo", validators=[required("Hãy chọn đơn vị đo.")])
    decimals = IntegerField(
        "Số chữ số thập phân",
        default=2,
        validators=[
            required("Hãy nhập số chữ số."),
            NumberRange(min=0, max=4, message="Từ 0 đến 4 chữ số."),
        ],
    )
    direction = EnumField("Chiều của chỉ tiêu", Direction)
    judgement = EnumField("Cách đánh giá", Judgement)
    target_of = EnumField("Mục tiêu tính cho", TargetOf, default=TargetOf.YEAR)
    year_target = NumberField("Mục tiêu")
    growth_target = NumberField("Tăng so với năm trước (%)")
    previous_year_value = NumberField("Giá trị năm trước")
    required_kind = EnumField("Loại số liệu phải dùng", ValueKind, blank="loại nào cũng được")
    source_required = BooleanField("Bắt buộc ghi nguồn số liệu", default=True)
    source = LineField("Nguồn giao chỉ tiêu", validators=[at_most(SHORT)])
    kind = EnumField("Quy tắc điểm", PointsRuleKind)
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
    bonus_per_percent = NumberField("Thưởng cho mỗi 1 % vượt (điểm)", minimum=ZERO)
    bonus_cap = NumberField("Thưởng tối đa (điểm)", minimum=ZERO)
    bonus_group_id = RowField("Nhóm nhận điểm thưởng")

    def rule(self) -> PointsRule:
        """Quy tắc điểm đã nhập; a RuleViolation names its field."""
        kind = self.kind.data or PointsRuleKind.LINEAR
        direction = self.direction.data or Direction.AT_LEAST
        judgement = self.judgement.data or Judgement.LEVEL
        if unfit := FORMULAS[kind].fits(direction, judgement):
            refuse(unfit, "kind")
        names = [field.name for field in fields(FORMULAS[kind].parameters)]
        rule = points_rule_from_data(
            {
                "kind": kind.value,
                **{name: self._typed(name) for name in names},
                "bonus_per_percent": self.bonus_per_percent.data or 0,
                "bonus_cap": self.bonus_cap.data or 0,
            }
        )
        if problem := unfit_of(rule, direction, judgement):
            refuse(*problem)
        return rule

    def _typed(self, name: str) -> Any:
        """A parameter as it was typed; a table as its rows."""
        if name in READERS:
            return READERS[name](self[name].data or "")
        return self[name].data or 0


class TrialForm(VietnameseForm):
    """Tính thử."""

    class Meta(VietnameseForm.Meta):
        """It only asks: no token is needed."""

        csrf = False

    trial_value = NumberField("Giá trị thử")
    trial_comparison = NumberField("Cùng kỳ năm trước")
    trial_period = RowField("Kỳ báo cáo")
    trial_maximum = NumberField("Điểm tối đa", default=Decimal(10))
    trial_place = IntegerField(
        "Thứ trong khối",
        default=1,
        validators=[NumberRange(min=1, max=1000, message="Thứ trong khối từ 1 đến 1.000.")],
    )
    trial_size = IntegerField(
        "Số đơn vị trong khối",
        default=10,
        validators=[NumberRange(min=1, max=1000, message="Từ 1 đến 1.000 đơn vị.")],
    )
    trial_leader = NumberField("Số của đơn vị dẫn đầu khối")


class GroupForm(VietnameseForm):
    """Nhóm tiêu chí."""

    code = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu nhóm."), at_most(10)])
    name = LineField("Tên nhóm", validators=[required("Hãy nhập tên nhóm."), at_most(SHORT)])
    kind = EnumField("Loại nhóm", CriterionKind)
    cap = NumberField(
        "Mức trần của nhóm (điểm thưởng, điểm trừ)", decimals=2, minimum=ZERO, maximum=MOST_POINTS
    )


class CriterionForm(CountFields):
    """Tiêu chí."""

    group_id = RowField("Nhóm", validators=[required("Hãy chọn nhóm.")])
    code = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(10)])
    name = LineField(
        "Tên tiêu chí", validators=[required("Hãy nhập tên tiêu chí."), at_most(SHORT)]
    )
    guidance = ProseField("Hướng dẫn chấm", validators=[at_most(LONG)])
    maximum = NumberField(
        "Điểm tối đa",
        decimals=2,
        minimum=Decimal("0.01"),
        maximum=MOST_POINTS,
        validators=[required("Hãy nhập điểm tối đa.")],
    )
    judged_by = EnumField("Ai cho điểm", JudgedBy)
    indicator_id = RowField("Chỉ tiêu")
    evidence_required = BooleanField("Bắt buộc có minh chứng")
    blocks = SelectMultipleField("Chỉ áp dụng cho khối")
    units = SelectMultipleField("Chỉ áp dụng cho đơn vị")


class MeasureUnitForm(VietnameseForm):
    """Đơn vị đo."""

    name = LineField("Tên đơn vị đo", validators=[required("Hãy nhập tên."), at_most(60)])
    symbol = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(30)])
