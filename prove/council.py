"""A council that votes while the machine fails: one steers, all give their papers."""

import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from prove.browser import Answer, NoAnswer
from prove.clients import Client
from prove.diary import End

LOOK_AGAIN = 0.1
TRIES_FOR_A_RECEIPT = 300


@dataclass
class Room:
    """What is known in the room: the ballot that is open, and who has given a paper."""

    voters: int
    ballot: int = 0
    done: set[str] = field(default_factory=set)
    is_over: threading.Event = field(default_factory=threading.Event)


@dataclass
class Voter(Client):
    """A member: gives each ballot one paper, and sends it again until it is known to be in."""

    __hash__ = Client.__hash__

    room: Room = field(default_factory=lambda: Room(0))

    def leaves(self) -> threading.Event:
        """The last ballot is closed."""
        return self.room.is_over

    @property
    def place(self) -> str:
        """Where the room is."""
        return f"/campaigns/{self.scene['campaign']}/meetings/{self.scene['meeting']}"

    def work(self) -> None:
        """Vote where it is one's turn."""
        ballot = self.room.ballot
        if not ballot or self.user_name in self.room.done:
            time.sleep(LOOK_AGAIN)
            return
        try:
            self._vote(ballot)
        except NoAnswer:
            self.silence()

    def _vote(self, ballot: int) -> None:
        page = self.browser.ask(self.place)
        if page.status != HTTPStatus.OK:
            return self.silence()
        forms = page.page.xpath(f"//form[contains(@action, '/ballots/{ballot}/cast')]")
        key = f"{ballot}:{self.scene['voters'][self.user_name]}"
        if not forms:
            if "Ông/Bà đã bỏ phiếu lượt này" in page.words:
                self.diary.ended(self.diary.sends("seen", key, ""), End.ACKNOWLEDGED)
                self.room.done.add(self.user_name)
            return None
        lines = sorted(
            {int(name[5:]) for name in forms[0].xpath(".//input/@name") if name[:5] == "line-"}
        )
        given = {
            line: "yes" if (line + ballot + self.seed_of_member) % 3 else "no" for line in lines
        }
        value = ",".join(f"{line}={choice}" for line, choice in given.items())
        number = self.diary.sends("paper", key, value)
        try:
            came = self.browser.post(
                f"{self.place}/ballots/{ballot}/cast",
                {f"line-{line}": choice for line, choice in given.items()}
                | {"csrf_token": self.browser.token},
            )
        except NoAnswer as silence:
            self.diary.ended(number, silence.end)
            raise
        return self._hear(number, key, came)

    @property
    def seed_of_member(self) -> int:
        """What makes papers of members differ; of one member they never do."""
        return int(self.scene["voters"][self.user_name])

    def _hear(self, number: int, key: str, came: Answer) -> None:
        if came.status == HTTPStatus.SEE_OTHER:
            self.diary.ended(number, End.ACKNOWLEDGED)
            self.room.done.add(self.user_name)
            self._note_receipt(key)
        elif came.is_served:
            self.diary.ended(number, End.REFUSED, f"{came.status} {came.words[:300]}")
        else:
            self.diary.ended(number, End.UNKNOWN, str(came.status))
            self.silence()

    def _note_receipt(self, key: str) -> None:
        """The room shows it once, as soon as it can be asked again: the browser carries it."""
        for _ in range(TRIES_FOR_A_RECEIPT):
            with suppress(NoAnswer):
                page = self.browser.ask(self.place)
                if page.status == HTTPStatus.OK:
                    for receipt in page.page.xpath("//*[@data-receipt]/text()"):
                        number = self.diary.sends("receipt", key, str(receipt))
                        self.diary.ended(number, End.ACKNOWLEDGED)
                    return
            self.silence()


@dataclass
class Steerer(Voter):
    """The secretary of the meeting: prepares, opens and closes ballots, and gives a paper too."""

    __hash__ = Voter.__hash__

    number: int = 0

    def work(self) -> None:
        """Take the room one step further, whatever it stands at."""
        if self.room.ballot and len(self.room.done) < self.room.voters:
            super().work()
            return
        try:
            self._go_on()
        except NoAnswer:
            self.silence()

    def _go_on(self) -> None:
        page = self.browser.ask(self.place)
        if page.status != HTTPStatus.OK:
            return self.silence()
        text = page.content.decode()
        closing = re.search(r"/ballots/(\d+)/close", text)
        opening = re.search(r"/ballots/(\d+)/open", text)
        if closing:
            ballot = int(closing.group(1))
            if self.room.ballot != ballot:  # one that opened without an answer
                self.room.done.clear()
                self.room.ballot = ballot
            elif len(self.room.done) >= self.room.voters:
                self.room.ballot = 0
                self._act("close", ballot)
        elif self.room.ballot:  # closed, without an answer
            self.room.ballot = 0
        elif self.stop.is_set():
            self.room.is_over.set()
        elif opening:
            self._act("open", int(opening.group(1)))
        else:
            self._prepare()
        return None

    def _act(self, verb: str, ballot: int) -> None:
        number = self.diary.sends(verb, str(ballot), "")
        self._note(
            number,
            lambda: self.browser.post(
                f"{self.place}/ballots/{ballot}/{verb}", {"csrf_token": self.browser.token}
            ),
        )

    def _prepare(self) -> None:
        self.number += 1
        mode = "secret" if self.number % 3 else "open"
        fields = {
            "csrf_token": self.browser.token,
            "title": f"Lượt thử {self.number}",
            "lines": "Tập thể thử\nCá nhân thử",
            "form": "approve",
            "mode": mode,
            "base": "total",
            "share": "70 %",
            "minimum_papers": "5",
            "places": "",
        }
        number = self.diary.sends("prepare", fields["title"], mode)
        self._note(number, lambda: self.browser.post(f"{self.place}/ballots/new", fields))

    def _note(self, number: int, ask: Callable[[], Answer]) -> None:
        try:
            came = ask()
        except NoAnswer as silence:
            self.diary.ended(number, silence.end)
            raise
        if came.status == HTTPStatus.SEE_OTHER:
            self.diary.ended(number, End.ACKNOWLEDGED)
        elif came.is_served:
            self.diary.ended(number, End.REFUSED, f"{came.status} {came.words[:300]}")
        else:
            self.diary.ended(number, End.UNKNOWN, str(came.status))
            self.silence()
