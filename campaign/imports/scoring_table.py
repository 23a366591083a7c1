"""Nhập bảng điểm: one row a criterion, with the group it stands in; as the table is exported."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaign.core.cells import LONGEST
from campaign.core.errors import RuleViolation, refuse
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_points
from campaign.core.permissions import Permission
from campaign.core.points import MOST_PLACES, least_points
from campaign.imports.importer import Column, Context, Importer, code_read
from campaign.imports.queries import Plan
from campaign.imports.readers import (
    EMPTY_CELL,
    campaign_of,
    choice_read,
    indicator_read,
    number_read,
)
from campaign.imports.rules import Outcome, Row, compared
from campaign.papers.workbook import Kind
from campaign.planning.criteria.actions import NO_RULES, write_criterion
from campaign.planning.criteria.sections import save_section
from campaign.scheme.criterion_cells import Rules, criterion_cell, rules_from_cell
from campaign.scheme.forms import MOST_CODE, MOST_POINTS
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.queries import own_way_of
from campaign.scheme.rules.checklist import checklist_from_data
from campaign.scheme.rules.counts import count_rule_from_data
from campaign.scheme.rules.terms import CriterionKind, JudgedBy


class Evidence(Labelled):
    """Cột minh chứng."""

    NEEDED = "needed", "cần minh chứng"
    FREE = "free", "không bắt buộc"


def _told_group(group: CriterionGroup, places: int) -> dict[str, str]:
    cap = _cap(group)
    return {"Tên nhóm": group.name, "Trần nhóm": "" if cap is None else format_points(cap, places)}


def _cap(group: CriterionGroup) -> Decimal | None:
    """How much a group of bonuses adds at most, or one of penalties takes at most."""
    return -group.floor if group.ceiling is None and group.floor is not None else group.ceiling


def told_rule(criterion: Criterion) -> str:
    """Quy tắc của tiêu chí, as its cell holds it."""
    return criterion_cell(
        Rules(
            count_rule_from_data(criterion.count_rule) if criterion.count_rule else None,
            own_way_of(criterion),
            checklist_from_data(criterion.checklist or ()) or None,
        )
    )


def _told_criterion(criterion: Criterion, plan: Plan, places: int) -> dict[str, str]:
    return {
        "Nhóm": plan.section_code(criterion.group_id),
        "Tiêu chí": criterion.name,
        "Loại nhóm": criterion.kind.label,
        "Tối đa": "" if criterion.maximum is None else format_points(criterion.maximum, places),
        "Ai cho điểm": criterion.judged_by.label,
        "Chỉ tiêu": plan.indicator_names.get(criterion.indicator_id or 0, ""),
        "Quy tắc": told_rule(criterion),
        "Minh chứng": (Evidence.NEEDED if criterion.evidence_required else Evidence.FREE).label,
        "Hướng dẫn chấm": criterion.guidance,
    }


def _group_of(context: Context, plan: Plan, values: Mapping[str, Any]) -> CriterionGroup:
    """Nhóm của dòng: made or changed by the first row that names it; the others must agree."""
    code = values["group"]
    known = plan.groups.get(code)
    group = known or CriterionGroup()
    wanted = name, ceiling, floor = _group_line(plan, code, values)
    if known is None or (known.name, known.ceiling, known.floor) != wanted:
        save_section(
            campaign_of(context),
            group,
            code=code,
            name=name,
            parent_id=group.parent_id,
            ceiling=ceiling,
            floor=floor,
        )
        plan.groups[code] = group
    return group


def _group_line(
    plan: Plan, code: str, values: Mapping[str, Any]
) -> tuple[str, Decimal | None, Decimal | None]:
    """Tên, trần và sàn của nhóm, as this row and all others of the group say them."""
    known = plan.groups.get(code)
    name = values.get("group_name") or (known.name if known else "")
    if not name:
        refuse(f"Nhóm {code} chưa có trong bảng điểm: hãy ghi tên nhóm.", "group_name")
    wanted = (name, *_bounds(known, values))
    if plan.group_lines.setdefault(code, wanted) != wanted:
        refuse(f"Các dòng của nhóm {code} ghi tên, loại hoặc trần của nhóm khác nhau.", "group")
    return wanted


def _bounds(
    known: CriterionGroup | None, values: Mapping[str, Any]
) -> tuple[Decimal | None, Decimal | None]:
    """Trần và sàn của nhóm; those it has where the row names no cap."""
    cap = values.get("cap")
    if cap is None:
        return (known.ceiling, known.floor) if known else (None, None)
    takes = known is not None and known.ceiling is None and known.floor is not None
    if "kind" in values:
        takes = values["kind"] is CriterionKind.PENALTY
    return (None, -cap) if takes else (cap, None)


def _before(
    plan: Plan, criterion: Criterion | None, code: str, places: int
) -> dict[str, str] | None:
    if criterion is None:
        return None
    group = plan.groups.get(code)
    told = _told_group(group, places) if group else {}
    return told | _told_criterion(criterion, plan, places)


def rules_of_row(criterion: Criterion, judged_by: JudgedBy, values: Mapping[str, Any]) -> Rules:
    """Quy tắc trong dòng; an empty cell leaves the number to the way of its indicator."""
    if "rule" not in values:
        return NO_RULES
    criterion.judgement = criterion.points_rule = None
    try:
        rules = rules_from_cell(values["rule"] or "", judged_by)
    except RuleViolation as violation:
        refuse(str(violation), "rule")
    if rules == NO_RULES and judged_by in {JudgedBy.COUNT, JudgedBy.CHECKLIST}:
        refuse("Hãy ghi quy tắc: số lần và điểm mỗi lần, hoặc các mục và điểm.", "rule")
    return rules


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One criterion of a plan that is not launched, and its group."""
    places = campaign_of(context).points_places
    plan = context.held.plan(campaign_of(context))
    known = plan.criteria.get(values["code"])
    before = _before(plan, known, values["group"], places)
    group = _group_of(context, plan, values)
    criterion = known or Criterion(guidance="", evidence_required=False)
    refuse_without_indicator(known, values)
    stored = _stored(group, criterion, values)
    rules = rules_of_row(criterion, values["judged_by"], values)
    write_criterion(campaign_of(context), criterion, stored, rules)
    plan.criteria[criterion.code] = criterion
    label = f"{criterion.code} {criterion.name}"
    now = _told_group(group, places) | _told_criterion(criterion, plan, places)
    return compared(row, label, before, now)


