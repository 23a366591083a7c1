"""What is asked about a number that may have been typed in another unit."""

from decimal import Decimal

import pytest

from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.magnitudes import GivenNumbers, Known, plan_questions, size_question
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.progress import Share, Shares
from campaign.scheme.rules.terms import Direction, Judgement


def _indicator(symbol, judgement=Judgement.LEVEL, direction=Direction.AT_LEAST):
    return MeasuredIndicator(
        id=1,
        name="Bán lẻ",
        short_name="Bán lẻ",
        symbol=symbol,
        direction=direction,
        judgement=judgement,
        year_target=None,
        growth_target=None,
        previous_year_value=None,
        decimals=4,
        required_kind=None,
        source_required=False,
        is_checked=True,
        rule=PointsRule(),
    )


def _known(**numbers):
    return Known(**{name: Decimal(number) for name, number in numbers.items()})


@pytest.mark.parametrize(
    ("value", "symbol", "known", "question"),
    [
        ("9982", "%", {"target": "99.82"}, "9.982 % là quá 100 %. Có phải là 99,82 không?"),
        ("9982", "%", {}, "9.982 % là quá 100 %. Có phải là 99,82 không?"),
        ("100.1", "%", {"last_year": "98"}, "100,1 % là quá 100 %."),
        ("998.2", "%", {"target": "99.82"}, "998,2 % là quá 100 %. Có phải là 99,82 không?"),
        (
            "550",
            "Phần trăm",
            {"target": "5.5"},
            "550 Phần trăm là quá 100 %. Có phải là 5,5 không?",
        ),
        ("-50", "%", {"target": "99.82"}, "-50 % là số âm. Có đúng không?"),
        ("-50", "%", {"target": "-45"}, None),
        ("999999", "%", {}, "999.999 % là quá 100 %."),
        ("100", "%", {"target": "99.82"}, None),
        ("118", "%", {"target": "110"}, None),
        ("-5.74", "%", {}, None),
        (
            "44462",
            "tỷ đồng",
            {"target": "1500"},
            "44.462 tỷ đồng khác mục tiêu (1.500) từ mười lần trở lên. Có nhầm đơn vị đo không?",
        ),
        (
            "44462",
            "tỷ đồng",
            {"target": "1500", "last_year": "1300", "same_period": "400"},
            "44.462 tỷ đồng khác mục tiêu (1.500), cả năm trước (1.300), cùng kỳ năm trước "
            "(400) từ mười lần trở lên. "
            "Có nhầm đơn vị đo không?",
        ),
        (
            "1.5",
            "tỷ đồng",
            {"target": "1500"},
            "1,5 tỷ đồng khác mục tiêu (1.500) từ mười lần trở lên. Có nhầm đơn vị đo không?",
        ),
        ("1500", "tỷ đồng", {"target": "1500"}, None),
        ("44462", "tỷ đồng", {}, None),
        ("0", "tỷ đồng", {"target": "1500"}, None),
        ("1.5", "tỷ đồng", {"target": "1500", "last_period": "1.4"}, None),
        (
            "44462",
            "tỷ đồng",
            {"target": "1500", "last_period": "44000"},
            "44.462 tỷ đồng khác mục tiêu (1.500) từ mười lần trở lên. Có nhầm đơn vị đo không?",
        ),
        ("-5", "tỷ đồng", {"target": "1500"}, "-5 tỷ đồng là số âm. Có đúng không?"),
        ("-5", "tỷ đồng", {"last_year": "-4"}, None),
    ],
)
def test_a_number_far_from_what_is_known_is_asked_about(value, symbol, known, question):
    assert size_question(Decimal(value), _indicator(symbol), _known(**known)) == question


@pytest.mark.parametrize(
    ("value", "question"),
    [("109.5", None), ("10950", "10.950 % là quá 1.000 %. Có phải là 109,5 không?")],
)
def test_an_index_of_growth_may_be_more_than_a_whole(value, question):
    assert size_question(Decimal(value), _indicator("%", Judgement.GROWTH), Known()) == question


@pytest.mark.parametrize(
    ("value", "share", "asks"),
    [("120", "8.3333", False), ("12", "8.3333", True), ("15000", "8.3333", True)],
)
def test_what_accumulates_is_compared_with_the_part_that_is_due(value, share, asks):
    known = Known(Decimal(1500), shares=Shares(Share(Decimal(share)), None))
    assert (
        size_question(Decimal(value), _indicator("tỷ đồng", Judgement.CUMULATIVE), known)
        is not None
    ) is asks


@pytest.mark.parametrize("direction", [Direction.AT_MOST, Direction.BELOW])
def test_little_of_what_shall_be_little_is_not_asked_about(direction):
    indicator = _indicator("vụ", direction=direction)
    assert size_question(Decimal(1), indicator, _known(target="50")) is None
    assert size_question(Decimal(500), indicator, _known(target="50")) is not None


@pytest.mark.parametrize(
    ("target", "growth", "last_year", "whole", "questions"),
    [
        ("1500", "8", "1400", "44462", []),
        (None, None, None, "44462", []),
        ("-5", None, None, None, ["-5 tỷ đồng là số âm. Có đúng không?"]),
        (None, "18", "-5", None, ["-5 tỷ đồng là số âm. Có đúng không?"]),
        (
            "44462",
            None,
            "44000",
            "1500",
            [
                "44.462 tỷ đồng gấp từ mười lần mục tiêu chung (1.500) trở lên. Có nhầm đơn vị đo "
                "không?"
            ],
        ),
        ("14999", None, None, "1500", []),
        (
            "15000",
            None,
            None,
            "1500",
            [
                "15.000 tỷ đồng gấp từ mười lần mục tiêu chung (1.500) trở lên. Có nhầm đơn vị đo "
                "không?"
            ],
        ),
        (
            "15000",
            None,
            "1400",
            "1500",
            [
                "15.000 tỷ đồng khác cả năm trước (1.400) từ mười lần trở lên. Có nhầm đơn vị đo "
                "không?"
            ],
        ),
        (
            None,
            "100.5",
            None,
            None,
            ["Tăng 100,5 % là quá 100 %. Nếu đó là chỉ số thì hãy ghi 0,5."],
        ),
        (None, "118", None, None, ["Tăng 118 % là quá 100 %. Nếu đó là chỉ số thì hãy ghi 18."]),
        (None, "200", None, None, ["Tăng 200 % là quá 100 %. Nếu đó là chỉ số thì hãy ghi 100."]),
        (None, "850", None, None, ["Tăng 850 % là quá 100 %. Có đúng không?"]),
        (None, "-101", None, None, ["Giảm 101 % là quá 100 %. Có đúng không?"]),
        (None, "100", None, None, []),
    ],
)
def test_the_numbers_of_a_plan_are_asked_about(target, growth, last_year, whole, questions):
    numbers = [
        None if text is None else Decimal(text) for text in (target, growth, last_year, whole)
    ]
    measured = _indicator("tỷ đồng", Judgement.CUMULATIVE)
    assert list(plan_questions(GivenNumbers(*numbers), measured)) == questions
