"""Bằng điểm, và phần không áp dụng: what a plan says of units that are hard to set in order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from campaign.core.numbers import known_id
from campaign.planning.rules import TieBreak
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, Direction

MOST_TIE_BREAKS = 5
"""Số tiêu chí phụ nhiều nhất a plan can name."""


class TieStep(NamedTuple):
    """Tiêu chí phụ của một kế hoạch: its kind, and the group it looks at, if any."""

    kind: TieBreak
    group_id: int | None = None

    @property
    def stored(self) -> str:
        """Dạng lưu trữ: "group:12", "council_vote"."""
        return self.kind.value if self.group_id is None else f"{self.kind.value}:{self.group_id}"


def read_step(stored: str) -> TieStep | None:
    """Đọc một tiêu chí phụ as stored; None where it is none of ours."""
    kind, _, number = stored.partition(":")
    if kind == TieBreak.GROUP:
        return TieStep(TieBreak.GROUP, known_id(number)) if known_id(number) else None
    return TieStep(TieBreak(kind)) if kind in set(TieBreak) and not number else None


def tie_chain(stored: Sequence[str], groups: Sequence[ScoredGroup]) -> list[TieStep]:
    """Chuỗi tiêu chí phụ, in order; a step whose group is not in the plan is left out."""
    known = {group.id for group in groups}
    steps = [step for text in stored if (step := read_step(text))]
    return [step for step in steps if step.group_id is None or step.group_id in known]


def is_missing(stored: str, groups: Sequence[ScoredGroup]) -> bool:
    """Whether a tie-break names something that the plan does not have."""
    return not tie_chain([stored], groups)


def step_words(step: TieStep, groups: Sequence[ScoredGroup]) -> str:
    """Tiêu chí phụ bằng lời: "điểm nhóm I cao hơn"."""
    group = next((row for row in groups if row.id == step.group_id), None)
    if group is None:
        return step.kind.label
    named = group_words(group.code)
    if group.kind is CriterionKind.PENALTY:
        return f"điểm trừ {named} ít hơn"
    return f"điểm {named} cao hơn"


def group_words(code: str) -> str:
    """Tên gọi của nhóm in a sentence: "nhóm I"; a code that says "Nhóm 1" itself is not doubled."""
    return code if code.casefold().startswith("nhóm") else f"nhóm {code}"


def node_words(node: ScoredGroup) -> str:
    """Tên gọi của một mục in a sentence: "nhóm I" at the top, "mục 1.2" below."""
    return group_words(node.code) if node.level == 1 else f"mục {node.code}"


def steps_offered(groups: Sequence[ScoredGroup]) -> list[tuple[str, str]]:
    """Các tiêu chí phụ kế hoạch chọn được: one for each group, then those that need none."""
    of_groups = [TieStep(TieBreak.GROUP, group.id) for group in groups]
    named: dict[int | None, str] = {group.id: group.name for group in groups}
    return [
        *(
            (step.stored, f"{step_words(step, groups)} ({named[step.group_id]})")
            for step in of_groups
        ),
        *((kind.value, kind.label) for kind in TieBreak if kind is not TieBreak.GROUP),
    ]


def renamed_chain(stored: Sequence[str], groups: Mapping[int, int]) -> list[str]:
    """Chuỗi tiêu chí phụ của bản sao, with the numbers of the copied groups."""
    chain = []
    for text in stored:
        step = read_step(text)
        if step is not None and step.group_id is None:
            chain.append(text)
        elif step is not None and (number := groups.get(step.group_id or 0)):
            chain.append(TieStep(step.kind, number).stored)
    return chain


def bonus_lost(
    indicator: MeasuredIndicator, group: ScoredGroup | None, *, has_criterion: bool
) -> str:
    """Vì sao điểm thưởng vượt chỉ tiêu would not be counted; empty where it is."""
    if indicator.direction is not Direction.AT_LEAST:
        return f"chỉ thưởng vượt được với chỉ tiêu “{Direction.AT_LEAST.label}”"
    if not has_criterion:
        return "chưa có tiêu chí nào tính theo chỉ tiêu này"
    if group is None:
        return "chưa chọn nhóm nhận điểm thưởng"
    if not group.takes_bonus:
        return f"{group_words(group.code)} không có tiêu chí điểm thưởng"
    return f"mức trần của {group_words(group.code)} là 0" if group.ceiling == 0 else ""
