"""Processes that run `flask remind` at once: `python -m tests.notices.sender URL FOLDER PORT`.

The first line of input is a moment at which this process reminds by itself, so that those it lets
go find ready what a program at work has; an empty line answers. Each further line is a moment; two
processes then stand ready, whose numbers are told in a line, and begin with the next line. When
both have ended, a line tells how. What each sends names it: `first@`, `second@`.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from campaign import create_app
from campaign.extensions import db
from campaign.web import clock
from tests.conftest import Config

NAMES = ("first", "second")


def _remind(app: Any, moment: datetime) -> Any:
    clock.now = lambda: moment
    with app.app_context():
        answer = app.test_cli_runner().invoke(args=["remind"])
        db.engine.dispose()
    return answer


def _remind_as(app: Any, name: str, moment: datetime, begin: int) -> NoReturn:
    """Remind as soon as whoever holds the other end of `begin` lets go of it."""
    os.read(begin, 1)
    app.config["MAIL_FROM"] = f"{name}@example.org"
    answer = _remind(app, moment)
    if answer.exit_code:
        sys.stderr.write(f"{name}: {answer.output}\n{answer.exception!r}\n")
        sys.stderr.flush()
    os._exit(answer.exit_code)


def main() -> None:
    """Answer line by line, until nothing more comes."""
    app = create_app(Config(sys.argv[1], Path(sys.argv[2])))
    app.config["SMTP_HOST"], app.config["SMTP_PORT"] = "127.0.0.1", int(sys.argv[3])
    _remind(app, datetime.fromisoformat(sys.stdin.readline().strip()))
    sys.stdout.write("\n")
    sys.stdout.flush()
    for line in sys.stdin:
        begin, held = os.pipe()
        children = []
        for name in NAMES:
            child = os.fork()
            if child == 0:
                os.close(held)
                _remind_as(app, name, datetime.fromisoformat(line.strip()), begin)
            children.append(child)
        sys.stdout.write(json.dumps(children) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()
        os.close(held)
        os.close(begin)
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(ended) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
