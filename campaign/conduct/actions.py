"""Điều hành: the one function that moves a campaign."""

from datetime import date, datetime

from campaign.accounts.models import User
from campaign.conduct.problems import problems
from campaign.conduct.rules import Step, target_of
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.models import Campaign, PhaseChange
from campaign.planning.rules import Phase
from campaign.publicity import actions as publicity


def move(
    campaign: Campaign,
    step: Step,
    *,
    expected: Phase,
    reason: str,
    by: User,
    at: datetime,
    is_warned: bool = False,
) -> None:
    """Chuyển bước: when nothing blocks it; warnings need to be acknowledged, a way back its reason.

    `expected` is the step the page showed: of two people who press the same button one is told.
    """
    hold(campaign)
    if campaign.phase is not expected:
        refuse(f"Phong trào vừa được chuyển sang bước “{campaign.phase.label}”.")
    target, text = target_of(campaign.phase, step), one_line(reason)
    if step is Step.BACK and not text:
        refuse("Hãy ghi lý do quay lại bước trước.", "reason")
    _demand_ready(campaign, step, local_date(at), is_warned=is_warned)
    db.session.add(
        PhaseChange(
            campaign_id=campaign.id,
            from_phase=campaign.phase,
            to_phase=target,
            reason=text,
            at=at,
            by_id=by.id,
        )
    )
    _stand_in(campaign, target, step, at)
    db.session.flush()


def _demand_ready(campaign: Campaign, step: Step, today: date, *, is_warned: bool) -> None:
    """Nothing blocks the step, and what is only warned of was seen."""
    lacking = problems(campaign, step, today)
    blocking = [problem for problem in lacking if problem.is_blocking]
    if blocking:
        refuse(blocking[0].sentence)
    if lacking and not is_warned:
        refuse("Hãy xem các cảnh báo và đánh dấu đã xem trước khi chuyển bước.")


def _stand_in(campaign: Campaign, target: Phase, step: Step, at: datetime) -> None:
    """Đứng ở bước mới, with the moments and the announcement that belong to it."""
    campaign.phase = target
    if target is Phase.DRAFT:
        campaign.frozen_at = None
        publicity.take_back_announcement(campaign)
    if step is Step.LAUNCH:
        campaign.frozen_at = at
        publicity.announce(campaign, on=local_date(at))
    if step is Step.PUBLISH:
        campaign.published_at = at
