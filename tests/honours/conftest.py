"""The world of awards."""

import pytest

from tests import worlds


@pytest.fixture
def field(held):
    """A campaign at the meeting, its ranking frozen, with kinds for collectives and people."""
    return held("awards", worlds.awards)
