"""Bỏ phiếu: the forms."""

from decimal import Decimal

from wtforms.fields import BooleanField

from campaign.core.vote_rules import LEAST_PAPERS, MINIMUM_PAPERS, Base, Mode
from campaign.voting.rules import BallotType
from campaign.web.fields import (
    LONG,
    SHORT,
    EnumField,
    LineField,
    NumberField,
    ProseField,
    ShareField,
    VietnameseForm,
    at_most,
    required,
)


class BallotForm(VietnameseForm):
    """Lượt biểu quyết do thư ký soạn."""

    title = LineField(
        "Nội dung biểu quyết", validators=[required("Hãy ghi nội dung biểu quyết."), at_most(SHORT)]
    )
    lines = ProseField(
        "Các dòng", validators=[required("Hãy ghi ít nhất một dòng."), at_most(LONG)]
    )
    form = EnumField("Kiểu phiếu", BallotType, default=BallotType.APPROVE)
    places = NumberField("Số được chọn", decimals=0, minimum=Decimal(1))
    mode = EnumField("Hình thức", Mode, default=Mode.OPEN)
    base = EnumField("Tính trên", Base, default=Base.TOTAL)
    share = ShareField("Tỷ lệ đồng ý", default=(70, 100), validators=[required("Hãy ghi tỷ lệ.")])
    is_strict = BooleanField("Phải quá tỷ lệ, không chỉ đạt")
    needs_chair = BooleanField("Phải có Chủ tịch Hội đồng trong số đồng ý")
    chair_decides = BooleanField("Ngang phiếu thì theo bên có Chủ tịch Hội đồng")
    keeps_recused = BooleanField("Tính cả thành viên không được biểu quyết dòng đó vào mẫu số")
    by_count = BooleanField(
        "Nhiều dòng đạt hơn số suất thì xét theo số phiếu đồng ý, không theo tỷ lệ"
    )
    minimum_papers = NumberField(
        "Số phiếu kín ít nhất để mở hòm",
        decimals=0,
        minimum=Decimal(LEAST_PAPERS),
        maximum=Decimal(99),
        default=Decimal(MINIMUM_PAPERS),
    )
