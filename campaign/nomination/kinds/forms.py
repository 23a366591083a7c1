"""Hình thức của phong trào: the form."""

from campaign.honours.forms import VoteForm, whole_number
from campaign.honours.rules import Subject
from campaign.nomination.rules import Gate, Strictness
from campaign.web.fields import (
    SHORT,
    EnumField,
    LineField,
    RowField,
    at_most,
    required,
)


class KindForm(VoteForm):
    """Hình thức khen thưởng của phong trào."""

    form_id = RowField("Hình thức", validators=[required("Hãy chọn hình thức.")])
    subject = EnumField(
        "Đối tượng",
        Subject,
        blank="— chọn đối tượng —",
        validators=[required("Hãy chọn tập thể, cá nhân hay hộ gia đình.")],
    )
    leader_limit = whole_number("Lãnh đạo tối đa, %", maximum=100)
    overall_limit = whole_number("Chỉ tiêu chung của cả phong trào", maximum=10_000)
    took_part = EnumField(Gate.TOOK_PART.label.capitalize(), Strictness, default=Strictness.BLOCK)
    reported = EnumField(Gate.REPORTED.label.capitalize(), Strictness, default=Strictness.BLOCK)
    discipline = EnumField(Gate.DISCIPLINE.label.capitalize(), Strictness, default=Strictness.BLOCK)
    complaint = EnumField(Gate.COMPLAINT.label.capitalize(), Strictness, default=Strictness.BLOCK)
    duplicate = EnumField(Gate.DUPLICATE.label.capitalize(), Strictness, default=Strictness.WARN)
    reason = LineField("Lý do đính chính", validators=[at_most(SHORT)])
