"""Đề nghị khen thưởng: the form."""

from wtforms.fields import BooleanField

from campaign.honours.forms import whole_number
from campaign.web.fields import (
    LONG,
    SHORT,
    LineField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class NomineeForm(VietnameseForm):
    """Đề nghị khen thưởng, the fields of an account of merits."""

    kind_id = RowField("Hình thức đề nghị", validators=[required("Hãy chọn hình thức.")])
    participation_id = RowField("Đơn vị", validators=[required("Hãy chọn đơn vị.")])
    honorific = RowField("Ông/Bà")
    name = LineField("Họ và tên, hoặc tên tập thể", validators=[at_most(SHORT)])
    job = LineField("Chức vụ", validators=[at_most(SHORT)])
    birth_year = whole_number("Năm sinh", minimum=1900, maximum=2100)
    is_leader = BooleanField("Là lãnh đạo, quản lý")
    member_count = whole_number("Số người của tập thể", minimum=1, maximum=100_000)
    women_count = whole_number("Trong đó nữ", maximum=100_000)
    exemplar_id = RowField("Điển hình tiên tiến")
    achievements = ProseField("Kết quả đạt được trong phong trào", validators=[at_most(LONG)])
    measures = ProseField("Biện pháp đã thực hiện", validators=[at_most(LONG)])
    effects = ProseField("Hiệu quả, bài học", validators=[at_most(LONG)])
    earlier_awards = ProseField("Đã được khen thưởng", validators=[at_most(LONG)])
    added_reason = LineField("Lý do Thường trực bổ sung", validators=[at_most(SHORT)])


class StandingForm(VietnameseForm):
    """Kỷ luật, khiếu nại: what the gates of a nominee rest on."""

    discipline = LineField("Kỷ luật trong kỳ", validators=[at_most(SHORT)])
    complaint = LineField("Khiếu nại đang giải quyết", validators=[at_most(SHORT)])
