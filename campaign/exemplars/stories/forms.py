"""Câu chuyện về điển hình: the form."""

from flask_wtf.file import FileField

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


class StoryForm(VietnameseForm):
    """Câu chuyện, việc đồng ý, và một ảnh thêm vào."""

    title = LineField("Tiêu đề", validators=[required("Hãy ghi tiêu đề."), at_most(SHORT)])
    body = ProseField("Nội dung", validators=[required("Hãy ghi nội dung."), at_most(LONG)])
    consent_on = DayField("Ngày đồng ý")
    consent_paper = LineField("Văn bản đồng ý", validators=[at_most(SHORT)])
    file = FileField("Ảnh")
    alt = LineField("Lời tả ảnh", validators=[at_most(SHORT)])
