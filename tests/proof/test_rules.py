"""The replay itself: what is taken in, what is compared, what is told."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from campaign.core.errors import RuleViolation
from campaign.proof.rules import (
    Head,
    Replay,
    Row,
    Shape,
    changed_rows,
    comparable,
    head_fault,
    head_of,
    row_fault,
    table_faults,
    upgrade_changes,
)


def _change(key, before, after, table="unit"):
    return {"table": table, "key": key, "before": before, "after": after}


def _replay(*changes):
    made = Replay({"unit": ("id", "name")}, {"unit": ("id",)})
    for number, change in enumerate(changes, start=1):
        made.take(number, [change])
    return made


ADDED = _change("1", None, {"id": 1, "name": "A"})


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ([ADDED], {"1": Row({"id": 1, "name": "A"}, 1)}),
        (
            [ADDED, _change("1", {"name": "A"}, {"name": "B"})],
            {"1": Row({"id": 1, "name": "B"}, 2)},
        ),
        ([ADDED, _change("1", {"id": 1}, None)], {}),
        ([ADDED, _change("1", None, {"signed_in": True})], {"1": Row({"id": 1, "name": "A"}, 1)}),
        ([_change("1", None, {"signed_in": True})], {}),
        ([ADDED, _change("1", None, {"id": 1})], {"1": Row({"id": 1}, 2)}),
        ([ADDED, _change("", {}, {"name": "C"})], {"1": Row({"id": 1, "name": "C"}, 1)}),
        ([_change("9", {}, {"name": "C"})], {}),
    ],
)
def test_the_replay_gives_the_rows_that_the_record_tells_of(changes, rows):
    assert _replay(*changes).rows.get("unit", {}) == rows


def test_the_replay_starts_anew_at_a_baseline_and_passes_over_tables_it_does_not_know():
    made = _replay(ADDED, _change("1", None, {"id": 1}, "khác"))
    assert (made.since, set(made.rows)) == (1, {"unit"})
    made.take(7, [_change("baseline", None, {"faults": 0}, "*")])
    assert (made.since, made.rows) == (7, {})


@pytest.mark.parametrize(
    ("one", "other", "shape", "same"),
    [
        ("1.5", Decimal("1.50"), Shape.NUMBER, True),
        ("5", 5, Shape.NUMBER, True),
        (True, 1, Shape.NUMBER, True),
        ("1.5", Decimal("1.51"), Shape.NUMBER, False),
        ("năm", 5, Shape.NUMBER, False),
        (None, 0, Shape.NUMBER, False),
        (1, True, Shape.TRUTH, True),
        (False, True, Shape.TRUTH, False),
        (None, False, Shape.TRUTH, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, Shape.DATA, True),
        ([1], (1,), Shape.DATA, True),
        ({"a": 1}, {"a": True}, Shape.DATA, False),
        (None, None, Shape.DATA, True),
        ("2021-04-28T00:00:00.000000+00:00", datetime(2021, 4, 28, tzinfo=UTC), Shape.PLAIN, True),
        ("a", "A", Shape.PLAIN, False),
        (None, "", Shape.PLAIN, False),
    ],
)
def test_values_are_compared_as_they_are_meant(one, other, shape, same):
    assert (comparable(one, shape) == comparable(other, shape)) is same


SHAPES = {"id": Shape.NUMBER, "name": Shape.PLAIN}


@pytest.mark.parametrize(
    ("recorded", "stands", "said"),
    [
        (Row({"id": 1, "name": "A"}, 3), {"id": 1, "name": "A"}, None),
        (Row({"id": 1, "name": "•"}, 3), {"id": 1, "name": "•ab"}, None),
        (
            Row({"id": 1, "name": "A"}, 3),
            {"id": 1, "name": "B"},
            "Bảng unit, dòng 1, cột name: khác với nhật ký (dòng ghi cuối: 3)",
        ),
        (
            Row({"id": 1}, 3),
            {"id": 1, "name": None},
            "Bảng unit, dòng 1, cột name: khác với nhật ký (dòng ghi cuối: 3)",
        ),
        (
            None,
            {"id": 1, "name": "A"},
            "Bảng unit, dòng 1: có trong dữ liệu mà nhật ký không ghi (thêm ngoài chương trình)",
        ),
        (
            Row({"id": 1, "name": "A"}, 3),
            None,
            "Bảng unit, dòng 1: nhật ký còn ghi (dòng 3) mà dữ liệu không còn (xoá ngoài "
            "chương trình)",
        ),
    ],
)
def test_a_row_that_differs_is_named(recorded, stands, said):
    fault = row_fault("unit", "1", recorded, stands, SHAPES)
    assert (fault.text if fault else None) == said


def test_a_table_names_each_row_that_differs():
    recorded = {key: Row({"id": int(key), "name": "A"}, 1) for key in ("1", "2", "3")}
    stands = [
        ("1", {"id": 1, "name": "A"}),
        ("2", {"id": 2, "name": "B"}),
        ("4", {"id": 4, "name": "A"}),
    ]
    assert [
        (fault.text, fault.table, fault.key, fault.column)
        for fault in table_faults("unit", recorded, stands, SHAPES)
    ] == [
        (
            "Bảng unit, dòng 2, cột name: khác với nhật ký (dòng ghi cuối: 1)",
            "unit",
            "2",
            "name",
        ),
        (
            "Bảng unit, dòng 4: có trong dữ liệu mà nhật ký không ghi (thêm ngoài chương trình)",
            "unit",
            "4",
            "",
        ),
        (
            "Bảng unit, dòng 3: nhật ký còn ghi (dòng 1) mà dữ liệu không còn (xoá ngoài "
            "chương trình)",
            "unit",
            "3",
            "",
        ),
    ]


HASH = "0123456789abcdef" * 4


def test_a_head_is_read_as_it_was_printed():
    assert head_of(f" 12:{HASH.upper()}\n", "thư") == Head(12, HASH, "thư")
    assert Head(12, HASH, "thư").text == f"12:{HASH}"
    for wrong in ("", "12", f"12:{HASH[1:]}", f"-1:{HASH}", f"{'9' * 5000}:{HASH}"):
        with pytest.raises(RuleViolation, match="hãy chép nguyên từ nơi đã ghi"):
            head_of(wrong, "thư")


@pytest.mark.parametrize(
    ("number", "hashes", "last", "said"),
    [
        (0, {}, 0, None),
        (5, {5: HASH}, 9, None),
        (5, {}, 4, "thư ghi dòng 5, mà nhật ký chỉ còn đến dòng 4: các dòng cuối đã bị cắt"),
        (5, {5: "khác"}, 9, "Dòng nhật ký 5 không phải dòng mà thư đã ghi: chuỗi đã bị viết lại"),
        (5, {}, 9, "Dòng nhật ký 5 không phải dòng mà thư đã ghi: chuỗi đã bị viết lại"),
    ],
)
def test_a_kept_head_that_is_not_in_the_chain_is_told(number, hashes, last, said):
    assert head_fault(Head(number, HASH, "thư"), hashes, last) == said


def test_an_upgrade_is_told_by_what_it_changed_and_by_nothing_else():
    before = {"1": {"id": 1, "name": "a"}, "2": {"id": 2, "name": "b"}, "3": {"id": 3}}
    after = {
        "1": {"id": 1, "name": "A", "new": 0},
        "2": {"id": 2, "name": "b", "new": 0},
        "4": {"id": 4, "name": "d", "new": 1},
    }
    changed = changed_rows(before, after)
    assert (changed.added, changed.removed) == (("4",), ("3",))
    assert changed.touched == {"1": ("name", "new"), "2": ("new",)}
    assert upgrade_changes("unit", changed, after, 3) == [
        _change("3", {}, None),
        _change("", {}, {"new": 0}),
        _change("1", {}, {"name": "A"}),
        _change("4", None, {"id": 4, "name": "d", "new": 1}),
    ]


def test_a_column_that_differs_from_row_to_row_is_told_row_by_row():
    before = {"1": {"id": 1}, "2": {"id": 2}}
    after = {"1": {"id": 1, "new": 5}, "2": {"id": 2, "new": 6}}
    assert upgrade_changes("unit", changed_rows(before, after), after, 2) == [
        _change("1", {}, {"new": 5}),
        _change("2", {}, {"new": 6}),
    ]
    alone = changed_rows({"1": {"id": 1}}, {"1": {"id": 1, "new": 5}})
    assert upgrade_changes("unit", alone, after, 1) == [_change("1", {}, {"new": 5})]


def test_a_column_that_the_program_no_longer_knows_is_not_told():
    changed = changed_rows({"1": {"id": 1, "old": 1}}, {"1": {"id": 1, "old": 2}})
    assert upgrade_changes("unit", changed, {"1": {"id": 1}}, 1) == []
