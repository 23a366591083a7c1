"""Báo cáo of each unit and period."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.numbers import format_points
from campaign.extensions import db
from campaign.office.documents.targets import goal_words, measured
from campaign.office.heads import Asker, common, unit_office
from campaign.office.rules import Item, PaperContent
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign
from campaign.planning.queries import periods_of, scheme_of
from campaign.planning.rules import PART_NAMES
from campaign.ranking.sums import rescaling_step
from campaign.reporting import queries as reporting
from campaign.reporting.models import Report
from campaign.reporting.rules import ClaimedFigure, Content, Demands, from_snapshot
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.sums import Line, Total, settled, signed, totals
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup, sections_of
from campaign.scheme.rules.targets import GivenTo
from campaign.scheme.rules.terms import CriterionKind

_NUMBERS = ("III", "IV", "V", "VI", "VII", "VIII", "IX")
"""Số mục of what comes after targets and tasks: each part, then the points."""


def reports(asker: Asker, campaign: Campaign) -> list[Item]:
    """Báo cáo trong tầm nhìn: submitted ones; own ones from the first line on."""
    seen = {row.id: row for row in reporting.participations_seen(campaign.id, asker.sight)}
    names = {period.id: period.name for period in periods_of(campaign.id)}
    items = []
    for (participation_id, period_id), filed in reporting.filed(campaign.id, list(seen)).items():
        row = seen[participation_id]
        if filed.versions or row.unit_id in asker.sight.own:
            items.append(
                Item(filed.report_id, f"{row.unit.name}, {names[period_id]}", bool(filed.versions))
            )
    return sorted(items, key=lambda item: item.subject_id)


def report(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung báo cáo: the last version submitted, else what is being written."""
    row = reporting.report(campaign.id, subject_id, asker.sight)
    last = reporting.latest_version(subject_id)
    unit, scheme = row.participation.unit, scheme_of(campaign.id)
    content = from_snapshot(last.snapshot) if last else reporting.content_of(subject_id)
    head = unit_office(unit, db.session.get_one(User, last.submitted_by_id) if last else None)
    day = local_date(last.submitted_at) if last else None
    about = f"Kết quả thực hiện {drive_words(campaign.title)}, {row.period.name.lower()}"
    fields = (
        common(campaign, head, about=about, symbol=head.symbol("BC"), day=day)
        | {"unit": unit.name}
        | _told(row, content, scheme, is_final=last is not None)
    )
    version = f"Bản nộp số {last.number}" if last else "Bản đang soạn"
    return PaperContent(fields, version, last.submitted_at if last else None)


def _told(row: Report, content: Content, scheme: Scheme, *, is_final: bool) -> dict[str, Any]:
    demands = reporting.demands_of(row, scheme)
    to = GivenTo(row.participation.unit_id, row.participation.block_id, row.period_id)
    return {
        "values": [
            _value(scheme, indicator, content.values.get(indicator.id), to)
            for indicator in demands.indicators
        ],
        **_points(scheme, demands, content),
        **_texts(demands, content, is_final=is_final),
        "evidence": [file["file_name"] for file in content.evidence],
    }


def _points(scheme: Scheme, demands: Demands, content: Content) -> dict[str, Any]:
    """Bảng điểm tự chấm: each criterion under its sections, what stands beside them, the total."""
    added, plain = _summed(scheme, demands, content)
    scores = [
        row
        for criterion in demands.criteria
        for row in (
            *(_heading(node) for node in demands.headings.get(criterion.id, ())),
            _score(demands, criterion, content),
        )
    ]
    return {
        "scores": [*scores, *_beside(added, plain), *_left_out(demands, content)],
        "total": _with_sign(added.points, demands.places),
    }


def _texts(demands: Demands, content: Content, *, is_final: bool) -> dict[str, Any]:
    """Phần lời văn: what is told of each task, then the numbered parts that every report has."""
    told = [
        {"name": name, "text": content.narratives.get(key, "") or "…"}
        for key, name in demands.tasks.items()
        if not is_final or content.narratives.get(key)
    ]
    parts = [row for row in told if row["name"] in PART_NAMES]
    return {
        "narratives": [row for row in told if row["name"] not in PART_NAMES],
        "chapters": [
            {"number": number, **row} for number, row in zip(_NUMBERS, parts, strict=False)
        ],
        "scores_number": _NUMBERS[len(parts)],
    }


