"""Tiến trình đã nhận phiếu kín: a worker through which a paper came looks every few seconds
whether its ballot has ended, on whatever machine, and asks then that all workers here be replaced.
"""

import threading
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, session
from sqlalchemy.exc import SQLAlchemyError

from campaign import database
from campaign.voting import queries
from campaign.web import workers

LOOK_SECONDS = 5
CAST = "voting.cast"

_taken: set[int] = set()
_first = threading.Lock()


def notice_paper(endpoint: str | None, places: Mapping[str, Any] | None) -> None:
    """Ghi nhận một lá phiếu đang đến before anything is asked about it: what was sent is in memory
    also where the database is away. Strangers, whose paper nobody takes, set nothing going.
    """
    if endpoint == CAST and places and workers.is_one() and "_user_id" in session:
        _taken.add(places["ballot_id"])
        if _first.acquire(blocking=False):
            app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001
            threading.Thread(target=_watch, args=(app,), daemon=True).start()


def _watch(app: Flask) -> None:
    """Until this process ends."""
    database.writing.set(False)
    while True:
        time.sleep(LOOK_SECONDS)
        look(app, frozenset(_taken))


def look(app: Flask, taken: frozenset[int]) -> None:
    """Xem các lượt đã nhận phiếu có lượt nào đã kết thúc; where the database is away, next time."""
    try:
        with app.app_context():
            has_ended = queries.has_ended_secretly(taken)
    except SQLAlchemyError:
        return
    if has_ended:
        workers.replace_all_once()
