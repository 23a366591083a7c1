"""A process dies while it casts a secret paper: nothing acknowledged is lost, nothing earlier is
read.
"""

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import text

from campaign.core.vote_rules import Base, Mode, VoteRule
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.voting import actions, keys, queries, sweeping
from campaign.voting.models import Urn
from campaign.voting.rules import BallotState
from tests import build
from tests.council_room import ballot, gather
from tests.voting.caster import KILLED

pytestmark = pytest.mark.both_databases

STEPS = [
    "create",
    "sync file",
    "sync folder",
    "commit",
    "overwrite",
    "sync file",
    "remove",
    "sync folder",
]
"""A new key on disk for good, then the urn and the turnout, then the key before it is
overwritten.
"""
COMMITTED_AFTER = STEPS.index("commit") + 1
OPENING = ["remove", "remove", "create", "sync file", "sync folder", "commit"]
"""What lies there of nobody is removed, then the first key is on disk for good, then the urn."""
COUNTING = ["commit", "overwrite", "sync file", "remove", "sync folder"]
_END = re.compile(rb"=(?![\w=-])")
"""What a key ends with: looked for first, for few bytes of a large file are."""
_KEY = re.compile(rb"(?<![\w-])[\w-]{43}=")
_BEFORE_END = 43


@pytest.fixture
def casting(app, council, ready):
    """`casting(papers)`: a process each, at once; gives exit code, status and steps of each. Where
    they come from, a paper was cast before, for a ballot that was annulled.
    """
    gather(council)
    told = ("SQLALCHEMY_DATABASE_URI", "EVIDENCE_URL", "TEMPLATE_CACHE")
    command = ["-m", "tests.voting.caster", *(app.config[name] for name in told)]
    with ready.talking(dict(os.environ), command) as (typing, answers):

        def cast(papers):
            db.session.commit()
            db.session.remove()
            print(json.dumps(papers), file=typing, flush=True)
            return [
                SimpleNamespace(code=code, status=status, steps=steps)
                for code, status, steps in json.loads(answers.readline())
            ]

        rehearsed, _ = ballot(council, labels=("Đơn vị thử",))
        (ended,) = cast([_paper(council, rehearsed, 0, "yes")])
        assert ended.status == 303
        meeting = meetings.meeting(council.campaign.id, council.meeting.id, for_change=True)
        made = queries.ballot(meeting.id, rehearsed.id)
        actions.annul_ballot(meeting, made, reason="thử", at=build.NOW)
        db.session.commit()
        sweeping.destroy_used_keys()
        assert keys.kept() == []
        yield cast


def _paper(council, made, place, choice, **more):
    (line,) = queries.lines_of([made.id])[made.id]
    address = (
        f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}/ballots/{made.id}/cast"
    )
    return {
        "session": council.users[place].get_id(),
        "address": address,
        "data": {f"line-{line.id}": choice},
        **more,
    }


def _answer(browser, paper):
    """What is answered to a paper that is cast from here."""
    return browser.post(paper["address"], data=paper["data"]).status_code


def _places(app):
    """Where an attacker looks: the folder of keys and files, the database's own files and
    its log.
    """
    data, own = db.session.execute(
        text("SELECT current_setting('data_directory'), pg_relation_filepath('urn')")
    ).one()
    db.session.rollback()
    return [Path(app.config["BALLOT_KEYS"]).parent, Path(data, "pg_wal"), Path(data, own).parent]


def _on_disk(places):
    """Every key that can be found in any file there."""
    keys = set()
    for path in (path for place in places for path in place.rglob("*") if path.is_file()):
        with suppress(FileNotFoundError):
            keys.update(_keys_in(path.read_bytes()))
    return keys


def _keys_in(content):
    ends = (end.start() - _BEFORE_END for end in _END.finditer(content))
    return [found[0] for begin in ends if begin >= 0 and (found := _KEY.match(content, begin))]


def _readable(app, states, *, everywhere=False):
    """The `states` of the urn that the disk has a key for, each with the number of its papers.

    The server's own files of PostgreSQL, which are large, are read where `everywhere` is asked for.
    """
    is_far = everywhere and db.engine.dialect.name == "postgresql"
    opened = []
    for key in _on_disk(_places(app) if is_far else [Path(app.config["BALLOT_KEYS"]).parent]):
        for number, sealed in enumerate(states):
            with suppress(InvalidToken, ValueError):
                opened.append((number, len(json.loads(Fernet(key).decrypt(sealed))["receipts"])))
    return sorted(opened)


def _state(made):
    db.session.rollback()
    return db.session.get(Urn, made.id, populate_existing=True).sealed


def _close(council, made):
    meeting = meetings.meeting(council.campaign.id, council.meeting.id, for_change=True)
    actions.close_ballot(meeting, queries.ballot(meeting.id, made.id), at=build.NOW)
    db.session.commit()
    sweeping.leave_no_copies()


