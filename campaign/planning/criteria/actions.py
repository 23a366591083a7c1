"""Tiêu chí: taking the default scoring table, and writing one criterion."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.planning import actions, queries
from campaign.planning.criteria.default_groups import take_groups, take_indicators
from campaign.planning.criteria.sections import taking_of
from campaign.planning.models import Campaign
from campaign.scheme.actions import unname_markers
from campaign.scheme.criterion_cells import Rules
from campaign.scheme.default_table import (
    GROUP_A,
)
from campaign.scheme.models import (
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
)
from campaign.scheme.queries import own_way_of
from campaign.scheme.rules.checklist import (
    Checklist,
    checklist_data,
    checklist_from_data,
    checklist_problem,
)
from campaign.scheme.rules.counts import CountRule, count_problems, count_rule_from_data
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.reading import unfit_of
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy
from campaign.scheme.rules.tree import NO_LIMIT


def take_default_table(campaign: Campaign) -> None:
    """Lấy bảng điểm mẫu: rows that can then be changed; refused where criteria stand already.

    Group A has a criterion for each indicator: where there is none yet it follows later, by
    `take_indicator_group`.
    """
    actions.refuse_if_frozen(campaign)
    if queries.rows_of(CriterionGroup, campaign.id):
        refuse("Phong trào đã có nhóm tiêu chí; hãy xoá hết trước khi lấy bảng điểm mẫu.")
    scored = _scored(campaign)
    if scored:
        take_indicators(campaign, scored)
    take_groups(campaign, scored)
    db.session.flush()


def take_indicator_group(campaign: Campaign) -> None:
    """Lấy nhóm A của bảng điểm mẫu from indicators that were entered after the table."""
    actions.refuse_if_frozen(campaign)
    if any(group.code == GROUP_A[0] for group in queries.rows_of(CriterionGroup, campaign.id)):
        refuse(f"Bảng điểm đã có nhóm {GROUP_A[0]}; hãy sửa nhóm ấy.")
    scored = _scored(campaign)
    if not scored:
        refuse("Chưa có chỉ tiêu nào được tính điểm; hãy thêm chỉ tiêu trước.")
    take_indicators(campaign, scored)
    db.session.flush()


def _scored(campaign: Campaign) -> Sequence[Indicator]:
    return db.session.scalars(
        select(Indicator)
        .where(Indicator.campaign_id == campaign.id, Indicator.direction != Direction.WATCH)
        .order_by(Indicator.position, Indicator.id)
    ).all()


NO_RULES = Rules()
"""Không nói gì về quy tắc: those that stand stay."""


def save_criterion(
    campaign: Campaign,
    criterion: Criterion,
    values: Mapping[str, Any],
    *,
    rules: Rules,
    blocks: Sequence[int],
    units: Sequence[int],
) -> None:
    """Ghi tiêu chí và phạm vi áp dụng; without a way of its own it judges as its indicator does."""
    criterion.judgement = criterion.points_rule = None
    said = Rules(rules.count_rule or CountRule(), rules.own_way, rules.checklist or ())
    write_criterion(campaign, criterion, values, said)
    save_scope(criterion, blocks, units)


def write_criterion(
    campaign: Campaign,
    criterion: Criterion,
    values: Mapping[str, Any],
    rules: Rules = NO_RULES,
) -> None:
    """Ghi tiêu chí; whom it applies to stays, and its own rules where none are said."""
    if values["judged_by"] is JudgedBy.INDICATOR and values["indicator_id"] is None:
        refuse("Hãy chọn chỉ tiêu cho tiêu chí tính theo quy tắc.", "indicator_id")
    stored = _stored(campaign, criterion, values, rules)
    _refuse_without_maximum(stored)
    actions.save_row(campaign, criterion, stored)
    if values["judged_by"] is not JudgedBy.COUNCIL:
        unname_markers(criterion.id)


def _stored(
    campaign: Campaign, criterion: Criterion, values: Mapping[str, Any], rules: Rules
) -> dict[str, Any]:
    """Tiêu chí sẽ ghi: of the rules only what belongs to the way it is judged."""
    kind, number = values["judged_by"], values["indicator_id"]
    own_way = _own_way(criterion, rules.own_way, number) if kind is JudgedBy.INDICATOR else None
    return {
        **values,
        "judgement": own_way.judgement if own_way else None,
        "points_rule": own_way.rule.to_data() if own_way else None,
        **taking_of(campaign, criterion, values),
        "indicator_id": number if kind is JudgedBy.INDICATOR else None,
        "count_rule": _count_rule(criterion, rules.count_rule, values["maximum"])
        if kind is JudgedBy.COUNT
        else None,
        "checklist": _checklist(criterion, rules.checklist) if kind is JudgedBy.CHECKLIST else None,
    }


def _own_way(criterion: Criterion, own_way: OwnWay | None, indicator_id: int) -> OwnWay | None:
    """Cách tính riêng sẽ ghi: the one that is said, or the one the criterion has, where it fits."""
    own_way = own_way or own_way_of(criterion)
    if own_way is not None:
        direction = db.session.get_one(Indicator, indicator_id).direction
        if problem := unfit_of(own_way.rule, direction, own_way.judgement):
            refuse(problem[0], "indicator_id")
    return own_way


def _refuse_without_maximum(values: Mapping[str, Any]) -> None:
    """Only bonus and penalty may be without limit, and only where no maximum is needed to judge."""
    if values["maximum"] is not None:
        return
    if values["kind"] is CriterionKind.BASE:
        refuse("Hãy nhập điểm tối đa.", "maximum")
    if values["judged_by"] not in {JudgedBy.COUNT, JudgedBy.SECRETARIAT}:
        refuse(
            "Chỉ điểm thưởng, điểm trừ tính theo số lần hoặc do Thường trực cho điểm mới để trống "
            "điểm tối đa được.",
            "maximum",
        )


def _count_rule(
    criterion: Criterion, rule: CountRule | None, maximum: Decimal | None
) -> dict[str, Any]:
    """Quy tắc theo số lần sẽ ghi: the one that is said, or the one the criterion has."""
    if rule is None and not criterion.count_rule:
        refuse(
            "Tiêu chí tính theo số lần: hãy lập quy tắc ở trang Tiêu chí, rồi nhập lại.",
            "judged_by",
        )
    rule = rule or count_rule_from_data(criterion.count_rule or {})
    if problems := count_problems(rule, NO_LIMIT if maximum is None else maximum):
        refuse(*problems[0])
    return rule.to_data()


def _checklist(criterion: Criterion, items: Checklist | None) -> list[list[str]]:
    """Danh mục sẽ ghi: the one that is said, or the one the criterion has."""
    if items is None and not criterion.checklist:
        refuse(
            "Tiêu chí tính theo danh mục: hãy lập danh mục ở trang Tiêu chí, rồi nhập lại.",
            "judged_by",
        )
    items = checklist_from_data(criterion.checklist or ()) if items is None else items
    if problem := checklist_problem(items):
        refuse(problem, "checklist_items")
    return checklist_data(items)


def save_scope(criterion: Criterion, blocks: Sequence[int], units: Sequence[int]) -> None:
    """Ghi phạm vi áp dụng of a criterion; nothing chosen means everybody."""
    for row in db.session.scalars(
        select(CriterionScope).where(CriterionScope.criterion_id == criterion.id)
    ):
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(
        [CriterionScope(criterion_id=criterion.id, block_id=block) for block in blocks]
    )
    db.session.add_all([CriterionScope(criterion_id=criterion.id, unit_id=unit) for unit in units])
