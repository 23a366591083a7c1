"""A campaign that was launched."""

import pytest

from campaign.demo.stages import Stage


@pytest.fixture
def launched(tell):
    """The campaign of 2021 of the demo, already launched."""
    return tell(Stage.REPORTING)
