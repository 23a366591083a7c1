"""The rule of a criterion in one cell of a spreadsheet: written, and read back as it was."""

from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.criterion_cells import Rules, criterion_cell, rules_from_cell
from campaign.scheme.rules.checklist import ChecklistItem
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import JudgedBy, Judgement

STEPS = points_rule_from_data({"kind": "step", "lost": "0.5", "each": "2"})


@pytest.mark.parametrize(
    ("judged_by", "rules", "cell"),
    [
        (JudgedBy.INDICATOR, Rules(), ""),
        (
            JudgedBy.INDICATOR,
            Rules(own_way=OwnWay(Judgement.GROWTH, STEPS)),
            "tăng trưởng so với cùng kỳ năm trước; trừ dần theo phần còn thiếu; trừ mỗi lần = 0,5; "
            "phần thiếu lẻ = chỉ tính phần thiếu đủ; phần thiếu tính bằng = phần trăm của mức phải "
            "đạt; mỗi phần thiếu = 2",
        ),
        (
            JudgedBy.COUNT,
            Rules(count_rule=CountRule(each=D("0.5"))),
            "số lần nhân với điểm mỗi lần; mỗi lần = 0,5",
        ),
        (
            JudgedBy.CHECKLIST,
            Rules(
                checklist=(
                    ChecklistItem("Có quy chế: đã ban hành", D(2)),
                    ChecklistItem("Họp giao ban tuần/tháng", D("1.5")),
                )
            ),
            "Có quy chế: đã ban hành: 2 / Họp giao ban tuần/tháng: 1,5",
        ),
        (JudgedBy.SECRETARIAT, Rules(), ""),
    ],
)
def test_a_rule_stands_in_one_cell_and_is_read_back_as_it_was(judged_by, rules, cell):
    assert criterion_cell(rules) == cell
    assert rules_from_cell(cell, judged_by) == rules


@pytest.mark.parametrize(
    ("judged_by", "cell", "sentence"),
    [
        (
            JudgedBy.INDICATOR,
            "tăng; tỷ lệ thuận với mức đạt",
            "“tăng” không phải là cách đánh giá. Hãy ghi một trong: luỹ kế so với tiến độ phải "
            "đạt; tăng trưởng so với cùng kỳ năm trước; mức đạt được.",
        ),
        (
            JudgedBy.INDICATOR,
            "mức đạt được; tỷ lệ thuận với mức đạt; thưởng mỗi 1 % vượt = 0,2; thưởng tối đa = 1",
            "Điểm thưởng vượt chỉ tiêu ghi ở chỉ tiêu; cách tính riêng của tiêu chí không có.",
        ),
        (JudgedBy.CHECKLIST, "Có quy chế", "“Có quy chế” cần tên loại, dấu hai chấm và điểm."),
        (JudgedBy.COUNCIL, "số lần", "Tiêu chí do Hội đồng cho điểm không có quy tắc."),
    ],
)
def test_what_is_no_such_rule_is_refused(judged_by, cell, sentence):
    with pytest.raises(RuleViolation) as refused:
        rules_from_cell(cell, judged_by)
    assert str(refused.value) == sentence
