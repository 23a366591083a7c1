"""Thời hạn lưu: the form of a rule."""

from decimal import Decimal

from wtforms import BooleanField

from campaign.retention.rules import MOST_MONTHS
from campaign.web.fields import SHORT, LineField, NumberField, VietnameseForm, at_most, required


class TermForm(VietnameseForm):
    """Giữ một loại dữ liệu bao lâu."""

    months = NumberField("Số tháng", decimals=0, minimum=Decimal(1), maximum=Decimal(MOST_MONTHS))
    basis = LineField(
        "Căn cứ", validators=[required("Hãy ghi căn cứ của thời hạn này."), at_most(SHORT)]
    )
    is_checked = BooleanField("Đã đối chiếu với văn bản")
