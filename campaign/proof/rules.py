"""Đối chiếu: the record replayed, and compared with what stands; no file, no database."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from campaign.audit.rules import HIDDEN, canonical
from campaign.core.errors import refuse

EXEMPT_TABLES = {
    "audit_entry": "là chính nhật ký: mã băm của mỗi dòng giữ nội dung dòng ấy",
    "backup_run": "lần sao lưu: lập lúc nào, ra tệp nào; không quyết định điều gì của phong trào",
    "dossier_reading": "ai đã đọc hồ sơ của ai, hết hạn thì xoá; không quyết định điều gì",
    "ended_session": "phiên đã đăng xuất, hết hạn thì xoá; không quyết định điều gì của phong trào",
    "failed_sign_in": "lần đăng nhập sai, hết hạn thì xoá; không quyết định điều gì của phong trào",
    "key_store": "nơi giữ khoá hòm phiếu mà các máy cùng dùng; không quyết định điều gì",
    "mail": "thư nhắc việc đi và kết quả gửi; không quyết định điều gì của phong trào",
    "mail_preference": "cách nhận thư của mỗi người; không quyết định điều gì của phong trào",
    "notice": "việc được nhắc và lúc đọc; không quyết định điều gì của phong trào",
    "view_key": "khoá đếm người đọc của một ngày, hết ngày thì bỏ; không quyết định điều gì",
    "post_reader": "người đọc trong ngày, để đếm lượt xem; không quyết định điều gì",
    "post_views": "số lượt xem bài, không quyết định điều gì",
    "proof_run": "lần đối chiếu; đầu chuỗi trong đó được so lại với chuỗi",
    "sign_on_session": "phiên bắt đầu từ nhà cung cấp, hết hạn thì xoá; không quyết định điều gì",
    "spent_sign_on": "dấu của lần trở về đã dùng, hết hạn thì xoá; không quyết định điều gì",
    "urn": "hòm phiếu kín đã mã hoá: ghi mỗi phiếu vào nhật ký là để lộ lá phiếu",
}
"""Bảng ngoài nhật ký, each with its reason; every other column of every table is under the hash."""

EXEMPT_COLUMNS = {
    "audit_entry.request_id": (
        "mã của yêu cầu trong nhật ký máy chủ, để tra sự cố; không quyết định gì"
    ),
    "audit_entry.settles": "suy ra từ nội dung của dòng; được tính lại khi đối chiếu",
}
"""Cột ngoài mã băm, each with its reason."""

EVERY_TABLE = "*"
BASELINE = "baseline"
EVERY_ROW = ""
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """Đầu chuỗi: the number and hash of an entry, and where they were kept."""

    number: int
    hash: str
    source: str

    @property
    def text(self) -> str:
        """Như ghi ra ngoài: "120:9f…"."""
        return f"{self.number}:{self.hash}"


def head_of(text: str, source: str) -> Head:
    """Đọc đầu chuỗi ghi "số:mã băm"."""
    match = _HEAD.fullmatch(text.strip().lower())
    if match is None:
        refuse(
            "Đầu chuỗi ghi là số dòng, dấu hai chấm và 64 ký tự mã băm, ví dụ 120:9f86d0…; "
            "hãy chép nguyên từ nơi đã ghi."
        )
    return Head(int(match[1]), match[2], source)


def head_fault(head: Head, hashes: Mapping[int, str], last: int) -> str | None:
    """Đầu chuỗi không khớp: the chain is shorter than what was kept, or another."""
    if head.number == 0:
        return None
    if head.number > last:
        return (
            f"{head.source} ghi dòng {head.number}, mà nhật ký chỉ còn đến dòng {last}: "
            "các dòng cuối đã bị cắt"
        )
    if hashes.get(head.number) != head.hash:
        return (
            f"Dòng nhật ký {head.number} không phải dòng mà {head.source} đã ghi: "
            "chuỗi đã bị viết lại"
        )
    return None


class Shape(StrEnum):
    """Cách so một cột."""

    NUMBER = "number"
    TRUTH = "truth"
    DATA = "data"
    PLAIN = "plain"


def comparable(value: Any, shape: Shape) -> Any:
    """Giá trị để so: the same however it was written down."""
    plain = canonical(value)
    if plain is None and shape is not Shape.DATA:
        return None
    if shape is Shape.NUMBER:
        return _number(plain)
    if shape is Shape.TRUTH:
        return bool(plain)
    if shape is Shape.DATA:
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, default=canonical)
    return plain


def _number(value: Any) -> Any:
    try:
        return Decimal(int(value) if isinstance(value, bool) else str(value)).normalize()
    except ArithmeticError:
        return value


@dataclass(frozen=True)
class Row:
    """Dòng theo nhật ký: its values, and the entry that wrote it last."""

    values: dict[str, Any]
    number: int


@dataclass
class Replay:
    """Diễn lại nhật ký: what every table should hold, entry by entry."""

    columns: Mapping[str, Collection[str]]
    """Cột của từng bảng được ghi nhật ký."""
    keys: Mapping[str, Collection[str]]
    """Cột khoá của từng bảng."""
    begin: Callable[[], MutableMapping[str, Row]] = dict
    """Nơi giữ các dòng của một bảng: begins one, by the key of a row."""
    since: int = 1
    """Dòng từ đó đối chiếu: 1, or that of the last baseline."""
    rows: dict[str, MutableMapping[str, Row]] = field(default_factory=dict)

    def take(self, number: int, changes: Iterable[Mapping[str, Any]]) -> None:
        """Nhận một dòng nhật ký."""
        for change in changes:
            if (change["table"], change["key"]) == (EVERY_TABLE, BASELINE):
                self.since = number
                self.rows.clear()
            elif change["table"] in self.columns:
                self._change(number, change)

    def _change(self, number: int, change: Mapping[str, Any]) -> None:
        name, key, after = change["table"], change["key"], change["after"]
        if name not in self.rows:
            self.rows[name] = self.begin()
        rows = self.rows[name]
        if after is None:
            rows.pop(key, None)
            return
        values = {column: after[column] for column in self.columns[name] if column in after}
        if key == EVERY_ROW:
            for other in list(rows):
                row = rows[other]
                rows[other] = Row(row.values | values, row.number)
        elif change["before"] is None and all(column in values for column in self.keys[name]):
            rows[key] = Row(values, number)
        elif key in rows and values:
            rows[key] = Row(rows[key].values | values, number)


@dataclass(frozen=True)
class Fault:
    """Điều không khớp: a sentence, with the row and column where there is one."""

    text: str
    table: str = ""
    key: str = ""
    column: str = ""


def row_fault(
    table: str,
    key: str,
    recorded: Row | None,
    stored: Mapping[str, Any] | None,
    shapes: Mapping[str, Shape],
) -> Fault | None:
    """Dòng không khớp: added or removed past the record, or with another value in a column."""
    if recorded is None or stored is None:
        return _alone(table, key, recorded)
    column = _differing_column(recorded, stored, shapes)
    if column is None:
        return None
    words = f"khác với nhật ký (dòng ghi cuối: {recorded.number})"
    return Fault(f"Bảng {table}, dòng {key}, cột {column}: {words}", table, key, column)


def _alone(table: str, key: str, recorded: Row | None) -> Fault:
    """Of a row that stands on one side alone."""
    if recorded is None:
        words = "có trong dữ liệu mà nhật ký không ghi (thêm ngoài chương trình)"
    else:
        words = (
            f"nhật ký còn ghi (dòng {recorded.number}) mà dữ liệu không còn (xoá ngoài "
            "chương trình)"
        )
    return Fault(f"Bảng {table}, dòng {key}: {words}", table, key)


def _differing_column(
    recorded: Row, stored: Mapping[str, Any], shapes: Mapping[str, Shape]
) -> str | None:
    """The first column with another value than the record tells; what is hidden differs nowhere."""
    for column, shape in shapes.items():
        if recorded.values.get(column) == HIDDEN:
            continue
        is_same = column in recorded.values and comparable(
            recorded.values[column], shape
        ) == comparable(stored[column], shape)
        if not is_same:
            return column
    return None


def table_faults(
    table: str,
    recorded: MutableMapping[str, Row],
    stored: Iterable[tuple[str, Mapping[str, Any]]],
    shapes: Mapping[str, Shape],
) -> Iterator[Fault]:
    """Các dòng không khớp của một bảng; what was compared is let go."""
    for key, values in stored:
        fault = row_fault(table, key, recorded.pop(key, None), values, shapes)
        if fault is not None:
            yield fault
    for key, row in recorded.items():
        yield _alone(table, key, row)


Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Bảng → khoá → cột → giá trị."""


