"""Bảng điểm mẫu: five groups as the announcement has them, 100 points; a proposal, not a rule."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.scheme.rules.terms import CriterionKind, JudgedBy


@dataclass(frozen=True)
class DefaultCriterion:
    """Tiêu chí mẫu."""

    code: str
    name: str
    guidance: str
    maximum: Decimal
    judged_by: JudgedBy
    evidence_required: bool = False


@dataclass(frozen=True)
class DefaultGroup:
    """Nhóm mẫu."""

    code: str
    name: str
    criteria: tuple[DefaultCriterion, ...]
    kind: CriterionKind = CriterionKind.BASE
    ceiling: Decimal | None = None
    floor: Decimal | None = None


INDICATOR_MAXIMA = (Decimal(10), Decimal(8), Decimal(4), Decimal(8), Decimal(4), Decimal(6))
"""Điểm của sáu chỉ tiêu năm 2021, in the order of the announcement: 40 in all."""
GROUP_A = ("A", "Kết quả thực hiện các chỉ tiêu", Decimal(40))
TIES_BY = (GROUP_A[0], "B")
"""Bằng điểm: the groups whose points break a tie, the penalties between them."""

_COUNCIL, _SECRETARIAT = JudgedBy.COUNCIL, JudgedBy.SECRETARIAT

GROUPS: tuple[DefaultGroup, ...] = (
    DefaultGroup(
        "B",
        "Nhiệm vụ chuyên môn được giao",
        (
            DefaultCriterion(
                "B1",
                "Phát triển sản xuất công nghiệp",
                "10 điểm khi hoàn thành mọi việc được giao, có kết quả đo được; trừ 1 điểm mỗi "
                "việc chậm hạn.",
                Decimal(10),
                _COUNCIL,
                evidence_required=True,
            ),
            DefaultCriterion(
                "B2",
                "Phát triển thị trường trong nước, bảo đảm cung ứng hàng hoá",
                "8 điểm khi không để thiếu hàng thiết yếu, có hoạt động kết nối cung cầu cụ thể.",
                Decimal(8),
                _COUNCIL,
                evidence_required=True,
            ),
            DefaultCriterion(
                "B3",
                "Tháo gỡ khó khăn, phát triển xuất nhập khẩu",
                "7 điểm khi mọi kiến nghị của doanh nghiệp được trả lời đúng hạn, có kết quả "
                "tháo gỡ.",
                Decimal(7),
                _COUNCIL,
            ),
        ),
    ),
    DefaultGroup(
        "C",
        "Cải cách hành chính, thông tin, phòng chống tham nhũng, lãng phí",
        (
            DefaultCriterion(
                "C1",
                "Cải cách hành chính, thông tin và truyền thông",
                "8 điểm khi hoàn thành 100 % nhiệm vụ theo kế hoạch; trừ 1 điểm mỗi nhiệm vụ "
                "chậm hạn.",
                Decimal(8),
                _COUNCIL,
                evidence_required=True,
            ),
            DefaultCriterion(
                "C2",
                "Phòng chống tham nhũng, thực hành tiết kiệm, chống lãng phí",
                "7 điểm khi có kế hoạch, tự kiểm tra và không có vi phạm.",
                Decimal(7),
                _COUNCIL,
            ),
        ),
    ),
    DefaultGroup(
        "D",
        "Tổ chức phong trào, tuyên truyền, nhân điển hình",
        (
            DefaultCriterion(
                "D1",
                "Phát động, ký giao ước, tổ chức phong trào tại đơn vị",
                "5 điểm khi có kế hoạch riêng, ký giao ước tới từng người, có sơ kết.",
                Decimal(5),
                _COUNCIL,
            ),
            DefaultCriterion(
                "D2",
                "Tuyên truyền, phát hiện và nhân điển hình tiên tiến",
                "5 điểm khi có ít nhất một điển hình qua đủ bốn bước: phát hiện, bồi dưỡng, "
                "tổng kết, nhân rộng.",
                Decimal(5),
                _COUNCIL,
                evidence_required=True,
            ),
        ),
    ),
    DefaultGroup(
        "E",
        "Chất lượng báo cáo, kỷ luật",
        (
            DefaultCriterion(
                "E1",
                "Báo cáo đúng hạn, đầy đủ, số liệu có nguồn",
                "6 điểm khi mọi kỳ đúng hạn; trừ 2 điểm mỗi kỳ nộp muộn, 1 điểm mỗi lần bị trả "
                "lại.",
                Decimal(6),
                _SECRETARIAT,
            ),
            DefaultCriterion(
                "E2",
                "Chấp hành kỷ luật, kỷ cương hành chính",
                "4 điểm khi không có người bị kỷ luật từ khiển trách trở lên trong thời gian "
                "phong trào.",
                Decimal(4),
                _SECRETARIAT,
            ),
        ),
    ),
    DefaultGroup(
        "T",
        "Điểm thưởng",
        (
            DefaultCriterion(
                "T1",
                "Sáng kiến, cách làm mới có hiệu quả",
                "Mỗi sáng kiến được công nhận trong thời gian phong trào: 2 điểm.",
                Decimal(6),
                _SECRETARIAT,
            ),
        ),
        kind=CriterionKind.BONUS,
        ceiling=Decimal(10),
    ),
    DefaultGroup(
        "P",
        "Điểm trừ",
        (
            DefaultCriterion(
                "P1",
                "Không phát động, không ký giao ước hoặc báo cáo sai sự thật",
                "Mỗi việc vi phạm: trừ 2 điểm; ghi số điểm bị trừ.",
                Decimal(8),
                _SECRETARIAT,
            ),
        ),
        kind=CriterionKind.PENALTY,
        floor=Decimal(-8),
    ),
)
