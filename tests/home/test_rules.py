"""What there is to do: its colour and its word by how urgent it is."""

import pytest

from campaign.home.rules import Todo


@pytest.mark.parametrize(
    ("urgency", "tone", "word"),
    [
        (0, "bad", "quá hạn"),
        (1, "warn", "đến hạn"),
        (2, "info", "đang chờ"),
        (3, "neutral", "thông tin"),
    ],
)
def test_how_urgent_it_is_gives_its_colour_and_its_word(urgency, tone, word):
    todo = Todo("Nộp báo cáo", "", "/", urgency)
    assert (todo.tone, todo.word) == (tone, word)
    assert Todo("Nộp báo cáo", "", "/", urgency, state="đã nộp").word == "đã nộp"
