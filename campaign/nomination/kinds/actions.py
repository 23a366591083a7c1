"""Hình thức của phong trào: planning kinds and quotas."""

from collections.abc import Mapping

from sqlalchemy import func, select

from campaign.core.errors import refuse
from campaign.core.vote_rules import VoteRule, rule_problem, rule_to_data
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.honours.rules import Subject, award_type_problem
from campaign.nomination import queries
from campaign.nomination.actions import NOMINATING
from campaign.nomination.models import AwardKind, AwardQuota, Nominee
from campaign.nomination.rules import (
    Gate,
    Strictness,
)
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase

DEFAULT_GATES = {
    gate.value: (Strictness.WARN if gate is Gate.DUPLICATE else Strictness.BLOCK).value
    for gate in Gate
}


PLANNING = NOMINATING | {Phase.DRAFT, Phase.LAUNCHED}
"""Khi còn sửa được hình thức và chỉ tiêu: until the Council's meeting is over."""


def demand_open(campaign: Campaign) -> None:
    """Refuse once the awards are decided."""
    hold(campaign)
    if campaign.phase not in PLANNING:
        refuse("Hình thức khen thưởng không sửa được nữa.")


def save_kind(
    campaign: Campaign,
    row: AwardKind | None,
    *,
    award_type: AwardType,
    subject: Subject,
    vote: VoteRule,
    leader_limit: int | None,
    overall_limit: int | None = None,
    gates: Mapping[Gate, Strictness] | None = None,
) -> AwardKind:
    """Ghi hình thức của phong trào: refused by the rule where the award type cannot be its."""
    demand_open(campaign)
    _demand_fitting(campaign, award_type, subject)
    if problem := rule_problem(vote):
        refuse(problem, "share")
    _demand_no_twin(campaign, row, award_type, subject)
    if row is None:
        row = AwardKind(campaign_id=campaign.id, position=len(queries.kinds(campaign.id)) + 1)
        db.session.add(row)
    row.form_id, row.subject, row.leader_limit = award_type.id, subject, leader_limit
    row.overall_limit = overall_limit
    row.vote = rule_to_data(vote)
    row.gates = (
        {gate.value: how.value for gate, how in gates.items()} if gates else dict(DEFAULT_GATES)
    )
    db.session.flush()
    return row


def _demand_no_twin(
    campaign: Campaign, row: AwardKind | None, award_type: AwardType, subject: Subject
) -> None:
    """The campaign has no other kind of this award type for this subject."""
    for kind in queries.kinds(campaign.id):
        if kind.form_id == award_type.id and kind.subject is subject and kind is not row:
            refuse("Phong trào đã có hình thức này cho đối tượng này.", "form_id")


def _demand_fitting(campaign: Campaign, award_type: AwardType, subject: Subject) -> None:
    """The award type is of the campaign's rule set, and may be given in it to such a subject."""
    if award_type.rule_set_code != campaign.rule_set_code:
        refuse("Hình thức này không thuộc bộ quy định của phong trào.", "form_id")
    if problem := award_type_problem(
        award_type.facts, subject, campaign.starts_on, campaign.ends_on
    ):
        refuse(problem, "form_id")


def delete_kind(row: AwardKind) -> None:
    """Bỏ một hình thức that nobody was nominated for."""
    demand_open(db.session.get_one(Campaign, row.campaign_id))
    if db.session.scalar(
        select(func.count()).select_from(Nominee).where(Nominee.kind_id == row.id)
    ):
        refuse("Đã có đề nghị theo hình thức này nên không bỏ được.")
    db.session.delete(row)
    db.session.flush()


def set_quota(
    kind: AwardKind,
    block_id: int,
    *,
    count: int | None,
    percent: int | None,
    fraction: tuple[int, int] | None = None,
    rounds_half_up: bool = False,
) -> None:
    """Đặt chỉ tiêu of a kind in a block: a number or a share; neither means no limit."""
    demand_open(db.session.get_one(Campaign, kind.campaign_id))
    has_share = percent is not None or fraction is not None
    if count is not None and has_share:
        refuse("Chỉ nhập số lượng hoặc tỷ lệ, không nhập cả hai.", "count")
    quota = db.session.get(AwardQuota, (kind.id, block_id))
    if count is None and not has_share:
        if quota is not None:
            db.session.delete(quota)
        return
    if quota is None:
        quota = AwardQuota(kind_id=kind.id, block_id=block_id)
        db.session.add(quota)
    quota.count, quota.percent = count, percent
    quota.numerator, quota.denominator = fraction or (None, None)
    quota.rounds_half_up = rounds_half_up and has_share
