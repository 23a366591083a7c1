"""Xin gia hạn: the form."""

from campaign.web.fields import DayField, ProseField, VietnameseForm, at_most, required


class WishForm(VietnameseForm):
    """Xin gia hạn một kỳ."""

    wished_on = DayField("Xin nộp đến hết ngày", validators=[required("Hãy nhập ngày.")])
    reason = ProseField("Lý do", validators=[required("Hãy ghi lý do xin gia hạn."), at_most(2000)])
