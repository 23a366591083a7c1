"""How long a campaign must last for an award type, to the day."""

from datetime import date

import pytest

from campaign.honours.rules import AwardTypeFacts, Subject, award_type_problem

STARTS = date(2021, 2, 26)


@pytest.mark.parametrize(
    ("starts_on", "months", "last_day_short", "first_day_enough", "length"),
    [
        (STARTS, 6, date(2021, 8, 24), date(2021, 8, 25), "6 tháng"),
        (STARTS, 10, date(2021, 12, 24), date(2021, 12, 25), "10 tháng"),
        (STARTS, 11, date(2022, 1, 24), date(2022, 1, 25), "11 tháng"),
        (STARTS, 12, date(2022, 2, 24), date(2022, 2, 25), "1 năm"),
        (STARTS, 18, date(2022, 8, 24), date(2022, 8, 25), "18 tháng"),
        (date(2021, 12, 10), 1, date(2022, 1, 8), date(2022, 1, 9), "1 tháng"),
        (date(2021, 11, 10), 1, date(2021, 12, 8), date(2021, 12, 9), "1 tháng"),
        (date(2021, 12, 10), 11, date(2022, 11, 8), date(2022, 11, 9), "11 tháng"),
        (date(2021, 1, 10), 36, date(2024, 1, 8), date(2024, 1, 9), "3 năm"),
        (date(2021, 1, 1), 6, date(2021, 6, 29), date(2021, 6, 30), "6 tháng"),
        (date(2021, 1, 1), 12, date(2021, 12, 30), date(2021, 12, 31), "1 năm"),
        (date(2026, 12, 1), 3, date(2027, 2, 27), date(2027, 2, 28), "3 tháng"),
        (date(2023, 3, 1), 12, date(2024, 2, 28), date(2024, 2, 29), "1 năm"),
        (date(2024, 2, 29), 12, date(2025, 2, 27), date(2025, 2, 28), "1 năm"),
        (date(2025, 8, 31), 6, date(2026, 2, 27), date(2026, 2, 28), "6 tháng"),
        (date(2026, 1, 1), 24, date(2027, 12, 30), date(2027, 12, 31), "2 năm"),
        (date(2026, 1, 30), 3, date(2026, 4, 28), date(2026, 4, 29), "3 tháng"),
        (date(2026, 1, 31), 3, date(2026, 4, 29), date(2026, 4, 30), "3 tháng"),
    ],
)
def test_months_are_counted_to_the_day_before_the_same_day(
    starts_on, months, last_day_short, first_day_enough, length
):
    award_type = AwardTypeFacts("Bằng khen", minimum_months=months)
    refused = f"Bằng khen chỉ xét cho phong trào từ {length} trở lên."
    assert [
        award_type_problem(award_type, Subject.COLLECTIVE, starts_on, ends_on)
        for ends_on in (last_day_short, first_day_enough)
    ] == [refused, None]
