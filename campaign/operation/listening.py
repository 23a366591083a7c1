"""Cổng số đo: answers Prometheus on an address of this very machine, and nobody else."""

import socket
from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from campaign.core.errors import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/metrics"
SECONDS = 10
"""So long one who asks may take."""


def address_of(named: str) -> tuple[str, int]:
    """Địa chỉ nghe, that nobody from outside can reach."""
    host, _, port = named.rpartition(":")
    try:
        address, number = ip_address(host.strip("[]")), int(port)
    except ValueError:
        refuse(f"METRICS_ADDRESS phải có dạng 127.0.0.1:9464, không phải “{named}”.")
    if not address.is_loopback:
        refuse(f"METRICS_ADDRESS phải là địa chỉ của chính máy này, không phải “{named}”.")
    return str(address), number


class Handler(WSGIRequestHandler):
    """One question; whoever stalls is let go."""

    timeout = SECONDS

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: somebody asks every minute."""


class Server(WSGIServer):
    """One question after the other."""

    def server_bind(self) -> None:
        """Bind without asking the network what this machine is called."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]
        self.setup_environ()


class Server6(Server):
    """The same on ::1."""

    address_family = socket.AF_INET6


def _server_at(named: str) -> Server:
    """The address, taken; that of another program is refused."""
    address = address_of(named)
    try:
        return (Server6 if ":" in address[0] else Server)(address, Handler)
    except OSError:
        refuse(f"Không mở được METRICS_ADDRESS “{named}”: có chương trình khác đang dùng cổng đó.")


def listen(named: str, told: Callable[[], bytes]) -> None:
    """Trả lời mãi ở `named` with what `told` gives."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            start(f"{HTTPStatus.NOT_FOUND.value} Not Found", [("Content-Length", "0")])
            return []
        figures = told()
        content_type = "text/plain; version=0.0.4; charset=utf-8"
        start(
            f"{HTTPStatus.OK.value} OK",
            [("Content-Type", content_type), ("Content-Length", str(len(figures)))],
        )
        return [figures]

    with _server_at(named) as server:
        server.set_app(answer)
        server.serve_forever()
