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


class ClosingForm(VietnameseForm):
    """Phần nhận định của báo cáo sơ kết, tổng kết."""

    results = ProseField("Đánh giá chung", validators=[at_most(LONG)])
    shortcomings = ProseField("Hạn chế, tồn tại", validators=[at_most(LONG)])
    causes = ProseField("Nguyên nhân", validators=[at_most(LONG)])
    lessons = ProseField("Bài học kinh nghiệm", validators=[at_most(LONG)])
    directions = ProseField("Phương hướng thời gian tới", validators=[at_most(LONG)])
