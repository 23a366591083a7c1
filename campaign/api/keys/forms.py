"""Khoá giao diện: the form."""

from wtforms import BooleanField

from campaign.web.fields import SHORT, DayField, LineField, VietnameseForm, at_most, required


class KeyForm(VietnameseForm):
    """Cấp một khoá."""

    name = LineField(
        "Hệ thống dùng khoá",
        validators=[required("Hãy ghi tên hệ thống sẽ dùng khoá."), at_most(SHORT)],
    )
    expires_on = DayField("Dùng được đến hết ngày", validators=[required("Hãy ghi ngày hết hạn.")])
    progress = BooleanField("Tiến độ chỉ tiêu, cả khi phong trào chưa công khai tiến độ")
    reports = BooleanField("Tình hình nộp báo cáo của các đơn vị")
