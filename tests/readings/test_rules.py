"""Who is told who read of them."""

import pytest

from campaign.readings.rules import is_told


@pytest.mark.parametrize(
    ("is_published", "unit_id", "held", "told"),
    [
        (True, 3, (), True),
        (True, 3, (3,), True),
        (False, 3, (3, 4), True),
        (False, 3, (4,), False),
        (False, 3, (), False),
    ],
)
def test_until_publication_only_whoever_acts_for_the_unit_is_told(
    is_published, unit_id, held, told
):
    assert is_told(is_published=is_published, unit_id=unit_id, held=held) is told
