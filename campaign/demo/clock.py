"""Đồng hồ diễn tập: the day demo mode plays on."""

from datetime import date

from flask import current_app
from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.demo.models import RehearsalClock
from campaign.extensions import db

FIRST_YEAR, LAST_YEAR = 1990, 2100


def rehearsal_date() -> date | None:
    """Ngày diễn tập; None outside demo mode, and where no day is set."""
    if not current_app.config["DEMO"]:
        return None
    return db.session.scalar(select(RehearsalClock.today))


def move(day: date) -> date:
    """Đổi ngày diễn tập: to any day a campaign may have, whatever year its own dates are in."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        refuse(f"Hãy chọn một ngày từ năm {FIRST_YEAR} đến năm {LAST_YEAR}.", "today")
    row = db.session.get(RehearsalClock, 1) or RehearsalClock(id=1)
    row.today = day
    db.session.add(row)
    db.session.flush()
    return day
