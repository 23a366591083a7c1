"""Phôi giấy khen: the place of one text."""

from wtforms.fields import BooleanField

from campaign.papers.stock import Alignment, Letter
from campaign.web.fields import (
    EnumField,
    NumberField,
    VietnameseForm,
    required,
)


def _millimetres(label: str) -> NumberField:
    return NumberField(label, decimals=2, validators=[required()])


class SpotForm(VietnameseForm):
    """Vị trí một nội dung trên phôi."""

    x = _millimetres("Cách mép trái, mm")
    y = _millimetres("Cách mép trên, mm")
    width = _millimetres("Chiều rộng, mm")
    height = _millimetres("Chiều cao, mm")
    size = _millimetres("Cỡ chữ, pt")
    letter = EnumField("Kiểu chữ", Letter, default=Letter.REGULAR)
    alignment = EnumField("Căn chữ", Alignment, default=Alignment.CENTER)
    is_shown = BooleanField("In nội dung này")
