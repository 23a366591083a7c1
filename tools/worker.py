"""What the server's workers import: the application, in a process that ends when it should."""

import resource
import signal

from flask import Flask

from tools.server import end_with_parent


def application() -> Flask:
    """Load the application: a stop that comes meanwhile ends the process, which holds nothing yet.

    No worker outlives its server, and none leaves its memory on the disk where it breaks. What a
    worker before it could not do, it does: of the keys of open ballots only the right ones stay.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from campaign.voting.actions import sweep_keys
    from wsgi import app

    with app.app_context():
        sweep_keys()
    return app
