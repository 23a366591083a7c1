"""Files made to harm: each is refused with a sentence, and everybody else is answered meanwhile."""

import io
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from http.cookiejar import CookieJar

from docx import Document

from campaign.demo.content.people import PASSWORD
from tests.journeys.conftest import Server

BOUNDARY = "----tep-gui-len"
TURN = re.compile(r"đang được xem xét|đang xem xét tệp của người khác")
SLOWEST = 6
"""Seconds for a page while hostile files are looked at, on a machine that has other work."""


class Visitor:
    """Somebody with cookies and no screen."""

    def __init__(self, url: str) -> None:
        """Begin without cookies."""
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """Status and words of an answer."""
        headers = {"Origin": self.url} | ({"Content-Type": kind} if kind else {})
        asked = urllib.request.Request(self.url + path, body, headers)  # noqa: S310 - our own server
        try:
            with self.opener.open(asked, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def _token(self, path: str) -> str:
        match = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(path)[1])
        assert match
        return match[1]

    def sign_in(self, user_name: str) -> "Visitor":
        """Đăng nhập with the demo's password."""
        path = "/account/sign-in"
        given = {"csrf_token": self._token(path), "user_name": user_name, "password": PASSWORD}
        status, _ = self.ask(path, urllib.parse.urlencode(given).encode())
        assert status == 200
        return self

    def send(self, path: str, content: bytes, token_at: str) -> tuple[int, str]:
        """Send a file, again and again while others are looked at."""
        parts = {"csrf_token": self._token(token_at), "act": "keep"}
        body = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
        ).encode()
        head = 'Content-Disposition: form-data; name="file"; filename="mau.docx"'
        body += f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content
        body += f"\r\n--{BOUNDARY}--\r\n".encode()
        for _ in range(60):
            answer = self.ask(path, body, f"multipart/form-data; boundary={BOUNDARY}")
            if not TURN.search(answer[1]):
                return answer
            time.sleep(1)
        return answer


def _template(words: str) -> bytes:
    document = Document()
    document.add_paragraph(words)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _with(part: str, content: bytes) -> bytes:
    made = io.BytesIO(_template("{{ about }}"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, content)
    return made.getvalue()


REFUSALS = re.compile(
    r"chạy quá lâu|quá nhiều bộ nhớ|bên trong quá lớn|khai báo XML không được phép"
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


def _hostile() -> dict[str, bytes]:
    """Each kind, made where it is sent: the bomb alone takes a second."""
    return {
        "a tower of powers": _template("{{ 9**(9**(9**9)) }}"),
        "a huge text": _template("{{ 'a' * 10**9 }}"),
        "nested loops": _template(
            "{% for a in 'x' * 99999 %}{% for b in 'x' * 99999 %}{{ b }}{% endfor %}{% endfor %}"
        ),
        "a bomb of zeros": _with("word/media/image1.png", b"\0" * 400 * 1024 * 1024),
        "a billion laughs": _with(
            "word/extra.xml", f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a11;</a>'.encode()
        ),
    }


def test_hostile_files_sent_at_once_are_refused_and_everybody_else_is_answered(
    server: Server,
) -> None:
    hostile, answers = _hostile(), dict[str, tuple[int, str]]()

    def send(name: str, sender: Visitor) -> None:
        answers[name] = sender.send(
            "/paper-templates/plan", hostile[name], "/paper-templates/letterhead"
        )

    senders = {name: Visitor(server.url).sign_in("quan-tri") for name in hostile}
    citizen, waits = Visitor(server.url), []
    threads = [threading.Thread(target=send, args=item) for item in senders.items()]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        begun = time.monotonic()
        status, _ = citizen.ask("/")
        waits.append(time.monotonic() - begun)
        assert status == 200
        time.sleep(0.2)
    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(hostile, 422)
    for name, (_, page) in answers.items():
        assert REFUSALS.search(page), name
        assert not re.search(r"Traceback|File &#34;|/campaign/|Error:", page), name
    assert len(waits) > 10
    assert max(waits) < SLOWEST, sorted(waits)[-5:]
