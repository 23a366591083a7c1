"""Ghi lượt đọc: a page says of whom it told, and it is written down before the answer leaves.

Reading never writes but for this (decision 30): one statement, in a transaction of its own, into a
table by which nothing is decided. Where the database does not take it the answer leaves all the
same, and the log of faults says who read which page.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from campaign.core.text import name_key
from campaign.extensions import db
from campaign.readings.models import DossierReading
from campaign.readings.rules import Dossier
from campaign.web.access import SAFE_METHODS


def note(campaign_id: int, what: Dossier, people: Iterable[tuple[str, int]]) -> None:
    """Người đang xem đọc hồ sơ của `people`, by name and unit; once this answer succeeds."""
    rows = g.setdefault("dossiers_read", [])
    for name, unit_id in people:
        rows.append(
            {
                "at": datetime.now(UTC),
                "reader_id": current_user.id,
                "campaign_id": campaign_id,
                "unit_id": unit_id,
                "what": what,
                "person_name": name,
                "name_key": name_key(name),
            }
        )


def _write(response: Response) -> Response:
    rows = g.pop("dossiers_read", None)
    if rows and response.status_code == 200 and request.method in SAFE_METHODS:  # noqa: PLR2004
        try:
            with db.engine.begin() as connection:
                connection.execute(insert(DossierReading), rows)
        except SQLAlchemyError as fault:
            current_app.logger.warning(
                "a reading of a dossier was not noted: %s", type(fault).__name__
            )
    return response


def init_app(app: Flask) -> None:
    """Ghi lượt đọc của mọi trang của `app` that says of whom it told."""
    app.after_request(_write)
