"""Rules of points in one cell of a spreadsheet: written, read back, and what is refused."""

from decimal import Decimal as D

import pytest

from campaign.core.errors import RuleViolation
from campaign.scheme.rule_cells import (
    count_cell,
    count_rule_from_cell,
    rule_cell,
    rule_from_cell,
)
from campaign.scheme.rules.counts import CountRule, CountRuleKind, CountSource, KindPoints
from campaign.scheme.rules.formulas.all_or_nothing import AllOrNothing
from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.best_value import BestValue
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.growth_share import GrowthShare
from campaign.scheme.rules.formulas.leader import Leader
from campaign.scheme.rules.formulas.levels import Levels
from campaign.scheme.rules.formulas.place_in_block import PartsOfBlock, PlaceTable, RankInBlock
from campaign.scheme.rules.formulas.start_and_step import StartAndStep
from campaign.scheme.rules.formulas.step import Counted, MissingIn, Step
from campaign.scheme.rules.points_rule import PointsRule, Proportion

WRITTEN = [
    (PointsRule(), "tỷ lệ thuận với mức đạt"),
    (
        PointsRule(bonus_per_percent=D("0.1"), bonus_cap=D(2)),
        "tỷ lệ thuận với mức đạt; thưởng mỗi 1 % vượt = 0,1; thưởng tối đa = 2",
    ),
    (
        PointsRule(Step(D("0.5"), Counted.STARTED, MissingIn.UNIT, D(2))),
        "trừ dần theo phần còn thiếu; trừ mỗi lần = 0,5; phần thiếu lẻ = phần thiếu chưa đủ cũng "
        "tính là một; phần thiếu tính bằng = đơn vị đo của chỉ tiêu; mỗi phần thiếu = 2",
    ),
    (
        PointsRule(Bands(((D(100), D(100)), (D("80.5"), D(50))))),
        "theo bảng mức đạt (%); bảng mức đạt = 100: 100 / 80,5: 50",
    ),
    (
        PointsRule(Levels(((D(44462), D(10)), (D(-3), D("0.25"))))),
        "theo bảng giá trị; bảng giá trị = 44.462: 10 / -3: 0,25",
    ),
    (PointsRule(AllOrNothing()), "đạt thì đủ điểm, không đạt thì 0"),
    (
        PointsRule(Ceiling(D("0.5"), D("0.1"))),
        "không được vượt: trừ điểm theo phần vượt; trừ mỗi lần = 0,5; mỗi phần vượt = 0,1",
    ),
    (
        PointsRule(StartAndStep(D(5000), D(10), D(100), D("0.5"), D(0))),
        "từ mức khởi điểm, thêm mỗi phần được thêm điểm; mức khởi điểm = 5.000; "
        "điểm ở mức khởi điểm = 10; mỗi phần thêm = 100; được thêm = 0,5; bị bớt = 0",
    ),
    (
        PointsRule(RankInBlock(D(5))),
        "theo thứ hạng trong khối, mỗi bậc trừ một tỷ lệ; mỗi bậc trừ, % = 5",
    ),
    (
        PointsRule(PlaceTable((D(10), D(8), D("6.5")))),
        "theo bảng điểm của thứ hạng trong khối (10-8-6…); điểm từng thứ hạng = 10-8-6,5",
    ),
    (
        PointsRule(PartsOfBlock((D(100), D(70), D(40)))),
        "theo phần của khối (một phần ba, một phần tư…); tỷ lệ điểm từng phần, % = 100-70-40",
    ),
    (
        PointsRule(Leader(D(60), without_target=True)),
        "so với đơn vị dẫn đầu khối; điểm khi vừa đạt mục tiêu, % = 60; không cần mục tiêu = có",
    ),
    (PointsRule(BestValue()), "so với số cao nhất trong khối, không cần mục tiêu"),
    (PointsRule(GrowthShare()), "mức tăng so với mức tăng phải đạt"),
]


@pytest.mark.parametrize(("rule", "cell"), WRITTEN)
def test_a_rule_stands_in_one_cell_and_is_read_back_as_it_was(rule, cell):
    assert rule_cell(rule) == cell
    assert rule_from_cell(cell) == rule


