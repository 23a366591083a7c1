"""Phát động: the forms of a plan."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import NumberRange

from campaign.core.numbers import NumberError, parse_decimal
from campaign.planning.rules import (
    Aggregation,
    BadPointsRule,
    CountedBy,
    CriterionKind,
    Direction,
    JudgedBy,
    Judgement,
    PointsRule,
    PointsRuleKind,
    Rescaling,
    Rounding,
    TargetOf,
    ValueKind,
    points_rule_from_data,
)
from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    RowField,
    ShareField,
    VietnameseForm,
    at_most,
    required,
)

NOTHING = Decimal(0)
HUNDRED = Decimal(100)
MOST_PERCENT = Decimal(1000)


class CampaignForm(VietnameseForm):
    """Phong trào."""

    title = LineField(
        "Tên phong trào", validators=[required("Hãy nhập tên phong trào."), at_most(SHORT)]
    )
    occasion = LineField("Dịp", validators=[at_most(SHORT)])
    organiser_id = RowField("Đơn vị phát động")
    starts_on = DayField("Từ ngày", validators=[required("Hãy nhập ngày bắt đầu.")])
    ends_on = DayField("Đến ngày", validators=[required("Hãy nhập ngày kết thúc.")])
    counted_by = EnumField("Tiến độ của phong trào tính theo", CountedBy, default=CountedBy.MONTHS)
    rule_set_code = RowField("Bộ quy định")
    legal_basis = ProseField("Căn cứ pháp lý", validators=[at_most(LONG)])
    announcement = ProseField("Nội dung phát động", validators=[at_most(LONG)])
    progress_is_public = BooleanField("Công khai tiến độ chỉ tiêu trên trang của phong trào")
    reason = LineField("Lý do đính chính", validators=[at_most(SHORT)])


class CorrectionForm(VietnameseForm):
    """Đính chính một dòng của kế hoạch đã phát động."""

    name = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    short_name = LineField("Tên ngắn", validators=[at_most(60)])
    guidance = ProseField("Hướng dẫn", validators=[at_most(LONG)])
    source = LineField("Nguồn giao chỉ tiêu", validators=[at_most(SHORT)])
    reason = LineField(
        "Lý do đính chính", validators=[required("Hãy ghi lý do đính chính."), at_most(SHORT)]
    )


class RuleSetForm(VietnameseForm):
    """Bộ quy định."""

    title = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    in_force_from = DayField("Hiệu lực từ ngày")
    in_force_to = DayField("Đến ngày")
    rounding = EnumField("Làm tròn tiền thưởng", Rounding)
    has_golden_book = BooleanField("Giấy khen ghi “Số sổ vàng” là số thứ tự trong quyết định")
    power_basis = ProseField(
        "Căn cứ về thẩm quyền của người ký, mỗi văn bản một dòng", validators=[at_most(LONG)]
    )
    legal_basis = ProseField("Căn cứ, mỗi văn bản một dòng", validators=[at_most(LONG)])
    pays_highest_only = BooleanField(
        "Nhiều danh hiệu, hoặc nhiều hình thức, trong một thời gian: chỉ trả mức cao nhất"
    )
    highest_source = LineField("Nguồn", validators=[at_most(SHORT)])
    puts_women_first = BooleanField("Ngang nhau thì nữ, tập thể có từ 70 % là nữ xếp trước")
    women_source = LineField("Nguồn", validators=[at_most(SHORT)])
    source = LineField("Nguồn", validators=[at_most(SHORT)])


class NewRuleSetForm(VietnameseForm):
    """Bộ quy định mới, lập từ một bộ đã có."""

    code = LineField("Mã, ví dụ RS-2026", validators=[required("Hãy nhập mã."), at_most(20)])
    title = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    in_force_from = DayField("Hiệu lực từ ngày", validators=[required("Hãy nhập ngày.")])


class CopyForm(VietnameseForm):
    """Sao chép phong trào."""

    source = RowField("Sao chép từ", validators=[required("Hãy chọn phong trào.")])
    title = LineField(
        "Tên phong trào mới", validators=[required("Hãy nhập tên phong trào."), at_most(SHORT)]
    )
    starts_on = DayField("Bắt đầu từ ngày", validators=[required("Hãy nhập ngày bắt đầu.")])


class SettingsForm(VietnameseForm):
    """Cách chấm và tổng hợp."""

    aggregation = EnumField("Cách tổng hợp điểm Hội đồng", Aggregation)
    mark_step = NumberField(
        "Bước điểm",
        decimals=2,
        minimum=Decimal("0.01"),
        maximum=Decimal(10),
        validators=[required("Hãy nhập bước điểm.")],
    )
    minimum_marks = IntegerField(
        "Số phiếu chấm tối thiểu cho mỗi ô",
        validators=[
            required("Hãy nhập số phiếu tối thiểu."),
            NumberRange(min=1, max=99, message="Từ 1 đến 99 phiếu."),
        ],
    )
    rescaling = EnumField("Khi cả một nhóm tiêu chí không áp dụng cho đơn vị", Rescaling)
    first = RowField("Bằng điểm: xét trước hết")
    second = RowField("Sau đó")
    third = RowField("Sau đó")
    fourth = RowField("Sau đó")
    fifth = RowField("Cuối cùng")

    quorum = ShareField("Họp hợp lệ khi có mặt từ", default=(2, 3))
    award_quorum = ShareField("Riêng cuộc họp xét khen thưởng, từ")

    CHAIN = ("first", "second", "third", "fourth", "fifth")

    def chain(self) -> list[str]:
        """Chuỗi tiêu chí phụ as chosen, each once."""
        chosen = [str(self[name].data) for name in self.CHAIN if self[name].data]
        return list(dict.fromkeys(chosen))

    def offer(self, steps: Sequence[tuple[str, str]], named: Collection[str]) -> None:
        """The steps to choose from; one that is named but not offered is shown as what it is."""
        offered = {step for step, _ in steps}
        gone = [(step, "nhóm không còn trong bảng điểm") for step in named if step not in offered]
        for name in self.CHAIN:
            self[name].choices = [("", "— không xét —"), *steps, *gone]


class BlockForm(VietnameseForm):
    """Khối thi đua."""

    name = LineField("Tên khối", validators=[required("Hãy nhập tên khối."), at_most(SHORT)])
    short_name = LineField("Tên ngắn", validators=[at_most(60)])


class TaskForm(VietnameseForm):
    """Nhiệm vụ chuyên môn."""

    name = LineField("Nhiệm vụ", validators=[required("Hãy nhập tên nhiệm vụ."), at_most(SHORT)])
    guidance = ProseField("Gợi ý viết báo cáo", validators=[at_most(LONG)])


class PeriodForm(VietnameseForm):
    """Kỳ báo cáo."""

    name = LineField("Tên kỳ", validators=[required("Hãy nhập tên kỳ."), at_most(SHORT)])
    starts_on = DayField("Số liệu từ ngày", validators=[required("Hãy nhập ngày đầu kỳ.")])
    ends_on = DayField("Số liệu đến ngày", validators=[required("Hãy nhập ngày cuối kỳ.")])
    due_on = DayField("Đúng hạn đến hết ngày", validators=[required("Hãy nhập hạn nộp.")])
    locks_on = DayField(
        "Đóng nhận báo cáo sau ngày", validators=[required("Hãy nhập ngày đóng nhận báo cáo.")]
    )
    expected_share = NumberField(
        "Tiến độ phải đạt đến cuối kỳ (% mục tiêu năm)", minimum=Decimal("0.0001"), maximum=HUNDRED
    )
    campaign_share = NumberField(
        "Tiến độ phải đạt đến cuối kỳ (% mục tiêu của phong trào)",
        minimum=Decimal("0.0001"),
        maximum=HUNDRED,
    )
    is_final = BooleanField("Kỳ cuối: báo cáo kỳ này được thẩm định để chấm điểm")


class BandForm(VietnameseForm):
    """Mức xếp loại."""

    name = LineField("Mức", validators=[required("Hãy nhập tên mức."), at_most(60)])
    from_points = NumberField(
        "Từ số điểm",
        decimals=2,
        minimum=NOTHING,
        maximum=Decimal(200),
        validators=[required("Hãy nhập số điểm.")],
    )
    floor_percent = NumberField(
        "Không tiêu chí nào dưới (% điểm tối đa)", minimum=NOTHING, maximum=HUNDRED
    )


class MeasureUnitForm(VietnameseForm):
    """Đơn vị đo."""

    name = LineField("Tên đơn vị đo", validators=[required("Hãy nhập tên."), at_most(60)])
    symbol = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu."), at_most(30)])


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
    lost = NumberField("Số điểm bị trừ mỗi lần", minimum=NOTHING)
    unit = NumberField("Mỗi phần vượt mức", minimum=NOTHING, default=Decimal("0.1"))
    bands = ProseField("Bảng mức đạt")
    lost_percent = NumberField(
        "Mỗi bậc thấp hơn bị trừ (% điểm tối đa)",
        minimum=NOTHING,
        maximum=HUNDRED,
        default=Decimal(5),
    )
    bonus_per_percent = NumberField("Thưởng cho mỗi 1 % vượt (điểm)", minimum=NOTHING)
    bonus_cap = NumberField("Thưởng tối đa (điểm)", minimum=NOTHING)
    bonus_group_id = RowField("Nhóm nhận điểm thưởng")

    def rule(self) -> PointsRule:
        """Quy tắc điểm đã nhập; a RuleViolation names its field."""
        return points_rule_from_data(
            {
                "kind": self.kind.data.value if self.kind.data else "linear",
                "lost": self.lost.data or 0,
                "unit": self.unit.data or 0,
                "bands": _bands(self.bands.data or ""),
                "lost_percent": self.lost_percent.data or 0,
                "bonus_per_percent": self.bonus_per_percent.data or 0,
                "bonus_cap": self.bonus_cap.data or 0,
            }
        )


def _bands(text: str) -> list[tuple[Decimal, Decimal]]:
    """Read lines like "90: 100": from 90 % achieved, 100 % of the maximum; a line that cannot be
    read is refused.
    """
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        start, colon, share = line.partition(":")
        if not colon:
            message = f"Dòng “{line}” cần dấu hai chấm, ví dụ “90: 80”."
            raise BadPointsRule(message, field="bands")
        try:
            rows.append((_percent(start), _percent(share)))
        except NumberError as error:
            message = f"Dòng “{line}”: {error}"
            raise BadPointsRule(message, field="bands") from error
    return rows


def _percent(text: str) -> Decimal:
    return parse_decimal(text, maximum=MOST_PERCENT)


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
        validators=[NumberRange(min=1, message="Thứ trong khối từ 1 trở lên.")],
    )


class GroupForm(VietnameseForm):
    """Nhóm tiêu chí."""

    code = LineField("Ký hiệu", validators=[required("Hãy nhập ký hiệu nhóm."), at_most(10)])
    name = LineField("Tên nhóm", validators=[required("Hãy nhập tên nhóm."), at_most(SHORT)])
    kind = EnumField("Loại nhóm", CriterionKind)
    cap = NumberField(
        "Mức trần của nhóm (điểm thưởng, điểm trừ)", decimals=2, minimum=NOTHING, maximum=HUNDRED
    )


class CriterionForm(VietnameseForm):
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
        maximum=HUNDRED,
        validators=[required("Hãy nhập điểm tối đa.")],
    )
    judged_by = EnumField("Ai cho điểm", JudgedBy)
    indicator_id = RowField("Chỉ tiêu")
    evidence_required = BooleanField("Bắt buộc có minh chứng")
    blocks = SelectMultipleField("Chỉ áp dụng cho khối")
    units = SelectMultipleField("Chỉ áp dụng cho đơn vị")
