"""Đồng hồ: what time it is, in rehearsal too."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, current_app, g, has_request_context

from campaign.core.dates import VIETNAM, local_date

Rehearsal = Callable[[], date | None]


def init_app(app: Flask, rehearsal: Rehearsal) -> None:
    """Đặt đồng hồ: `rehearsal` gives the day demo mode plays on, or None for the real one."""
    app.extensions["rehearsal"] = rehearsal


def rehearsal_date() -> date | None:
    """Ngày diễn tập, read once per request; None outside demo mode."""
    rehearsal: Rehearsal = current_app.extensions["rehearsal"]
    if not has_request_context():
        return rehearsal()
    if "rehearsal_date" not in g:
        g.rehearsal_date = rehearsal()
    day: date | None = g.rehearsal_date
    return day


def now() -> datetime:
    """Bây giờ, UTC: in rehearsal the rehearsed day at the real time of day."""
    moment = datetime.now(UTC)
    day = rehearsal_date()
    if day is None:
        return moment
    return datetime.combine(day, moment.astimezone(VIETNAM).timetz()).astimezone(UTC)


def today() -> date:
    """Hôm nay, in Vietnam."""
    return local_date(now())
