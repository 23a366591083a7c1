"""What the program writes by itself verifies clean: at every stage of the demo, and the whole of
it on both databases.
"""

import pytest

from campaign.demo.stages import Stage
from campaign.proof import checking


def _demand_clean():
    finding = checking.check()
    assert [fault.text for fault in finding.faults] == []
    assert finding.since == 1
    assert finding.row_count > 0


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.HEALTH])
def test_the_demo_verifies_clean_at_every_stage(tell, stage):
    tell(stage)
    _demand_clean()


@pytest.mark.both_databases
def test_the_whole_demo_verifies_clean(tell):
    """It fills every column that any stage fills."""
    tell(Stage.HEALTH)
    _demand_clean()
