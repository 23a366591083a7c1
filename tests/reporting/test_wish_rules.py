"""Wishes for more time: how their states look."""

from campaign.reporting.wishes.rules import WishState


def test_a_wish_is_coloured_by_its_state():
    assert [(state.label, state.tone) for state in WishState] == [
        ("chờ trả lời", "warn"),
        ("đã gia hạn", "ok"),
        ("không gia hạn", "bad"),
        ("không còn cần", "neutral"),
    ]
