"""Two who save the same table of cells: what of it is written, and what is told."""

import pytest

from campaign.web.grids import settled, standing

WORDS = {"lead": "chủ trì"}


@pytest.mark.parametrize(
    ("was", "now", "mine", "settles", "told"),
    [
        ("5", "5", "7", "7", None),
        ("5", "6", "5", "6", None),
        ("5", "6", "6", "6", None),
        ("", "6", "", "6", None),
        ("5", "", "5", "", None),
        ("5", "", "7", "7", "Người khác vừa xoá trống ô này. Hãy xem lại rồi lưu."),
        ("5", "6", "7", "7", "Người khác vừa ghi “6” vào ô này. Hãy xem lại rồi lưu."),
        ("", "lead", "7", "7", "Người khác vừa ghi “chủ trì” vào ô này. Hãy xem lại rồi lưu."),
    ],
)
def test_a_cell_left_as_it_was_stays_as_it_stands_now(was, now, mine, settles, told):
    sent = {"opened": standing({"a": was, "b": ""}), "a": f" {mine} ", "b": ""}
    clashes = {"a": told} if told else {}
    assert settled({"a": now, "b": ""}, sent, WORDS) == ({"a": settles, "b": ""}, clashes)


@pytest.mark.parametrize(
    "opened",
    [
        "",
        "không phải",
        "[1]",
        "5",
        '{"a": []}',
        '{"a": {"a": "6"}}',
        '{"a": null}',
        '{"a": "6", "b": 1}',
        "[" * 100_000,
        '{"a": ' * 100_000,
    ],
    ids=range(10),
)
def test_a_form_that_does_not_say_what_stood_is_taken_as_it_is(opened):
    assert settled({"a": "6", "b": "1"}, {"opened": opened, "a": "7"}) == ({"a": "7", "b": ""}, {})
