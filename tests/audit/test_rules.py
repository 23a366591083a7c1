"""The chain itself: each kind of break has its name."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from campaign.audit.rules import (
    START,
    Entry,
    canonical,
    chained_hash,
    digest,
    fingerprint,
    link_fault,
    settles,
)


def _chain(length):
    rows, previous = [], START
    for number in range(1, length + 1):
        entry = Entry(number, datetime(2021, 4, 28, tzinfo=UTC), 1, "Ai đó", "act", None, "[]")
        own = chained_hash(previous, entry)
        rows.append((entry, previous, own))
        previous = own
    return rows


def test_each_kind_of_break_is_named():
    first, second, third = _chain(3)
    forged = (replace(second[0], actor="Kẻ khác"), second[1], second[2])
    loose = (second[0], START, second[2])
    assert [
        link_fault(link, expected=2, previous=first[2]) for link in (second, third, loose, forged)
    ] == [None, "thiếu dòng số 2", "không nối với dòng trước", "nội dung đã bị thay đổi"]


def test_values_have_one_written_form():
    moment = datetime(2021, 4, 28, 9, tzinfo=UTC)
    assert [
        canonical(value)
        for value in (Decimal("1.50"), moment, date(2021, 4, 28), b"\x01", "a", None)
    ] == ["1.50", "2021-04-28T09:00:00.000000+00:00", "2021-04-28", "01", "a", None]


def test_cells_that_are_typed_settle_nothing_alone_and_anything_else_does():
    cells = [{"table": "mark"}, {"table": "claimed_value"}]
    assert (settles(cells), settles([*cells, {"table": "score_sheet"}]), settles([])) == (
        False,
        True,
        False,
    )


def test_a_value_that_is_hidden_leaves_a_fingerprint_that_tells_only_whether_it_is_the_same():
    print_of_abc = "•ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (fingerprint("abc"), fingerprint(None)) == (print_of_abc, None)
    assert fingerprint(b"\xab") == fingerprint("ab")


def test_what_is_frozen_has_one_hash_in_whatever_order_it_is_told():
    assert digest({"b": 1, "a": "á"}) == digest({"a": "á", "b": 1})
    assert digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
