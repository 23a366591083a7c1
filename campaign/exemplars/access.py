"""Ai làm gì với điển hình: who decides and writes, for which units, and what they see."""

from collections.abc import Collection

from flask_login import current_user

from campaign.core.permissions import Permission, Role
from campaign.reporting.queries import Sight, sight_of
from campaign.web import clock


def decides() -> bool:
    """Quyết định: whether this person registers examples and moves them from step to step."""
    return Permission.EXEMPLAR_DECIDE in current_user.permissions


def writes() -> bool:
    """Ghi: whether this person writes of examples at all."""
    return Permission.EXEMPLAR_WRITE in current_user.permissions


def own_units() -> Collection[int]:
    """Đơn vị mình: those for which this person writes or signs."""
    own: Collection[int] = current_user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD)
    return own


def sight(campaign_id: int) -> Sight:
    """Tầm nhìn của người này trong phong trào, today."""
    return sight_of(current_user, campaign_id, clock.today())
