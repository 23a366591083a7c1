"""Chủ đề: what its editors write."""

from wtforms import SelectMultipleField

from campaign.web.fields import (
    LONG,
    SHORT,
    LineField,
    ProseField,
    VietnameseForm,
    at_most,
    required,
)


class ThemeForm(VietnameseForm):
    """Chủ đề của đợt thi đua."""

    name = LineField("Tên chủ đề", validators=[required("Hãy nhập tên chủ đề."), at_most(SHORT)])
    lead = ProseField("Giới thiệu", validators=[at_most(LONG)])
    indicators = SelectMultipleField("Chỉ tiêu của chủ đề")
    exemplars = SelectMultipleField("Điển hình của chủ đề")
