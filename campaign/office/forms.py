"""Văn thư: forms."""

from campaign.web.fields import (
    LONG,
    SHORT,
    LineField,
    ProseField,
    VietnameseForm,
    at_most,
    required,
)


class LetterheadForm(VietnameseForm):
    """Tiêu đề văn bản của cơ quan."""

    above = LineField("Cơ quan chủ quản", validators=[at_most(SHORT)])
    issuer = LineField("Cơ quan ban hành", validators=[at_most(SHORT)])
    place = LineField("Địa danh", validators=[at_most(SHORT)])
    code = LineField("Chữ viết tắt trong ký hiệu", validators=[at_most(SHORT)])
    leader_job = LineField(
        "Chức vụ người đứng đầu", validators=[required("Hãy ghi chức vụ."), at_most(SHORT)]
    )
    leader_name = LineField("Họ và tên người đứng đầu", validators=[at_most(SHORT)])
    recipients = ProseField("Nơi nhận, mỗi dòng một nơi", validators=[at_most(LONG)])
