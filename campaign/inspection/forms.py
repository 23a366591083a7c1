"""Kiểm tra thực tế: the form."""

from flask_wtf.file import FileField
from wtforms import SelectMultipleField

from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    LineField,
    ProseField,
    VietnameseForm,
    at_most,
    required,
)


class InspectionForm(VietnameseForm):
    """Biên bản kiểm tra thực tế."""

    held_on = DayField("Ngày kiểm tra", validators=[required("Hãy nhập ngày kiểm tra.")])
    team = LineField(
        "Đoàn kiểm tra", validators=[required("Hãy ghi những ai kiểm tra."), at_most(SHORT)]
    )
    checked = ProseField("Nội dung kiểm tra", validators=[required(), at_most(LONG)])
    findings = ProseField("Kết quả", validators=[required(), at_most(LONG)])
    conclusion = ProseField("Kết luận", validators=[required(), at_most(LONG)])
    indicators = SelectMultipleField("Chỉ tiêu liên quan")
    criteria = SelectMultipleField("Tiêu chí liên quan")
    file = FileField("Tệp")
