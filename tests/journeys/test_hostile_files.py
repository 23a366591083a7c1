"""Files made to harm: each is refused with a sentence, and everybody else is answered meanwhile."""

import io
import re
import threading
import time
import zipfile

from docx import Document

from tests.journeys.conftest import PATIENCE, Server
from tests.journeys.visitor import Visitor

BOUNDARY = "----tep-gui-len"
TURN = re.compile(r"đang được xem xét|đang xem xét tệp của người khác")


class Sender(Visitor):
    """Somebody who sends files."""

    def _token(self, path: str) -> str:
        return str(self.go(path).page.cssselect("[name=csrf_token]")[0].get("value"))

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
        until = time.monotonic() + 2 * PATIENCE
        answer = self.ask(path, body, f"multipart/form-data; boundary={BOUNDARY}")
        while TURN.search(answer[1]) and time.monotonic() < until:
            time.sleep(1)
            answer = self.ask(path, body, f"multipart/form-data; boundary={BOUNDARY}")
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

    def send(name: str, sender: Sender) -> None:
        answers[name] = sender.send(
            "/paper-templates/plan", hostile[name], "/paper-templates/letterhead"
        )

    visitor = server.visitor("quan-tri")
    senders = {name: Sender(server.url, visitor.jar) for name in hostile}
    citizen, answered_meanwhile = Visitor(server.url), 0
    threads = [threading.Thread(target=send, args=item) for item in senders.items()]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        status, _ = citizen.ask("/")
        assert status == 200
        answered_meanwhile += any(thread.is_alive() for thread in threads)
        time.sleep(0.2)
    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(hostile, 422)
    for name, (_, page) in answers.items():
        assert REFUSALS.search(page), name
        assert not re.search(r"Traceback|File &#34;|/campaign/|Error:", page), name
    assert answered_meanwhile > 10
