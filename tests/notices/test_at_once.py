"""Two processes remind at once against a server that falters, and one of them is killed: nobody
gets a mail twice but where nobody can know, and that is listed and has one Message-ID.
"""

import asyncio
import json
import os
import signal
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.extensions import db
from campaign.notices import actions
from campaign.notices.actions import About
from campaign.notices.models import Mail
from campaign.notices.rules import MailState, NoticeKind
from tests import build, post_office

pytestmark = pytest.mark.both_databases

MONDAY = datetime(2021, 4, 5, 3, 0, tzinfo=UTC)
FRIDAY = MONDAY - timedelta(days=3)
ROWS = 120
KILLED_AT = 12
"""Thư thứ mấy của tiến trình thứ nhất: in the middle of it that process is killed."""
AHEAD = 40
"""So many mails the second process sends; then it waits until the first was killed."""


class Faltering(post_office.Letters):
    """Every ninth mail is not taken for now, every thirteenth was taken when the line breaks."""

    def __init__(self):
        super().__init__()
        self.first, self.broken, self.killed, self.came = None, set(), None, defaultdict(int)
        self.is_over = asyncio.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server's own name
        if self.first:
            self.came[envelope.mail_from] += 1
            number = sum(self.came.values())
            if envelope.mail_from != "first@example.org" and self.came[envelope.mail_from] > AHEAD:
                await self.is_over.wait()
            if self.came["first@example.org"] == KILLED_AT and self.killed is None:
                self.killed = envelope.rcpt_tos[0]
                self.is_over.set()
                os.kill(self.first, signal.SIGKILL)
            elif number % 13 == 0:
                self.answers = ["break"]
                self.broken.add(envelope.rcpt_tos[0])
            elif number % 9 == 0:
                self.answers = ["451 later"]
        return await super().handle_DATA(server, session, envelope)


def _tell(people, moment):
    about = About(NoticeKind.VERIFIED, "a", "Việc cần biết", "/")
    actions.tell([user.id for user in people], about, at=moment)
    db.session.commit()


@pytest.fixture
def reminding(app, ready):
    """`reminding(moment)`: two processes remind at that moment; gives how they ended. Where they
    come from, one person was reminded on the Friday before.
    """
    office = Faltering()
    with post_office.opened(office) as (_, port):
        url, folder = app.config["SQLALCHEMY_DATABASE_URI"], app.config["EVIDENCE_URL"]
        command = ["-m", "tests.notices.sender", url, folder, str(port)]
        _tell([build.user(email="thu-sau@example.org")], FRIDAY)
        with ready.talking(dict(os.environ), command) as (typing, answers):
            print(FRIDAY.isoformat(), file=typing, flush=True)
            answers.readline()
            assert [letter["To"] for letter in office.kept] == ["thu-sau@example.org"]

            def remind(moment, *, falters=False):
                db.session.remove()
                print(moment.isoformat(), file=typing, flush=True)
                first, _ = json.loads(answers.readline())
                office.first = first if falters else None
                print(file=typing, flush=True)
                return json.loads(answers.readline())

            yield office, remind


def test_two_processes_send_each_mail_once_but_for_what_nobody_can_know(reminding):
    office, remind = reminding
    people = [build.user(email=f"nguoi{number}@example.org") for number in range(ROWS)]
    _tell(people, MONDAY)
    assert remind(MONDAY, falters=True) == [-signal.SIGKILL, 0]
    for minutes in (16, 35):
        assert remind(MONDAY + timedelta(minutes=minutes)) == [0, 0]
    names = defaultdict(list)
    for letter in office.kept:
        names[letter["To"]].append(letter["Message-ID"])
    unknown = office.broken | {office.killed}
    twice = {address for address, came in names.items() if len(came) > 1}
    assert (len(names), twice <= unknown, len(office.broken) > 5) == (ROWS + 1, True, True)
    assert {len(set(came)) for came in names.values()} == {1}
    mails = db.session.execute(select(Mail, User.email).join(User, User.id == Mail.user_id)).all()
    assert {mail.state for mail, _ in mails} == {MailState.SENT}
    assert sorted(email for _, email in mails) == sorted(names)
    assert {email for mail, email in mails if mail.was_unknown} == unknown == twice
