"""Words as they stand on a page."""

import pytest

from campaign.core.text import sentence


@pytest.mark.parametrize(("text", "expected"), [
    ("", ""), ("đủ điều kiện", "Đủ điều kiện."), ("Chưa đủ phiếu.", "Chưa đủ phiếu."), ("ổn", "Ổn."),
])
def test_a_remark_on_its_own_line_is_a_sentence(text, expected):
    assert sentence(text) == expected
