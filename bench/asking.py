"""Asking a server the same thing again and again, and how long it took."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import memory

ROOT = Path(__file__).parent.parent
WARM_UP, IN_A_ROW = 5, 20


@dataclass
class Figures:
    """Milliseconds, bytes and rows of one page."""

    median: float
    p95: float
    size: int
    rows: int


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """One worker; gives its port and the process."""
    port = free_port()
    command = [sys.executable, "-m", "bench.serve", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        command, cwd=ROOT, env={**memory.MALLOC, **os.environ, **environment}
    )
    try:
        for _ in range(1200):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


class Asker:
    """One client with one kept connection, that asks again and again and notes the time."""

    def __init__(
        self,
        port: int,
        method: str,
        path: str,
        *,
        cookie: str = "",
        body: Callable[[int], str] | None = None,
        token: str = "",
        before: Callable[[], None] | None = None,
    ) -> None:
        """Ask `path`; `before` each request, outside the time measured."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._method, self._path, self._body, self._before = method, path, body, before
        self._headers = {"Cookie": cookie} if cookie else {}
        if body:
            self._headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": token,
            }
        self._rounds: list[list[float]] = []
        self._page, self._number = b"", 0
        self.ask(0)

    def ask(self, times: int) -> None:
        """So many requests in a row, after some that only warm up."""
        took = [self._once() for _ in range(WARM_UP + times)][WARM_UP:]
        if took:
            self._rounds.append(took)

    def _once(self) -> float:
        if self._before:
            self._before()
        body = self._body(self._number) if self._body else None
        start = time.perf_counter()
        self._connection.request(self._method, self._path, body=body, headers=self._headers)
        answer = self._connection.getresponse()
        self._page = answer.read()
        took = (time.perf_counter() - start) * 1000
        self._number += 1
        if answer.status not in {200, 201}:
            message = f"{self._method} {self._path}: {answer.status}"
            raise RuntimeError(message)
        return took

    @property
    def figures(self) -> Figures:
        """What was seen until now: the median of the calmest round, for other guests of the machine
        only make it slower; the
        p95 of all.
        """
        took = sorted(took_once for round_ in self._rounds for took_once in round_) or [0.0]
        rows = len(re.findall(b"<tr|<li|<section|<article", self._page))
        return Figures(
            min(map(statistics.median, self._rounds), default=0.0),
            took[int(len(took) * 0.95)],
            len(self._page),
            rows,
        )


def beside(
    page: Asker, floor_of: Callable[[Figures], Asker], times: int
) -> tuple[Figures, Figures]:
    """A page and the floor for as many rows and bytes, twenty requests of each in turn, so that
    whatever else the machine does
    meets both.
    """
    bare = floor_of(page.figures)
    for _ in range(times // IN_A_ROW):
        page.ask(IN_A_ROW)
        bare.ask(IN_A_ROW)
    return page.figures, bare.figures
