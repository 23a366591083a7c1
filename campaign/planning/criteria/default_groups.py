"""Nhóm của bảng điểm mẫu: the rows that are made of each, with its criteria."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from campaign.core.errors import refuse
from campaign.core.points import least_points
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import TieBreak
from campaign.planning.ties import MOST_TIE_BREAKS, TieStep
from campaign.scheme.default_table import (
    GROUP_A,
    GROUPS,
    INDICATOR_MAXIMA,
    TIES_BY,
    DefaultGroup,
)
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.terms import CriterionKind, JudgedBy


def take_groups(campaign: Campaign, scored: Sequence[Indicator]) -> None:
    """Các nhóm sau nhóm A: one takes bonuses of indicators, one breaks ties."""
    for place, group in enumerate(GROUPS, start=2):
        row = _take_group(campaign, group, place)
        if group.kind is CriterionKind.BONUS:
            _name_bonus_group(scored, row)
        elif group.code == TIES_BY[1]:
            _break_ties_by(campaign, row, after=TieBreak.FEWER_PENALTIES)


def _take_group(campaign: Campaign, group: DefaultGroup, place: int) -> CriterionGroup:
    """Một nhóm của bảng điểm mẫu with its criteria."""
    row = CriterionGroup(
        campaign_id=campaign.id,
        code=group.code,
        name=group.name,
        ceiling=group.ceiling,
        floor=group.floor,
        position=place,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(_criteria_of(group, row))
    return row


def _criteria_of(group: DefaultGroup, row: CriterionGroup) -> list[Criterion]:
    """Các tiêu chí mẫu của một nhóm, in the row that holds them."""
    return [
        Criterion(
            campaign_id=row.campaign_id,
            group_id=row.id,
            kind=group.kind,
            position=number,
            **vars(criterion),
        )
        for number, criterion in enumerate(group.criteria, start=1)
    ]


def _name_bonus_group(scored: Sequence[Indicator], group: CriterionGroup) -> None:
    """The one bonus group of the default table takes what is promised for over-achievement."""
    for indicator in scored:
        if points_rule_from_data(indicator.points_rule).bonus_per_percent > 0:
            indicator.bonus_group_id = group.id


def _break_ties_by(
    campaign: Campaign, group: CriterionGroup, *, after: TieBreak | None = None
) -> None:
    """Bằng điểm: the points of this group too, first or `after` another, while there is room."""
    chain = list(campaign.tie_breaks)
    if len(chain) < MOST_TIE_BREAKS:
        place = chain.index(after.value) + 1 if after and after.value in chain else 0
        chain.insert(place, TieStep(TieBreak.GROUP, group.id).stored)
        campaign.tie_breaks = chain


def take_indicators(campaign: Campaign, scored: Sequence[Indicator]) -> None:
    """Nhóm A: a criterion for each indicator, 40 points, shared as in 2021 or evenly."""
    code, name, total = GROUP_A
    maxima = _indicator_maxima(total, len(scored), campaign.points_places)
    row = CriterionGroup(campaign_id=campaign.id, code=code, name=name, position=1)
    db.session.add(row)
    db.session.flush()
    _break_ties_by(campaign, row)
    for number, (indicator, maximum) in enumerate(zip(scored, maxima, strict=True), start=1):
        db.session.add(_criterion_by(indicator, row, number, maximum))


def _indicator_maxima(total: Decimal, count: int, places: int) -> Sequence[Decimal]:
    """Điểm tối đa theo từng chỉ tiêu: those of 2021, or even shares with the rest to the last."""
    if count == len(INDICATOR_MAXIMA):
        return INDICATOR_MAXIMA
    share = (total / count).quantize(least_points(places), ROUND_DOWN)
    if not share:
        refuse("Có quá nhiều chỉ tiêu để chia đều điểm của nhóm; hãy nhập từng tiêu chí.")
    return (*[share] * (count - 1), total - share * (count - 1))


def _criterion_by(
    indicator: Indicator, group: CriterionGroup, number: int, maximum: Decimal
) -> Criterion:
    """Tiêu chí tính theo một chỉ tiêu, named as it is."""
    return Criterion(
        campaign_id=group.campaign_id,
        group_id=group.id,
        code=f"{group.code}{number}",
        name=indicator.name,
        maximum=maximum,
        judged_by=JudgedBy.INDICATOR,
        indicator_id=indicator.id,
        position=number,
        guidance="Điểm tính theo quy tắc của chỉ tiêu, từ số liệu đã thẩm định.",
    )
