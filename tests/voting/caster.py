"""Processes that cast papers and die where they are told: `python -m tests.voting.caster URL
FOLDER TEMPLATES`.

Each line of input is a list of papers, cast at once by a process each; the line of output tells,
for
each, how the process ended, what was answered and which steps it took with the keys.
"""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import event

from campaign import create_app
from campaign.extensions import db
from tests.conftest import Client, Config

KILLED = 9
KEY_LENGTH = 44


class Steps:
    """What the process does that lasts, in order; before the step `stop_at` it is no more."""

    def __init__(self, keys: Path, stop_at: int | None) -> None:
        """Watch the calls by which a key comes and goes, and the commit."""
        self.taken: list[str] = []
        self._stop_at = stop_at
        opened, synced, unlinked, drawn = os.open, os.fsync, os.unlink, secrets.token_bytes

        def open_(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if Path(path).parent == keys:
                self.take("create")
            return opened(path, flags, *more, **named)

        def fsync(descriptor: int) -> None:
            is_folder = Path(f"/proc/self/fd/{descriptor}").readlink() == keys
            self.take("sync folder" if is_folder else "sync file")
            synced(descriptor)

        def unlink(path: Any, **named: Any) -> None:
            if Path(path).parent == keys:
                self.take("remove")
            unlinked(path, **named)

        def token_bytes(size: int | None = None) -> bytes:
            if size == KEY_LENGTH:
                self.take("overwrite")
            return drawn(size)

        os.open, os.fsync, os.unlink, secrets.token_bytes = open_, fsync, unlink, token_bytes
        event.listen(db.engine, "commit", lambda _connection: self.take("commit"))

    def take(self, step: str) -> None:
        """One step, unless it is the one before which the process dies."""
        self.taken.append(step)
        if len(self.taken) == self._stop_at:
            os._exit(KILLED)


def _cast(app: Any, paper: dict[str, Any], out: int) -> NoReturn:
    with app.app_context():
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = paper["session"], True
        headers = {"X-CSRFToken": browser.csrf_token()}
        steps = Steps(Path(app.config["BALLOT_KEYS"]), paper.get("stop_at"))
        answer = browser.post(paper["address"], data=paper["data"], headers=headers)
        os.write(out, json.dumps([answer.status_code, steps.taken]).encode())
    os._exit(0)


def _all_at_once(app: Any, papers: list[dict[str, Any]]) -> list[list[Any]]:
    running = []
    for paper in papers:
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            _cast(app, paper, mouth)
        os.close(mouth)
        running.append((child, ear))
    ended = []
    for child, ear in running:
        _, status = os.waitpid(child, 0)
        said = os.read(ear, 65_536)
        os.close(ear)
        ended.append(
            [os.waitstatus_to_exitcode(status), *(json.loads(said) if said else (None, None))]
        )
    return ended


def _rehearse(app: Any, paper: dict[str, Any]) -> int:
    """Cast a paper in this process as its voter does: what a server has ready long before somebody
    votes is then not made anew by each process that dies.
    """
    with app.app_context():
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = paper["session"], True
        status = browser.post(paper["address"], data=paper["data"]).status_code
        db.session.remove()
        db.engine.dispose()
    return status


def main() -> None:
    """Answer line by line, until nothing more comes; the first paper is a rehearsal."""
    config = Config(sys.argv[1], Path(sys.argv[2]))
    config.TEMPLATE_CACHE = sys.argv[3]
    app = create_app(config)
    app.test_client_class = Client
    (rehearsal,) = json.loads(sys.stdin.readline())
    said: list[list[Any]] = [[0, _rehearse(app, rehearsal), []]]
    while True:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        said = _all_at_once(app, json.loads(line))


if __name__ == "__main__":
    main()
