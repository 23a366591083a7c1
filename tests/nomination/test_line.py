"""The line of a quota: who stands before it, at it and behind it, and in which words."""

import pytest

from campaign.honours.rules import Subject
from campaign.nomination.rules import (
    Candidate,
    Gate,
    GateResult,
    NomineeFacts,
    Pick,
    Strictness,
    Verdict,
    clear_of_the_line,
    gates,
    goes_first,
    propose,
    too_many_leaders,
)


def test_each_candidate_is_told_why():
    candidates = [Candidate(1, 1), Candidate(2, 2), Candidate(3, None)]
    out = Pick(3, is_proposed=False, reason="đơn vị không được xếp hạng")
    assert propose(candidates, None) == [
        Pick(1, is_proposed=True, reason="hạng 1, không giới hạn chỉ tiêu"),
        Pick(2, is_proposed=True, reason="hạng 2, không giới hạn chỉ tiêu"),
        out,
    ]
    assert propose(candidates, 1) == [
        Pick(1, is_proposed=True, reason="hạng 1, trong chỉ tiêu 1"),
        Pick(2, is_proposed=False, reason="hạng 2, ngoài chỉ tiêu 1"),
        out,
    ]
    assert propose(candidates, 0) == [
        Pick(1, is_proposed=False, reason="hạng 1, không có chỉ tiêu"),
        Pick(2, is_proposed=False, reason="hạng 2, không có chỉ tiêu"),
        out,
    ]


def test_the_better_rank_is_proposed_in_whatever_order_they_were_entered():
    picks = propose([Candidate(1, 3), Candidate(2, 1), Candidate(3, 2), Candidate(4, 2)], 3)
    assert [(pick.id, pick.is_proposed) for pick in picks] == [
        (2, True),
        (3, True),
        (4, True),
        (1, False),
    ]


LAW = "đồng hạng tại ranh chỉ tiêu 3, nữ hoặc tập thể có từ 70 % là nữ xếp trước (luật)"


@pytest.mark.parametrize(
    ("firsts", "picks"),
    [
        ({2}, [(1, True, False), (2, True, False), (3, True, True), (4, True, True)]),
        ({2, 3}, [(1, True, False), (2, True, False), (3, True, False), (4, False, False)]),
        ({2, 3, 4}, [(1, True, False), (2, True, True), (3, True, True), (4, True, True)]),
    ],
)
def test_women_first_counts_only_the_places_that_better_ranks_left(firsts, picks):
    candidates = [
        Candidate(key, rank, goes_first=key in firsts)
        for key, rank in ((1, 1), (2, 2), (3, 2), (4, 2))
    ]
    told = propose(candidates, 3, "luật")
    assert [(pick.id, pick.is_proposed, pick.is_tied) for pick in told] == picks
    if firsts != {2, 3, 4}:
        assert [pick.reason for pick in told[1:]] == [f"hạng 2, {LAW}"] * 3


def test_a_quota_as_large_as_the_list_clears_everybody():
    candidates = [Candidate(1, 1), Candidate(2, None)]
    assert clear_of_the_line(candidates, 2) == {1, 2}


@pytest.mark.parametrize(
    ("leaders", "total", "limit", "too_many"), [(1, 1, 50, True), (1, 0, 50, False)]
)
def test_of_one_person_a_leader_is_the_whole(leaders, total, limit, too_many):
    assert too_many_leaders(leaders, total, limit) is too_many


@pytest.mark.parametrize(
    ("women", "members", "is_first"),
    [(None, 1, False), (0, 1, False), (699, 1000, False), (700, 1000, True), (0, 0, False)],
)
def test_seventy_per_cent_of_the_members_are_needed_to_the_last(women, members, is_first):
    assert goes_first(Subject.COLLECTIVE, "", women, members) is is_first


def test_each_gate_says_what_holds_a_nominee_up():
    facts = NomineeFacts(
        took_part=False,
        reported=False,
        discipline="khiển trách",
        complaint="đơn số 3",
        duplicates=("đã khen năm 2024", "đã khen năm 2025"),
    )
    blocked = Verdict.BLOCKED
    assert gates(facts, {}) == (
        GateResult(Gate.TOOK_PART, blocked, "Đơn vị chưa được xác nhận tham gia."),
        GateResult(Gate.REPORTED, blocked, "Báo cáo cuối kỳ chưa thẩm định xong."),
        GateResult(Gate.DISCIPLINE, blocked, "khiển trách"),
        GateResult(Gate.COMPLAINT, blocked, "đơn số 3"),
        GateResult(Gate.DUPLICATE, blocked, "đã khen năm 2024; đã khen năm 2025"),
    )
    alike = NomineeFacts(took_part=True, reported=True, resembling=("Lan", "Lân"))
    off = {gate: Strictness.OFF for gate in Gate if gate is not Gate.DUPLICATE}
    assert gates(alike, off) == (GateResult(Gate.DUPLICATE, Verdict.WARNED, "Lan; Lân"),)
    cleared = NomineeFacts(took_part=True, reported=True)
    assert gates(cleared, {}) == tuple(GateResult(gate, Verdict.PASSED) for gate in Gate)
