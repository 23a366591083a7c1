"""Báo tin điển hình: what waits for the Standing Committee, what was decided, what to follow."""

from collections.abc import Collection
from datetime import datetime

from flask import url_for

from campaign.core.permissions import Role
from campaign.exemplars.models import Exemplar
from campaign.notices.actions import About, tell, withdraw
from campaign.notices.receivers import of_units, with_role
from campaign.notices.rules import NoticeKind


def _about(campaign_id: int, row: Exemplar, key: str, title: str, reason: str = "") -> About:
    return About(
        NoticeKind.MODEL,
        key,
        title,
        url_for("exemplars.show", campaign_id=campaign_id, exemplar_id=row.id),
        reason,
        campaign_id,
    )


def _proposal(row: Exemplar) -> str:
    """Một lần giới thiệu; proposed again after a refusal it is another."""
    return f"model:{row.id}:proposed:{row.proposed_at:%Y%m%d%H%M%S%f}"


def proposed(campaign_id: int, row: Exemplar, unit: str, *, at: datetime) -> None:
    """Đơn vị giới thiệu điển hình: the Standing Committee decides."""
    about = _about(
        campaign_id,
        row,
        _proposal(row),
        f"{unit} giới thiệu điển hình “{row.name}”",
        "Đăng ký, hoặc không đăng ký và ghi lý do.",
    )
    tell(with_role(Role.SECRETARIAT), about, at=at)


def decided(campaign_id: int, row: Exemplar, unit_id: int, *, at: datetime) -> None:
    """Đã quyết định: the unit is told, and nobody else need decide."""
    withdraw(_proposal(row), at=at)
    about = _about(
        campaign_id,
        row,
        f"model:{row.id}:decided:{at:%Y%m%d%H%M%S%f}",
        f"Điển hình “{row.name}”: {row.state.label}",
        row.decline_reason,
    )
    tell(of_units([unit_id]), about, at=at)


def to_follow(campaign_id: int, row: Exemplar, unit_ids: Collection[int], *, at: datetime) -> None:
    """Nhân rộng: all other units are asked to follow."""
    about = _about(
        campaign_id,
        row,
        f"model:{row.id}:followed",
        f"Học theo điển hình “{row.name}”",
        "Đơn vị áp dụng thì xác nhận, với một câu và ngày áp dụng.",
    )
    tell(of_units(unit_ids), about, at=at)
