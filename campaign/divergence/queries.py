"""Chênh lệch điểm: what was answered and decided, and what of it is told."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campaign.divergence.models import DivergenceAnswer, DivergenceRuling
from campaign.divergence.rules import Threshold, Told, threshold
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.scheme.rules.table import Scheme
from campaign.units.models import Unit

Place = tuple[int, int]
"""Ô: participation and criterion."""


def threshold_of(campaign: Campaign) -> Threshold | None:
    """Mức chênh lệch của kế hoạch."""
    return threshold(
        campaign.divergence_points, campaign.divergence_percent, campaign.divergence_ended_by
    )


def _of(model: Any, campaign_id: int) -> Select[Any]:
    return (
        select(model)
        .join(Participation, Participation.id == model.participation_id)
        .where(Participation.campaign_id == campaign_id)
        .options(joinedload(model.member))
        .order_by(model.id)
    )


def answers(campaign_id: int) -> dict[Place, dict[int, DivergenceAnswer]]:
    """Ô → thành viên → câu trả lời cuối."""
    by_place: dict[Place, dict[int, DivergenceAnswer]] = {}
    for row in db.session.scalars(_of(DivergenceAnswer, campaign_id)):
        by_place.setdefault((row.participation_id, row.criterion_id), {})[row.member_id] = row
    return by_place


def rulings(campaign_id: int) -> dict[Place, DivergenceRuling]:
    """Ô → quyết định cuối."""
    return {
        (row.participation_id, row.criterion_id): row
        for row in db.session.scalars(_of(DivergenceRuling, campaign_id))
    }


def ruled_points(campaign: Campaign) -> dict[Place, Decimal]:
    """Ô → điểm được tính theo quyết định; no query where the plan has no such rule."""
    if threshold_of(campaign) is None:
        return {}
    return {
        place: row.points for place, row in rulings(campaign.id).items() if row.points is not None
    }


def told(campaign: Campaign) -> dict[Place, Told]:
    """Các ô đã xem lại, as explanations and minutes tell of them; nothing where no rule is."""
    if threshold_of(campaign) is None:
        return {}
    said, decided = answers(campaign.id), rulings(campaign.id)
    return {
        place: _told(list(said.get(place, {}).values()), decided.get(place))
        for place in said.keys() | decided.keys()
    }


def told_by_code(campaign: Campaign, scheme: Scheme) -> dict[int, dict[str, Told]]:
    """The same by participation and code of the criterion."""
    codes = {row.id: row.code for row in scheme.criteria}
    by_unit: dict[int, dict[str, Told]] = {}
    for (participation, criterion), cell in told(campaign).items():
        by_unit.setdefault(participation, {})[codes[criterion]] = cell
    return by_unit


def _told(said: Sequence[DivergenceAnswer], ruling: DivergenceRuling | None) -> Told:
    changed = sum(row.points != row.before for row in said)
    if ruling is None:
        return Told(len(said) - changed, changed)
    return Told(
        len(said) - changed,
        changed,
        ruling.member.function.label,
        ruling.points,
        ruling.reason,
    )


def minuted(campaign: Campaign, scheme: Scheme) -> list[str]:
    """Ô chênh lệch trong biên bản, a sentence for each, by unit and criterion."""
    cells = told(campaign)
    if not cells:
        return []
    units = db.session.execute(
        select(Participation.id, Unit.short_name)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.id.in_({participation for participation, _ in cells}))
        .order_by(Unit.sort_key, Participation.id)
    ).all()
    return [
        f"{unit}, tiêu chí {criterion.code}: {cells[participation, criterion.id].minuted}."
        for participation, unit in units
        for criterion in scheme.criteria
        if (participation, criterion.id) in cells
    ]
