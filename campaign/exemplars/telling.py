"""Báo tin điển hình: what waits for the Standing Committee, what was decided, what to follow, and
what has not moved.
"""

from collections.abc import Collection
from datetime import date, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign.core.dates import format_date, local_date
from campaign.core.permissions import Role
from campaign.exemplars import queries
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import Listed
from campaign.exemplars.rules import still_key, still_keys
from campaign.extensions import db
from campaign.notices.actions import About, tell, withdraw, withdraw_all
from campaign.notices.models import Notice
from campaign.notices.receivers import of_units, with_role
from campaign.notices.rules import NoticeKind
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.reporting.queries import Sight

ENDED = frozenset({Phase.DRAFT, Phase.PUBLISHED})


def _about(campaign_id: int, row: Exemplar, key: str, title: str, reason: str = "") -> About:
    return About(
        NoticeKind.MODEL,
        key,
        title,
        _page(campaign_id, row.id),
        reason,
        campaign_id,
    )


def _page(campaign_id: int, exemplar_id: int) -> str:
    """Trang của điển hình; told outside any request too."""
    values = {"campaign_id": campaign_id, "exemplar_id": exemplar_id}
    return current_app.url_map.bind("localhost").build("exemplars.show", values)


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


def _asking(row: Exemplar) -> str:
    """Lời mời học theo một điển hình."""
    return f"model:{row.id}:followed"


def followed(row: Exemplar, unit_id: int, *, at: datetime) -> None:
    """Đơn vị đã áp dụng: nobody of it is asked to any more."""
    withdraw_all(_asking(row), at=at, user_ids=of_units([unit_id]))


def to_follow(campaign_id: int, row: Exemplar, unit_ids: Collection[int], *, at: datetime) -> None:
    """Nhân rộng: all other units are asked to follow."""
    about = _about(
        campaign_id,
        row,
        _asking(row),
        f"Học theo điển hình “{row.name}”",
        "Đơn vị áp dụng thì xác nhận, với một câu và ngày áp dụng.",
    )
    tell(of_units(unit_ids), about, at=at)


def tell_still(campaign: Campaign, *, at: datetime) -> int:
    """Điển hình không chuyển động: the Standing Committee is told once in 30 days of each, until it
    moves; run a hundred times, nobody is told twice.
    """
    today = local_date(at)
    everything = Sight(frozenset(), sees_others=True)
    rows = [] if campaign.phase in ENDED else queries.exemplars(campaign.id, everything)
    still = {_still_key(listed, today): listed.row for listed in rows if listed.is_still(today)}
    unread = select(Notice).where(
        Notice.campaign_id == campaign.id,
        Notice.key.startswith(still_keys()),
        Notice.read_at.is_(None),
    )
    for notice in db.session.scalars(unread):
        if notice.key not in still:
            notice.read_at = at
    return sum(_still(campaign.id, key, row, at) for key, row in still.items())


def _still_key(listed: Listed, today: date) -> str:
    return still_key(listed.row.id, local_date(listed.row.moved_at), today)


def _still(campaign_id: int, key: str, row: Exemplar, at: datetime) -> int:
    about = _about(
        campaign_id,
        row,
        key,
        f"Điển hình “{row.name}” không chuyển động từ ngày {format_date(local_date(row.moved_at))}",
        f"Đang ở bước {row.step.label}; xem còn thiếu gì rồi chuyển bước, hoặc ghi kết quả mới.",
    )
    try:
        with db.session.begin_nested():
            return tell(with_role(Role.SECRETARIAT), about, at=at)
    except IntegrityError:  # another process has just told it
        return 0


def moved(exemplar_id: int, *, at: datetime) -> None:
    """Đã chuyển động: nobody need be told any more that it stands still."""
    withdraw_all(still_keys(exemplar_id), at=at)
