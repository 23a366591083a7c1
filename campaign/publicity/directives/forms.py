"""Quán triệt: what a unit confirms."""

from campaign.web.fields import DayField, ProseField, VietnameseForm, at_most, required


class StudyForm(VietnameseForm):
    """Xác nhận đã quán triệt."""

    held_on = DayField("Ngày quán triệt", validators=[required("Hãy nhập ngày quán triệt.")])
    attendees = ProseField(
        "Thành phần tham dự", validators=[required("Hãy ghi ai đã tham dự."), at_most(2000)]
    )
