"""Phát động: the forms of a plan."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from wtforms import BooleanField

from campaign.core.points import HUNDRED, MOST_PLACES, ZERO, least_points
from campaign.planning.rules import Aggregation, DivergenceEnd, Rescaling
from campaign.scheme.forms import MOST_POINTS
from campaign.scheme.rules.terms import (
    CountedBy,
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
    WholeField,
    at_most,
    required,
)


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


class SettingsForm(VietnameseForm):
    """Cách chấm và tổng hợp."""

    aggregation = EnumField("Cách tổng hợp điểm Hội đồng", Aggregation, default=Aggregation.MEAN)
    scale = NumberField(
        "Thang điểm (tổng điểm chuẩn)",
        decimals=MOST_PLACES,
        minimum=Decimal(1),
        maximum=MOST_POINTS,
        validators=[required("Hãy nhập thang điểm.")],
    )
    points_places = WholeField(
        "Số chữ số thập phân của điểm",
        validators=[required("Hãy nhập số chữ số thập phân.")],
        minimum=0,
        maximum=MOST_PLACES,
        outside="Từ 0 đến 4 chữ số.",
    )
    mark_step = NumberField(
        "Bước điểm",
        decimals=MOST_PLACES,
        minimum=least_points(MOST_PLACES),
        maximum=Decimal(10),
        validators=[required("Hãy nhập bước điểm.")],
    )
    minimum_marks = WholeField(
        "Số phiếu chấm tối thiểu cho mỗi ô",
        validators=[required("Hãy nhập số phiếu tối thiểu.")],
        minimum=1,
        maximum=99,
        outside="Từ 1 đến 99 phiếu.",
    )
    recuses_block = BooleanField(
        "Thành viên Hội đồng không chấm, không biểu quyết cả khối của đơn vị mình"
    )
    divergence_points = NumberField(
        "Xem lại ô có điểm chênh lệch từ (điểm)",
        decimals=MOST_PLACES,
        minimum=least_points(MOST_PLACES),
        maximum=MOST_POINTS,
    )
    divergence_percent = WholeField(
        "Hoặc từ (% điểm tối đa của tiêu chí)",
        minimum=1,
        maximum=100,
        outside="Từ 1 đến 100 %; bỏ trống nếu không có.",
    )
    divergence_ended_by = EnumField(
        "Cách xem lại ô chênh lệch",
        DivergenceEnd,
        default=DivergenceEnd.MEMBERS,
    )
    clarification_days = WholeField(
        "Số ngày giải trình sau thẩm định",
        minimum=1,
        maximum=60,
        outside="Từ 1 đến 60 ngày; bỏ trống nếu không có.",
    )
    rescaling = EnumField(
        "Khi cả một nhóm tiêu chí không áp dụng cho đơn vị",
        Rescaling,
        default=Rescaling.FULL_SCALE,
    )
    first = RowField("Bằng điểm: xét trước hết")
    second = RowField("Sau đó")
    third = RowField("Sau đó")
    fourth = RowField("Sau đó")
    fifth = RowField("Cuối cùng")

    quorum = ShareField("Họp hợp lệ khi có mặt từ", default=(2, 3))
    award_quorum = ShareField("Riêng cuộc họp xét khen thưởng, từ")
    band_share = ShareField("Xếp loại do Hội đồng bỏ phiếu, đạt từ")

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
        decimals=MOST_PLACES,
        minimum=ZERO,
        maximum=MOST_POINTS,
        validators=[required("Hãy nhập số điểm.")],
    )
    floor_percent = NumberField(
        "Không tiêu chí nào dưới (% điểm tối đa)", minimum=ZERO, maximum=HUNDRED
    )
