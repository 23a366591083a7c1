"""People whose line stands still: half a request, a file that comes in drop by drop, a page that
nobody takes. They hold nobody else.
"""

import itertools
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

FILE_BYTES = 2_500_000
DROP_SECONDS, LONGEST_SECONDS = 5.0, 120.0


@dataclass
class Stalled:
    """So many of them, each back again as soon as they were sent away."""

    port: int
    address: str
    session: str
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    sent_away: Counter[str] = field(default_factory=Counter)

    def begin(self, count: int) -> None:
        """Stand still."""
        kinds = (
            ("half a request", self._half_a_request),
            ("a file in drops", self._drops),
            ("pages that nobody takes", self._takes_nothing),
        )
        for _, kind in zip(range(count), itertools.cycle(kinds), strict=False):
            threading.Thread(target=self._again, args=kind, daemon=True).start()

    def _again(self, name: str, kind: Callable[[socket.socket], None]) -> None:
        while not self.stop.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)) as line:
                line.settimeout(DROP_SECONDS)
                kind(line)
            self.sent_away[name] += 1
            self.stop.wait(0.5)

    def _head(self, method: str, path: str) -> bytes:
        host = f"127.0.0.1:{self.port}"
        return (
            f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: ngonco={self.session}\r\n"
            f"Accept: application/json\r\nOrigin: http://{host}\r\nX-CSRFToken: {self.token}\r\n"
        ).encode()

    def _half_a_request(self, line: socket.socket) -> None:
        line.sendall(self._head("GET", self.address))
        self._until_sent_away(line, b"")

    def _drops(self, line: socket.socket) -> None:
        head = self._head("POST", f"{self.address}/evidence")
        kind = b"Content-Type: multipart/form-data; boundary=x\r\n"
        line.sendall(head + kind + f"Content-Length: {FILE_BYTES}\r\n\r\n".encode())
        self._until_sent_away(line, b"x")

    def _takes_nothing(self, line: socket.socket) -> None:
        """Asks for page after page, and reads none."""
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall((self._head("GET", self.address) + b"\r\n") * 4)
        self.stop.wait(LONGEST_SECONDS)

    def _until_sent_away(self, line: socket.socket, drop: bytes) -> None:
        began = time.monotonic()
        while not self.stop.is_set() and time.monotonic() - began < LONGEST_SECONDS:
            if drop:
                line.sendall(drop)
            with suppress(TimeoutError):
                line.recv(1024)
                return
