"""Somebody at a report while a part is away: what they are told, and that it goes on afterwards."""

import hashlib
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from prove.browser import Answer, Browser
from prove.clients import JSON, PAPER
from prove.diary import Diary, End
from prove.ground import Ground, until

LONGEST_ANSWER = 25.0
"""Nobody waits longer for a sentence."""
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


@dataclass
class Trial:
    """Somebody at a report, and what was wrong with the answers they got."""

    ground: Ground
    scene: dict[str, Any]
    wrong: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        """The officer of the first report."""
        self.report = self.scene["reports"][0]
        self.base = self.report["cells"]["n:1"]
        session = self.scene["sessions"][self.report["officer"]]
        self.browser = Browser(self.ground.port, *session)
        diaries = self.ground.folder.with_name("diaries")
        diaries.mkdir()
        self.diary = Diary(diaries / "officer.jsonl")
        self.address = f"/campaigns/{self.scene['campaign']}/reports/{self.report['id']}"

    def demand(self, holds: object, sentence: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.append(sentence)

    def save(self) -> Answer:
        """Type into a cell; what was typed is typed again where it was not taken."""
        self.number += 1
        value = f"lần {self.number}"
        sent = self.diary.sends("cell", f"{self.report['id']}:n:1", value)
        fields = {"field": "n:1", "value": value, "base": self.base}
        came = self.browser.post(f"{self.address}/fields", fields, accept=JSON)
        if came.status == HTTPStatus.OK:
            self.base = value
        self._end(sent, came)
        return came

    def attach(self) -> Answer:
        """Attach a file."""
        self.number += 1
        content = PAPER.read_bytes() + f"\n% {self.number}".encode()
        digest = hashlib.sha256(content).hexdigest()
        sent = self.diary.sends("file", f"{self.report['id']}:{digest}", "")
        came = self.browser.send_file(
            f"{self.address}/evidence", f"{self.number}.pdf", content, "application/pdf", {}, JSON
        )
        self._end(sent, came)
        return came

    def _end(self, sent: int, came: Answer) -> None:
        self.diary.ended(sent, End.ACKNOWLEDGED if came.status == HTTPStatus.OK else End.REFUSED)

    def sign_in(self, password: str) -> Answer:
        """Anew, by the page; what was signed in before is forgotten here."""
        self.browser.cookies.clear()
        page = self.browser.ask("/account/sign-in").page
        fields = {"user_name": self.report["officer"], "password": password}
        fields["csrf_token"] = page.xpath("//input[@name='csrf_token']/@value")[0]
        came = self.browser.post("/account/sign-in", fields)
        tokens = self.look().page.xpath("//input[@name='csrf_token']/@value")
        self.browser.token = tokens[0] if tokens else ""
        return came

    def look(self) -> Answer:
        """Open the report."""
        return self.browser.ask(self.address)

    def refused(self, what: str, ask: Callable[[], Answer], said: str = "") -> None:
        """It is not taken, and a sentence says so soon, and why where that can be known."""
        began = time.monotonic()
        came = ask()
        took = time.monotonic() - began
        words = sentence_of(came)
        print(f"  {what}: {came.status} after {took:.1f} s: {words}", flush=True)
        self.demand(came.status >= HTTPStatus.BAD_REQUEST, f"{what}: taken with {came.status}")
        told = VIETNAMESE.search(words) and said in words
        self.demand(told, f"{what}: no sentence that says “{said}”, but “{words}”")
        self.demand(took < LONGEST_ANSWER, f"{what}: answered after {took:.1f} s")

    def taken(self, what: str, ask: Callable[[], Answer]) -> None:
        """It is taken."""
        came = ask()
        words = "" if came.status == HTTPStatus.OK else sentence_of(came)
        self.demand(came.status == HTTPStatus.OK, f"{what}: {came.status} {words}")

    def goes_on(self, what: str) -> None:
        """Cells and files are taken again, with nothing started anew."""
        took = until(lambda: self.save().status == HTTPStatus.OK, f"{what}: cells stay refused")
        self.taken(f"{what}, afterwards", self.attach)
        self.taken(f"{what}, afterwards", self.look)
        print(f"  goes on by itself after {took:.1f} s", flush=True)


def sentence_of(came: Answer) -> str:
    """What an answer says to whoever reads it."""
    with suppress(json.JSONDecodeError):
        return str(came.said.get("error", ""))
    parts = came.page.xpath("//main") or came.page.xpath("//body")
    return " ".join(parts[0].text_content().split())[:200] if parts else ""