@dataclass(frozen=True)
class TableChange:
    """Nâng cấp đã đổi gì in one table."""

    added: tuple[str, ...]
    """Khoá của dòng mới."""
    removed: tuple[str, ...]
    touched: Mapping[str, tuple[str, ...]]
    """Khoá → các cột đổi giá trị, hoặc mới có."""


def changed_rows(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> TableChange:
    """So hai ảnh của một bảng, as the database itself holds the values."""
    touched = {
        key: tuple(
            name
            for name, value in row.items()
            if name not in before[key] or before[key][name] != value
        )
        for key, row in after.items()
        if key in before
    }
    return TableChange(
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        {key: names for key, names in touched.items() if names},
    )


def upgrade_changes(
    table: str,
    changed: TableChange,
    images: Mapping[str, Mapping[str, Any]],
    rows: int,
) -> list[dict[str, Any]]:
    """Dòng nhật ký của một lần nâng cấp: a column that got one value everywhere is told once."""
    everywhere = _given_to_all(changed, images, rows)
    given = [(EVERY_ROW, everywhere), *_given_to_one(changed, images, everywhere)]
    return [
        *(_change(table, key, {}, None) for key in changed.removed),
        *(_change(table, key, {}, after) for key, after in given if after),
        *(_change(table, key, None, dict(images[key])) for key in changed.added),
    ]


def _change(
    table: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    return {"table": table, "key": key, "before": before, "after": after}


def _given_to_one(
    changed: TableChange, images: Mapping[str, Mapping[str, Any]], everywhere: Collection[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each row the columns that changed in it and not in all."""
    for key, names in changed.touched.items():
        image = images[key]
        yield key, {name: image[name] for name in names if name in image and name not in everywhere}


def _given_to_all(
    changed: TableChange, images: Mapping[str, Mapping[str, Any]], rows: int
) -> dict[str, Any]:
    """The columns that changed in every row that stays, to one and the same value."""
    staying = rows - len(changed.added)
    if staying <= 1 or len(changed.touched) != staying:
        return {}
    names = set.intersection(*(set(names) for names in changed.touched.values()))
    first = images[next(iter(changed.touched))]
    return {
        name: first[name]
        for name in sorted(names)
        if name in first and all(images[key][name] == first[name] for key in changed.touched)
    }
