"""Bảng điểm: the forms of indicators and criteria."""

from decimal import Decimal

from wtforms import BooleanField, SelectMultipleField

from campaign.core.points import MOST_PLACES, ZERO, least_points
from campaign.scheme.checklist_fields import ChecklistFields
from campaign.scheme.count_fields import CountFields
from campaign.scheme.rule_fields import RuleFields
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import (
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    PointsWay,
    TakesFrom,
    TargetOf,
    ValueKind,
)
from campaign.web.fields import (
    LONG,
    SHORT,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    RowField,
    VietnameseForm,
    WholeField,
    at_most,
    required,
)

MOST_POINTS = Decimal(100_000)
"""The most that a criterion, a group or a whole table may give."""
MOST_CODE = 20
"""Ký hiệu dài nhất."""


class IndicatorForm(RuleFields):
    """Chỉ tiêu, with its points rule."""

    name = LineField(
        "Tên chỉ tiêu", validators=[required("Hãy nhập tên chỉ tiêu."), at_most(SHORT)]
    )
    short_name = LineField("Tên ngắn", validators=[at_most(60)])
    measure_unit_id = RowField("Đơn vị đo", validators=[required("Hãy chọn đơn vị đo.")])
    decimals = WholeField(
        "Số chữ số thập phân",
        default=2,
        validators=[required("Hãy nhập số chữ số.")],
        minimum=0,
        maximum=4,
        outside="Từ 0 đến 4 chữ số.",
    )
    direction = EnumField(
        "Chiều của chỉ tiêu",
        Direction,
        blank="— chọn —",
        validators=[required("Hãy chọn chiều của chỉ tiêu.")],
    )
    judgement = EnumField(
        "Cách đánh giá",
        Judgement,
        blank="— chọn —",
        validators=[required("Hãy chọn cách đánh giá.")],
    )
    target_of = EnumField("Mục tiêu tính cho", TargetOf, default=TargetOf.YEAR)
    year_target = NumberField("Mục tiêu")
    growth_target = NumberField("Tăng so với năm trước (%)")
    previous_year_value = NumberField("Giá trị năm trước")
    required_kind = EnumField("Loại số liệu phải dùng", ValueKind, blank="loại nào cũng được")
    source_required = BooleanField("Bắt buộc ghi nguồn số liệu", default=True)
    source = LineField("Nguồn giao chỉ tiêu", validators=[at_most(SHORT)])
    bonus_per_percent = NumberField("Thưởng cho mỗi 1 % vượt (điểm)", minimum=ZERO)
    bonus_cap = NumberField("Thưởng tối đa (điểm)", minimum=ZERO)
    bonus_group_id = RowField("Nhóm nhận điểm thưởng")

    def rule(self) -> PointsRule:
        """Quy tắc điểm đã nhập; a RuleViolation names its field."""
        return self.rule_for(
            self.direction.data or Direction.AT_LEAST,
            self.judgement.data or Judgement.LEVEL,
            bonus_per_percent=self.bonus_per_percent.data or ZERO,
            bonus_cap=self.bonus_cap.data or ZERO,
        )


class TrialForm(VietnameseForm):
    """Tính thử."""

    class Meta(VietnameseForm.Meta):
        """It only asks: no token is needed."""

        csrf = False

    trial_value = NumberField("Giá trị thử")
    trial_comparison = NumberField("Cùng kỳ năm trước")
    trial_period = RowField("Kỳ báo cáo")
    trial_maximum = NumberField("Điểm tối đa", default=Decimal(10))
    trial_place = WholeField(
        "Thứ trong khối",
        default=1,
        minimum=1,
        maximum=1000,
        outside="Thứ trong khối từ 1 đến 1.000.",
    )
    trial_size = WholeField(
        "Số đơn vị trong khối",
        default=10,
        minimum=1,
        maximum=1000,
        outside="Từ 1 đến 1.000 đơn vị.",
    )
    trial_leader = NumberField("Số của đơn vị dẫn đầu khối")


class GroupForm(VietnameseForm):
    """Mục của bảng điểm: a group, or a section below one."""

    code = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(MOST_CODE)])
    name = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    parent_id = RowField("Nằm trong")
    ceiling = NumberField(
        "Trần (điểm)", decimals=MOST_PLACES, minimum=-MOST_POINTS, maximum=MOST_POINTS
    )
    floor = NumberField(
        "Sàn (điểm)", decimals=MOST_PLACES, minimum=-MOST_POINTS, maximum=MOST_POINTS
    )


class CriterionForm(ChecklistFields, CountFields, RuleFields):
    """Tiêu chí."""

    group_id = RowField("Nhóm hoặc mục", validators=[required("Hãy chọn nhóm.")])
    code = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(MOST_CODE)])
    name = LineField(
        "Tên tiêu chí", validators=[required("Hãy nhập tên tiêu chí."), at_most(SHORT)]
    )
    guidance = ProseField("Hướng dẫn chấm", validators=[at_most(LONG)])
    maximum = NumberField(
        "Điểm tối đa",
        decimals=MOST_PLACES,
        minimum=least_points(MOST_PLACES),
        maximum=MOST_POINTS,
    )
    leaf_kind = EnumField("Loại", CriterionKind, default=CriterionKind.BASE)
    takes_from = EnumField("Trừ vào", TakesFrom, default=TakesFrom.TOTAL)
    taken_criterion_id = RowField("Tiêu chí bị trừ")
    judged_by = EnumField(
        "Ai cho điểm",
        JudgedBy,
        blank="— chọn —",
        validators=[required("Hãy chọn ai cho điểm.")],
    )
    indicator_id = RowField("Chỉ tiêu")
    way = EnumField("Cách tính điểm", PointsWay, default=PointsWay.INDICATOR)
    own_judgement = EnumField("Cách đánh giá", Judgement, default=Judgement.LEVEL)
    evidence_required = BooleanField("Bắt buộc có minh chứng")
    blocks = SelectMultipleField("Chỉ áp dụng cho khối")
    units = SelectMultipleField("Chỉ áp dụng cho đơn vị")

    @property
    def has_own_way(self) -> bool:
        """Xét số của chỉ tiêu theo cách riêng."""
        return self.judged_by.data is JudgedBy.INDICATOR and self.way.data is PointsWay.OWN

    def own_way_for(self, direction: Direction) -> OwnWay:
        """Cách tính riêng như đã nhập, for an indicator of this direction."""
        judgement = self.own_judgement.data or Judgement.LEVEL
        return OwnWay(judgement, self.rule_for(direction, judgement))


class MeasureUnitForm(VietnameseForm):
    """Đơn vị đo."""

    name = LineField("Tên đơn vị đo", validators=[required("Hãy nhập tên."), at_most(60)])
    symbol = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(30)])
