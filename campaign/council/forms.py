"""Hội đồng: the forms."""

from campaign.council.rules import CouncilFunction
from campaign.web.fields import (
    SHORT,
    DayField,
    EnumField,
    LineField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class MemberForm(VietnameseForm):
    """Thành viên Hội đồng."""

    user_id = RowField("Người", validators=[required("Hãy chọn người.")])
    function = EnumField("Chức danh", CouncilFunction, default=CouncilFunction.MEMBER)
    term_from = DayField("Từ ngày")
    term_to = DayField("Đến hết ngày")


class RecusalForm(VietnameseForm):
    """Không chấm một đơn vị."""

    unit_id = RowField("Đơn vị", validators=[required("Hãy chọn đơn vị.")])
    reason = LineField("Lý do", validators=[required("Hãy ghi lý do."), at_most(SHORT)])
