"""Nhập bảng điểm theo cấp: one row a section or a criterion, as the table is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from campaign.core.cells import LONGEST
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import format_decimal, format_points
from campaign.core.permissions import Permission
from campaign.core.points import MOST_PLACES, ZERO, least_points
from campaign.core.text import search_key
from campaign.imports.importer import Column, Context, Importer, Reader, code_read
from campaign.imports.queries import Plan
from campaign.imports.readers import EMPTY_CELL, campaign_of, choice_read, indicator_read
from campaign.imports.rules import Outcome, Row, compared
from campaign.imports.scoring_table import (
    SCORING_TABLE,
    Evidence,
    refuse_without_indicator,
    rules_of_row,
    said_beside,
    told_rule,
)
from campaign.papers.workbook import Kind
from campaign.planning.criteria.actions import write_criterion
from campaign.planning.criteria.sections import save_section
from campaign.planning.models import Campaign
from campaign.scheme.forms import MOST_CODE, MOST_POINTS
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from campaign.scheme.rules.tree import MOST_LEVELS

_ABOVE, _BELOW = "above", "below"
"""What is known of a row from those around it: the row of its section, and the sum below it."""
_SECTION, _LEAF = "section", "leaf"
_TAKES = {
    "": TakesFrom.TOTAL,
    "tong": TakesFrom.TOTAL,
    "tong diem": TakesFrom.TOTAL,
    "muc": TakesFrom.GROUP,
    "nhom": TakesFrom.GROUP,
    search_key(TakesFrom.GROUP.label): TakesFrom.GROUP,
}


def _points_read(*, is_positive: bool = False) -> Reader:
    """Cột điểm, with as many decimals as the plan gives points."""

    def read(context: Context, row: Row, key: str) -> Decimal | None:
        places = campaign_of(context).points_places
        lowest = least_points(places) if is_positive else -MOST_POINTS
        return row.number_of(key, rounds=True, decimals=places, minimum=lowest, maximum=MOST_POINTS)

    return read


def _level_read(_context: Context, row: Row, key: str) -> int | None:
    level = row.number_of(
        key, rounds=True, decimals=0, minimum=Decimal(1), maximum=Decimal(MOST_LEVELS)
    )
    return None if level is None else int(level)


def _placed(rows: list[Row]) -> list[Row]:
    """Each row with its section; a penalty that names a criterion comes after all of these."""
    open_rows: dict[int, Row] = {}
    placed = []
    for row in rows:
        level = _level_in(row)
        above = open_rows.get(level - 1)
        known = replace(row, cells={**row.cells, _ABOVE: _number(above)})
        placed.append(known)
        open_rows = {at: other for at, other in open_rows.items() if at < level}
        if row.label("judged_by"):
            _count_below(open_rows.values(), row)
        else:
            open_rows[level] = known
    return sorted(placed, key=lambda row: search_key(row.label("takes")) not in _TAKES)


def _number(row: Row | None) -> Decimal | None:
    return None if row is None else Decimal(row.number)


def _level_in(row: Row) -> int:
    """The level of a row; 0 where it cannot be read, which is told when it is taken."""
    try:
        return int(row.number_of("level", decimals=0) or 0)
    except RuleViolation:
        return 0


def _count_below(sections: Any, row: Row) -> None:
    """Add a criterion's points to the sections around it, to compare with what they say."""
    kind = search_key(row.label("kind"))
    try:
        points = row.number_of("maximum", decimals=MOST_PLACES) or ZERO
    except RuleViolation:
        return
    for section in sections:
        cells: Any = section.cells
        if kind in {"", search_key(CriterionKind.BASE.label)}:
            cells[_BELOW] = cells.get(_BELOW, ZERO) + points
        else:
            cells.setdefault(_BELOW, ZERO)


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One section or criterion of a plan that is not launched."""
    if "judged_by" not in values:
        refuse("Tệp cần cột «Ai cho điểm»: dòng ghi ai cho điểm là tiêu chí, các dòng khác là mục.")
    plan = context.held.plan(campaign_of(context))
    above = _section_above(plan, row, values["level"])
    if values["judged_by"] is None:
        return _take_section(context, plan, row, values, above)
    if above is None:
        refuse("Tiêu chí phải nằm trong một mục: hãy ghi mục ở dòng trên.", "level")
    return _take_leaf(context, plan, row, values, above)


def _section_above(plan: Plan, row: Row, level: int) -> CriterionGroup | None:
    if level == 1:
        return None
    number = row.cells.get(_ABOVE)
    if number is None:
        refuse(f"Dòng cấp {level} cần một mục cấp {level - 1} ở phía trên.", "level")
    section = plan.sections.get(int(str(number)))
    if section is None:
        refuse(f"Mục ở dòng {number} phía trên chưa đúng nên chưa đọc được dòng này.", "level")
    return section


def _full_code(plan: Plan, row: Row, sort: str, code: str, above: CriterionGroup | None) -> str:
    """Mã của dòng: one that stands in another section already is told apart by its section's."""
    full = code
    if (sort, code) in plan.codes and above is not None:
        full = f"{above.code}.{code}"
        row.notes.append(f"Mã “{code}” đã có ở trên: dòng này ghi là “{full}”.")
    if (sort, full) in plan.codes:
        refuse(f"Trùng mã với dòng {plan.codes[sort, full]} của tệp này.", "code")
    plan.codes[sort, full] = row.number
    return full


