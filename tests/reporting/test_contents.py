"""The contents of a report: every entry in the order of the page, with what it still lacks."""

from types import SimpleNamespace

import pytest

from campaign.reporting.checks import Finding
from campaign.reporting.contents import contents, contents_words
from campaign.reporting.rules import Content, Demands, SelfAssessment

INDICATOR = SimpleNamespace(id=1, short_name="Điện")


def _criterion(number, code, *, is_worked_out=False):
    return SimpleNamespace(id=number, code=code, name="Tên", is_worked_out=is_worked_out)


DEMANDS = Demands(
    indicators=[INDICATOR],
    tasks={4: "Cải cách hành chính"},
    criteria=[_criterion(1, "A"), _criterion(2, "B"), _criterion(3, "C", is_worked_out=True)],
    maxima={},
    previous={},
)


@pytest.mark.parametrize(
    ("anchors", "states", "words"),
    [
        ([], ["đủ", "đủ", "đủ", "chưa ghi", "đủ"], "5/5"),
        (
            ["v:1:value", "v:1:kind", "n:4", "s:2:points", "e:2"],
            ["còn 2 chỗ", "còn 1 chỗ", "đủ", "còn 2 chỗ", "đủ"],
            "2/5",
        ),
        (["v:11:value", "n:44"], ["đủ", "đủ", "đủ", "chưa ghi", "đủ"], "5/5"),
    ],
)
def test_each_entry_says_what_it_lacks(anchors, states, words):
    content = Content(scores={1: SelfAssessment(points=0)})
    parts = contents(DEMANDS, content, [Finding("Thiếu.", anchor) for anchor in anchors])
    entries = [entry for part in parts for entry in part.entries]
    assert [entry.anchor for entry in entries] == ["v-1", "n-4", "e-1", "e-2", "e-3"]
    assert [entry.state for entry in entries] == states
    assert contents_words(parts) == f"Mục lục: {words} mục đã đủ"


def test_a_part_that_asks_for_nothing_is_not_listed():
    demands = Demands(indicators=[INDICATOR], tasks={}, criteria=[], maxima={}, previous={})
    assert [part.title for part in contents(demands, Content(), [])] == ["I. Chỉ tiêu"]
