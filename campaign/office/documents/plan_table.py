"""Bảng điểm của kế hoạch in ra: each criterion with its points and how they are given."""

from collections.abc import Iterator, Mapping
from typing import Any

from campaign.core.numbers import format_points
from campaign.core.text import sentence
from campaign.council.named import markers_words
from campaign.office.documents.targets import target_words
from campaign.scheme.rules.checklist import checklist_words
from campaign.scheme.rules.counts import count_rule_words
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.telling import rule_words
from campaign.scheme.rules.terms import CriterionKind, Direction, TakesFrom


def table_lines(scheme: Scheme, names: Mapping[str, Mapping[int, str]]) -> list[dict[str, Any]]:
    """Từng dòng của bảng điểm; `names`: of "blocks", "units" and "people", for criteria of some
    alone or marked by some.
    """
    return [line for node in scheme.nodes for line in _node_lines(scheme, node, names)]


def _node_lines(
    scheme: Scheme, node: ScoredGroup, names: Mapping[str, Mapping[int, str]]
) -> Iterator[dict[str, Any]]:
    """A section and what hangs on it; the sections below follow with their own."""
    yield {
        "is_heading": True,
        "code": node.code,
        "name": node.name,
        "how": f"{bounds.capitalize()} điểm." if (bounds := node.bounds(scheme.places)) else "",
        "maximum": node.most_words(scheme.places),
    }
    for criterion in node.own:
        yield {
            "is_heading": False,
            "code": criterion.code,
            "name": criterion.name,
            "how": _kind_words(scheme, node, criterion) + how_words(scheme, criterion, names),
            "maximum": format_points(criterion.maximum, scheme.places),
        }


def _kind_words(scheme: Scheme, node: ScoredGroup, criterion: ScoredCriterion) -> str:
    """Loại của tiêu chí, where its section does not say it."""
    is_said = criterion.kind is node.kind and criterion.takes_from is TakesFrom.TOTAL
    return "" if is_said else f"{sentence(scheme.kind_words(criterion))} "


def how_words(
    scheme: Scheme, criterion: ScoredCriterion, names: Mapping[str, Mapping[int, str]]
) -> str:
    """Cách cho điểm một tiêu chí: its rule or who judges it, its guidance, and for whom."""
    scope = [
        *(names["blocks"][key] for key in sorted(criterion.blocks) if key in names["blocks"]),
        *(names["units"][key] for key in sorted(criterion.units) if key in names["units"]),
    ]
    sentences = (
        _judged_words(scheme, criterion, names),
        criterion.guidance.strip(),
        "Phải có minh chứng" if criterion.evidence_required else "",
        f"Chỉ áp dụng cho {', '.join(scope)}" if scope else "",
        _concerned_words(scheme, criterion),
    )
    return " ".join(f"{text.rstrip('.')}." for text in sentences if text)


def _concerned_words(scheme: Scheme, criterion: ScoredCriterion) -> str:
    """Chỉ chấm những đơn vị nào, as the indicator names them."""
    indicator = scheme.indicators.get(criterion.indicator_id or 0)
    words = indicator.concerned_words if indicator is not None else ""
    return f"Chỉ chấm {words}" if words else ""


def _judged_words(
    scheme: Scheme, criterion: ScoredCriterion, names: Mapping[str, Mapping[int, str]]
) -> str:
    if criterion.count_rule is not None:
        is_penalty = criterion.kind is CriterionKind.PENALTY
        words = count_rule_words(criterion.count_rule, is_penalty=is_penalty)
        return f"Theo số lần được công nhận: {words}"
    if criterion.checklist:
        return f"Theo danh mục: {checklist_words(criterion.checklist)}"
    indicator = scheme.judged.get(criterion.id)
    if indicator is None:
        who = markers_words(criterion.markers, names["people"])
        return f"Do {criterion.judged_by.label} cho điểm" + (f": {who}" if who else "")
    if indicator.direction is Direction.WATCH:
        return f"Theo “{indicator.name}”: chỉ theo dõi"
    words = rule_words(indicator.rule, indicator.direction)
    return f"Theo “{indicator.name}” ({target_words(indicator)}): {words}"
