"""Số lần: the form of one occurrence."""

from wtforms import SelectField

from campaign.web.fields import (
    LONG,
    DayField,
    LineField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class OccurrenceForm(VietnameseForm):
    """Một lần."""

    held_on = DayField("Ngày", validators=[required("Hãy nhập ngày.")])
    kind = SelectField("Loại", validate_choice=False, default="")
    text = LineField("Nội dung", validators=[required("Hãy ghi nội dung."), at_most(LONG)])
    evidence_id = RowField("Minh chứng")
