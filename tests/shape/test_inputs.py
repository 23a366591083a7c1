"""What people send is read by the readers of `core`, which know how long a number may be."""

from pathlib import Path

import pytest

SOURCES = [
    path
    for path in Path("campaign").rglob("*.py")
    if path.parts[1] not in {"core", "migrations", "archive"}
]


@pytest.mark.parametrize("words", ["type=int", ".isdecimal()", ".isdigit()"])
def test_no_number_that_was_sent_is_read_past_the_readers(words):
    assert [str(path) for path in SOURCES if words in path.read_text()] == []