def refuse_without_indicator(known: Criterion | None, values: Mapping[str, Any]) -> None:
    """Tiêu chí mới tính theo chỉ tiêu thì phải ghi chỉ tiêu nào."""
    is_by_indicator = values["judged_by"] is JudgedBy.INDICATOR
    if is_by_indicator and values.get("indicator") is None and known is None:
        refuse("Hãy ghi tên chỉ tiêu cho tiêu chí tính theo chỉ tiêu.", "indicator")


def _stored(
    group: CriterionGroup, criterion: Criterion, values: Mapping[str, Any]
) -> dict[str, Any]:
    """What the row says of its criterion; an indicator that is not named stays."""
    indicator = values.get("indicator")
    return {
        "group_id": group.id,
        "code": values["code"],
        "name": values["name"],
        "kind": values.get("kind") or criterion.kind or CriterionKind.BASE,
        "maximum": values["maximum"],
        "judged_by": values["judged_by"],
        "indicator_id": indicator.id if indicator is not None else criterion.indicator_id,
        **said_beside(values),
    }


def said_beside(values: Mapping[str, Any]) -> dict[str, Any]:
    """Hướng dẫn chấm và minh chứng, where the file has their columns."""
    said: dict[str, Any] = {}
    if "guidance" in values:
        said["guidance"] = values["guidance"]
    if "evidence" in values:
        said["evidence_required"] = values["evidence"] is Evidence.NEEDED
    return said


SCORING_TABLE = Importer(
    "table",
    "Bảng điểm",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Mỗi dòng một tiêu chí, kèm nhóm chứa tiêu chí; tệp Excel tải từ trang Bảng điểm nhập "
        "lại được.",
        "Loại nhóm: điểm chuẩn, điểm thưởng hoặc điểm trừ; nhóm thưởng, nhóm trừ cần trần nhóm.",
        "Ai cho điểm: hệ thống tính theo chỉ tiêu (ghi tên chỉ tiêu), Thường trực hoặc Hội đồng.",
        "Nhiều tiêu chí ghi được cùng một chỉ tiêu. Quy tắc ghi như trong tệp tải về: để trống là "
        "theo cách tính của chỉ tiêu; cách tính riêng thì ghi cách đánh giá, dấu chấm phẩy, rồi "
        "quy tắc. Danh mục: Có quy chế: 2 / Có sơ kết: 3.",
        "Chỉ nhập được khi phong trào chưa phát động. Tiêu chí không có trong tệp giữ nguyên.",
        EMPTY_CELL,
    ],
    (
        Column("group", "Nhóm", "B", is_required=True, width=8, read=code_read, longest=MOST_CODE),
        Column("group_name", "Tên nhóm", "Nhiệm vụ chuyên môn (minh hoạ)", width=36),
        Column("kind", "Loại nhóm", "điểm chuẩn", width=16, read=choice_read(CriterionKind)),
        Column(
            "cap",
            "Trần nhóm",
            width=12,
            read=number_read(decimals=MOST_PLACES, minimum=Decimal(0), maximum=MOST_POINTS),
            kind=Kind.MEASURE,
        ),
        Column("code", "Mã", "B1", is_required=True, width=8, read=code_read, longest=MOST_CODE),
        Column("name", "Tiêu chí", "Hoàn thành kế hoạch (minh hoạ)", is_required=True, width=44),
        Column(
            "maximum",
            "Tối đa",
            Decimal(10),
            is_required=True,
            width=12,
            read=number_read(
                decimals=MOST_PLACES, minimum=least_points(MOST_PLACES), maximum=MOST_POINTS
            ),
            kind=Kind.MEASURE,
        ),
        Column(
            "judged_by",
            "Ai cho điểm",
            "Hội đồng",
            is_required=True,
            width=28,
            read=choice_read(JudgedBy),
        ),
        Column("indicator", "Chỉ tiêu", width=36, read=indicator_read),
        Column("rule", "Quy tắc", width=60, longest=LONGEST),
        Column("evidence", "Minh chứng", "cần minh chứng", width=16, read=choice_read(Evidence)),
        Column(
            "guidance",
            "Hướng dẫn chấm",
            "10 điểm khi đạt 100 % kế hoạch.",
            width=60,
            longest=LONGEST,
        ),
    ),
    _take,
    lambda row: row.text("code"),
    of_campaign=True,
)
