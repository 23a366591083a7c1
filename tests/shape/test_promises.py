"""docs/security.md: what is promised names its tests, and they exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "docs/security.md").read_text(encoding="utf-8")
TEST = re.compile(r"<!-- (tests/\S+\.py)::(\w+) -->")


def test_every_test_that_stands_beside_a_promise_exists():
    named = TEST.findall(WRITTEN)
    gone = [
        f"{file}::{name}"
        for file, name in named
        if f"\ndef {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert (len(named) > 0, gone) == (True, [])


def test_every_promise_has_a_test_beside_it():
    holds = WRITTEN.partition("### What holds")[2].partition("### What does not hold")[0]
    promises = re.split(r"^- ", holds, flags=re.MULTILINE)[1:]
    assert [promise for promise in promises if not TEST.search(promise)] == []
