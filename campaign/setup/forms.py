"""Thiết lập ban đầu: forms."""

from typing import Any

from wtforms import SelectMultipleField, TextAreaField

from campaign.accounts.forms import GIVEN_ROLES, IdentityForm
from campaign.core.permissions import Role
from campaign.units.rules import UsualKind
from campaign.web.fields import (
    LONG,
    SHORT,
    LineField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class LinesField(TextAreaField):
    """Nhiều dòng, each as it was typed or pasted: tabs part the cells of a row from Excel."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the lines; only their ends are made alike."""
        text = valuelist[0] if valuelist else self.data or ""
        self.data = text.replace("\r\n", "\n").replace("\r", "\n")


class OfficeForm(VietnameseForm):
    """Cơ quan và tiêu đề văn bản."""

    name = LineField("Tên cơ quan", validators=[required("Hãy nhập tên cơ quan."), at_most(SHORT)])
    short_name = LineField("Tên ngắn", validators=[at_most(SHORT)])
    kind = RowField(
        "Loại đơn vị",
        default=UsualKind.DEPARTMENT.value,
        validators=[required("Hãy chọn loại đơn vị.")],
    )
    code = LineField(
        "Mã, cũng là chữ viết tắt trong ký hiệu văn bản",
        validators=[required("Hãy nhập mã cơ quan."), at_most(40)],
    )
    above = LineField("Cơ quan chủ quản", validators=[at_most(SHORT)])
    issuer = LineField("Tên ở đầu văn bản", validators=[at_most(SHORT)])
    place = LineField("Địa danh", validators=[at_most(SHORT)])
    leader_job = LineField(
        "Chức vụ người đứng đầu", validators=[required("Hãy ghi chức vụ."), at_most(SHORT)]
    )
    leader_name = LineField("Họ và tên người đứng đầu", validators=[at_most(SHORT)])
    recipients = ProseField("Nơi nhận, mỗi dòng một nơi", validators=[at_most(LONG)])


class PasteForm(VietnameseForm):
    """Danh sách đơn vị dán vào."""

    kind = RowField("Loại đơn vị của cả danh sách", validators=[required("Hãy chọn loại đơn vị.")])
    parent_id = RowField("Đơn vị cấp trên của cả danh sách")
    lines = LinesField("Danh sách, mỗi dòng một đơn vị", validators=[at_most(10 * LONG)])


class OneUnitForm(VietnameseForm):
    """Một đơn vị."""

    name = LineField("Tên đơn vị", validators=[required("Hãy nhập tên đơn vị."), at_most(SHORT)])
    short_name = LineField("Tên ngắn", validators=[at_most(SHORT)])
    code = LineField("Mã", validators=[required("Hãy nhập mã đơn vị."), at_most(40)])
    kind = RowField("Loại đơn vị", validators=[required("Hãy chọn loại đơn vị.")])
    parent_id = RowField("Đơn vị cấp trên")


class NewcomerForm(IdentityForm):
    """Một người mới."""

    roles = SelectMultipleField(
        "Vai trò", choices=[(role.value, role.label) for role in GIVEN_ROLES]
    )

    def granted(self) -> list[Role]:
        """Vai trò đã chọn."""
        return [Role(role) for role in self.roles.data or []]
