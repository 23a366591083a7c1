"""The attacker reads the memory of the server's own processes, while they serve and afterwards."""

import re
import socket
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from campaign.extensions import db
from campaign.voting import actions, keys, queries, sweeping
from campaign.voting.models import BallotLine
from tests import build
from tests.council_room import ballot, gather
from tests.served import PATIENCE, Served, below, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")

FAR = 987_654_320
VOTES = ("yes", "no", "yes", "no", "yes")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def _server(app, ready, folder):
    """A server with two workers, on the test's own database."""
    folder.mkdir()
    server = Served(folder, None, ready)
    server.environment |= {
        "SECRET_KEY": app.config["SECRET_KEY"],
        "INSECURE_COOKIES": "1",
        "NGONCO_MODE": "",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "BALLOT_KEYS": app.config["BALLOT_KEYS"],
        "EVIDENCE_URL": app.config["EVIDENCE_URL"],
        "NGONCO_INSTANCE": str(folder),
    }
    server.start()
    try:
        until(lambda: _answers(server.port), PATIENCE, "no answer")
        until(lambda: len(server.workers()) == 2, PATIENCE, "no second worker")
        yield server
    finally:
        server.end()


@pytest.fixture
def server(app, ready, tmp_path):
    """The machine at which the ballot is ended."""
    keys.keep(FAR, b"left by a crash")
    with _server(app, ready, tmp_path / "one") as served:
        yield served


@pytest.fixture
def another(app, ready, tmp_path):
    """Another machine, which nobody asks to end anything."""
    with _server(app, ready, tmp_path / "another") as served:
        yield served


def _answers(port):
    link = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        link.request("GET", "/static/css/tokens.css")
        return link.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        link.close()


def _memory(process):
    """Everything a process has in memory that can be written to."""
    with (
        Path(f"/proc/{process}/maps").open(encoding="ascii") as maps,
        Path(f"/proc/{process}/mem").open("rb", 0) as memory,
    ):
        for row in maps:
            span, rights, *_ = row.split()
            start, end = (int(edge, 16) for edge in span.split("-"))
            if rights.startswith("rw"):
                memory.seek(start)
                yield memory.read(end - start)


def _remembered(processes, line):
    """How many papers with the voter's token, and how many choices at all, can be read there."""
    whole = re.compile(rb"csrf_token=([\w.-]{20,})&line-%d=(yes|no)" % line)
    bare = re.compile(rb"line-%d=(?:yes|no)" % line)
    papers, choices, named = set(), 0, b"line-%d=" % line
    for part in (part for process in processes for part in _memory(process)):
        if named in part:
            papers.update(whole.findall(part))
            choices += len(bare.findall(part))
    return len(papers), choices


def _far_line(council):
    """A secret ballot whose line has a number that stands nowhere else in memory."""
    first, _ = ballot(council)
    db.session.add(BallotLine(id=FAR, ballot_id=first.id, position=99, label="Đơn vị Z"))
    db.session.flush()
    actions.annul_ballot(council.meeting, first, reason="soạn lại", at=build.NOW)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    db.session.commit()
    sweeping.destroy_used_keys()
    db.session.commit()
    return made, line


def _send(link, browser, address, **fields):
    """One form, on a connection that stays open as a browser's does."""
    body = urlencode({"csrf_token": browser.csrf_token(), **fields})
    link.request(
        "POST",
        address,
        body,
        headers={**FORM, "Cookie": f"ngonco={browser.get_cookie('ngonco').value}"},
    )
    answer = link.getresponse()
    answer.read()
    return answer.status


def _half_sent(server, address, form):
    link = socket.create_connection(("127.0.0.1", server.port))
    head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\n"
    link.sendall(f"{head}{form}".encode())
    return link


@pytest.fixture
def links(server, another):
    """A connection for each voter, open as a browser keeps it: three here, two to the other."""
    ports = [server.port] * 3 + [another.port] * 2
    opened = [HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for port in ports]
    yield opened
    for link in opened:
        link.close()


def _is_anew(server, old):
    return len(server.workers()) == 2 and not set(old) & set(below(server.pid))


def test_when_a_secret_ballot_ends_no_process_remembers_a_paper_and_no_request_is_refused(
    council, sign_in, server, another, links
):
    assert keys.kept() == []  # swept by the workers as they started
    db.session.commit()
    gather(council)
    made, line = _far_line(council)
    address = f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}/ballots/{made.id}"
    cast = [
        _send(link, sign_in(user), f"{address}/cast", **{f"line-{line.id}": vote})
        for link, user, vote in zip(links, council.users, VOTES, strict=True)
    ]
    assert cast == [303] * 5
    machines, is_over, refused = (server, another), Event(), []
    old = [below(machine.pid) for machine in machines]
    for machine in machines:  # what is still coming in, and so must be found
        with _half_sent(machine, f"{address}/cast", f"line-{line.id}=yes&"):
            until(
                lambda machine=machine: _remembered(machine.processes(), line.id)[1] > 0,
                PATIENCE,
                "memory is not read",
            )

    def visit():
        while not is_over.is_set():
            refused.extend(machine.port for machine in machines if not _answers(machine.port))
            time.sleep(0.02)

    visitor = Thread(target=visit)
    visitor.start()
    try:
        assert _send(links[1], sign_in(council.users[1]), f"{address}/close") == 303
        until(lambda: all(map(_is_anew, machines, old)), PATIENCE, "the workers are not replaced")
    finally:
        is_over.set()
        visitor.join()
    assert refused == []
    for machine in machines:
        assert _remembered(machine.processes(), line.id) == (0, 0)
    db.session.expire_all()
    counted = queries.lines_of([made.id])[made.id][0]
    assert (counted.yes, counted.no) == (3, 2)
