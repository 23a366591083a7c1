"""The council of five, called to a meeting."""

import pytest

from tests.council_room import council_room


@pytest.fixture
def council(held):
    """A campaign at the step of the meeting, its council called."""
    return held("council", council_room)
