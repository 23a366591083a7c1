"""Quyết định: the forms."""

from decimal import Decimal

from wtforms.fields import BooleanField

from campaign.decision.rules import Order, SignerForm
from campaign.honours.forms import whole_number
from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    DaysField,
    EnumField,
    LineField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class DecisionForm(VietnameseForm):
    """Phần đầu của quyết định."""

    symbol = LineField("Ký hiệu", validators=[required("Hãy ghi ký hiệu."), at_most(SHORT)])
    place = LineField("Nơi ban hành", validators=[at_most(SHORT)])
    planned_on = DayField("Ngày dự kiến ký", validators=[required("Hãy ghi ngày dự kiến ký.")])
    received_on = DayField("Ngày nhận hồ sơ")
    rule_set_code = RowField("Bộ quy định áp dụng")
    signer_form = EnumField("Thể thức ký", SignerForm, default=SignerForm.SELF)
    signer_job = LineField(
        "Chức vụ người ký", validators=[required("Hãy ghi chức vụ."), at_most(SHORT)]
    )
    signer_name = LineField(
        "Họ và tên người ký", validators=[required("Hãy ghi tên người ký."), at_most(SHORT)]
    )
    legal_basis = ProseField("Căn cứ", validators=[at_most(LONG)])
    fund = LineField("Nguồn kinh phí", validators=[at_most(SHORT)])
    order = EnumField("Thứ tự cá nhân", Order, default=Order.RANK)
    notice_days = whole_number("Số ngày lấy ý kiến", maximum=60, default=Decimal(0))
    notice_is_working = BooleanField("Tính ngày làm việc")
    notice_holidays = DaysField("Ngày nghỉ lễ, nghỉ bù không tính")
    notice_is_public = BooleanField("Đăng trên trang công khai")
    reason = LineField("Lý do điều chỉnh, thu hồi", validators=[at_most(SHORT)])
    recover = whole_number("Số tiền thu hồi, đồng", default=Decimal(0))


class LineForm(VietnameseForm):
    """Một dòng của quyết định điều chỉnh."""

    name = LineField("Tên", validators=[required("Hãy ghi tên."), at_most(SHORT)])
    honorific = RowField("Ông/Bà", choices=[("", "—"), ("Ông", "Ông"), ("Bà", "Bà")])
    job = LineField("Chức vụ", validators=[at_most(SHORT)])
    amount = whole_number("Tiền thưởng, đồng")


class SignForm(VietnameseForm):
    """Ghi việc ký."""

    number = LineField(
        "Số quyết định", validators=[required("Hãy ghi số quyết định."), at_most(SHORT)]
    )
    signed_on = DayField("Ngày ký", validators=[required("Hãy ghi ngày ký.")])
    takes_other = BooleanField("Ký hiệu ghi trong ô số là đúng, dùng thay ký hiệu của dự thảo")
    heeds_law = BooleanField("Đã xem cảnh báo; văn bản đã ký đúng như vậy")


class SignatureForm(VietnameseForm):
    """Sửa bản ghi việc ký."""

    number = LineField(
        "Số quyết định", validators=[required("Hãy ghi số quyết định."), at_most(SHORT)]
    )
    symbol = LineField("Ký hiệu", validators=[required("Hãy ghi ký hiệu."), at_most(SHORT)])
    signed_on = DayField("Ngày ký", validators=[required("Hãy ghi ngày ký.")])
    reason = LineField("Lý do sửa", validators=[required("Hãy ghi lý do sửa."), at_most(SHORT)])
