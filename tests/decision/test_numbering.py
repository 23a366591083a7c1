"""Số, ký hiệu of a decision, as it is typed."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.decision.numbering import (
    DecisionNumber,
    OtherSymbol,
    clean_symbol,
    numbered,
    plain_number,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("21", "21"),
        ("21/QĐ-SCT", "21"),
        ("21/qđ-sct", "21"),
        ("21/qd-sct", "21"),
        (" 21 / QĐ - SCT ", "21"),
        ("21/QĐ–SCT", "21"),
        ("21 QĐ-SCT", "21"),
        ("Số: 21/QĐ-SCT", "21"),
        ("Quyết định số 21/QĐ-SCT", "21"),
        ("21/QĐ-SCT/QĐ-SCT", "21"),
        ("21/QĐ", "21"),
        ("21/", "21"),
        ("21-QĐ-SCT", "21"),
        ("5", "05"),
        ("05", "05"),
        ("005/QĐ-SCT", "05"),
        ("5a", "05a"),
        ("100", "100"),
        ("00", "00"),
        ("21/2021/QĐ-SCT", "21/2021"),
    ],
)
def test_the_symbol_of_the_draft_is_split_off_what_is_typed(typed, number):
    assert numbered(typed, "QĐ-SCT") == DecisionNumber(number, "QĐ-SCT")


def test_another_symbol_is_asked_about_and_taken_where_it_is_confirmed():
    with pytest.raises(OtherSymbol) as asked:
        numbered("21/QĐ-UBND", "QĐ-SCT")
    assert (str(asked.value), asked.value.field) == (
        "Ký hiệu “QĐ-UBND” khác ký hiệu “QĐ-SCT” của dự thảo. Nếu đúng là “QĐ-UBND”, hãy đánh "
        "dấu vào đây.",
        "takes_other",
    )
    assert numbered("21/QĐ-UBND", "QĐ-SCT", takes_other=True) == DecisionNumber("21", "QĐ-UBND")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("QĐ-SCT", "Số quyết định phải bắt đầu bằng chữ số, ví dụ 21 hoặc 21/QĐ-SCT."),
        ("", "Số quyết định phải bắt đầu bằng chữ số, ví dụ 21 hoặc 21/QĐ-SCT."),
    ],
)
def test_what_is_no_number_is_refused(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        numbered(typed, "QĐ-SCT")
    assert (str(refused.value), refused.value.field) == (sentence, "number")


def test_zeros_before_a_number_make_no_other_number():
    assert [plain_number(number) for number in ("5", "05", "05A", "50")] == ["5", "5", "5a", "50"]


@pytest.mark.parametrize(
    ("typed", "symbol"), [("/QĐ-SCT", "QĐ-SCT"), (" QĐ - SCT ", "QĐ-SCT"), ("QĐ", "QĐ")]
)
def test_a_symbol_loses_the_slash_before_it(typed, symbol):
    assert clean_symbol(typed) == symbol


def test_a_number_is_no_part_of_a_symbol():
    with pytest.raises(RuleViolation, match=r"Chỉ ghi ký hiệu, ví dụ QĐ-SCT; số được ghi khi ký\."):
        clean_symbol("21/QĐ-SCT")
