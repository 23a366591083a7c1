"""Text: the spellings under which a name typed with accents is looked for, and remarks as sentences."""

import pytest

from campaign.core.text import sentence, spellings


@pytest.mark.parametrize(("text", "expected"), [
    ("", ""), ("đủ điều kiện", "Đủ điều kiện."), ("Chưa đủ phiếu.", "Chưa đủ phiếu."), ("ổn", "Ổn."),
])
def test_a_remark_on_its_own_line_is_a_sentence(text, expected):
    assert sentence(text) == expected


@pytest.mark.parametrize(("typed", "found"), [
    ("hoa binh", set()), ("dak lak", set()),
    ("hòa", {"hòa", "HÒA", "Hòa", "hoà", "HOÀ", "Hoà"}),
    ("thuỷ", {"thuỷ", "THUỶ", "Thuỷ", "thủy", "THỦY", "Thủy"}),
    ("hoàn", {"hoàn", "HOÀN", "Hoàn"}), ("đa", {"đa", "ĐA", "Đa"}),
])
def test_a_name_typed_with_accents_is_looked_for_however_it_may_be_spelt(typed, found):
    assert set(spellings(typed)) == found
