"""Bảng xếp hạng: its rows and the columns that add up to each total."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from campaign.core.labelled import Labelled
from campaign.planning.models import Block
from campaign.planning.rules import Rescaling
from campaign.planning.ties import node_words
from campaign.ranking.order import Standing
from campaign.ranking.rules import Aggregate, tie_words
from campaign.ranking.sums import fallen_words, rescaling_step
from campaign.scheme.rules.sums import GroupTotal, Line, Total
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind


class Part(Labelled):
    """Phần cộng vào tổng điểm."""

    CRITERION = "criterion", "tiêu chí"
    BONUS = "bonus", "thưởng vượt chỉ tiêu"
    CEILING = "ceiling", "mức trần"
    FLOOR = "floor", "mức sàn"
    RESCALING = "rescaling", "quy đổi"


class Column(NamedTuple):
    """Cột cộng vào tổng điểm: the criterion or group it is about, its head and its full name."""

    part: Part
    number: int
    head: str
    title: str
    place: int = 0
    """Thứ tự của mục trong bảng điểm, where it is about one."""


_OF_SECTIONS = (
    (Part.BONUS, "vượt", "Thưởng vượt chỉ tiêu, tính vào"),
    (Part.CEILING, "trần", "Phần vượt mức trần của"),
    (Part.FLOOR, "sàn", "Phần điểm trừ quá mức sàn của"),
)
"""Phần cộng thêm ở một mục: its head and its title, before the code and the name."""
RESCALED_TO = {
    Rescaling.FULL_SCALE: "Quy đổi về thang điểm đầy đủ",
    Rescaling.SHARE: "Quy đổi ra tỷ lệ % của phần áp dụng",
}


@dataclass(slots=True)
class Row:
    """Đơn vị trên bảng xếp hạng: its lines, total and standing; without a standing, the reason."""

    id: int
    unit_id: int
    name: str
    short_name: str
    lines: dict[int, Line] = field(default_factory=dict)
    aggregates: dict[int, Aggregate] = field(default_factory=dict)
    counted: Total | None = None
    fallen: Sequence[str] = ()
    """Ký hiệu các nhóm điểm chuẩn không áp dụng."""
    uncounted: list[str] = field(default_factory=list)
    """Điểm thưởng, điểm trừ không tính được, and why: they cost no rank."""
    band: str = ""
    band_reason: str = ""
    reached: Sequence[str] = ()
    """Các mức đủ điểm, highest first, where the Council votes on bands."""
    standing: Standing | None = None
    decided_by: str = ""
    reason: str = ""
    version_id: int | None = None

    @property
    def tie(self) -> str:
        """Bằng điểm với đơn vị khác: shared, or what set it apart."""
        return tie_words(self.decided_by, is_tied=bool(self.standing and self.standing.sharing))

    @property
    def total(self) -> Decimal | None:
        """Tổng điểm được tính; None where one of its points is missing."""
        return self.counted.points if self.counted else None

    @property
    def groups(self) -> Sequence[GroupTotal]:
        """Điểm các nhóm as counted."""
        return self.counted.groups if self.counted else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Ghi chú bên tổng điểm: what does not apply, was re-scaled, or could not be counted."""
        return tuple(filter(None, (self.rescaled, *self.uncounted)))

    @property
    def rescaled(self) -> str:
        """Quy đổi bằng lời: which groups do not apply, and how the rest was re-scaled."""
        if self.counted is None:
            return ""
        return ", ".join(filter(None, (fallen_words(self.fallen), rescaling_step(self.counted))))

    def points_of(self, columns: Iterable[Column]) -> Iterator[Decimal | None]:
        """Điểm theo cột, each with its sign; None where there is none. They add up to the total."""
        return (self._point_of(column) for column in columns)

    def _point_of(self, column: Column) -> Decimal | None:
        if column.part is Part.CRITERION:
            line = self.lines.get(column.number)
            return line.signed if line else None
        if self.counted is None:
            return None
        if column.part is Part.RESCALING:
            return self.counted.rescaling
        node = self.counted.nodes[column.place]
        if column.part is Part.BONUS:
            return node.bonus
        return node.cut if column.part is Part.CEILING else node.lift


def _column_of(criterion: ScoredCriterion) -> Column:
    """Cột của một tiêu chí; of a penalty its name says so."""
    is_penalty = criterion.kind is CriterionKind.PENALTY
    title = f"{criterion.name} (điểm trừ)" if is_penalty else criterion.name
    return Column(Part.CRITERION, criterion.id, criterion.code, title)


@dataclass(frozen=True)
class Table:
    """Bảng xếp hạng của một khối: ranked rows in order, then the unranked with why."""

    block: Block
    scheme: Scheme
    ranked: Sequence[Row]
    unranked: Sequence[Row]
    rescaling: Rescaling = Rescaling.FULL_SCALE

    def without(self, unit_ids: Collection[int]) -> "Table":
        """Bảng không có các đơn vị này: their rows are not there, the others keep their places."""
        return replace(
            self,
            ranked=[row for row in self.ranked if row.unit_id not in unit_ids],
            unranked=[row for row in self.unranked if row.unit_id not in unit_ids],
        )

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Các cột cộng lại thành tổng: criteria; bonus, bounds, re-scaling where they hold any."""
        columns = [_column_of(criterion) for criterion in self.scheme.criteria]
        columns += [
            Column(part, node.id, f"{node.code}: {head}", f"{title} {node_words(node)}", place)
            for place, node in enumerate(self.scheme.nodes)
            for part, head, title in _OF_SECTIONS
        ]
        columns.append(Column(Part.RESCALING, 0, "Quy đổi", RESCALED_TO[self.rescaling]))
        return tuple(
            column for column in columns if column.part is Part.CRITERION or self._holds(column)
        )

    def _holds(self, column: Column) -> bool:
        return any(points for row in self.ranked for points in row.points_of([column]))
