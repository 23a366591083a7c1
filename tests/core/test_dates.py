"""Days and moments as Vietnamese type and read them."""

from datetime import UTC, datetime

import pytest

from campaign.core.dates import DateError, format_moment, parse_moment


def test_a_moment_is_read_in_vietnam_and_written_back():
    moment = parse_moment(" 14:00 05/05/2021 ")
    assert moment.astimezone(UTC) == datetime(2021, 5, 5, 7, 0, tzinfo=UTC)
    assert format_moment(moment) == "14:00 05/05/2021"


@pytest.mark.parametrize(("typed", "sentence"), [
    ("05/05/2021", "Hãy nhập giờ và ngày như 14:00 05/05/2021."), ("24:00 05/05/2021", "Hãy nhập giờ và ngày như"),
    ("14:61 05/05/2021", "Hãy nhập giờ và ngày như"), ("14:00 31/02/2021", "Không có ngày 31/02/2021.")])
def test_what_is_no_moment_is_refused(typed, sentence):
    with pytest.raises(DateError, match=sentence):
        parse_moment(typed)
