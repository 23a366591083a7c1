"""Nhắc báo cáo: the form."""

from campaign.web.fields import SHORT, LineField, VietnameseForm, at_most


class RemindForm(VietnameseForm):
    """Nhắc các báo cáo chậm, with a word of the secretariat's own."""

    note = LineField("Lời nhắn thêm (có thể để trống)", validators=[at_most(SHORT)])
