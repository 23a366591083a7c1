"""The ledger holds the rows of a replay as a dictionary does, whatever their number."""

from contextlib import closing

import pytest

from campaign.proof.ledger import Ledger
from campaign.proof.rules import Replay, Row


@pytest.fixture
def ledger():
    with closing(Ledger()) as held:
        yield held


def test_a_page_gives_back_each_row_as_it_was_written_last(ledger):
    page = ledger.page()
    page["1"] = Row({"name": "Ngô Thị Đào", "points": "7.50", "data": {"a": [1, None, True]}}, 3)
    page["2"] = Row({"name": "B"}, 4)
    page["2"] = Row({"name": "C", "note": None}, 5)
    assert dict(page) == {
        "1": Row({"name": "Ngô Thị Đào", "points": "7.50", "data": {"a": [1, None, True]}}, 3),
        "2": Row({"name": "C", "note": None}, 5),
    }
    assert page.pop("2") == Row({"name": "C", "note": None}, 5)
    assert (list(page), len(page), page.pop("2", None)) == (["1"], 1, None)
    with pytest.raises(KeyError):
        del page["2"]


def test_pages_know_nothing_of_each_other(ledger):
    units, people = ledger.page(), ledger.page()
    units["1"], people["1"] = Row({"name": "Phòng"}, 1), Row({"name": "Người"}, 2)
    del units["1"]
    assert (dict(units), dict(people)) == ({}, {"1": Row({"name": "Người"}, 2)})


def test_a_replay_in_a_ledger_gives_the_rows_of_one_in_memory(ledger):
    def change(key, before, after):
        return {"table": "unit", "key": key, "before": before, "after": after}

    changes = [
        change("1", None, {"id": 1, "name": "A"}),
        change("2", None, {"id": 2, "name": "B"}),
        change("2", {"name": "B"}, {"name": "C"}),
        change("1", {"id": 1}, None),
        change("3", None, {"id": 3, "name": "D"}),
        change("", {}, {"name": "E"}),
    ]
    replay = Replay({"unit": ("id", "name")}, {"unit": ("id",)}, ledger.page)
    for number, told in enumerate(changes, start=1):
        replay.take(number, [told])
    assert dict(replay.rows["unit"]) == {
        "2": Row({"id": 2, "name": "E"}, 3),
        "3": Row({"id": 3, "name": "E"}, 5),
    }
