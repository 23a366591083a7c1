"""The written form of the record, byte for byte: what was hashed once must hash alike for ever."""

import hashlib
import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest

from campaign.audit.rules import START, Entry, as_json, canonical, chained_hash, digest

MOMENT = datetime(2021, 4, 28, 9, 30, tzinfo=timezone(timedelta(hours=7)))


class _Colour(Enum):
    RED = "đỏ"


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_entry_is_hashed_as_a_list_in_the_order_of_its_parts():
    entry = Entry(7, MOMENT, 3, "Trần An", "đã sửa", None, "[]")
    text = f'["{START}",7,"2021-04-28T02:30:00.000000+00:00",3,"Trần An","đã sửa",null,"[]"]'
    assert chained_hash(START, entry) == _sha256(text)


def test_what_is_frozen_is_hashed_with_sorted_keys_and_its_own_letters():
    assert digest({"b": 1, "a": "á"}) == _sha256('{"a": "á", "b": 1}')


def test_changes_are_written_without_blanks():
    changes = [{"table": "unit", "after": {"name": "Sở", "points": Decimal("1.50")}}]
    assert as_json(iter(changes)) == ('[{"after":{"name":"Sở","points":"1.50"},"table":"unit"}]')


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (_Colour.RED, "đỏ"),
        (MOMENT, "2021-04-28T02:30:00.000000+00:00"),
        (datetime(2021, 4, 28, 9, 30, 1, 5, tzinfo=UTC), "2021-04-28T09:30:01.000005+00:00"),
        (date(2021, 4, 28), "2021-04-28"),
        (b"\xff", "ff"),
        (7, 7),
    ],
)
def test_moments_are_written_in_universal_time(value, written):
    assert canonical(value) == written


def test_a_moment_is_hashed_alike_wherever_the_machine_stands(monkeypatch):
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        told = canonical(MOMENT)
    time.tzset()
    assert told == "2021-04-28T02:30:00.000000+00:00"
