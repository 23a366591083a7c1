"""Biểu mẫu tiêu chí: what it is filled with, what may be chosen in it, and what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from campaign.core.errors import RuleViolation
from campaign.planning import queries
from campaign.planning.criteria import sections
from campaign.planning.indicators.trial import Answer, own_way_answer, trial_form
from campaign.planning.models import Block, Campaign
from campaign.scheme import queries as tables
from campaign.scheme.checklist_fields import typed_checklist
from campaign.scheme.count_fields import typed_rule
from campaign.scheme.criterion_cells import Rules
from campaign.scheme.forms import CriterionForm
from campaign.scheme.models import Criterion, Indicator
from campaign.scheme.rule_fields import typed_points_rule
from campaign.scheme.rules.checklist import Checklist
from campaign.scheme.rules.counts import count_drawings, count_problems
from campaign.scheme.rules.indicators import OwnWay
from campaign.scheme.rules.samples import Drawing
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, Judgement, PointsWay
from campaign.scheme.rules.tree import NO_LIMIT
from campaign.units import queries as units

_PLAIN = (
    "code",
    "name",
    "guidance",
    "maximum",
    "takes_from",
    "judged_by",
    "evidence_required",
)
_ROWS = ("group_id", "indicator_id", "taken_criterion_id")


def criterion_form(
    campaign: Campaign, criterion: Criterion | None, *, group: str = ""
) -> CriterionForm:
    """Biểu mẫu tiêu chí as stored, or a new one in `group`, with all that may be chosen."""
    blocks, scope_units = tables.scope_of(criterion.id) if criterion is not None else ([], [])
    form = CriterionForm(
        data={"blocks": blocks, "units": scope_units, **_stored(criterion)}
        if criterion
        else {"group_id": group},
    )
    _offer_nodes(form, queries.scheme_of(campaign.id), criterion)
    form.indicator_id.choices = [
        ("", "— không —"),
        *[(str(row.id), row.name) for row in tables.indicators_of(campaign.id).values()],
    ]
    form.blocks.choices = [(str(row.id), row.name) for row in queries.rows_of(Block, campaign.id)]
    form.units.choices = _units_offered(campaign, scope_units)
    return form


def _offer_nodes(form: CriterionForm, scheme: Scheme, criterion: Criterion | None) -> None:
    """Những gì của bảng điểm chọn được: the section it stands in, and what a penalty takes from."""
    form.group_id.choices = [
        ("", "— chọn nhóm —"),
        *[(str(node.id), sections.indented(node)) for node in scheme.nodes],
    ]
    form.taken_criterion_id.choices = [
        ("", "— chọn tiêu chí —"),
        *[
            (str(row.id), f"{row.code}. {row.name}")
            for row in scheme.criteria
            if row.kind is not CriterionKind.PENALTY
            and row.id != (criterion.id if criterion else 0)
        ],
    ]


def _units_offered(campaign: Campaign, chosen: Sequence[int]) -> list[tuple[str, str]]:
    """Đơn vị chọn được: those there are when the campaign begins, and those chosen before."""
    absent = queries.absent_units(campaign)
    return [
        (str(row.id), absent[row.id].told if row.id in absent else row.name)
        for row in units.in_order(valid_on=campaign.starts_on, also=absent.keys() & set(chosen))
    ]


def _stored(criterion: Criterion) -> dict[str, Any]:
    """Tiêu chí đã lưu with its rules, as the fields of the form take it."""
    return {
        **{name: getattr(criterion, name) for name in (*_PLAIN, *_ROWS)},
        "leaf_kind": criterion.kind,
        **typed_rule(criterion.count_rule),
        **typed_checklist(criterion.checklist),
        **typed_points_rule(criterion.points_rule),
        "own_judgement": criterion.judgement or Judgement.LEVEL,
        "way": PointsWay.OWN if criterion.points_rule else PointsWay.INDICATOR,
    }


def typed_values(form: CriterionForm) -> dict[str, Any]:
    """Tiêu chí như đã nhập, without its rules and whom it applies to."""
    return {
        **{name: form[name].data for name in _PLAIN},
        **{name: form[name].chosen for name in _ROWS},
        "kind": form.leaf_kind.data,
    }


def typed_items(form: CriterionForm) -> Checklist:
    """Danh mục đang nhập; nothing while it cannot be read."""
    if form.judged_by.data is not JudgedBy.CHECKLIST:
        return ()
    try:
        return form.checklist
    except RuleViolation:
        return ()


def own_answer(campaign: Campaign, form: CriterionForm, asked: Mapping[str, str]) -> Answer | None:
    """Tính thử cách tính riêng; nothing where the criterion has none, or names no indicator."""
    measured = tables.indicators_of(campaign.id).get(form.indicator_id.chosen or 0)
    if not form.has_own_way or measured is None:
        return None
    return own_way_answer(campaign, measured, form, trial_form(campaign, asked))


def typed_rules(campaign: Campaign, form: CriterionForm) -> Rules:
    """Các quy tắc như đã nhập; only of the kind that is chosen."""
    return Rules(
        form.count_rule if form.judged_by.data is JudgedBy.COUNT else None,
        _own_way(campaign, form),
        form.checklist if form.judged_by.data is JudgedBy.CHECKLIST else None,
    )


def _own_way(campaign: Campaign, form: CriterionForm) -> OwnWay | None:
    """Cách tính riêng như đã nhập, if the criterion has one."""
    number = form.indicator_id.chosen
    if not form.has_own_way or number is None:
        return None
    return form.own_way_for(queries.row_of(Indicator, campaign.id, number).direction)


def count_trial(form: CriterionForm, places: int) -> list[tuple[str, Drawing]]:
    """Tính thử quy tắc theo số lần, from 0 to 6; nothing while it is not a rule yet."""
    maximum = form.maximum.data
    if maximum is None and form.leaf_kind.data is not CriterionKind.BASE:
        maximum = NO_LIMIT
    if form.judged_by.data is not JudgedBy.COUNT or maximum is None:
        return []
    try:
        rule = form.count_rule
    except RuleViolation:
        return []
    return [] if count_problems(rule, maximum) else count_drawings(rule, maximum, places)
