"""So sánh: two versions of a report, field by field and word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from campaign.core.cells import shown
from campaign.core.labelled import Labelled
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment

Piece = tuple[str, str]
"""Mẩu chữ: ("same", "ins" or "del", text)."""
Pair = tuple[str, Any, Any]
"""Một ô ở hai bản: its label, what it held before and what it holds after."""


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
    pairs = [
        *_figures(before, after, names),
        *_texts(before, after, names),
        *_assessments(before, after, names),
        *_occurrences(before, after, names),
        *_answers(before, after, names),
        ("Minh chứng", _file_names(before), _file_names(after)),
    ]
    return [
        Change(label, _told(old), _told(new)) for label, old, new in pairs if _differs(old, new)
    ]


def _differs(old: Any, new: Any) -> bool:
    return shown(old) != shown(new)


def _figures(before: Content, after: Content, names: dict[str, str]) -> Iterator[Pair]:
    for key in sorted({*before.values, *after.values}):
        old, new = before.values.get(key, ClaimedFigure()), after.values.get(key, ClaimedFigure())
        for part, word in _PARTS.items():
            yield f"{names.get(f'v:{key}', '')}: {word}", getattr(old, part), getattr(new, part)


def _texts(before: Content, after: Content, names: dict[str, str]) -> Iterator[Pair]:
    for key in sorted({*before.narratives, *after.narratives}):
        old, new = before.narratives.get(key, ""), after.narratives.get(key, "")
        yield names.get(f"n:{key}", ""), old, new


def _assessments(before: Content, after: Content, names: dict[str, str]) -> Iterator[Pair]:
    for key in sorted({*before.scores, *after.scores}):
        first, second = (
            before.scores.get(key, SelfAssessment()),
            after.scores.get(key, SelfAssessment()),
        )
        yield f"{names.get(f's:{key}', '')}: điểm tự chấm", first.points, second.points
        yield f"{names.get(f's:{key}', '')}: giải trình", first.explanation, second.explanation


def _occurrences(before: Content, after: Content, names: dict[str, str]) -> Iterator[Pair]:
    for key in sorted({*before.occurrences, *after.occurrences}):
        old, new = (
            "; ".join(row.said for row in content.occurrences.get(key, ()))
            for content in (before, after)
        )
        yield f"{names.get(f's:{key}', '')}: các lần đã kê", old, new


def _answers(before: Content, after: Content, names: dict[str, str]) -> Iterator[Pair]:
    """Giải trình cảnh báo, each by the indicator it is about."""
    for warning in sorted({*before.answers, *after.answers}):
        indicator = names.get(f"v:{warning.rpartition(':')[2]}", "")
        old, new = before.answers.get(warning, ""), after.answers.get(warning, "")
        yield f"{indicator}: giải trình cảnh báo", old, new


def _file_names(content: Content) -> str:
    return ", ".join(sorted({row["file_name"] for row in content.evidence}))