def _told_section(section: CriterionGroup, plan: Plan, places: int) -> dict[str, str]:
    return {
        "Nằm trong": plan.section_code(section.parent_id),
        "Tiêu chí": section.name,
        "Trần": "" if section.ceiling is None else format_points(section.ceiling, places),
        "Sàn": "" if section.floor is None else format_points(section.floor, places),
    }


def _take_section(
    context: Context,
    plan: Plan,
    row: Row,
    values: Mapping[str, Any],
    above: CriterionGroup | None,
) -> Outcome:
    campaign = campaign_of(context)
    _refuse_unless_section(row, values)
    code = _full_code(plan, row, _SECTION, values["code"], above)
    known = plan.groups.get(code)
    before = _told_section(known, plan, campaign.points_places) if known else None
    section = known or CriterionGroup()
    _save(campaign, section, {**values, "code": code}, above.id if above else None)
    plan.groups[code] = plan.sections[row.number] = section
    _note_points(plan, row, values, above)
    label = f"{code} {section.name}"
    return compared(row, label, before, _told_section(section, plan, campaign.points_places))


def _refuse_unless_section(row: Row, values: Mapping[str, Any]) -> None:
    """A row that does not say who judges it, but can be nothing but a criterion."""
    if values["level"] == MOST_LEVELS:
        refuse(f"Dòng cấp {MOST_LEVELS} là tiêu chí: hãy ghi ai cho điểm.", "judged_by")
    if values.get("maximum") is not None and row.cells.get(_BELOW) is None:
        refuse(
            "Mục này không có tiêu chí nào bên dưới; nếu là tiêu chí, hãy ghi ai cho điểm.",
            "judged_by",
        )


def _save(
    campaign: Campaign, section: CriterionGroup, values: Mapping[str, Any], parent_id: int | None
) -> None:
    """The section as its row says it; bounds without a column stay."""
    save_section(
        campaign,
        section,
        code=values["code"],
        name=values["name"],
        parent_id=parent_id,
        ceiling=values.get("ceiling", section.ceiling),
        floor=values.get("floor", section.floor),
    )


def _note_points(
    plan: Plan, row: Row, values: Mapping[str, Any], above: CriterionGroup | None
) -> None:
    """Keep of what kind the points below are, and note where those at the section do not fit."""
    inherited = plan.kinds.get(int(str(row.cells[_ABOVE]))) if above else None
    plan.kinds[row.number] = values.get("kind") or inherited
    if said := _doubt(plan, row, values.get("maximum")):
        row.notes.append(row.said("maximum", said))


