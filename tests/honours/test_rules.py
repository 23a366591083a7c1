"""Award types that cannot belong to a campaign, and the base salary of a day."""

from datetime import date

import pytest

from campaign.honours.catalogue import BASE_SALARIES
from campaign.honours.rules import (
    AwardTypeFacts,
    Fact,
    FactGround,
    Ground,
    Rounding,
    Subject,
    award_type_problem,
    base_salary_on,
)

STARTS, ENDS = date(2021, 2, 26), date(2021, 4, 30)
TABLE = {day: amount for day, amount, _ in BASE_SALARIES}


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2021, 5, 13), 1_490_000),
        (date(2019, 6, 30), 1_390_000),
        (date(2019, 7, 1), 1_490_000),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_base_salary_is_that_of_the_day(day, amount):
    assert base_salary_on(TABLE, day)[1] == amount


def test_before_the_table_there_is_no_base_salary():
    assert base_salary_on(TABLE, date(2018, 6, 30)) is None


@pytest.mark.parametrize(
    ("form", "subject", "problem"),
    [
        (AwardTypeFacts("Giấy khen"), Subject.COLLECTIVE, None),
        (
            AwardTypeFacts("Bằng khen của Thủ tướng", minimum_months=36),
            Subject.COLLECTIVE,
            "Bằng khen của Thủ tướng chỉ xét cho phong trào từ 3 năm trở lên.",
        ),
        (
            AwardTypeFacts("Lao động tiên tiến", is_annual=True),
            Subject.INDIVIDUAL,
            "Lao động tiên tiến là danh hiệu xét hằng năm, không xét cho một phong trào theo đợt.",
        ),
        (
            AwardTypeFacts("Cờ thi đua của Bộ", by_launcher_only=True),
            Subject.COLLECTIVE,
            "Cờ thi đua của Bộ chỉ xét cho phong trào hoặc khối thi đua do chính cấp đó tổ chức.",
        ),
        (
            AwardTypeFacts("Cờ", subjects=frozenset({Subject.COLLECTIVE})),
            Subject.INDIVIDUAL,
            "Cờ không tặng cá nhân.",
        ),
    ],
)
def test_a_form_that_cannot_belong_to_a_campaign_is_refused_by_name(form, subject, problem):
    assert award_type_problem(form, subject, STARTS, ENDS) == problem


@pytest.mark.parametrize(
    ("ends_on", "is_long_enough"), [(date(2024, 2, 25), True), (date(2024, 2, 24), False)]
)
def test_three_years_are_three_years(ends_on, is_long_enough):
    assert (
        award_type_problem(
            AwardTypeFacts("x", minimum_months=36), Subject.COLLECTIVE, STARTS, ends_on
        )
        is None
    ) is is_long_enough


@pytest.mark.parametrize(
    ("ground", "source", "checked_on", "is_doubted", "words"),
    [
        (Ground.LAW, "Điều 54", None, True, "Điều 54"),
        (Ground.LAW, "Điều 54", STARTS, False, "Điều 54"),
        (Ground.OFFICE, "Quy chế 12", None, False, "Quy chế 12"),
        (Ground.OFFICE, " ", None, True, " "),
        (Ground.OFFICE, "", None, True, "—"),
        (Ground.PROPOSAL, "", None, False, "đề xuất, không phải quy định của pháp luật"),
        (
            Ground.PROPOSAL,
            "theo năm 2020",
            None,
            False,
            "đề xuất, không phải quy định của pháp luật; theo năm 2020",
        ),
    ],
)
def test_law_that_nobody_compared_is_doubted_and_a_proposal_says_that_it_is_one(
    ground, source, checked_on, is_doubted, words
):
    fact = FactGround(Fact.MONEY, source, ground, None, checked_on)
    assert (fact.is_doubted, fact.words) == (is_doubted, words)


def test_a_rounding_that_no_law_knows_says_so():
    assert [rounding.choice for rounding in Rounding] == [
        "làm tròn lên hàng chục nghìn đồng",
        "làm tròn đến hàng chục nghìn đồng gần nhất (không có trong luật)",
        "không làm tròn (không có trong luật)",
    ]
