"""Cuộc họp Hội đồng: the forms of its invitation and of what its minutes add."""

from wtforms.fields import SelectMultipleField

from campaign.web.fields import (
    LONG,
    SHORT,
    LineField,
    MomentField,
    ProseField,
    VietnameseForm,
    at_most,
    required,
)


class MeetingForm(VietnameseForm):
    """Giấy mời họp."""

    place = LineField("Nơi họp", validators=[required("Hãy ghi nơi họp."), at_most(SHORT)])
    starts_at = MomentField("Thời gian", validators=[required("Hãy ghi ngày giờ họp.")])
    opinions_until = MomentField("Nhận phiếu lấy ý kiến đến")
    agenda = ProseField("Nội dung", validators=[at_most(LONG)])
    also = SelectMultipleField("Mời cả người đã dự thay")


class NotesForm(VietnameseForm):
    """Phần ghi thêm của biên bản."""

    notes = ProseField(
        "Ghi thêm: ý kiến phát biểu, kết luận của chủ trì", validators=[at_most(LONG)]
    )
