"""Yêu cầu sửa dữ liệu: the form."""

from campaign.web.fields import LONG, ProseField, VietnameseForm, at_most, required


class WishForm(VietnameseForm):
    """Điều sai, điều đúng."""

    wish = ProseField(
        "Điều sai và điều đúng",
        validators=[required("Hãy ghi điều sai và điều đúng."), at_most(LONG // 10)],
    )
