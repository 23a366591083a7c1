"""What differs from the record, told with the row and the column it is about."""

from decimal import Decimal as D

import pytest

from campaign.audit.rules import HIDDEN
from campaign.core.errors import RuleViolation
from campaign.proof.rules import (
    Fault,
    Head,
    Replay,
    Row,
    Shape,
    comparable,
    head_fault,
    head_of,
    row_fault,
    table_faults,
)

SHAPES = {"id": Shape.NUMBER, "name": Shape.PLAIN, "points": Shape.NUMBER}


def test_a_head_that_cannot_be_read_is_refused_with_an_example():
    with pytest.raises(RuleViolation) as refusal:
        head_of("120", "Sổ")
    assert str(refusal.value) == (
        "Đầu chuỗi ghi là số dòng, dấu hai chấm và 64 ký tự mã băm, ví dụ 120:9f86d0…; "
        "hãy chép nguyên từ nơi đã ghi."
    )


def test_the_last_entry_itself_may_be_the_head_that_was_kept():
    assert head_fault(Head(3, "ab", "Sổ"), {3: "ab"}, 3) is None
    assert head_fault(Head(4, "ab", "Sổ"), {3: "ab"}, 3) == (
        "Sổ ghi dòng 4, mà nhật ký chỉ còn đến dòng 3: các dòng cuối đã bị cắt"
    )


@pytest.mark.parametrize(
    ("value", "shape", "same"),
    [
        ({"b": D("1.50"), "a": "Sở"}, Shape.DATA, '{"a": "Sở", "b": "1.50"}'),
        (None, Shape.DATA, "null"),
        (None, Shape.NUMBER, None),
        (True, Shape.NUMBER, D(1)),
        (False, Shape.NUMBER, D(0)),
        ("x", Shape.NUMBER, "x"),
        (1, Shape.TRUTH, True),
        ("Sở", Shape.PLAIN, "Sở"),
    ],
)
def test_values_are_compared_in_one_form(value, shape, same):
    assert comparable(value, shape) == same


def test_a_row_that_was_never_there_is_taken_away_without_a_word():
    replay = Replay({"unit": ("id",)}, {"unit": ("id",)})
    replay.take(1, [{"table": "unit", "key": "9", "before": {"id": 9}, "after": None}])
    assert replay.rows == {"unit": {}}


def test_each_fault_names_its_table_its_row_and_its_column():
    row = Row({"id": 1, "name": HIDDEN, "points": "7.5"}, 12)
    assert row_fault("unit", "1", None, {}, SHAPES) == Fault(
        "Bảng unit, dòng 1: có trong dữ liệu mà nhật ký không ghi (thêm ngoài chương trình)",
        "unit",
        "1",
    )
    assert row_fault("unit", "1", row, None, SHAPES) == Fault(
        "Bảng unit, dòng 1: nhật ký còn ghi (dòng 12) mà dữ liệu không còn (xoá ngoài chương "
        "trình)",
        "unit",
        "1",
    )
    found = {"id": 1, "name": "Sở", "points": D("7.50")}
    assert row_fault("unit", "1", row, found, SHAPES) is None
    assert row_fault("unit", "1", row, found | {"points": D(8)}, SHAPES) == Fault(
        "Bảng unit, dòng 1, cột points: khác với nhật ký (dòng ghi cuối: 12)",
        "unit",
        "1",
        "points",
    )


def test_the_faults_of_a_table_are_those_found_and_those_missed():
    recorded = {key: Row({"id": key}, 3) for key in ("1", "2")}
    found = [("1", {"id": 5}), ("7", {"id": 7})]
    faults = list(table_faults("unit", recorded, found, {"id": Shape.NUMBER}))
    assert [(fault.table, fault.key, fault.column) for fault in faults] == [
        ("unit", "1", "id"),
        ("unit", "7", ""),
        ("unit", "2", ""),
    ]
    assert faults[2].text == (
        "Bảng unit, dòng 2: nhật ký còn ghi (dòng 3) mà dữ liệu không còn (xoá ngoài chương trình)"
    )
