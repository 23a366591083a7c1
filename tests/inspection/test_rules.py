"""Visits: until when they are recorded, and by whom not."""

import pytest

from campaign.inspection.rules import no_more_inspections, not_theirs_to_inspect
from campaign.planning.rules import Phase


@pytest.mark.parametrize("phase", list(Phase))
def test_visits_are_recorded_until_the_result_is_published(phase):
    sentence = (
        "Phong trào đã công bố kết quả nên biên bản kiểm tra không lập, không sửa nữa."
        if phase == Phase.PUBLISHED
        else ""
    )
    assert no_more_inspections(phase) == sentence


def test_nobody_inspects_their_own_unit():
    assert not_theirs_to_inspect(3, {3, 4}) == (
        "Đây là đơn vị của Ông/Bà; người khác kiểm tra và lập biên bản."
    )
    assert not_theirs_to_inspect(5, {3, 4}) == ""
