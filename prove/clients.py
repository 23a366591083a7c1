"""People at work while the machine fails under them: each notes what they sent and what came."""

import hashlib
import random
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from prove.browser import Answer, Browser, NoAnswer
from prove.diary import Diary, End

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER = Path(__file__).resolve().parent.parent / "campaign/demo/evidence.pdf"
PAUSE_AFTER_SILENCE = 0.3
ROWS_OF_AN_IMPORT = 12
LARGE_ONE_IN, LARGE_BYTES = 8, 700_000


@dataclass
class Client(ABC, threading.Thread):
    """One person; works until the house is told to stop, and outlives every server."""

    port: int
    user_name: str
    folder: Path
    name_: str
    seed: int
    pause: float
    stop: threading.Event
    scene: dict[str, Any]
    faults: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """So much was confirmed until now."""
        return self.diary.acknowledged

    def __post_init__(self) -> None:
        """A thread of its own."""
        super().__init__(name=self.name_, daemon=True)
        self.chance = random.Random(f"{self.seed}-{self.name_}")  # noqa: S311 - to be repeated
        self.diary = Diary(self.folder / f"{self.name_}.jsonl")
        self.browser = Browser(self.port, *self.scene["sessions"][self.user_name])

    def __hash__(self) -> int:
        """As any thread."""
        return id(self)

    def run(self) -> None:
        """Work until it is over."""
        try:
            while not self.leaves().is_set():
                self.work()
                self.leaves().wait(self.chance.uniform(0.3, 1.7) * self.pause)
        except Exception as fault:  # noqa: BLE001 - told at the end, by name
            self.faults.append(f"{self.name_}: {type(fault).__name__}: {fault}")
        finally:
            self.browser.close()
            self.diary.close()

    def leaves(self) -> threading.Event:
        """What this one goes home at, out of any pause."""
        return self.stop

    @abstractmethod
    def work(self) -> None:
        """One thing this person does."""

    def silence(self) -> None:
        """Wait a moment for a server that is away."""
        time.sleep(PAUSE_AFTER_SILENCE)


@dataclass
class Writer(Client):
    """Saves cells as they are typed: of a report, or of a sheet of marks."""

    __hash__ = Client.__hash__

    kind: str = "cell"
    address: str = ""
    place: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def work(self) -> None:
        """Type into one cell."""
        name = self.chance.choice(list(self.cells))
        base = self.cells[name]
        value = self._typed(name, base)
        number = self.diary.sends(self.kind, f"{self.place}:{name}", value)
        fields = {"field": name, "value": value, "base": base}
        try:
            came = self.browser.post(self.address, fields, accept=JSON)
        except NoAnswer as silence:
            self.diary.ended(number, silence.end)
            return self.silence()
        self._hear(name, number, value, came)
        return None

    def _typed(self, name: str, base: str) -> str:
        marks = [mark for mark in self.choices.get(name, []) if mark != base]
        return self.chance.choice(marks) if marks else f"{self.name_} {self.diary.next_number}"

    def _hear(self, name: str, number: int, value: str, came: Answer) -> None:
        if came.status == HTTPStatus.OK:
            self.cells[name] = value
            self.diary.ended(number, End.ACKNOWLEDGED)
        elif came.status == HTTPStatus.CONFLICT:  # what nobody knew the end of had come in
            self.cells[name] = came.said["conflict"]["value"]
            self.diary.ended(number, End.REFUSED, "conflict")
        elif came.is_served:
            self.diary.ended(number, End.REFUSED, f"{came.status} {came.content[:200]!r}")
        else:
            self.diary.ended(number, End.UNKNOWN, str(came.status))
            self.silence()


@dataclass
class Uploader(Client):
    """Attaches files, and sometimes sends one again that got no answer."""

    __hash__ = Client.__hash__

    report: int = 0
    again: bytes = b""

    def work(self) -> None:
        """Attach one file."""
        content = self.again or self._paper()
        self.again = b""
        digest = hashlib.sha256(content).hexdigest()
        number = self.diary.sends("file", f"{self.report}:{digest}", str(len(content)))
        path = f"/campaigns/{self.scene['campaign']}/reports/{self.report}/evidence"
        end = End.UNKNOWN
        try:
            came = self.browser.send_file(
                path, f"{self.name_} {number}.pdf", content, "application/pdf", {}, JSON
            )
        except NoAnswer as silence:
            came, end = None, silence.end
        if came is not None and came.status == HTTPStatus.OK:
            self.diary.ended(number, End.ACKNOWLEDGED)
        elif came is not None and came.is_served:
            self.diary.ended(number, End.REFUSED, f"{came.status} {came.content[:200]!r}")
        else:
            self.diary.ended(number, end)
            self.again = content if self.chance.random() < 1 / 2 else b""
            self.silence()

    def _paper(self) -> bytes:
        padding = LARGE_BYTES if self.chance.randrange(LARGE_ONE_IN) == 0 else 64
        return PAPER.read_bytes() + b"\n%" + self.chance.randbytes(padding).hex().encode()


@dataclass
class Importer(Client):
    """Brings in a file of awards of earlier years: all of its rows or none."""

    __hash__ = Client.__hash__

    def work(self) -> None:
        """Send a file, look at the preview, write."""
        decision = f"{self.diary.next_number}/QĐ-{self.name_}"
        try:
            page = self.browser.send_file(
                "/import/history/", "so-cu.xlsx", _awards(decision), XLSX, {}, "text/html"
            )
        except NoAnswer:
            return self.silence()
        sealed = page.page.xpath("//input[@name='sealed']/@value") if page.is_served else []
        if not sealed:
            return self.silence()
        number = self.diary.sends("import", decision, str(ROWS_OF_AN_IMPORT))
        try:
            came = self.browser.post(
                "/import/history/write", {"sealed": sealed[0], "csrf_token": self.browser.token}
            )
        except NoAnswer as silence:
            self.diary.ended(number, silence.end)
            return self.silence()
        if came.status == HTTPStatus.SEE_OTHER:
            self.diary.ended(number, End.ACKNOWLEDGED)
        elif came.is_served:
            self.diary.ended(number, End.REFUSED, f"{came.status} {came.words[:300]}")
        else:
            self.diary.ended(number, End.UNKNOWN, str(came.status))
        return None


def _awards(decision: str) -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Năm", "Số quyết định", "Hình thức", "Đối tượng", "Tên"])
        for place in range(ROWS_OF_AN_IMPORT):
            name = f"Tổ {place} theo {decision}"
            sheet.write_row(place + 1, 0, [2019, decision, "Giấy khen", "tập thể", name])
    return out.getvalue()
