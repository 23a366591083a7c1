"""Khen thưởng: the forms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms.fields import BooleanField

from campaign.awarding.rules import Gate, Ground, Level, Order, SignerForm, Strictness, Subject
from campaign.core.vote_rules import (
    LEAST_PAPERS,
    MINIMUM_PAPERS,
    Base,
    Mode,
    Ordering,
    VoteRule,
    rule_from_data,
)
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
    ShareField,
    VietnameseForm,
    at_most,
    required,
)


def _whole(
    label: str, *, maximum: int | None = None, minimum: int = 0, **more: object
) -> NumberField:
    return NumberField(
        label,
        decimals=0,
        minimum=Decimal(minimum),
        maximum=Decimal(maximum) if maximum is not None else None,
        **more,
    )


class _VoteForm(VietnameseForm):
    """Quy tắc biểu quyết, as a kind of a campaign and a form of the catalogue ask for it."""

    mode = EnumField("Biểu quyết", Mode, default=Mode.OPEN)
    base = EnumField("Tính trên", Base, default=Base.TOTAL)
    share = ShareField("Tỷ lệ đồng ý", default=(70, 100), validators=[required("Hãy ghi tỷ lệ.")])
    is_strict = BooleanField("Phải quá tỷ lệ, không chỉ đạt")
    needs_chair = BooleanField("Phải có Chủ tịch Hội đồng trong số đồng ý")
    chair_decides = BooleanField("Ngang phiếu thì theo bên có Chủ tịch Hội đồng")
    keeps_recused = BooleanField("Tính cả thành viên không được biểu quyết dòng đó vào mẫu số")
    by_count = BooleanField(
        "Nhiều dòng đạt hơn chỉ tiêu thì xét theo số phiếu đồng ý, không theo tỷ lệ"
    )
    minimum_papers = _whole(
        "Số phiếu kín ít nhất để mở hòm",
        minimum=LEAST_PAPERS,
        maximum=99,
        default=Decimal(MINIMUM_PAPERS),
    )

    @property
    def vote(self) -> VoteRule:
        """Quy tắc đã chọn."""
        return VoteRule(
            self.mode.data,
            self.base.data,
            self.share.data[0],
            self.share.data[1],
            needs_chair=self.needs_chair.data,
            chair_decides=self.chair_decides.data,
            is_strict=self.is_strict.data,
            keeps_recused=self.keeps_recused.data,
            ordering=Ordering.COUNT if self.by_count.data else Ordering.SHARE,
            minimum_papers=int(self.minimum_papers.data or MINIMUM_PAPERS),
        )


def vote_data(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Quy tắc đã lưu, as the fields of a form take it."""
    vote = rule_from_data(stored)
    return {
        "mode": vote.mode,
        "base": vote.base,
        "share": (vote.numerator, vote.denominator),
        "needs_chair": vote.needs_chair,
        "chair_decides": vote.chair_decides,
        "is_strict": vote.is_strict,
        "keeps_recused": vote.keeps_recused,
        "by_count": vote.ordering is Ordering.COUNT,
        "minimum_papers": Decimal(vote.minimum_papers),
    }


class KindForm(_VoteForm):
    """Hình thức khen thưởng của phong trào."""

    form_id = RowField("Hình thức", validators=[required("Hãy chọn hình thức.")])
    subject = EnumField("Đối tượng", Subject, default=Subject.COLLECTIVE)
    leader_limit = _whole("Lãnh đạo tối đa, %", maximum=100)
    overall_limit = _whole("Chỉ tiêu chung của cả phong trào", maximum=10_000)
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
    birth_year = _whole("Năm sinh", minimum=1900, maximum=2100)
    is_leader = BooleanField("Là lãnh đạo, quản lý")
    member_count = _whole("Số người của tập thể", minimum=1, maximum=100_000)
    women_count = _whole("Trong đó nữ", maximum=100_000)
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
    notice_days = _whole("Số ngày lấy ý kiến", maximum=60, default=Decimal(0))
    notice_is_working = BooleanField("Tính ngày làm việc")
    notice_holidays = DaysField("Ngày nghỉ lễ, nghỉ bù không tính")
    notice_is_public = BooleanField("Đăng trên trang công khai")
    reason = LineField("Lý do điều chỉnh, thu hồi", validators=[at_most(SHORT)])
    recover = _whole("Số tiền thu hồi, đồng", default=Decimal(0))


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


class FormForm(_VoteForm):
    """Một hình thức trong danh mục."""

    name = LineField("Tên", validators=[required("Hãy ghi tên."), at_most(SHORT)])
    level = EnumField("Cấp", Level, default=Level.DEPARTMENT)
    signatory = LineField("Người ký", validators=[required("Hãy ghi người ký."), at_most(SHORT)])
    for_collectives = BooleanField("Tặng tập thể", default=True)
    for_individuals = BooleanField("Tặng cá nhân", default=True)
    for_households = BooleanField("Tặng hộ gia đình")
    household_factor = NumberField(
        "Hộ gia đình gấp mấy lần cá nhân",
        decimals=2,
        minimum=Decimal("0.01"),
        maximum=Decimal(10),
        default=Decimal("1.5"),
    )
    is_annual = BooleanField("Danh hiệu xét hằng năm, không xét theo đợt")
    by_launcher_only = BooleanField("Chỉ xét cho phong trào do chính cấp đó phát động")
    minimum_months = _whole("Phong trào phải dài ít nhất, tháng", minimum=1, maximum=120)
    coefficient = NumberField(
        "Hệ số lương cơ sở, cá nhân", decimals=2, minimum=Decimal(0), validators=[required()]
    )
    collective_factor = _whole(
        "Tập thể gấp mấy lần cá nhân",
        minimum=1,
        maximum=10,
        default=Decimal(2),
        validators=[required()],
    )
    is_title = BooleanField("Là danh hiệu thi đua")
    money_ground = EnumField("Căn cứ của mức thưởng", Ground, default=Ground.LAW)
    source = LineField("Nguồn của mức thưởng", validators=[at_most(SHORT)])
    report_form = LineField("Mẫu báo cáo thành tích", validators=[at_most(SHORT)])
    report_ground = EnumField("Căn cứ của mẫu", Ground, default=Ground.LAW)
    report_source = LineField("Nguồn của mẫu", validators=[at_most(SHORT)])
    vote_ground = EnumField("Căn cứ của mức biểu quyết", Ground, default=Ground.OFFICE)
    vote_source = LineField("Nguồn của mức biểu quyết", validators=[at_most(SHORT)])


class SalaryForm(VietnameseForm):
    """Một mức lương cơ sở."""

    from_on = DayField("Từ ngày", validators=[required("Hãy ghi ngày.")])
    amount = _whole("Mức, đồng một tháng", minimum=1, validators=[required("Hãy ghi mức lương.")])
    source = LineField("Nguồn", validators=[required("Hãy ghi văn bản quy định."), at_most(SHORT)])


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