def test_a_cell_typed_without_tones_in_any_order_is_read_and_the_rest_has_its_default():
    assert rule_from_cell("tru dan theo phan con thieu;moi phan thieu=2 ; Trừ mỗi lần = 1") == (
        PointsRule(Step(lost=D(1), each=D(2)))
    )
    assert rule_from_cell("Tỷ lệ thuận với mức đạt;") == PointsRule(Proportion())


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            "=SUM(A1)",
            "“=SUM(A1)” không phải là loại quy tắc. Hãy ghi một trong: tỷ lệ thuận với mức đạt;",
        ),
        (
            "tỷ lệ thuận với mức đạt; trừ mỗi lần = 1",
            "Quy tắc “tỷ lệ thuận với mức đạt” không có tham số “trừ mỗi lần”. Các tham số: "
            "thưởng mỗi 1 % vượt; thưởng tối đa.",
        ),
        (
            "trừ dần theo phần còn thiếu; trừ mỗi lần 1",
            "“trừ mỗi lần 1” cần dấu bằng: tên tham số = giá trị.",
        ),
        (
            "trừ dần theo phần còn thiếu; trừ mỗi lần = nhiều",
            "Tham số “trừ mỗi lần”: “nhiều” không phải là số. Hãy nhập như 44.462 hoặc 99,82.",
        ),
        (
            "trừ dần theo phần còn thiếu; trừ mỗi lần = 1; trừ mỗi lần = 2",
            "Tham số “trừ mỗi lần” được ghi hai lần.",
        ),
        ("trừ dần theo phần còn thiếu", "Hãy nhập số điểm bị trừ, lớn hơn 0."),
        (
            "trừ dần theo phần còn thiếu; trừ mỗi lần = 1; phần thiếu lẻ = tuỳ",
            "Tham số “phần thiếu lẻ”: hãy ghi một trong: chỉ tính phần thiếu đủ;",
        ),
        (
            "so với đơn vị dẫn đầu khối; không cần mục tiêu = tuỳ",
            "Tham số “không cần mục tiêu”: hãy ghi một trong: có; không.",
        ),
        ("theo bảng mức đạt (%); bảng mức đạt = 90", "Dòng “90” cần dấu hai chấm, ví dụ “90: 80”."),
    ],
)
def test_what_is_no_rule_is_refused_with_what_may_be_written(cell, sentence):
    with pytest.raises(RuleViolation) as refused:
        rule_from_cell(cell)
    assert str(refused.value).startswith(sentence)


COUNTS = [
    (
        CountRule(each=D("0.5")),
        "số lần nhân với điểm mỗi lần; mỗi lần = 0,5",
    ),
    (
        CountRule(start=D(10), each=D(-2), lowest=D(1)),
        "số lần nhân với điểm mỗi lần; khi chưa có lần nào = 10; mỗi lần = -2; không dưới = 1",
    ),
    (
        CountRule(
            CountRuleKind.AWARDS,
            kinds=(
                KindPoints("Bằng khen; cấp Bộ = Trung ương", D("1.5")),
                KindPoints("Giấy khen xã / phường", D("0.5")),
                KindPoints("Kỷ luật", D(-1)),
            ),
            lowest=D(1),
        ),
        "theo loại khen thưởng hoặc văn bản; không dưới = 1; các loại = Bằng khen; cấp Bộ = Trung "
        "ương: 1,5 / Giấy khen xã / phường: 0,5 / Kỷ luật: -1",
    ),
    (
        CountRule(each=D(1), source=CountSource.FOLLOWED),
        "số lần nhân với điểm mỗi lần; mỗi lần = 1; lấy từ = điển hình của đơn vị được đơn vị khác "
        "xác nhận áp dụng",
    ),
    (
        CountRule(each=D(1), source=CountSource.STUDIED, within=10),
        "số lần nhân với điểm mỗi lần; mỗi lần = 1; lấy từ = văn bản chỉ đạo đã quán triệt; trong "
        "số ngày = 10",
    ),
]


@pytest.mark.parametrize(("rule", "cell"), COUNTS)
def test_a_rule_of_occurrences_stands_in_one_cell_and_is_read_back_as_it_was(rule, cell):
    assert count_cell(rule) == cell
    assert count_rule_from_cell(cell) == rule


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            "số lần nhân với điểm mỗi lần; mỗi lần = 1; các loại = Giấy khen: 1",
            "Quy tắc “số lần nhân với điểm mỗi lần” không có tham số “các loại”.",
        ),
        (
            "theo loại khen thưởng hoặc văn bản; mỗi lần = 1; các loại = Giấy khen: 1",
            "Quy tắc “theo loại khen thưởng hoặc văn bản” không có tham số “mỗi lần”. Các tham số: "
            "không dưới.",
        ),
        (
            "theo loại khen thưởng hoặc văn bản; các loại = Giấy khen",
            "“Giấy khen” cần tên loại, dấu hai chấm và điểm.",
        ),
        (
            "số lần nhân với điểm mỗi lần; lấy từ = văn bản chỉ đạo đã quán triệt; "
            "trong số ngày = 0,5",
            "Tham số “trong số ngày” là một số ngày, từ 1 đến 366.",
        ),
    ],
)
def test_what_is_no_rule_of_occurrences_is_refused(cell, sentence):
    with pytest.raises(RuleViolation) as refused:
        count_rule_from_cell(cell)
    assert str(refused.value) == sentence
