"""Majorities as they are typed and written."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.majorities import majority_text, parse_majority


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("70 %", (70, 100)),
        ("70%", (70, 100)),
        ("70", (70, 100)),
        ("66,67 %", (6667, 10_000)),
        ("2/3", (2, 3)),
        (" 2 / 3 ", (2, 3)),
        ("70/100", (70, 100)),
        ("⅔", (2, 3)),
        ("100 %", (100, 100)),
        ("1 %", (1, 100)),
        ("0,5 %", (5, 1_000)),
        ("2", (2, 100)),
    ],
)
def test_a_majority_is_read_exactly(typed, share):
    assert parse_majority(typed) == share


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("quá bán", "Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("70.5 %", "Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("\u0667\u0660 %", "Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("-1", "Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("0,7", "“0,7” có phải là “0,7 %” không? Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("1", "“1” có phải là “1 %” không? Hãy ghi tỷ lệ như 70 % hoặc 2/3."),
        ("0 %", "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        ("101 %", "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        ("3/2", "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        ("1/0", "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
    ],
)
def test_what_is_no_majority_is_refused_or_asked_about(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        parse_majority(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ((70, 100), "70 %"),
        ((6667, 10_000), "66,67 %"),
        ((2, 3), "2/3"),
        ((1, 2), "1/2"),
        ((100, 100), "100 %"),
    ],
)
def test_a_majority_is_written_as_it_is_asked_for(share, words):
    assert majority_text(*share) == words
    assert parse_majority(words) == share
