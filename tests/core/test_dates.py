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


@pytest.mark.parametrize("typed", [
    "14:00 5.5.2021", "14h 05-05-2021", "14h00, 05/05/2021", "14 giờ 00 phút, ngày 5 tháng 5 năm 2021", "2021-05-05T14:00",
    "2021-05-05T14:00:00", "05/05/2021 14:00", "14 giờ 05/05/2021"])
def test_hour_and_day_are_read_however_they_are_written(typed):
    assert parse_moment(typed) == datetime(2021, 5, 5, 7, 0, tzinfo=UTC)
