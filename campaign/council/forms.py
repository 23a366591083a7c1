"""Hội đồng: the forms."""

from wtforms import SelectMultipleField

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


class MarkersForm(VietnameseForm):
    """Người được giao chấm một tiêu chí."""

    markers = SelectMultipleField("Chỉ những người này chấm")


class ReplacementForm(VietnameseForm):
    """Người thay cho một người được giao chấm."""

    gone_id = RowField("Người không còn trong Hội đồng", validators=[required("Hãy chọn người.")])
    user_id = RowField("Người thay", validators=[required("Hãy chọn người thay.")])
