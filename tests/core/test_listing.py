"""Names one after the other, as a sentence has them."""

import pytest

from campaign.core.listing import first_few, listing


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A và B"), (["A", "B", "C"], "A, B và C")],
)
def test_the_last_of_several_is_joined_by_a_word(names, said):
    assert listing(name for name in names) == said


@pytest.mark.parametrize(
    ("names", "plain", "with_commas"),
    [
        (["A"], "A", "A"),
        (["A", "B"], "A, B", "A; B"),
        (["A", "B", "C", "D"], "A, B và 2 đơn vị nữa", "A; B; và 2 đơn vị nữa"),
    ],
)
def test_of_many_the_first_few_are_named_and_the_others_counted(names, plain, with_commas):
    assert first_few(names, 2, "đơn vị nữa") == plain
    assert first_few(names, 2, "đơn vị nữa", hold_commas=True) == with_commas
