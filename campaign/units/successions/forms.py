"""Nối tiếp của đơn vị: the form."""

from campaign.units.successions.rules import SuccessionKind
from campaign.web.fields import (
    SHORT,
    DayField,
    EnumField,
    LineField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class SuccessionForm(VietnameseForm):
    """Đơn vị này thành gì, từ ngày nào, theo văn bản nào."""

    kind = EnumField(
        "Việc gì xảy ra",
        SuccessionKind,
        blank="— chọn —",
        validators=[required("Hãy chọn việc xảy ra với đơn vị.")],
    )
    successor_id = RowField("Đơn vị mới")
    effective_on = DayField("Từ ngày", validators=[required("Hãy ghi ngày bắt đầu.")])
    basis = LineField(
        "Căn cứ", validators=[required("Hãy ghi số, ngày của văn bản."), at_most(SHORT)]
    )
