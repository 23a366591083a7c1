"""Khen thưởng: the forms."""

from decimal import Decimal

from wtforms.fields import BooleanField

from campaign.awarding.rules import Gate, Order, SignerForm, Strictness
from campaign.honours.forms import VoteForm, whole_number
from campaign.honours.rules import Subject
from campaign.papers.stock import Alignment, Letter
from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    DaysField,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    RowField,
    VietnameseForm,
    at_most,
    required,
)


class KindForm(VoteForm):
    """Hình thức khen thưởng của phong trào."""

    form_id = RowField("Hình thức", validators=[required("Hãy chọn hình thức.")])
    subject = EnumField("Đối tượng", Subject, default=Subject.COLLECTIVE)
    leader_limit = whole_number("Lãnh đạo tối đa, %", maximum=100)
    overall_limit = whole_number("Chỉ tiêu chung của cả phong trào", maximum=10_000)
    took_part = EnumField(Gate.TOOK_PART.label.capitalize(), Strictness, default=Strictness.BLOCK)
    reported = EnumField(Gate.REPORTED.label.capitalize(), Strictness, default=Strictness.BLOCK)
    discipline = EnumField(Gate.DISCIPLINE.label.capitalize(), Strictness, default=Strictness.BLOCK)
    complaint = EnumField(Gate.COMPLAINT.label.capitalize(), Strictness, default=Strictness.BLOCK)
    duplicate = EnumField(Gate.DUPLICATE.label.capitalize(), Strictness, default=Strictness.WARN)


class NomineeForm(VietnameseForm):
    """Đề nghị khen thưởng, the fields of an account of merits."""

    kind_id = RowField("Hình thức đề nghị", validators=[required("Hãy chọn hình thức.")])
    participation_id = RowField("Đơn vị", validators=[required("Hãy chọn đơn vị.")])
    honorific = RowField("Ông/Bà")
    name = LineField("Họ và tên, hoặc tên tập thể", validators=[at_most(SHORT)])
    job = LineField("Chức vụ", validators=[at_most(SHORT)])
    birth_year = whole_number("Năm sinh", minimum=1900, maximum=2100)
    is_leader = BooleanField("Là lãnh đạo, quản lý")
    member_count = whole_number("Số người của tập thể", minimum=1, maximum=100_000)
    women_count = whole_number("Trong đó nữ", maximum=100_000)
    achievements = ProseField("Kết quả đạt được trong phong trào", validators=[at_most(LONG)])
    measures = ProseField("Biện pháp đã thực hiện", validators=[at_most(LONG)])
    effects = ProseField("Hiệu quả, bài học", validators=[at_most(LONG)])
    earlier_awards = ProseField("Đã được khen thưởng", validators=[at_most(LONG)])
    added_reason = LineField("Lý do Thường trực bổ sung", validators=[at_most(SHORT)])


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


class SignForm(VietnameseForm):
    """Ghi việc ký."""

    number = LineField(
        "Số quyết định", validators=[required("Hãy ghi số quyết định."), at_most(SHORT)]
    )
    signed_on = DayField("Ngày ký", validators=[required("Hãy ghi ngày ký.")])
    takes_other = BooleanField("Ký hiệu ghi trong ô số là đúng, dùng thay ký hiệu của dự thảo")


class SignatureForm(VietnameseForm):
    """Sửa bản ghi việc ký."""

    number = LineField(
        "Số quyết định", validators=[required("Hãy ghi số quyết định."), at_most(SHORT)]
    )
    symbol = LineField("Ký hiệu", validators=[required("Hãy ghi ký hiệu."), at_most(SHORT)])
    signed_on = DayField("Ngày ký", validators=[required("Hãy ghi ngày ký.")])
    reason = LineField("Lý do sửa", validators=[required("Hãy ghi lý do sửa."), at_most(SHORT)])


def _millimetres(label: str) -> NumberField:
    return NumberField(label, decimals=2, validators=[required()])


class SpotForm(VietnameseForm):
    """Vị trí một nội dung trên phôi."""

    x = _millimetres("Cách mép trái, mm")
    y = _millimetres("Cách mép trên, mm")
    width = _millimetres("Chiều rộng, mm")
    height = _millimetres("Chiều cao, mm")
    size = _millimetres("Cỡ chữ, pt")
    letter = EnumField("Kiểu chữ", Letter)
    alignment = EnumField("Căn chữ", Alignment)
    is_shown = BooleanField("In nội dung này")
