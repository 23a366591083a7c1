"""Điển hình tiên tiến: the forms."""

from collections.abc import Iterable

from wtforms import SelectField

from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import Standing, Subject
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


def exemplar_choices(rows: Iterable[Exemplar]) -> list[tuple[str, str]]:
    """Các điển hình để chọn, each with its unit."""
    return [(str(row.id), f"{row.name} ({row.participation.unit.short_name})") for row in rows]


class ExemplarForm(VietnameseForm):
    """Đăng ký xây dựng điển hình tiên tiến: the columns of the form of that name."""

    participation_id = RowField("Đơn vị", validators=[required("Hãy chọn đơn vị.")])
    subject = EnumField(
        "Loại",
        Subject,
        blank="— chọn —",
        validators=[required("Hãy chọn tập thể, cá nhân hay hộ gia đình.")],
    )
    standing = EnumField("Vị trí của cá nhân", Standing, blank="— không phải cá nhân —")
    name = LineField("Tên điển hình", validators=[required("Hãy ghi tên."), at_most(SHORT)])
    field = LineField("Lĩnh vực", validators=[at_most(SHORT)])
    reason = ProseField("Lý do, thành tích", validators=[required(), at_most(LONG)])
    goal = ProseField("Chỉ tiêu phấn đấu", validators=[at_most(LONG)])
    found_by = LineField("Ai phát hiện", validators=[required("Hãy ghi ai phát hiện.")])
    found_on = DayField("Ngày phát hiện", validators=[required("Hãy nhập ngày phát hiện.")])
    place = SelectField("Phát hiện từ báo cáo, cuộc kiểm tra", default="")
    helper = LineField("Người, đơn vị theo dõi, bồi dưỡng", validators=[at_most(SHORT)])
    measures = ProseField("Biện pháp bồi dưỡng", validators=[at_most(LONG)])
    help_until = DayField("Thời hạn bồi dưỡng")
    result = ProseField("Kết quả đạt được", validators=[at_most(LONG)])
    summary = ProseField("Tổng kết", validators=[at_most(LONG)])
    spread = ProseField("Hình thức tuyên truyền, nơi học theo", validators=[at_most(LONG)])
    awards = ProseField("Khen thưởng liên quan", validators=[at_most(LONG)])


class ResultForm(VietnameseForm):
    """Kết quả đạt được, written by the unit of a registered example."""

    result = ProseField("Kết quả đạt được", validators=[required(), at_most(LONG)])


class UseForm(VietnameseForm):
    """Xác nhận áp dụng điển hình."""

    participation_id = RowField("Đơn vị áp dụng", validators=[required("Hãy chọn đơn vị.")])
    used_on = DayField("Áp dụng từ ngày", validators=[required("Hãy nhập ngày áp dụng.")])
    sentence = LineField(
        "Cách đơn vị áp dụng", validators=[required("Hãy ghi một câu."), at_most(SHORT)]
    )
