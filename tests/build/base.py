"""What every row of a test needs: its moment, its number, and to be saved."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from campaign.extensions import db

NOW = datetime(2021, 4, 28, 2, 0, tzinfo=UTC)
TODAY = date(2021, 4, 28)
numbers = count(1)


def saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