def _doubt(plan: Plan, row: Row, points: Decimal | None) -> str:
    """What the points that stand at a section do not agree with; empty where they do."""
    if points is None:
        return ""
    if plan.kinds[row.number] not in {None, CriterionKind.BASE}:
        return "Điểm ghi ở mục không có tác dụng; mức trần, mức sàn có cột riêng."
    below = Decimal(str(row.cells[_BELOW]))
    if points == below:
        return ""
    return (
        f"Mục ghi {format_decimal(points)} điểm, các tiêu chí điểm chuẩn bên dưới cộng lại "
        f"{format_decimal(below)}."
    )


def _told_leaf(criterion: Criterion, plan: Plan, places: int) -> dict[str, str]:
    taken = next(
        (code for code, row in plan.criteria.items() if row.id == criterion.taken_criterion_id), ""
    )
    takes = taken or criterion.takes_from.label
    return {
        "Nằm trong": plan.section_code(criterion.group_id),
        "Tiêu chí": criterion.name,
        "Loại": criterion.kind.label,
        "Tối đa": "" if criterion.maximum is None else format_points(criterion.maximum, places),
        "Trừ vào": takes if criterion.kind is CriterionKind.PENALTY else "",
        "Ai cho điểm": criterion.judged_by.label,
        "Chỉ tiêu": plan.indicator_names.get(criterion.indicator_id or 0, ""),
        "Quy tắc": told_rule(criterion),
        "Minh chứng": (Evidence.NEEDED if criterion.evidence_required else Evidence.FREE).label,
        "Hướng dẫn chấm": criterion.guidance,
    }


def _take_leaf(
    context: Context, plan: Plan, row: Row, values: Mapping[str, Any], above: CriterionGroup
) -> Outcome:
    campaign = campaign_of(context)
    for name in ("ceiling", "floor"):
        if values.get(name) is not None:
            refuse("Trần và sàn ghi ở dòng của mục, không ghi ở tiêu chí.", name)
    code = _full_code(plan, row, _LEAF, values["code"], above)
    known = plan.criteria.get(code)
    before = _told_leaf(known, plan, campaign.points_places) if known else None
    criterion = known or Criterion(guidance="", evidence_required=False)
    refuse_without_indicator(known, values)
    stored = {"group_id": above.id, "code": code, **_stored(plan, row, criterion, values)}
    rules = rules_of_row(criterion, values["judged_by"], values)
    write_criterion(campaign, criterion, stored, rules)
    plan.criteria[code] = criterion
    label = f"{code} {criterion.name}"
    return compared(row, label, before, _told_leaf(criterion, plan, campaign.points_places))


def _stored(
    plan: Plan, row: Row, criterion: Criterion, values: Mapping[str, Any]
) -> dict[str, Any]:
    """What the row says of its criterion; its kind is its own, its section's or what it was."""
    inherited = plan.kinds.get(int(str(row.cells[_ABOVE])))
    standing = None if "kind" in values else criterion.kind
    indicator = values.get("indicator")
    return {
        "name": values["name"],
        "kind": values.get("kind") or inherited or standing or CriterionKind.BASE,
        "maximum": values.get("maximum", criterion.maximum),
        "judged_by": values["judged_by"],
        "indicator_id": indicator.id if indicator is not None else criterion.indicator_id,
        **(_taking(plan, values["takes"]) if "takes" in values else {}),
        **said_beside(values),
    }


def _taking(plan: Plan, text: str) -> dict[str, Any]:
    takes_from = _TAKES.get(search_key(text))
    if takes_from is not None:
        return {"takes_from": takes_from, "taken_criterion_id": None}
    taken = plan.criteria.get(text)
    if taken is None:
        refuse(
            f"Bảng điểm không có tiêu chí mã “{text}”. Hãy ghi tổng điểm, mục, hoặc mã tiêu chí bị "
            "trừ.",
            "takes",
        )
    return {"takes_from": TakesFrom.CRITERION, "taken_criterion_id": taken.id}


