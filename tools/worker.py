"""What the server's workers run: the application, in a process that ends when it should."""

import resource
import signal
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask

from tools import memory
from tools.server import end_with_parent

SWITCH_SECONDS = 0.001
"""So long one thread goes on while others want to: whoever holds a lock of the database gives the
turn up at each statement, and gets it back five times as soon as Python would have it.
"""


def application() -> Flask:
    """Load the application: a stop that comes meanwhile ends the process, which holds nothing yet.

    No worker outlives its server, and none leaves its memory on the disk where it breaks. What a
    worker before it could not do, it does: of the keys of open ballots only the right ones stay.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setswitchinterval(SWITCH_SECONDS)
    app = loaded()
    from campaign.figures import figures
    from campaign.web import journal

    journal.write_lines(app)
    figures.begin(app.config["METRICS"])
    with app.app_context():
        _sweep(app)
    return app


@cache
def loaded() -> Flask:
    """The application, in memory that the collector leaves alone; a copy of the process has it."""
    with memory.loading():
        from wsgi import app
    return app


def _sweep(app: Flask) -> None:
    """Remove what a worker that died left; one that begins while the database is away leaves it."""
    from sqlalchemy.exc import SQLAlchemyError

    from campaign.archive.stored import sweep_unasked
    from campaign.archive.workshop import sweep
    from campaign.extensions import db
    from campaign.voting.sweeping import keys_problem, sweep_keys, take_key_store

    try:
        sweep(Path(app.config["PACKAGES"]), datetime.now(UTC))
        sweep_keys()
        take_key_store()
        if problem := keys_problem():
            app.logger.error("keys of open ballots are not reached from this machine: %s", problem)
        if app.config["DEMO"]:
            sweep_unasked(datetime.now(UTC))
    except (SQLAlchemyError, OSError) as fault:
        db.session.remove()
        app.logger.warning("nothing was swept: %s", type(fault).__name__)
