"""Mục của bảng điểm: writing the tree of sections, and where penalties take from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.planning import actions, queries
from campaign.planning.models import Campaign
from campaign.planning.ties import node_words
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.queries import penalties_on
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, TakesFrom
from campaign.scheme.rules.tree import MOST_LEVELS

INDENT = "\u2003"


def save_section(
    campaign: Campaign,
    section: CriterionGroup,
    *,
    code: str,
    name: str,
    parent_id: int | None = None,
    ceiling: Decimal | None = None,
    floor: Decimal | None = None,
) -> None:
    """Ghi một mục: in the group or section it stands in, within ceiling and floor."""
    if ceiling is not None and ceiling < 0:
        refuse("Trần phải từ 0 trở lên; mức thấp nhất thì ghi ở ô sàn.", "ceiling")
    if ceiling is not None and floor is not None and ceiling < floor:
        refuse("Trần phải từ mức sàn trở lên.", "ceiling")
    if parent_id is not None:
        refuse_unfit_parent(queries.scheme_of(campaign.id), section.id, parent_id)
    actions.save_row(
        campaign,
        section,
        {
            "code": code,
            "name": name,
            "parent_id": parent_id,
            "ceiling": ceiling,
            "floor": floor,
        },
    )


def refuse_unfit_parent(scheme: Scheme, section_id: int | None, parent_id: int) -> None:
    """A section stands neither below itself nor so deep that no criterion fits below it."""
    known = {node.id: node for node in scheme.nodes}
    parent, own = known.get(parent_id), known.get(section_id or 0)
    if parent is None:
        refuse("Hãy chọn một mục của bảng điểm này.", "parent_id")
    if own is not None and parent.id in {node.id for node in own.outline}:
        refuse(
            "Một mục không nằm được trong chính mục ấy hoặc trong mục con của mục ấy.", "parent_id"
        )
    height = 1 + max((node.level - own.level for node in own.nodes), default=0) if own else 1
    if parent.level + height >= MOST_LEVELS:
        refuse(
            f"Bảng điểm có nhiều nhất {MOST_LEVELS} cấp, tính cả tiêu chí: {node_words(parent)} "
            "không chứa thêm được mục con.",
            "parent_id",
        )


def parents_offered(scheme: Scheme, section_id: int | None) -> list[tuple[str, str]]:
    """Các mục chứa được mục này, each as deep as it stands."""
    own = next((node for node in scheme.nodes if node.id == section_id), None)
    height = 1 + max((node.level - own.level for node in own.nodes), default=0) if own else 1
    below = {node.id for node in own.outline} if own else set()
    return [
        (str(node.id), indented(node))
        for node in scheme.nodes
        if node.level + height < MOST_LEVELS and node.id not in below
    ]


def indented(node: ScoredGroup) -> str:
    """Tên của mục trong một danh sách, set in by its level."""
    return f"{INDENT * (node.level - 1)}{node.code}. {node.name}"


def delete_section(campaign: Campaign, section: CriterionGroup) -> None:
    """Xoá một mục: only an empty one."""
    rows = queries.rows_of(CriterionGroup, campaign.id)
    if any(row.parent_id == section.id for row in rows):
        refuse("Mục còn mục con; hãy xoá hoặc chuyển các mục con sang chỗ khác trước.")
    if any(row.group_id == section.id for row in queries.rows_of(Criterion, campaign.id)):
        refuse("Nhóm còn tiêu chí; hãy xoá hoặc chuyển các tiêu chí sang nhóm khác trước.")
    actions.delete_row(campaign, section)


def delete_whole(campaign: Campaign, section: CriterionGroup) -> None:
    """Xoá một mục cùng mọi mục và tiêu chí trong nó; refused where something outside names one."""
    actions.refuse_if_frozen(campaign)
    node = next(row for row in queries.scheme_of(campaign.id).nodes if row.id == section.id)
    own = {row.id for row in node.criteria}
    for criterion in [queries.row_of(Criterion, campaign.id, number) for number in own]:
        if criterion.taken_criterion_id in own:
            criterion.takes_from, criterion.taken_criterion_id = TakesFrom.TOTAL, None
    db.session.flush()
    for number in own:
        actions.delete_row(campaign, queries.row_of(Criterion, campaign.id, number))
    for below in reversed(node.outline):
        actions.delete_row(campaign, queries.row_of(CriterionGroup, campaign.id, below.id))


def siblings_of(campaign: Campaign, section: CriterionGroup) -> Sequence[CriterionGroup]:
    """Các mục cùng cấp với một mục, in order."""
    rows = queries.rows_of(CriterionGroup, campaign.id)
    return [row for row in rows if row.parent_id == section.parent_id]


def taking_of(
    campaign: Campaign, criterion: Criterion, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Trừ vào đâu, as it is kept: a penalty takes from the total where nothing else is said; of
    what it takes from it must exist, and be no penalty itself.
    """
    kind = values.get("kind", criterion.kind or CriterionKind.BASE)
    takes_from = values.get("takes_from", criterion.takes_from or TakesFrom.TOTAL)
    taken_id = values.get("taken_criterion_id", criterion.taken_criterion_id)
    if kind is not CriterionKind.PENALTY:
        return {"kind": kind, "takes_from": TakesFrom.TOTAL, "taken_criterion_id": None}
    _refuse_penalty_taken(criterion)
    if takes_from is not TakesFrom.CRITERION:
        return {"kind": kind, "takes_from": takes_from, "taken_criterion_id": None}
    taken = _taken_criterion(campaign, criterion, taken_id)
    return {"kind": kind, "takes_from": takes_from, "taken_criterion_id": taken.id}


def _taken_criterion(campaign: Campaign, criterion: Criterion, taken_id: int | None) -> Criterion:
    """Tiêu chí bị trừ: another of this table, and no penalty."""
    taken = db.session.scalars(
        select(Criterion).where(
            Criterion.campaign_id == campaign.id,
            Criterion.id == (taken_id or 0),
            Criterion.kind != CriterionKind.PENALTY,
        )
    ).one_or_none()
    if taken is None or taken.id == criterion.id:
        refuse(
            "Hãy chọn tiêu chí bị trừ: một tiêu chí điểm chuẩn hoặc điểm thưởng của bảng điểm.",
            "taken_criterion_id",
        )
    return taken


def _refuse_penalty_taken(criterion: Criterion) -> None:
    if criterion.id is None:
        return
    codes = penalties_on(criterion)
    if codes:
        refuse(
            f"Điểm trừ {', '.join(codes)} trừ vào tiêu chí này nên tiêu chí này không thể là điểm "
            "trừ.",
            "kind",
        )