def _summed(scheme: Scheme, demands: Demands, content: Content) -> tuple[Total, Decimal]:
    """Tổng điểm tự chấm as the table adds up, re-scaled where a whole group does not apply and all
    of the rest was marked; and the plain sum.
    """
    given = {
        criterion: score.points
        for criterion in demands.criteria
        if (score := content.scores.get(criterion.id)) and score.points is not None
    }
    places = demands.places
    lines = settled(_lines(demands, given), places)
    added = totals(lines, sections_of(scheme.nodes), scheme.base_total, places=places)
    if any(row.kind is CriterionKind.BASE and row not in given for row in demands.criteria):
        added = added._replace(applicable=added.scale)
    plain = sum((signed(row.kind, points) for row, points in given.items()), Decimal(0))
    return added, plain


def _lines(demands: Demands, given: Mapping[ScoredCriterion, Decimal]) -> list[Line]:
    """Điểm đã chấm as the sums of the table take them."""
    return [
        Line(
            criterion.id,
            criterion.group_id,
            criterion.kind,
            points,
            demands.maxima[criterion.id],
            takes_from=criterion.takes_from,
            taken_id=criterion.taken_id,
            planned=criterion.maximum,
        )
        for criterion, points in given.items()
    ]


def _with_sign(points: Decimal, places: int) -> str:
    """Điểm kèm dấu, so that the column adds up."""
    return f"−{format_points(-points, places)}" if points < 0 else format_points(points, places)


def _beside(added: Total, plain: Decimal) -> Iterator[dict[str, str]]:
    """Dòng cuối of the points, where their plain sum is not the total: what ceilings, floors and
    the points that a penalty finds make of it, and how it is re-scaled.
    """
    if added.earned != plain:
        name = "Phần do mức tối đa, tối thiểu của các mục và của điểm trừ"
        yield _added(name, added.earned - plain, added.places)
    if added.is_rescaled:
        step = rescaling_step(added)
        name = f"Phần thêm vì có nhóm không áp dụng: {step}"
        yield _added(name, added.rescaling, added.places)


def _added(name: str, points: Decimal, places: int) -> dict[str, str]:
    blank = dict.fromkeys(("section", "code", "maximum", "explanation"), "")
    return {**blank, "name": name, "points": _with_sign(points, places)}


def _value(
    scheme: Scheme, indicator: MeasuredIndicator, claimed: ClaimedFigure | None, to: GivenTo
) -> dict[str, str]:
    fields = {"name": indicator.name, "target": goal_words(scheme, indicator, to)}
    if claimed is None:
        return fields | dict.fromkeys(("value", "source", "comparison", "kind"), "")
    reasons = filter(None, (claimed.source, claimed.note, claimed.blank_reason))
    return fields | {
        "value": measured(claimed.value, indicator.symbol),
        "source": "; ".join(reasons),
        "comparison": measured(claimed.comparison, indicator.symbol),
        "kind": claimed.kind.label if claimed.kind else "",
    }


def _heading(node: ScoredGroup) -> dict[str, str]:
    """Mục của bảng điểm, above what hangs on it."""
    blank = dict.fromkeys(("maximum", "points", "explanation"), "")
    return {"section": node.name, "code": node.code, "name": node.name, **blank}


def _left_out(demands: Demands, content: Content) -> Iterator[dict[str, str]]:
    """Tiêu chí chưa có điểm tự chấm, which the total leaves out."""
    codes = [row.code for row in demands.criteria if _points_of(content, row) is None]
    if codes and len(codes) < len(demands.criteria):
        blank = dict.fromkeys(("section", "code", "maximum", "points", "explanation"), "")
        yield {**blank, "name": f"Tổng điểm chưa gồm {', '.join(codes)}: chưa có điểm tự chấm"}


def _points_of(content: Content, criterion: ScoredCriterion) -> Decimal | None:
    score = content.scores.get(criterion.id)
    return score.points if score else None


def _explained(content: Content, criterion: ScoredCriterion) -> str:
    """Thuyết minh of a criterion; of one that is counted what was listed, one by one."""
    if criterion.count_rule is None:
        score = content.scores.get(criterion.id)
        return score.explanation if score else ""
    listed = content.occurrences.get(criterion.id, ())
    if not listed:
        return "Kỳ này không kê lần nào."
    return f"Kê {len(listed)} lần: {'; '.join(row.said for row in listed)}."


def _score(demands: Demands, criterion: ScoredCriterion, content: Content) -> dict[str, str]:
    points, places = _points_of(content, criterion), demands.places
    return {
        "section": "",
        "code": criterion.code,
        "name": criterion.name,
        "maximum": format_points(demands.maxima[criterion.id], places),
        "points": "" if points is None else _with_sign(signed(criterion.kind, points), places),
        "explanation": _explained(content, criterion),
    }
