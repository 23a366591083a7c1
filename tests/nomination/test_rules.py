"""Gates, quotas and proposing by rank; on every edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.errors import RuleViolation
from campaign.honours.rules import Subject
from campaign.nomination.rules import (
    BY_RANK,
    Candidate,
    Gate,
    NomineeFacts,
    Person,
    Strictness,
    Verdict,
    clear_of_the_line,
    expected_awards,
    gates,
    goes_first,
    is_blocked,
    merit,
    parse_fraction,
    places,
    propose,
    sameness,
    shares,
    standards,
    too_many_leaders,
)


@pytest.mark.parametrize(
    ("count", "percent", "population", "expected"),
    [
        (3, None, 10, 3),
        (None, 20, 14, 2),
        (None, 15, 6, 0),
        (None, 100, 7, 7),
        (None, None, 7, None),
        (0, None, 7, 0),
    ],
)
def test_a_quota_is_a_number_or_a_share_rounded_down(count, percent, population, expected):
    assert places(count=count, percent=percent, population=population) == expected


@pytest.mark.parametrize(
    ("leaders", "total", "limit", "too_many"),
    [
        (2, 4, 50, False),
        (3, 5, 50, True),
        (0, 0, 0, False),
        (1, 3, 33, True),
        (1, 3, 34, False),
        (9, 9, None, False),
    ],
)
def test_the_share_of_leaders_is_compared_by_whole_numbers(leaders, total, limit, too_many):
    assert too_many_leaders(leaders, total, limit) is too_many


@pytest.mark.parametrize(
    ("panels", "expected"),
    [
        ((), 0),
        (((3, None), (2, None)), 5),
        (((3, 2), (1, 2)), 3),
        (((2, 0),), 0),
        (((2, 1), (4, None)), 5),
    ],
)
def test_a_block_adds_no_more_than_its_own_quota_to_the_overall_one(panels, expected):
    assert expected_awards(panels) == expected


def _picked(ranks, limit):
    return [
        (pick.id, pick.is_proposed, pick.is_tied)
        for pick in sorted(
            propose([Candidate(number, rank) for number, rank in enumerate(ranks)], limit),
            key=lambda pick: pick.id,
        )
    ]


@pytest.mark.parametrize(
    ("ranks", "limit", "expected"),
    [
        ((1, 2, 3), 2, [(0, True, False), (1, True, False), (2, False, False)]),
        ((1, 2, 2, 4), 2, [(0, True, False), (1, True, True), (2, True, True), (3, False, False)]),
        (
            (1, 2, 2, 4),
            3,
            [(0, True, False), (1, True, False), (2, True, False), (3, False, False)],
        ),
        ((1, 1, 1), 1, [(0, True, True), (1, True, True), (2, True, True)]),
        ((1, 2), None, [(0, True, False), (1, True, False)]),
        ((1, 2), 0, [(0, False, False), (1, False, False)]),
        ((2, None), 1, [(0, True, False), (1, False, False)]),
    ],
)
def test_a_tie_at_the_quota_line_is_marked_never_broken(ranks, limit, expected):
    assert _picked(ranks, limit) == expected


def test_a_blocked_candidate_gives_his_place_to_the_next():
    picks = propose([Candidate(1, 1, is_blocked=True), Candidate(2, 2)], 1)
    assert [(pick.id, pick.is_proposed, pick.reason) for pick in picks] == [
        (2, True, "hạng 2, trong chỉ tiêu 1"),
        (1, False, "không đạt điều kiện"),
    ]


@given(
    ranks=st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=12),
    limit=st.one_of(st.none(), st.integers(0, 8)),
)
def test_nobody_ranked_better_is_left_out_for_somebody_ranked_worse(ranks, limit):
    picks = propose([Candidate(number, rank) for number, rank in enumerate(ranks)], limit)
    chosen = [ranks[pick.id] for pick in picks if pick.is_proposed]
    left = [ranks[pick.id] for pick in picks if not pick.is_proposed and ranks[pick.id] is not None]
    assert {pick.id for pick in picks} == set(range(len(ranks)))
    assert not chosen or not left or max(chosen) < min(left)
    firm = [pick for pick in picks if pick.is_proposed and not pick.is_tied]
    assert limit is None or len(firm) <= limit


GOOD = {"took_part": True, "reported": True}


@pytest.mark.parametrize(
    ("more", "how", "verdicts"),
    [
        ({}, {}, ["passed"] * 5),
        ({"reported": False}, {}, ["passed", "blocked", "passed", "passed", "passed"]),
        ({"took_part": False}, {}, ["blocked", "passed", "passed", "passed", "passed"]),
        (
            {"discipline": "khiển trách"},
            {Gate.DISCIPLINE: Strictness.WARN},
            ["passed", "passed", "warned", "passed", "passed"],
        ),
        ({"complaint": "đơn"}, {Gate.COMPLAINT: Strictness.OFF}, ["passed"] * 4),
        (
            {"resembling": ("tên gần giống",)},
            {Gate.DUPLICATE: Strictness.BLOCK},
            ["passed", "passed", "passed", "passed", "warned"],
        ),
        ({"duplicates": ("đã khen",)}, {}, ["passed", "passed", "passed", "passed", "blocked"]),
    ],
)
def test_gates_pass_warn_or_block_and_say_why(more, how, verdicts):
    checked = gates(NomineeFacts(**(GOOD | more)), how)
    assert [one.verdict.value for one in checked] == verdicts
    assert is_blocked(checked) is ("blocked" in verdicts)
    assert all(one.reason for one in checked if one.verdict is not Verdict.PASSED)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([], "chưa có cá nhân nào"),
        ([(True, "Ông"), (False, "Bà"), (False, "")], "2/3 trực tiếp làm việc, nữ 1/2"),
        ([(False, "")], "1/1 trực tiếp làm việc"),
    ],
)
def test_the_make_up_of_a_list_is_said(people, words):
    assert shares(people).words == words


@pytest.mark.parametrize(
    ("achievements", "is_by_rank", "words"),
    [
        ("Hoàn thành  tốt\nnhiệm vụ.", False, "Hoàn thành tốt nhiệm vụ."),
        (
            "Đứng đầu trong khối theo xếp hạng đã chốt.",
            False,
            "Đứng đầu trong khối theo xếp hạng đã chốt.",
        ),
        (BY_RANK, True, BY_RANK),
        ("Hạng 1 trong khối theo xếp hạng đã chốt.", True, BY_RANK),
    ],
)
def test_what_the_council_reads_of_a_merit_tells_no_rank(achievements, is_by_rank, words):
    assert merit(achievements, is_by_rank=is_by_rank) == words


def test_the_standards_are_the_gates_that_are_looked_at():
    assert standards({"duplicate": "warn", "took_part": "block", "reported": "off"}) == (
        "tham gia phong trào; chưa được khen cho cùng thành tích"
    )


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        (("Trần Thị Lan", None, 1), ("Trần Thị Lan", None, 1), "same"),
        (("Trần Thị Lan", None, 1), ("Trần Thị Lân", None, 1), "alike"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", 1990, 1), "other"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", 1980, 2), "same"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", None, 1), "same"),
        (("Trần Thị Lan", None, 1), ("Trần Thị Lan", None, 2), "other"),
        (("Trần Thị Lan", None, 1), ("Lê Thị Lan", None, 1), "other"),
        (("Phạm Thị Ðào", None, 1), ("PHẠM  THỊ ĐÀO", None, 1), "same"),
    ],
)
def test_a_person_is_told_by_name_with_tones_and_by_birth_year_else_by_unit(first, second, how):
    assert sameness(Person(*first), Person(*second)) == how


_LAW = "hạng 1, đồng hạng tại ranh chỉ tiêu 2, nữ hoặc tập thể có từ 70 % là nữ xếp trước (luật)"
_TIED = "hạng 1, đồng hạng tại ranh chỉ tiêu 2"


@pytest.mark.parametrize(
    ("firsts", "source", "picks"),
    [
        ((1,), "luật", [(1, True, False, _LAW), (2, True, True, _LAW), (3, True, True, _LAW)]),
        ((1, 2), "luật", [(1, True, False, _LAW), (2, True, False, _LAW), (3, False, False, _LAW)]),
        (
            (1, 2, 3),
            "luật",
            [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)],
        ),
        ((), "luật", [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)]),
        ((1,), None, [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)]),
    ],
)
def test_among_equals_at_the_quota_women_are_taken_first_where_the_rule_set_says_so(
    firsts, source, picks
):
    candidates = [Candidate(number, 1, goes_first=number in firsts) for number in (1, 2, 3)]
    told = propose(candidates, 2, source)
    assert [(pick.id, pick.is_proposed, pick.is_tied, pick.reason) for pick in told] == picks


def test_women_more_than_the_places_compete_among_themselves():
    candidates = [Candidate(number, 1, goes_first=number < 3) for number in (1, 2, 3)]
    law = "hạng 1, đồng hạng tại ranh chỉ tiêu 1, nữ hoặc tập thể có từ 70 % là nữ xếp trước"
    assert [
        (pick.is_proposed, pick.is_tied, pick.reason) for pick in propose(candidates, 1, "")
    ] == [(True, True, law), (True, True, law), (False, False, law)]


@pytest.mark.parametrize(
    ("subject", "honorific", "women", "members", "is_first"),
    [
        (Subject.INDIVIDUAL, "Bà", None, None, True),
        (Subject.INDIVIDUAL, "Ông", None, None, False),
        (Subject.COLLECTIVE, "", 7, 10, True),
        (Subject.COLLECTIVE, "", 69, 100, False),
        (Subject.COLLECTIVE, "", None, None, False),
        (Subject.COLLECTIVE, "", 2, 3, False),
    ],
)
def test_a_woman_or_a_collective_of_70_per_cent_women_goes_first(
    subject, honorific, women, members, is_first
):
    assert goes_first(subject, honorific, women, members) is is_first


@pytest.mark.parametrize(
    ("ranks", "limit", "clear"),
    [
        ([1, 2, 3], None, {1, 2, 3}),
        ([1, 2, 3], 3, {1, 2, 3}),
        ([1, 2, 3, 4, 5, 5, 5], 5, {1, 2, 3, 4}),
        ([1, 1, 1], 2, set()),
        ([1, 2, 2], 2, {1}),
        ([1, 2, 3, 4, 5, 9], 5, {1, 2, 3, 4}),
        ([1, 2, None], 2, {1}),
        ([1, 2, 3], 0, set()),
    ],
)
def test_who_is_clearly_inside_the_quota_does_not_compete_at_its_line(ranks, limit, clear):
    candidates = [Candidate(number, rank) for number, rank in enumerate(ranks, start=1)]
    assert clear_of_the_line(candidates, limit) == clear


@pytest.mark.parametrize(
    ("percent", "fraction", "population", "down", "half_up"),
    [
        (None, (1, 3), 8, 2, 3),  # 2 2/3
        (None, (1, 3), 7, 2, 2),  # 2 1/3
        (None, (1, 2), 7, 3, 4),  # 3 1/2
        (None, (1, 3), 9, 3, 3),
        (None, (2, 7), 5, 1, 1),  # 1 3/7
        (30, None, 12, 3, 4),  # 3,6
        (30, None, 8, 2, 2),  # 2,4
        (50, None, 5, 2, 3),  # 2,5
        (1, None, 49, 0, 0),  # 0,49
        (None, (0, 3), 8, 0, 0),
    ],
)
def test_a_share_is_rounded_down_or_from_a_half_upwards(
    percent, fraction, population, down, half_up
):
    share = {"count": None, "percent": percent, "fraction": fraction, "population": population}
    assert places(**share) == down
    assert places(**share, rounds_half_up=True) == half_up


@pytest.mark.parametrize(
    "text", ["1/0", "0/0", "4/3", "1/3/5", "a/3", "/", "-1/3", "0,5/3", "1/10000"]
)
def test_what_is_no_fraction_up_to_the_whole_is_refused(text):
    with pytest.raises(RuleViolation) as refusal:
        parse_fraction(text)
    assert str(refusal.value) == "Hãy ghi phân số từ 0 đến 1, ví dụ 1/3."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1/3", (1, 3)),
        (" 2 / 7 ", (2, 7)),
        ("0/3", (0, 3)),
        ("0/1", (0, 1)),
        ("3/3", (3, 3)),
        ("1/9999", (1, 9999)),
    ],
)
def test_a_fraction_is_read_as_two_whole_numbers(text, parts):
    assert parse_fraction(text) == parts
