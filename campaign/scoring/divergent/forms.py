"""Ô chênh lệch: what a member and whoever decides write."""

from campaign.web.fields import SHORT, LineField, VietnameseForm, at_most


class AnswerForm(VietnameseForm):
    """Trả lời về ô chênh lệch."""

    points = LineField("Điểm của tôi")
    sentence = LineField("Một câu nêu lý do", validators=[at_most(SHORT)])


class RulingForm(VietnameseForm):
    """Quyết định về ô chênh lệch."""

    points = LineField("Điểm được tính cho ô")
    reason = LineField("Lý do", validators=[at_most(SHORT)])
