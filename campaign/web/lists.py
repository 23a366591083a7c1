"""Danh sách: one way in which every list is searched, narrowed, sorted and paged from the address.

A list declares its columns and filters; the address chooses among these and nothing else. What it
asks for that the list has not is left out, and the page says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import request, url_for

from campaign.core.numbers import row_id
from campaign.core.text import one_line, search_key, shortened, text_sort_key
from campaign.web.paging import PAGE_SIZE, Page

Row = TypeVar("Row")
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Column:
    """Cột xếp được: its key in the address, its title, and what it sorts by, either columns of the
    database or a value of a row at hand.
    """

    key: str
    title: str
    order: tuple[Any, ...] = ()
    value: Callable[[Any], Any] | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Bộ lọc: its key in the address, its label, its choices, and the one that holds unasked."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    usual: str = ""
    everything: str = "Tất cả"

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Các lựa chọn, with that of everything where none of them stands for it."""
        if any(value == self.usual for value, _ in self.choices):
            return self.choices
        return (self.usual, self.everything), *self.choices


def choices_of(rows: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    """Lựa chọn từ các dòng có mã số và tên, or from an enumeration with labels."""
    return tuple(
        (row.value, row.label) if hasattr(row, "label") else (str(row.id), row.name) for row in rows
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Điều kiện của danh sách, as the address says it; `left_out` tells what it could not have."""

    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    search: str
    text: str
    chosen: Mapping[str, str]
    sort: str
    is_down: bool
    left_out: tuple[str, ...]
    endpoint: str = ""
    place: tuple[tuple[str, Any], ...] = ()

    def number(self, key: str) -> int | None:
        """Mã số được chọn ở một bộ lọc; None where everything is asked for."""
        return int(self.chosen[key]) if self.chosen[key] else None

    @property
    def column(self) -> Column | None:
        """Cột đang xếp; None where the list stands in its own order."""
        return next((column for column in self.columns if column.key == self.sort), None)

    @property
    def order(self) -> tuple[Any, ...]:
        """Thứ tự cho cơ sở dữ liệu, before the list's own; what is empty stands last both ways."""
        column = self.column
        return tuple(
            (by.desc() if self.is_down else by.asc()).nulls_last()
            for by in (column.order if column else ())
        )

    def sorted(self, rows: Sequence[Row]) -> list[Row]:
        """Các dòng theo cột đang xếp; equal ones as they stood, empty ones last both ways."""
        column = self.column
        if column is None or column.value is None:
            return list(rows)
        keyed = [(_sortable(column.value(row)), row) for row in rows]
        full = [pair for pair in keyed if pair[0] is not None]
        full.sort(key=lambda pair: pair[0], reverse=self.is_down)
        return [row for _, row in full] + [row for key, row in keyed if key is None]

    def matching(self, rows: Iterable[Row], name: Callable[[Row], str]) -> list[Row]:
        """Các dòng có tên được tìm, tones and capitals aside."""
        key = search_key(self.text)
        return [row for row in rows if key in search_key(name(row))]

    def direction(self, key: str) -> str | None:
        """Chiều xếp của một cột as aria-sort says it; None where it is not the one."""
        if key != self.sort:
            return None
        return "descending" if self.is_down else "ascending"

    def titled(self, key: str) -> Column:
        """Cột theo mã."""
        return next(column for column in self.columns if column.key == key)

    @property
    def is_narrowed(self) -> bool:
        """Đang lọc: something is searched for or chosen."""
        return bool(self.text) or any(self.chosen[row.key] != row.usual for row in self.filters)

    @property
    def sorting(self) -> str:
        """Cách xếp as the address writes it; a minus before the column for downwards."""
        return f"{'-' if self.is_down else ''}{self.sort}"

    @property
    def values(self) -> dict[str, Any]:
        """Những gì địa chỉ ghi: only what differs from the usual."""
        filters = {row.key: self.chosen[row.key] for row in self.filters}
        usual = {row.key: row.usual for row in self.filters}
        values = {"q": self.text, **filters, "sort": self.sorting}
        return {key: value for key, value in values.items() if value != usual.get(key, "")}

    def url(self, endpoint: str = "", **changes: Any) -> str:
        """Địa chỉ của danh sách này với các điều kiện đang dùng, or of another page of them."""
        return url_for(endpoint or self.endpoint, **{**dict(self.place), **self.values, **changes})

    @property
    def bare_url(self) -> str:
        """Địa chỉ của danh sách without any condition: where its form is sent to."""
        return url_for(self.endpoint, **dict(self.place))

    @property
    def cleared_url(self) -> str:
        """Địa chỉ khi bỏ lọc: sorted as it is, of everything."""
        return url_for(self.endpoint, **dict(self.place), sort=self.sorting or None)

    def sort_url(self, key: str) -> str:
        """Địa chỉ xếp theo một cột; the other way where it is sorted by it already."""
        is_again = key == self.sort and not self.is_down
        return self.url(sort=f"-{key}" if is_again else key)

    def told(self) -> list[tuple[str, str]]:
        """Điều kiện đọc thành lời, for the head of a workbook."""
        names = [(row.label, dict(row.options)[self.chosen[row.key]]) for row in self.filters]
        return [(self.search, self.text or "tất cả"), *names]


def _sortable(value: Any) -> Any:
    """A value by which rows are compared: text by the Vietnamese alphabet."""
    return text_sort_key(value) if isinstance(value, str) else value


def read(
    address: Mapping[str, str],
    columns: Sequence[Column],
    filters: Sequence[Filter] = (),
    *,
    search: str = "Tìm theo tên",
) -> Asked:
    """Đọc điều kiện từ một địa chỉ: of what is not declared nothing is taken."""
    left_out = []
    chosen = {}
    for row in filters:
        typed = address.get(row.key, row.usual)
        known = {value for value, _ in row.options}
        chosen[row.key] = typed if typed in known else row.usual
        if typed not in known and typed:
            left_out.append(f"{row.label} không có lựa chọn “{shortened(typed[:60])}”")
    typed = address.get("sort", "")
    sort = typed.removeprefix("-")
    if sort and sort not in {column.key for column in columns}:
        left_out.append(f"không có cột “{shortened(sort[:60])}” để xếp")
        sort = ""
    text = one_line(address.get("q", "")[:LONGEST_SEARCH])
    return Asked(
        columns=tuple(columns),
        filters=tuple(filters),
        search=search,
        text=text,
        chosen=chosen,
        sort=sort,
        is_down=bool(sort) and typed.startswith("-"),
        left_out=tuple(left_out),
    )


def asked(
    columns: Sequence[Column],
    filters: Sequence[Filter] = (),
    *,
    search: str = "Tìm theo tên",
    endpoint: str = "",
) -> Asked:
    """Điều kiện từ địa chỉ đang mở; `endpoint` is the list's own where a form of it answers."""
    place = request.view_args or {}
    return replace(
        read(request.args, columns, filters, search=search),
        endpoint=endpoint or request.endpoint or "",
        place=tuple(place.items()),
    )


def page_of(rows: Sequence[Row], *, number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """Cắt trang các dòng đã có; a number beyond the last is the last."""
    page = Page(rows=rows, number=1, size=size, total=len(rows))
    number = min(max(number, 1), page.last)
    return replace(page, rows=rows[(number - 1) * size : number * size], number=number)


def chosen_rows(name: str = "row") -> list[int]:
    """Các dòng đã đánh dấu, each once, in their order: in the address of what is looked at first,
    in the form of what is done; nonsense is left out.
    """
    sent = request.form if request.method == "POST" else request.args
    return list(dict.fromkeys(sent.getlist(name, type=row_id)))
