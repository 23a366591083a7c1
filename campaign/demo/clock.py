"""Đồng hồ diễn tập: the day demo mode plays on."""

from datetime import date

from flask import current_app
from sqlalchemy import select

from campaign.demo.models import RehearsalClock
from campaign.extensions import db


def rehearsal_date() -> date | None:
    """Ngày diễn tập; None outside demo mode, and where no day is set."""
    if not current_app.config["DEMO"]:
        return None
    return db.session.scalar(select(RehearsalClock.today))
