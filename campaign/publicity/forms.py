"""Tuyên truyền: the forms."""

from campaign.publicity.rules import PostKind
from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    EnumField,
    LineField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class PostForm(VietnameseForm):
    """Bài viết."""

    kind = EnumField("Loại bài", PostKind, default=PostKind.NEWS)
    theme_id = RowField("Chủ đề")
    title = LineField("Tiêu đề", validators=[required("Hãy nhập tiêu đề."), at_most(SHORT)])
    source = LineField("Nguồn", validators=[at_most(SHORT)])
    reason = LineField("Lý do sửa", validators=[at_most(SHORT)])
    body = ProseField("Nội dung", validators=[required("Hãy nhập nội dung."), at_most(LONG)])


class ScheduleForm(VietnameseForm):
    """Ngày đăng, ngày gỡ."""

    published_on = DayField("Ngày đăng")
    withdrawn_on = DayField("Ngày gỡ")
