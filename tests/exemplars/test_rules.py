"""Which moves of a good example there are, on which facts, and when it stands still."""

from datetime import date

import pytest

from campaign.exemplars.rules import (
    State,
    Step,
    earlier_steps,
    followed_words,
    is_back,
    is_still,
    missing,
    next_step,
    no_move,
    path,
    reached_on,
    still_key,
    still_keys,
)

FOUND, HELPED, SUMMED_UP, FOLLOWED = Step
ALL = {
    "name": "Tổ 1",
    "reason": "Vượt kế hoạch",
    "found_by": "Đoàn",
    "helper": "Phòng",
    "measures": "Hướng dẫn",
    "help_until": date(2021, 4, 1),
    "result": "Tăng",
    "summary": "Rõ",
    "spread": "Hội nghị",
}


@pytest.mark.parametrize(
    ("step", "empty", "lacks"),
    [
        (FOUND, ("helper", "result", "spread"), []),
        (FOUND, ("reason",), ["lý do, thành tích"]),
        (
            HELPED,
            ("helper", "help_until"),
            ["ai theo dõi, bồi dưỡng", "thời hạn bồi dưỡng"],
        ),
        (SUMMED_UP, ("measures", "summary"), ["biện pháp bồi dưỡng", "nội dung tổng kết"]),
        (FOLLOWED, ("spread",), ["cách nhân rộng, nơi học theo"]),
        (FOLLOWED, (), []),
    ],
)
def test_a_step_rests_on_its_facts_and_those_of_all_before(step, empty, lacks):
    assert [fact.name for fact in missing(step, ALL | dict.fromkeys(empty))] == lacks


@pytest.mark.parametrize(
    ("state", "before", "after", "reason", "lacking", "why"),
    [
        (State.REGISTERED, FOUND, HELPED, "", (), ""),
        (State.REGISTERED, SUMMED_UP, FOLLOWED, "", (), ""),
        (State.REGISTERED, FOLLOWED, FOUND, "Báo sai số liệu", (), ""),
        (State.REGISTERED, FOLLOWED, FOUND, "", (), "Hãy ghi lý do quay lại bước trước."),
        (
            State.REGISTERED,
            FOUND,
            SUMMED_UP,
            "",
            (),
            "Bước kế tiếp của Phát hiện không phải Tổng kết.",
        ),
        (State.REGISTERED, HELPED, HELPED, "", (), "Điển hình đang ở bước Bồi dưỡng rồi."),
        (
            State.REGISTERED,
            FOUND,
            HELPED,
            "",
            ("helper",),
            "Chưa chuyển sang Bồi dưỡng được, còn thiếu: ai theo dõi, bồi dưỡng.",
        ),
        (
            State.REGISTERED,
            HELPED,
            SUMMED_UP,
            "",
            ("result", "summary"),
            "Chưa chuyển sang Tổng kết được, còn thiếu: kết quả đạt được; nội dung tổng kết.",
        ),
        (
            State.PROPOSED,
            FOUND,
            HELPED,
            "",
            (),
            "Điển hình chưa được đăng ký nên chưa chuyển bước được.",
        ),
    ],
)
def test_one_goes_forward_step_by_step_and_back_with_a_reason(
    state, before, after, reason, lacking, why
):
    lacks = missing(after, ALL | dict.fromkeys(lacking))
    assert no_move(state, before, after, reason, lacks) == why


def test_the_steps_stand_in_their_order():
    assert [next_step(step) for step in Step] == [HELPED, SUMMED_UP, FOLLOWED, None]
    assert earlier_steps(SUMMED_UP) == [FOUND, HELPED]


def test_only_a_step_before_is_a_step_back():
    assert [is_back(HELPED, step) for step in Step] == [True, False, False, False]


@pytest.mark.parametrize(
    ("state", "step", "uses", "today", "expected"),
    [
        (State.REGISTERED, HELPED, 0, date(2021, 3, 30), False),
        (State.REGISTERED, HELPED, 0, date(2021, 3, 31), True),
        (State.REGISTERED, FOLLOWED, 0, date(2021, 3, 31), True),
        (State.REGISTERED, FOLLOWED, 1, date(2021, 3, 31), False),
        (State.PROPOSED, FOUND, 0, date(2021, 5, 1), False),
    ],
)
def test_thirty_days_without_movement_are_told_until_units_follow(
    state, step, uses, today, expected
):
    assert is_still(state, step, uses, date(2021, 3, 1), today) is expected


@pytest.mark.parametrize(
    ("step", "day"),
    [
        (FOUND, date(2021, 3, 1)),
        (HELPED, date(2021, 3, 5)),
        (SUMMED_UP, date(2021, 4, 20)),
        (FOLLOWED, None),
    ],
)
def test_a_step_was_reached_when_it_was_passed_the_last_time(step, day):
    moves = [
        (FOUND, HELPED, date(2021, 3, 5)),
        (HELPED, SUMMED_UP, date(2021, 3, 9)),
        (SUMMED_UP, HELPED, date(2021, 4, 1)),
        (HELPED, SUMMED_UP, date(2021, 4, 20)),
    ]
    assert reached_on(step, date(2021, 3, 1), moves) == day


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2021, 3, 31), "model-still:7:2021-03-01:1"),
        (date(2021, 4, 29), "model-still:7:2021-03-01:1"),
        (date(2021, 4, 30), "model-still:7:2021-03-01:2"),
    ],
)
def test_what_stands_still_is_another_notice_with_every_thirty_days(today, key):
    assert still_key(7, date(2021, 3, 1), today) == key


def test_the_notices_of_one_example_are_among_those_of_all_and_are_no_others():
    assert (still_keys(), still_keys(7)) == ("model-still:", "model-still:7:")


def test_who_follows_is_told_out_of_all_who_could():
    assert followed_words(3, 10) == "3 trong 10 đơn vị đã áp dụng"


def test_the_four_steps_tell_since_when_and_a_step_gone_back_from_is_to_come():
    reached = {FOUND: date(2021, 3, 1), HELPED: date(2021, 3, 9), SUMMED_UP: date(2021, 4, 2)}
    assert path(HELPED, reached) == [
        ("Phát hiện", "từ 01/03/2021", "done"),
        ("Bồi dưỡng", "từ 09/03/2021", "current"),
        ("Tổng kết", "chưa đến", "todo"),
        ("Nhân rộng", "chưa đến", "todo"),
    ]
    assert [stop.note for stop in path(HELPED, {FOUND: date(2021, 3, 1)})[:2]] == [
        "từ 01/03/2021",
        "",
    ]
