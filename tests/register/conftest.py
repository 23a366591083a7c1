"""The world of awards."""

from functools import partial

import pytest

from tests import worlds


@pytest.fixture
def field(held):
    """A campaign at the meeting, its ranking frozen, with kinds for collectives and people."""
    return held("awards", worlds.awards)


@pytest.fixture
def drafted(field, held):
    """`drafted(nominees)`: a draft in that world whose list holds the first units."""
    return partial(worlds.drafted_once, field, held)
