"""What the server's workers import: the application, in a process that ends when it should."""

import resource
import signal

from flask import Flask

from tools.server import end_with_parent


def application() -> Flask:
    """Load the application: a stop that comes meanwhile ends the process, which holds nothing yet.

    No worker outlives its server, and none leaves its memory on the disk where it breaks.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from wsgi import app

    return app
