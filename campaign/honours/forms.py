"""Danh mục khen thưởng: the forms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import BooleanField

from campaign.core.vote_rules import (
    LEAST_PAPERS,
    MINIMUM_PAPERS,
    Base,
    Mode,
    Ordering,
    VoteRule,
    rule_from_data,
)
from campaign.honours.rules import Ground, Level, Rounding
from campaign.web.fields import (
    LONG,
    SHORT,
    DayField,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    ShareField,
    VietnameseForm,
    at_most,
    required,
)


def _ground(label: str) -> EnumField:
    """Loại căn cứ: said by whoever writes it, never by itself."""
    return EnumField(
        label, Ground, blank="— chọn —", validators=[required("Hãy chọn loại căn cứ.")]
    )


class RuleSetForm(VietnameseForm):
    """Bộ quy định."""

    title = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    in_force_from = DayField("Hiệu lực từ ngày")
    in_force_to = DayField("Đến ngày")
    rounding = EnumField("Làm tròn tiền thưởng", Rounding, default=Rounding.CEIL_10000)
    has_golden_book = BooleanField("Giấy khen ghi “Số sổ vàng” là số thứ tự trong quyết định")
    power_basis = ProseField(
        "Căn cứ về thẩm quyền của người ký, mỗi văn bản một dòng", validators=[at_most(LONG)]
    )
    legal_basis = ProseField("Căn cứ, mỗi văn bản một dòng", validators=[at_most(LONG)])
    pays_highest_only = BooleanField(
        "Nhiều danh hiệu, hoặc nhiều hình thức, trong một thời gian: chỉ trả mức cao nhất"
    )
    highest_source = LineField("Nguồn", validators=[at_most(SHORT)])
    puts_women_first = BooleanField("Ngang nhau thì nữ, tập thể có từ 70 % là nữ xếp trước")
    women_source = LineField("Nguồn", validators=[at_most(SHORT)])
    source = LineField("Nguồn", validators=[at_most(SHORT)])


class NewRuleSetForm(VietnameseForm):
    """Bộ quy định mới, lập từ một bộ đã có."""

    code = LineField("Mã, ví dụ RS-2026", validators=[required("Hãy nhập mã."), at_most(20)])
    title = LineField("Tên", validators=[required("Hãy nhập tên."), at_most(SHORT)])
    in_force_from = DayField("Hiệu lực từ ngày", validators=[required("Hãy nhập ngày.")])


def whole_number(
    label: str, *, maximum: int | None = None, minimum: int = 0, **more: object
) -> NumberField:
    """Một ô số nguyên."""
    return NumberField(
        label,
        decimals=0,
        minimum=Decimal(minimum),
        maximum=Decimal(maximum) if maximum is not None else None,
        **more,
    )


class VoteForm(VietnameseForm):
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
    minimum_papers = whole_number(
        "Số phiếu kín ít nhất để mở hòm",
        minimum=LEAST_PAPERS,
        maximum=99,
        default=Decimal(MINIMUM_PAPERS),
    )

    @property
    def vote(self) -> VoteRule:
        """Quy tắc đã chọn."""
        return vote_chosen(self.data)


def vote_chosen(fields: Mapping[str, Any]) -> VoteRule:
    """Quy tắc đã chọn, from the fields of whichever form asks for it."""
    numerator, denominator = fields["share"]
    return VoteRule(
        fields["mode"],
        fields["base"],
        numerator,
        denominator,
        needs_chair=fields["needs_chair"],
        chair_decides=fields["chair_decides"],
        is_strict=fields["is_strict"],
        keeps_recused=fields["keeps_recused"],
        ordering=Ordering.COUNT if fields["by_count"] else Ordering.SHARE,
        minimum_papers=int(fields["minimum_papers"] or MINIMUM_PAPERS),
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


class AwardTypeForm(VoteForm):
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
    minimum_months = whole_number("Phong trào phải dài ít nhất, tháng", minimum=1, maximum=120)
    coefficient = NumberField(
        "Hệ số lương cơ sở, cá nhân",
        decimals=2,
        minimum=Decimal(0),
        maximum=Decimal(100),
        validators=[required()],
    )
    collective_factor = whole_number(
        "Tập thể gấp mấy lần cá nhân",
        minimum=1,
        maximum=10,
        default=Decimal(2),
        validators=[required()],
    )
    is_title = BooleanField("Là danh hiệu thi đua")
    money_ground = _ground("Căn cứ của mức thưởng")
    source = LineField("Nguồn của mức thưởng", validators=[at_most(SHORT)])
    report_form = LineField("Mẫu báo cáo thành tích", validators=[at_most(SHORT)])
    report_ground = _ground("Căn cứ của mẫu")
    report_source = LineField("Nguồn của mẫu", validators=[at_most(SHORT)])
    vote_ground = _ground("Căn cứ của mức biểu quyết")
    vote_source = LineField("Nguồn của mức biểu quyết", validators=[at_most(SHORT)])


class SalaryForm(VietnameseForm):
    """Một mức lương cơ sở."""

    from_on = DayField("Từ ngày", validators=[required("Hãy ghi ngày.")])
    amount = whole_number(
        "Mức, đồng một tháng", minimum=1, validators=[required("Hãy ghi mức lương.")]
    )
    source = LineField("Nguồn", validators=[required("Hãy ghi văn bản quy định."), at_most(SHORT)])
