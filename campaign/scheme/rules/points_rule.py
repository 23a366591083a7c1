"""Quy tắc điểm: what a plan says about the points of an indicator, as it is stored."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self

from campaign.core.labelled import Labelled
from campaign.core.points import ZERO


class PointsRuleKind(Labelled):
    """Loại quy tắc điểm (design decision 8): a closed set, no formulas."""

    LINEAR = "linear", "tỷ lệ thuận với mức đạt"
    STEP = "step", "trừ dần theo phần còn thiếu"
    BANDS = "bands", "theo bảng mức đạt (%)"
    LEVELS = "levels", "theo bảng giá trị"
    ALL_OR_NOTHING = "all_or_nothing", "đạt thì đủ điểm, không đạt thì 0"
    CEILING = "ceiling", "không được vượt: trừ điểm theo phần vượt"
    START_AND_STEP = "start_and_step", "từ mức khởi điểm, thêm mỗi phần được thêm điểm"
    RANK_IN_BLOCK = "rank_in_block", "theo thứ hạng trong khối, mỗi bậc trừ một tỷ lệ"
    PLACE_TABLE = "place_table", "theo bảng điểm của thứ hạng trong khối (10-8-6…)"
    PARTS_OF_BLOCK = "parts_of_block", "theo phần của khối (một phần ba, một phần tư…)"
    LEADER = "leader", "so với đơn vị dẫn đầu khối"
    BEST_VALUE = "best_value", "so với số cao nhất trong khối, không cần mục tiêu"
    GROWTH_SHARE = "growth_share", "mức tăng so với mức tăng phải đạt"


class Parameters:
    """Tham số của một loại quy tắc: a frozen dataclass a kind, told apart by its `kind`."""

    __slots__ = ()
    kind: ClassVar[PointsRuleKind]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def to_data(self) -> dict[str, Any]:
        """Dạng lưu trữ: strings only, so that no number is ever a float."""
        return {field.name: _stored(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Đọc tham số as stored or typed; what is not there has its default."""
        return cls(
            **{
                field.name: _read(field.default, data[field.name])
                for field in fields(cls)
                if field.name in data
            }
        )


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_stored(part) for part in value]
    return value if isinstance(value, bool) else str(value)


def _read(default: Any, value: Any) -> Any:
    """A value of the kind its default is of; tables of pairs stand highest first."""
    if isinstance(default, bool):
        return bool(value)
    if isinstance(default, StrEnum):
        return type(default)(value)
    if isinstance(default, tuple):
        rows = [_row(row) for row in value]
        return tuple(sorted(rows, reverse=True) if rows and isinstance(rows[0], tuple) else rows)
    return Decimal(value)


def _row(row: Any) -> Any:
    is_pair = isinstance(row, list | tuple)
    return tuple(Decimal(part) for part in row) if is_pair else Decimal(row)


@dataclass(frozen=True, slots=True)
class Proportion(Parameters):
    """Tỷ lệ thuận: nothing to set."""

    kind = PointsRuleKind.LINEAR


@dataclass(frozen=True, slots=True)
class PointsRule:
    """Quy tắc điểm: the parameters of its kind; bonus only for over-achievement, capped."""

    how: Parameters = Proportion()
    bonus_per_percent: Decimal = ZERO
    bonus_cap: Decimal = ZERO

    @property
    def kind(self) -> PointsRuleKind:
        """Loại quy tắc."""
        return self.how.kind

    def to_data(self) -> dict[str, Any]:
        """Dạng lưu trữ: the kind, its parameters, the bonus."""
        return {
            "kind": self.kind.value,
            **self.how.to_data(),
            "bonus_per_percent": str(self.bonus_per_percent),
            "bonus_cap": str(self.bonus_cap),
        }