def test_a_process_killed_before_any_step_loses_no_paper_and_shows_no_earlier_one(
    app, council, casting, sign_in
):
    seen = []
    for stop_at in range(1, len(STEPS) + 2):
        made, _ = ballot(council, labels=("Đơn vị A",))
        db.session.commit()
        states = [_state(made)]
        for place, choice in ((0, "yes"), (1, "no")):
            paper = _paper(council, made, place, choice)
            if stop_at == 1:  # what such a process does is the same each time
                (ended,) = casting([paper])
                assert (ended.code, ended.status, ended.steps) == (0, 303, STEPS)
            else:
                assert _answer(sign_in(council.users[place]), paper) == 303
            states.append(_state(made))
            assert _readable(app, states) == [(len(states) - 1, len(states) - 1)]
        (ended,) = casting([_paper(council, made, 2, "yes", stop_at=stop_at)])
        assert (ended.code, ended.status) == ((KILLED, None) if stop_at <= len(STEPS) else (0, 303))
        is_in = stop_at > COMMITTED_AFTER
        assert (council.members[2].id in queries.voted(made)) is is_in
        if is_in:
            states.append(_state(made))
        assert {number for number, _ in _readable(app, states)} <= {
            len(states) - 2,
            len(states) - 1,
        }
        sweeping.destroy_used_keys()
        assert _readable(app, states) == [(len(states) - 1, 2 + is_in)]
        assert keys.kept() == [db.session.get(Urn, made.id).key_name]
        rest = []
        for place, choice in ((2, "yes"), (3, "yes"), (4, "no")):
            paper = _paper(council, made, place, choice)
            rest.append(_answer(sign_in(council.users[place]), paper))
        assert rest == [422 if is_in else 303, 303, 303]
        _close(council, made)
        counted = queries.lines_of([made.id])[made.id][0]
        receipts = queries.ballot(council.meeting.id, made.id).receipts
        assert (counted.yes, counted.no, len(receipts)) == (3, 2, 5)
        assert (_readable(app, states), keys.kept()) == ([], [])
        seen += states
    assert _readable(app, seen, everywhere=True) == []


def test_processes_that_cast_at_once_never_lose_a_key_or_a_paper(app, council, casting):
    made, _ = ballot(council, labels=("Đơn vị A",))
    db.session.commit()
    papers = [_paper(council, made, place, "yes") for place in range(5) for _ in range(2)]
    assert sorted(ended.status for ended in casting(papers)) == [303] * 5 + [422] * 5
    state = _state(made)
    assert keys.kept() == [db.session.get(Urn, made.id).key_name]
    assert _readable(app, [state]) == [(0, 5)]
    _close(council, made)
    assert queries.lines_of([made.id])[made.id][0].yes == 5


def _act(council, made, act, **more):
    """What the secretary of the meeting presses, sent as a paper is."""
    address = (
        f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}/ballots/{made.id}/{act}"
    )
    return {"session": council.users[1].get_id(), "address": address, "data": {}, **more}


def _found(made):
    db.session.rollback()
    return db.session.get(type(made), made.id, populate_existing=True)


def test_a_process_killed_while_it_opens_or_counts_leaves_the_ballot_as_it_was_or_done(
    app, council, casting, sign_in
):
    secretary, seen = sign_in(council.users[1]), []
    for stop_at in range(1, len(OPENING) + 1):
        made = actions.prepare_ballot(
            council.meeting,
            title=f"Lần {stop_at}",
            lines=[actions.LineSpec(f"Đơn vị {stop_at}")],
            rule=VoteRule(Mode.SECRET, Base.TOTAL, 60, 100),
        )
        db.session.commit()
        (ended,) = casting([_act(council, made, "open", stop_at=stop_at)])
        assert (ended.code, _found(made).state) == (KILLED, BallotState.PREPARED)
        opening = _act(council, made, "open")
        assert secretary.post(opening["address"]).status_code == 303
        assert keys.kept() == [db.session.get(Urn, made.id).key_name]
        states = [_state(made)]
        for place, choice in enumerate(("yes", "yes", "no", "yes", "blank")):
            paper = _paper(council, made, place, choice)
            assert _answer(sign_in(council.users[place]), paper) == 303
            states.append(_state(made))
        (ended,) = casting([_act(council, made, "close", stop_at=stop_at)])
        assert ended.code == (KILLED if stop_at <= len(COUNTING) else 0)
        is_counted = stop_at > COUNTING.index("commit") + 1
        assert (_found(made).state is BallotState.CLOSED) is is_counted
        if not is_counted:
            assert _readable(app, states) == [(5, 5)]
            _close(council, made)
        sweeping.destroy_used_keys()
        db.session.rollback()
        (line,) = queries.lines_of([made.id])[made.id]
        assert (line.yes, line.no, line.returned) == (3, 1, 5)
        assert len(_found(made).receipts) == 5
        assert keys.kept() == []
        seen += states
    assert _readable(app, seen, everywhere=True) == []
