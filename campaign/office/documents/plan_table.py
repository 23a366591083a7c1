"""Bảng điểm của kế hoạch in ra: each criterion with its points and how they are given."""

from collections.abc import Iterator, Mapping
from typing import Any

from campaign.core.numbers import format_points
from campaign.office.documents.targets import target_words
from campaign.scheme.rules.checklist import checklist_words
from campaign.scheme.rules.counts import count_rule_words
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import CriterionKind, Direction

_SIGNS = {CriterionKind.BONUS: "cộng tối đa ", CriterionKind.PENALTY: "trừ tối đa "}


def table_lines(scheme: Scheme, names: Mapping[str, Mapping[int, str]]) -> list[dict[str, Any]]:
    """Từng dòng của bảng điểm; `names`: of "blocks" and "units", for criteria of some alone."""
    return [line for group in scheme.groups for line in _group_lines(scheme, group, names)]


def _group_lines(
    scheme: Scheme, group: ScoredGroup, names: Mapping[str, Mapping[int, str]]
) -> Iterator[dict[str, Any]]:
    yield {
        "is_heading": True,
        "code": group.code,
        "name": group.name,
        "how": "",
        "maximum": maximum_words(group, scheme.places),
    }
    for criterion in group.criteria:
        yield {
            "is_heading": False,
            "code": criterion.code,
            "name": criterion.name,
            "how": how_words(scheme, criterion, names),
            "maximum": format_points(criterion.maximum, scheme.places),
        }


def maximum_words(group: ScoredGroup, places: int) -> str:
    """Điểm tối đa của nhóm, of bonus and penalty groups their ceiling."""
    limit = group.maximum if group.cap is None else group.cap
    return f"{_SIGNS.get(group.kind, '')}{format_points(limit, places)}"


def how_words(
    scheme: Scheme, criterion: ScoredCriterion, names: Mapping[str, Mapping[int, str]]
) -> str:
    """Cách cho điểm một tiêu chí: its rule or who judges it, its guidance, and for whom."""
    scope = [
        *(names["blocks"][key] for key in sorted(criterion.blocks) if key in names["blocks"]),
        *(names["units"][key] for key in sorted(criterion.units) if key in names["units"]),
    ]
    sentences = (
        _judged_words(scheme, criterion),
        criterion.guidance.strip(),
        "Phải có minh chứng" if criterion.evidence_required else "",
        f"Chỉ áp dụng cho {', '.join(scope)}" if scope else "",
    )
    return " ".join(f"{text.rstrip('.')}." for text in sentences if text)


def _judged_words(scheme: Scheme, criterion: ScoredCriterion) -> str:
    if criterion.count_rule is not None:
        return f"Theo số lần được công nhận: {count_rule_words(criterion.count_rule)}"
    if criterion.checklist:
        return f"Theo danh mục: {checklist_words(criterion.checklist)}"
    indicator = scheme.judged.get(criterion.id)
    if indicator is None:
        return f"Do {criterion.judged_by.label} cho điểm"
    if indicator.direction is Direction.WATCH:
        return f"Theo “{indicator.name}”: chỉ theo dõi"
    return f"Theo “{indicator.name}” ({target_words(indicator)}): {rule_words(indicator.rule)}"
