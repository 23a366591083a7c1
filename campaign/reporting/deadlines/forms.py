"""Báo cáo: the forms; the report itself saves field by field."""

from campaign.web.fields import DayField, ProseField, VietnameseForm, at_most, required


class ExtensionForm(VietnameseForm):
    """Gia hạn cho một đơn vị."""

    due_on = DayField("Đúng hạn đến hết ngày", validators=[required("Hãy nhập hạn nộp mới.")])
    locks_on = DayField(
        "Đóng nhận báo cáo sau ngày", validators=[required("Hãy nhập ngày đóng nhận báo cáo mới.")]
    )
    reason = ProseField("Lý do", validators=[required("Hãy ghi lý do gia hạn."), at_most(2000)])
