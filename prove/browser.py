"""Somebody with a cookie and no screen, who outlives the server they talk to."""

import http.client
import json
import secrets
import ssl
import urllib.parse
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import lxml.html

from prove.diary import End

FORM = "application/x-www-form-urlencoded"
TIMEOUT = 30.0


class NoAnswer(Exception):
    """Nobody knows what became of this request, unless it never went out."""

    def __init__(self, fault: Exception) -> None:
        """Of what the connection said."""
        super().__init__(str(fault))
        self.end = End.UNSENT if isinstance(fault, ConnectionRefusedError) else End.UNKNOWN


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def is_served(self) -> bool:
        """Whether the application itself answered, rather than said that it cannot now."""
        return self.status < HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def page(self) -> Any:
        """The page, to be looked through."""
        return lxml.html.fromstring(self.content.decode() or "<p></p>")

    @property
    def words(self) -> str:
        """What it says, white space folded."""
        return " ".join(self.page.text_content().split())

    @property
    def said(self) -> dict[str, Any]:
        """The JSON of a cell."""
        told: dict[str, Any] = json.loads(self.content)
        return told


@dataclass
class Browser:
    """One signed-in session over one kept connection.

    `origin`: the address of an office whose nginx at `host` speaks HTTPS, with a certificate of
    nobody's; else plain HTTP to this machine.
    """

    port: int
    session: str
    token: str
    origin: str = ""
    host: str = "127.0.0.1"
    patience: float = TIMEOUT
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def __post_init__(self) -> None:
        """Be whose session it is."""
        self.cookies["ngonco"] = self.session
        self.origin = self.origin or f"http://{self.host}:{self.port}"

    def _connect(self) -> http.client.HTTPConnection:
        if self.origin.startswith("https:"):
            trusting = ssl._create_unverified_context()  # noqa: S323, SLF001 - a proof of our own
            return http.client.HTTPSConnection(
                self.host, self.port, timeout=self.patience, context=trusting
            )
        return http.client.HTTPConnection(self.host, self.port, timeout=self.patience)

    def ask(
        self, path: str, body: bytes | None = None, kind: str = FORM, *, accept: str = "text/html"
    ) -> Answer:
        """One request, never a second time by itself; NoAnswer where its end is not known."""
        headers = {
            "Host": self.origin.partition("//")[2],
            "Accept": accept,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers |= {
                "Content-Type": kind,
                "X-CSRFToken": self.token,
                "Origin": self.origin,
                "Referer": self.origin + path,
            }
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.request("GET" if body is None else "POST", path, body, headers)
            came = self._connection.getresponse()
            content = came.read()
        except (OSError, http.client.HTTPException) as fault:
            self._connection.close()
            self._connection = None
            raise NoAnswer(fault) from fault
        for name, value in came.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, held = value.partition(";")[0].partition("=")
                self.cookies[cookie] = held
        return Answer(came.status, dict(came.getheaders()), content)

    def close(self) -> None:
        """Leave."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def post(self, path: str, fields: dict[str, str], *, accept: str = "text/html") -> Answer:
        """A form of plain fields."""
        return self.ask(path, urllib.parse.urlencode(fields).encode(), accept=accept)

    def send_file(
        self, path: str, name: str, content: bytes, kind: str, fields: dict[str, str], accept: str
    ) -> Answer:
        """A form with one file."""
        border = secrets.token_hex(16)
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{field_}"\r\n\r\n{value}\r\n'
            for field_, value in fields.items()
        ]
        parts.append(
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        )
        body = "".join(parts).encode() + content + f"\r\n--{border}--\r\n".encode()
        return self.ask(path, body, f"multipart/form-data; boundary={border}", accept=accept)
