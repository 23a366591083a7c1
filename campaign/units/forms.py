"""Đơn vị: the form."""

from wtforms import BooleanField

from campaign.web.fields import (
    SHORT,
    DayField,
    LineField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class UnitForm(VietnameseForm):
    """Đơn vị."""

    name = LineField("Tên đầy đủ", validators=[required("Hãy nhập tên đơn vị."), at_most(SHORT)])
    short_name = LineField("Tên ngắn", validators=[at_most(SHORT)])
    code = LineField("Mã", validators=[required("Hãy nhập mã đơn vị."), at_most(40)])
    kind = RowField("Loại đơn vị", validators=[required("Hãy chọn loại đơn vị.")])
    head_title = LineField("Chức vụ người đứng đầu", validators=[at_most(SHORT)])
    parent_id = RowField("Đơn vị cấp trên")
    valid_from = DayField("Có hiệu lực từ ngày")
    valid_to = DayField("Đến hết ngày")
    is_illustrative = BooleanField("Nội dung minh hoạ")


class UnitKindForm(VietnameseForm):
    """Loại đơn vị."""

    name = LineField("Tên loại", validators=[required("Hãy nhập tên loại."), at_most(60)])
    competes = BooleanField("Đơn vị loại này tham gia thi đua", default=True)
