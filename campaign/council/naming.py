"""Giao người chấm: naming who of the council marks a criterion, and who takes over."""

from collections.abc import Collection

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.council.actions import refuse_after_scoring
from campaign.council.named import seated_members
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.actions import refuse_if_frozen
from campaign.planning.models import Campaign
from campaign.scheme.actions import unname_markers
from campaign.scheme.models import Criterion, CriterionMarker
from campaign.scheme.rules.terms import JudgedBy


def _refuse_unless_marked(criterion: Criterion) -> None:
    if criterion.judged_by is not JudgedBy.COUNCIL:
        refuse("Chỉ giao người chấm cho tiêu chí do Hội đồng chấm.")


def name_markers(
    campaign: Campaign,
    criterion: Criterion,
    functions: Collection[CouncilFunction],
    people: Collection[int],
) -> None:
    """Giao người chấm, before the launch; nobody named is the whole council."""
    refuse_if_frozen(campaign)
    _refuse_unless_marked(criterion)
    unname_markers(criterion.id)
    db.session.add_all(
        CriterionMarker(criterion_id=criterion.id, function=function.value)
        for function in functions
    )
    db.session.add_all(
        CriterionMarker(criterion_id=criterion.id, user_id=user_id) for user_id in people
    )
    campaign.version += 1


def replace_marker(campaign: Campaign, criterion: Criterion, gone_id: int, user_id: int) -> None:
    """Giao người thay cho người không còn trong Hội đồng, until scoring is closed."""
    refuse_after_scoring(campaign)
    _refuse_unless_marked(criterion)
    seats = {row.user_id for row in seated_members(campaign.id)}
    rows = {
        row.user_id: row
        for row in db.session.scalars(
            select(CriterionMarker).where(CriterionMarker.criterion_id == criterion.id)
        )
    }
    if gone_id not in rows or gone_id in seats:
        refuse("Chỉ thay người được giao mà không còn trong Hội đồng.", "gone_id")
    if user_id not in seats:
        refuse("Người thay phải là thành viên Hội đồng.", "user_id")
    if user_id in rows:
        refuse("Người này đã được giao chấm tiêu chí này.", "user_id")
    rows[gone_id].user_id = user_id
