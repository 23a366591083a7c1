"""Lines of units at the edge of what is taken, and the words of what is refused."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.setup.pasting import pasted_units


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Hãy dán danh sách, mỗi dòng một đơn vị."),
        (
            "\n".join(f"Phòng {number}" for number in range(501)),
            "Danh sách có 501 dòng; mỗi lần dán tối đa 500. Hãy chia ra, hoặc nhập từ Excel.",
        ),
    ],
)
def test_nothing_and_more_than_five_hundred_lines_are_refused(text, sentence):
    with pytest.raises(RuleViolation) as refusal:
        pasted_units(text, codes=(), names=())
    assert (str(refusal.value), refusal.value.field) == (sentence, "lines")


def test_five_hundred_lines_and_the_longest_names_and_codes_are_taken():
    text = "\n".join(f"Phòng {number}" for number in range(500))
    assert len(pasted_units(text, codes=(), names=())) == 500
    (unit,) = pasted_units(f"{'a' * 300};{'B' * 40};{'c' * 300}", codes=(), names=())
    assert unit.faults == ()


@pytest.mark.parametrize(
    ("line", "name", "code"), [("12", "12", "1"), ("3;Phòng A", "Phòng A", "PA"), ("A;", "A", "A")]
)
def test_a_number_before_a_name_is_left_out_and_alone_it_is_the_name(line, name, code):
    (unit,) = pasted_units(line, codes=(), names=())
    assert (unit.name, unit.code) == (name, code)
