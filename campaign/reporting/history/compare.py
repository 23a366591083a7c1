"""So sánh: two versions of a report, field by field and word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from campaign.core.cells import shown
from campaign.core.labelled import Labelled
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment

Piece = tuple[str, str]
"""Mẩu chữ: ("same", "ins" or "del", text)."""


@dataclass(frozen=True)
class Change:
    """Ô khác nhau giữa hai bản."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Từng chữ thêm, bớt và giữ."""
        return word_pieces(self.before, self.after)


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Khác nhau từng chữ."""
    old, new = before.split(" "), after.split(" ")
    pieces: list[Piece] = []
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(old[first:last])))
            continue
        if last > first:
            pieces.append(("del", " ".join(old[first:last])))
        if end > start:
            pieces.append(("ins", " ".join(new[start:end])))
    return tuple(pieces)


def _told(value: Any) -> str:
    """As a person reads it: a choice by its name."""
    return value.label if isinstance(value, Labelled) else shown(value)


_PARTS = {
    "value": "số liệu",
    "kind": "loại",
    "source": "nguồn",
    "comparison": "cùng kỳ",
    "note": "ghi chú",
    "blank_reason": "lý do trống",
}


def changes(before: Content, after: Content, names: dict[str, str]) -> list[Change]:
    """Các ô khác nhau, in the order of the report; `names` by subject ("v:1", "n:2", "s:3")."""
    differences: list[Change] = []

    def compare(label: str, old: Any, new: Any) -> None:
        if shown(old) != shown(new):
            differences.append(Change(label, _told(old), _told(new)))

    for key in sorted({*before.values, *after.values}):
        old, new = before.values.get(key, ClaimedFigure()), after.values.get(key, ClaimedFigure())
        for part, word in _PARTS.items():
            compare(f"{names.get(f'v:{key}', '')}: {word}", getattr(old, part), getattr(new, part))
    for key in sorted({*before.narratives, *after.narratives}):
        compare(
            names.get(f"n:{key}", ""), before.narratives.get(key, ""), after.narratives.get(key, "")
        )
    for key in sorted({*before.scores, *after.scores}):
        first, second = (
            before.scores.get(key, SelfAssessment()),
            after.scores.get(key, SelfAssessment()),
        )
        compare(f"{names.get(f's:{key}', '')}: điểm tự chấm", first.points, second.points)
        compare(f"{names.get(f's:{key}', '')}: giải trình", first.explanation, second.explanation)
    for key in sorted({*before.occurrences, *after.occurrences}):
        listed = (
            "; ".join(row.said for row in content.occurrences.get(key, ()))
            for content in (before, after)
        )
        compare(f"{names.get(f's:{key}', '')}: các lần đã kê", *listed)
    for warning in sorted({*before.answers, *after.answers}):
        indicator = names.get(f"v:{warning.rpartition(':')[2]}", "")
        compare(
            f"{indicator}: giải trình cảnh báo",
            before.answers.get(warning, ""),
            after.answers.get(warning, ""),
        )
    files = (
        {row["file_name"] for row in before.evidence},
        {row["file_name"] for row in after.evidence},
    )
    compare("Minh chứng", ", ".join(sorted(files[0])), ", ".join(sorted(files[1])))
    return differences
