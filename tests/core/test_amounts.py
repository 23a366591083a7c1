"""Amounts with points and in words."""

import pytest

from campaign.core.amounts import amount_question, dong, in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (450_000, "Bốn trăm năm mươi nghìn đồng"),
        (900_000, "Chín trăm nghìn đồng"),
        (1_490_000, "Một triệu bốn trăm chín mươi nghìn đồng"),
        (11_920_000, "Mười một triệu chín trăm hai mươi nghìn đồng"),
        (21, "Hai mươi mốt đồng"),
        (15, "Mười lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_000_000_015, "Hai tỷ không trăm mười lăm đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (71_000, "Bảy mươi mốt nghìn đồng"),
        (11, "Mười một đồng"),
        (55, "Năm mươi lăm đồng"),
        (5, "Năm đồng"),
    ],
)
def test_money_in_words(amount, words):
    assert in_words(amount) == words


def test_dong_has_points():
    assert (dong(9_000_000), dong(0)) == ("9.000.000", "0")


FEW = "900 đồng là rất ít. Có phải là 900.000 đồng không?"


@pytest.mark.parametrize(
    ("amount", "before", "question"),
    [
        (0, None, None),
        (0, 900_000, None),
        (900, None, FEW),
        (900, 0, FEW),
        (9_999, None, "9.999 đồng là rất ít. Có phải là 9.999.000 đồng không?"),
        (10_000, None, None),
        (300_000_000, None, None),
        (300_000_001, None, "300.000.001 đồng là rất nhiều. Có thừa số 0 không?"),
        (900, 9_000, "900 đồng khác 9.000 đồng từ mười lần trở lên. Có thừa hay thiếu số 0 không?"),
        (901, 9_000, None),
        (
            9_000_000,
            900_000,
            "9.000.000 đồng khác 900.000 đồng từ mười lần trở lên. Có thừa hay thiếu số 0 không?",
        ),
        (8_999_999, 900_000, None),
    ],
)
def test_the_size_of_money_is_asked_about(amount, before, question):
    assert amount_question(amount, before) == question
