"""Nhắc việc: the forms."""

from campaign.notices.rules import MailChoice
from campaign.web.fields import (
    SHORT,
    DayField,
    EnumField,
    LineField,
    VietnameseForm,
    at_most,
    required,
)


class MailChoiceForm(VietnameseForm):
    """Cách nhận thư."""

    choice = EnumField("Nhận thư nhắc việc", MailChoice, default=MailChoice.AT_ONCE)


class StopForm(VietnameseForm):
    """Ngừng gửi thư."""

    reason = LineField(
        "Lý do ngừng gửi thư",
        validators=[required("Hãy ghi lý do ngừng gửi thư."), at_most(SHORT)],
    )


class DayOffForm(VietnameseForm):
    """Ngày nghỉ."""

    day = DayField("Ngày nghỉ", validators=[required("Hãy nhập ngày.")])
    name = LineField("Tên ngày nghỉ", validators=[required("Hãy nhập tên."), at_most(SHORT)])
