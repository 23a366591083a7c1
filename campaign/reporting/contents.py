"""Mục lục của báo cáo: its entries in the order of the page, and what each still lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.reporting.checks import Finding
from campaign.reporting.rules import Content, Demands, SelfAssessment
from campaign.scheme.rules.table import ScoredCriterion


@dataclass(frozen=True, slots=True)
class Entry:
    """Mục: where it stands on the page, its name, and how much of it must be dealt with."""

    anchor: str
    title: str
    left: int
    is_blank: bool = False
    """Chưa ghi gì mà cũng không bắt buộc."""

    @property
    def state(self) -> str:
        """Còn thiếu gì, in a word or two."""
        if self.left:
            return f"còn {self.left} chỗ"
        return "chưa ghi" if self.is_blank else "đủ"

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return "warn" if self.left else "neutral" if self.is_blank else "ok"


@dataclass(frozen=True, slots=True)
class Part:
    """Phần của báo cáo."""

    title: str
    entries: Sequence[Entry]


def contents(demands: Demands, content: Content, remaining: Sequence[Finding]) -> list[Part]:
    """Mục lục, with what remains counted by entry; a part that asks for nothing is not in it."""
    left = Counter(finding.subject for finding in remaining)
    values = [
        Entry(f"v-{row.id}", row.short_name, left[f"v:{row.id}"]) for row in demands.indicators
    ]
    tasks = [Entry(f"n-{key}", name, left[f"n:{key}"]) for key, name in demands.tasks.items()]
    parts = [
        Part("I. Chỉ tiêu", values),
        Part("II. Nhiệm vụ chuyên môn", tasks),
        Part("III. Tự chấm", _scores(demands, content, left)),
    ]
    return [part for part in parts if part.entries]


def _scores(demands: Demands, content: Content, left: Counter[str]) -> list[Entry]:
    """Tự chấm, with what remains of points and of evidence."""
    return [
        Entry(
            f"e-{row.id}",
            f"{row.code}. {row.name}",
            left[f"s:{row.id}"] + left[f"e:{row.id}"],
            _is_blank(row, content.scores.get(row.id, SelfAssessment())),
        )
        for row in demands.criteria
    ]


def _is_blank(criterion: ScoredCriterion, scored: SelfAssessment) -> bool:
    return not criterion.is_worked_out and scored.points is None


def contents_words(parts: Sequence[Part]) -> str:
    """Mục lục nói gọn: how many entries lack nothing, of how many."""
    entries = [entry for part in parts for entry in part.entries]
    done = sum(not entry.left for entry in entries)
    return f"Mục lục: {done}/{len(entries)} mục đã đủ"
