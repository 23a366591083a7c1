"""What the program writes by itself verifies clean: at every stage of the demo, on both
databases.
"""

import pytest

from campaign.demo.stages import Stage
from campaign.proof import checking

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("stage", list(Stage))
def test_the_demo_verifies_clean_at_every_stage(tell, stage):
    tell(stage)
    finding = checking.check()
    assert [fault.text for fault in finding.faults] == []
    assert finding.since == 1
    assert finding.row_count > 0
