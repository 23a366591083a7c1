"""Text: the spellings under which a name typed with accents is looked for."""

import pytest

from campaign.core.text import spellings


@pytest.mark.parametrize(("typed", "found"), [
    ("hoa binh", set()), ("dak lak", set()),
    ("hòa", {"hòa", "HÒA", "Hòa", "hoà", "HOÀ", "Hoà"}),
    ("thuỷ", {"thuỷ", "THUỶ", "Thuỷ", "thủy", "THỦY", "Thủy"}),
    ("hoàn", {"hoàn", "HOÀN", "Hoàn"}), ("đa", {"đa", "ĐA", "Đa"}),
])
def test_a_name_typed_with_accents_is_looked_for_however_it_may_be_spelt(typed, found):
    assert set(spellings(typed)) == found
