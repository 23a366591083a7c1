"""Điều hành: the form of a copy."""

from wtforms import SelectMultipleField

from campaign.planning.copy_parts import CopyPart
from campaign.web.fields import (
    SHORT,
    LineField,
    RowField,
    VietnameseForm,
    WholeField,
    at_most,
    labelled,
    required,
)

MOST_MONTHS = 120


class CopyForm(VietnameseForm):
    """Sao chép phong trào."""

    source = RowField("Sao chép từ", validators=[required("Hãy chọn phong trào.")])
    title = LineField(
        "Tên phong trào mới", validators=[required("Hãy nhập tên phong trào."), at_most(SHORT)]
    )
    months = WholeField(
        "Dời các ngày thêm (tháng)",
        default=12,
        validators=[required("Hãy nhập số tháng.")],
        minimum=0,
        maximum=MOST_MONTHS,
        outside="Từ 0 đến 120 tháng.",
    )
    parts = SelectMultipleField(
        "Phần đi cùng", choices=labelled(CopyPart), default=[part.value for part in CopyPart]
    )

    @property
    def chosen_parts(self) -> frozenset[CopyPart]:
        """Các phần đã chọn."""
        return frozenset(CopyPart(value) for value in self.parts.data or ())
