"""The world of awards."""

import pytest

from tests import worlds


@pytest.fixture
def field(app):
    """A campaign at the meeting, its ranking frozen, with kinds for collectives and people."""
    del app
    return worlds.awards()
