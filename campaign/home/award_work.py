"""Việc khen thưởng: to nominate, to comment, to sign."""

from collections.abc import Collection, Iterable

from flask import url_for

from campaign.accounts.models import User
from campaign.core.dates import format_date
from campaign.core.permissions import Role
from campaign.decision.queries import concerned_unit, decisions, in_notice
from campaign.decision.rules import DecisionState
from campaign.home.rules import Todo
from campaign.nomination.queries import nominees
from campaign.nomination.rules import NomineeState
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase


def of_awards(user: User, campaign: Campaign) -> Iterable[Todo]:
    """Nominations a head has to sign, and decisions that wait for their signature."""
    if heads := user.units_as(Role.UNIT_HEAD):
        yield from _of_nominations(campaign, heads)
    own = user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    if campaign.phase is Phase.DECIDING and own and concerned_unit(campaign.id, own):
        yield from _of_notices(campaign)
    if campaign.phase is Phase.DECIDING and user.roles & {Role.DIRECTOR, Role.SECRETARIAT}:
        yield from _of_unsigned(campaign)


def _of_nominations(campaign: Campaign, heads: Collection[int]) -> Iterable[Todo]:
    """Đề nghị chờ thủ trưởng ký."""
    waiting = sum(row.state is NomineeState.DRAFT for row in nominees(campaign.id, unit_ids=heads))
    if waiting:
        yield Todo(
            "Ký đề nghị khen thưởng",
            "của đơn vị mình",
            url_for("decision.index", campaign_id=campaign.id),
            1,
            waiting,
        )


def _of_notices(campaign: Campaign) -> Iterable[Todo]:
    """Dự thảo quyết định đang lấy ý kiến."""
    for row in in_notice(campaign.id):
        until = f"đến hết ngày {format_date(row.notice_until)}" if row.notice_until else ""
        yield Todo(
            f"Cho ý kiến về dự thảo quyết định {row.kind.label}",
            until,
            url_for("notice.show", campaign_id=campaign.id, decision_id=row.id),
            2,
        )


def _of_unsigned(campaign: Campaign) -> Iterable[Todo]:
    """Quyết định chưa ký."""
    left = [row for row in decisions(campaign.id) if row.state is not DecisionState.SIGNED]
    for row in left:
        yield Todo(
            f"Quyết định {row.kind.label} {row.state.label}",
            campaign.title,
            url_for("decision.show", campaign_id=campaign.id, decision_id=row.id),
            1,
        )