_EXAMPLES: Sequence[Sequence[str | int | None]] = (
    (1, "I", "Nhiệm vụ chuyên môn (minh hoạ)"),
    (2, "1", "Chỉ tiêu được giao (minh hoạ)", None, None, 30),
    (3, "1.1", "Hoàn thành kế hoạch (minh hoạ)", "điểm chuẩn", 20, None, None, None, "Hội đồng"),
    (3, "1.2", "Sáng kiến (minh hoạ)", "điểm thưởng", 5, None, None, None, "Thường trực"),
    (2, "2", "Báo cáo chậm (minh hoạ)", "điểm trừ", None, None, None, "mục", "Thường trực"),
)

SCORING_TREE = Importer(
    "table",
    "Bảng điểm",
    Permission.CAMPAIGN_PLAN,
    "plan.edit",
    [
        "Mỗi dòng một mục hoặc một tiêu chí, theo thứ tự in trong bảng; cấp 1 là nhóm, nhiều nhất "
        "bốn cấp. Dòng ghi ai cho điểm là tiêu chí, các dòng khác là mục.",
        "Tệp Excel tải từ trang Bảng điểm nhập lại được; tệp theo mẫu cũ, mỗi dòng một tiêu chí "
        "kèm nhóm, cũng nhập được.",
        "Loại: điểm chuẩn, điểm thưởng hoặc điểm trừ; ghi ở mục thì mọi tiêu chí trong mục theo "
        "đó.",
        "Điểm thưởng, điểm trừ để trống điểm tối đa là không giới hạn. Trần, sàn ghi ở mục.",
        "Trừ vào: tổng điểm, mục (đến hết điểm của mục chứa tiêu chí) hoặc mã tiêu chí bị trừ.",
        "Ai cho điểm: hệ thống tính theo chỉ tiêu (ghi tên chỉ tiêu), hệ thống tính theo số lần "
        "(ghi quy tắc, ví dụ “số lần nhân với điểm mỗi lần; mỗi lần = 2”), Thường trực hoặc Hội "
        "đồng.",
        "Quy tắc để trống là theo cách tính của chỉ tiêu; cách tính riêng thì ghi cách đánh giá, "
        "dấu chấm phẩy, rồi quy tắc. Danh mục: Có quy chế: 2 / Có sơ kết: 3.",
        "Chỉ nhập được khi phong trào chưa phát động. Tiêu chí không có trong tệp giữ nguyên.",
        EMPTY_CELL,
    ],
    (
        Column("level", "Cấp", is_required=True, width=8, read=_level_read, kind=Kind.WHOLE),
        Column("code", "Mã", is_required=True, width=10, read=code_read, longest=MOST_CODE),
        Column("name", "Tiêu chí", is_required=True, width=44),
        Column("kind", "Loại", width=16, read=choice_read(CriterionKind)),
        Column(
            "maximum", "Tối đa", width=12, read=_points_read(is_positive=True), kind=Kind.POINTS
        ),
        Column("ceiling", "Trần", width=12, read=_points_read(), kind=Kind.POINTS),
        Column("floor", "Sàn", width=12, read=_points_read(), kind=Kind.POINTS),
        Column("takes", "Trừ vào", width=16, read=code_read),
        Column("judged_by", "Ai cho điểm", width=28, read=choice_read(JudgedBy)),
        Column("indicator", "Chỉ tiêu", width=36, read=indicator_read),
        Column("rule", "Quy tắc", width=60, longest=LONGEST),
        Column("evidence", "Minh chứng", width=16, read=choice_read(Evidence)),
        Column("guidance", "Hướng dẫn chấm", width=60, longest=LONGEST),
    ),
    _take,
    lambda _row: "",
    order=_placed,
    of_campaign=True,
    named_by="code",
    older=SCORING_TABLE,
    examples=tuple((*row, *[None] * (13 - len(row))) for row in _EXAMPLES),
)
