"""Hình vẽ khen thưởng: what is counted, in which order, and what it is said to show."""

import pytest

from campaign.charts import findings
from campaign.honours.rules import Subject
from campaign.register.pictures import Given, of_one, over_years

PERSON, UNIT = Subject.INDIVIDUAL, Subject.COLLECTIVE
LEADER, WORKER = True, False
GIVEN = [
    Given(2021, "Giấy khen", UNIT, WORKER, "Khối phòng", 3),
    Given(2021, "Giấy khen", PERSON, LEADER, "Khối phòng", 1),
    Given(2021, "Giấy khen", PERSON, WORKER, "Khối huyện", 4),
    Given(2021, "Bằng khen", PERSON, WORKER, "Khối huyện", 2),
    Given(2019, "Giấy khen", PERSON, None, "", 7),
]


def _table(drawn):
    return drawn.kind, drawn.finding, drawn.picture.table


def test_awards_over_the_years_begin_with_the_earliest():
    assert _table(over_years(GIVEN, "Sổ")) == (
        "bars",
        "Năm 2021: 10 lượt khen thưởng, nhiều hơn năm 2019 3 lượt",
        (("Năm 2019", "7 lượt"), ("Năm 2021", "10 lượt")),
    )
    assert over_years(GIVEN[:2], "Sổ") is None


def test_awards_of_one_year_are_drawn_by_form_block_and_group():
    assert [_table(row) for row in of_one(GIVEN[:4], "Sổ")] == [
        (
            "bars",
            "Nhiều nhất là Giấy khen: 8 trong 10 lượt khen thưởng",
            (("Giấy khen", "8 lượt"), ("Bằng khen", "2 lượt")),
        ),
        (
            "bars",
            "Nhiều nhất là Khối huyện: 6 trong 10 lượt khen thưởng",
            (("Khối huyện", "6 lượt"), ("Khối phòng", "4 lượt")),
        ),
        (
            "stacks",
            "6 trong 7 cá nhân được khen thưởng là người trực tiếp làm việc",
            (("Bằng khen", "0", "2"), ("Giấy khen", "1", "4")),
        ),
    ]
    assert {row.source for row in of_one(GIVEN[:4], "Sổ")} == {"Sổ"}


def test_old_books_that_know_no_block_and_no_leaders_are_drawn_by_form_alone():
    assert [row.id for row in of_one(GIVEN[4:], "Sổ")] == ["khen-thuong-hinh-thuc"]
    assert of_one([], "Sổ") == []


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "Chưa có lượt"),
        ({"A": 4}, "A: 4 lượt"),
        ({"A": 2, "B": 2}, "2 nhóm bằng nhau: mỗi nhóm 2 trong 4 lượt"),
        ({"A": 2, "B": 2, "C": 1}, "Nhiều nhất là A và B: mỗi nhóm 2 trong 5 lượt"),
        ({"A": 2, "B": 2, "C": 2, "D": 1}, "3 nhóm cùng nhiều nhất: mỗi nhóm 2 trong 7 lượt"),
    ],
)
def test_where_most_are_is_said_of_ties_too(counts, said):
    assert findings.most(counts, "lượt") == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({2019: 4, 2021: 4}, "Năm 2021: 4 lượt, bằng năm 2019"),
        ({2021: 1, 2019: 9, 2020: 4}, "Năm 2021: 1 lượt, ít hơn năm 2020 3 lượt"),
    ],
)
def test_the_newest_year_is_set_beside_the_one_before(years, said):
    assert findings.since(years, "lượt") == said


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [
        (0, 3, "Không ai trong 3 cá nhân là người trực tiếp làm việc"),
        (1, 1, "1 cá nhân là người trực tiếp làm việc"),
        (3, 3, "Cả 3 cá nhân là người trực tiếp làm việc"),
        (2, 3, "2 trong 3 cá nhân là người trực tiếp làm việc"),
    ],
)
def test_a_share_of_people_is_said(count, whole, said):
    assert findings.share_of(count, whole, "cá nhân", "trực tiếp làm việc") == said
