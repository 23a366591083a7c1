"""The attacker: whoever holds the database, its files, the folder of keys and the record learns
nothing of any choice.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from sqlalchemy import inspect, text

from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.voting import actions, keys, queries, urn
from campaign.voting.models import Urn
from campaign.voting.rules import Choice, Outcome
from tests import build
from tests.council_room import ballot, close, council_room, gather, give_blank

pytestmark = pytest.mark.both_databases

ORDER = (3, 0, 4, 1, 2)
FIRST = {0: "yes", 1: "no", 2: "yes", 3: "no", 4: "yes"}
SECOND = {0: "no", 1: "yes", 2: "yes", 3: "yes", 4: "no"}
"""The same three to two, from other people."""


def _address(council, made, step="cast"):
    return (
        f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}/ballots/{made.id}/{step}"
    )


def _elect(council, sign_in, page, votes, keep=None):
    """One secret ballot through the browser; gives ballot, line and the receipts by voter."""
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    db.session.commit()
    receipts = {}
    for place in ORDER:
        browser = sign_in(council.users[place])
        answer = browser.post(_address(council, made), data={f"line-{line.id}": votes[place]})
        receipts[place] = page(browser.get(answer.location)).one("[data-receipt]")
        if keep is not None:
            keep.append(db.session.get(Urn, made.id, populate_existing=True).sealed)
    key = keys.read(db.session.get(Urn, made.id, populate_existing=True).key_name)
    chair = sign_in(council.users[0])
    assert chair.post(_address(council, made, "close")).status_code == 303
    return made, line, receipts, key


@pytest.fixture
def elected(held, sign_in, page):
    """A secret election that is over, for those who only look at what it left."""

    def elect():
        council, sealed = council_room(), []
        gather(council)
        made, line, receipts, _ = _elect(council, sign_in, page, FIRST, keep=sealed)
        return SimpleNamespace(
            ballot_id=made.id,
            line_id=line.id,
            receipts=receipts,
            sealed=sealed,
            members=[member.id for member in council.members],
        )

    return held("elected", elect)


def _rows(ballot_id: int, line_id: int, receipts: set[str]) -> Iterator[tuple[str, str]]:
    """Everything the database says of one ballot, in the order and with the row ids in which it
    lies there.
    """
    is_postgres = db.engine.dialect.name == "postgresql"
    for table in inspect(db.session.connection()).get_table_names():
        hidden = "xmin::text, ctid::text," if is_postgres else ""
        for row in db.session.execute(text(f"SELECT {hidden} * FROM {table}")).mappings():  # noqa: S608 - names of our own tables
            facts = {name: value for name, value in row.items() if name not in {"xmin", "ctid"}}
            about = (
                facts.get("ballot_id") == ballot_id
                or facts.get("line_id") == line_id
                or (table == "ballot" and facts["id"] == ballot_id)
            )
            if about:
                known = {
                    name: "…"
                    if name in {"id", "ballot_id", "line_id", "number", "opened_at", "closed_at"}
                    else value
                    for name, value in facts.items()
                }
                text_of_row = json.dumps(known, default=str, sort_keys=True)
                for code in receipts:
                    text_of_row = text_of_row.replace(code, "MÃ")
                yield table, text_of_row


def test_two_elections_that_differ_only_in_who_voted_what_leave_the_same_rows(
    council, sign_in, page
):
    gather(council)
    elections = []
    for votes in (FIRST, SECOND):
        made, line, receipts, _ = _elect(council, sign_in, page, votes)
        elections.append(sorted(_rows(made.id, line.id, set(receipts.values()))))
    assert elections[0] == elections[1]
    assert {table for table, _ in elections[0]} == {"ballot", "ballot_line", "turnout"}


def test_turnout_and_result_carry_no_trace_of_the_order_of_casting(elected):
    if db.engine.dialect.name == "sqlite":
        rows = [row[0] for row in db.session.execute(text("SELECT member_id FROM turnout"))]
        assert rows == sorted(rows)
    (counted,) = queries.lines_of([elected.ballot_id])[elected.ballot_id]
    assert (counted.id, counted.yes, counted.no, counted.outcome) == (
        elected.line_id,
        3,
        2,
        Outcome.NOT_ELECTED,
    )
    assert db.session.execute(text("SELECT count(*) FROM urn")).scalar() == 0


def test_the_result_is_written_by_one_transaction_that_is_none_of_the_voters(elected):
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("SELECT count(*) FROM urn")).scalar() == 0
        return
    xmin, (made, line) = "SELECT xmin::text FROM", (elected.ballot_id, elected.line_id)
    casting = set(db.session.scalars(text(f"{xmin} turnout WHERE ballot_id = {made}")))
    counting = {
        *db.session.scalars(text(f"{xmin} ballot_line WHERE id = {line}")),
        *db.session.scalars(text(f"{xmin} ballot WHERE id = {made}")),
    }
    assert (len(casting), len(counting), casting & counting) == (5, 1, set())


def test_the_record_holds_who_voted_and_nothing_of_what(elected):
    acts = db.session.execute(text("SELECT act, changes FROM audit_entry ORDER BY number")).all()
    casts = [json.loads(row.changes) for row in acts if row.act == "ballot.cast"]
    assert [[(change["table"], sorted(change["after"])) for change in row] for row in casts] == [
        [("turnout", ["ballot_id", "member_id"])]
    ] * 5
    assert [row[0]["after"] for row in casts] == [
        {"ballot_id": elected.ballot_id, "member_id": elected.members[place]} for place in ORDER
    ]
    before_closing = "".join(row.changes for row in acts if row.act != "ballot.close")
    assert not [code for code in elected.receipts.values() if code in before_closing]


def _folders_of_other_databases(server: Path) -> frozenset[Path]:
    """Where the server keeps the databases of other tests."""
    others = text("SELECT oid FROM pg_database WHERE datname <> current_database()")
    return frozenset(server / "base" / str(number) for number in db.session.scalars(others))


def _files(app) -> Iterator[bytes]:
    """Every file an attacker may carry away: the database, its log, the evidence and the folder of
    keys; of the server also what all its databases share, and no other of them.
    """
    places, others = [Path(app.config["BALLOT_KEYS"]).parent], frozenset()
    if db.engine.dialect.name == "postgresql":
        places.append(Path(db.session.execute(text("SHOW data_directory")).scalar()))
        others = _folders_of_other_databases(places[-1])
        db.session.execute(text("COMMIT"))
        db.session.execute(text("CHECKPOINT"))
    db.session.rollback()
    for folder, below, names in chain.from_iterable(map(os.walk, places)):
        below[:] = [name for name in below if Path(folder, name) not in others]
        for path in (Path(folder, name) for name in names if "template" not in name):
            with suppress(FileNotFoundError):  # databases of other tests come and go meanwhile
                if path.is_file():
                    yield path.read_bytes()


def test_no_file_holds_the_key_or_an_urn_that_could_be_opened(app, council, sign_in, page):
    gather(council)
    sealed: list[bytes] = []
    *_, key = _elect(council, sign_in, page, FIRST, keep=sealed)
    content = list(_files(app))
    assert [part for part in content if "Đơn vị A".encode() in part] != []
    assert [part for part in content if key in part or b'"tallies"' in part] == []
    assert keys.kept() == []
    if db.engine.dialect.name == "sqlite":
        assert [part for part in content for paper in sealed if paper[:200] in part] == []


def test_a_sealed_urn_is_of_one_length_and_never_the_same_twice(elected):
    sealed = elected.sealed
    assert ({len(urn) for urn in sealed}, len(set(sealed))) == ({len(sealed[0])}, 5)


def test_the_urn_knows_no_paper(council):
    papers = urn.Papers()
    papers.add({1: Choice.YES, 2: Choice.NO})
    papers.add({1: Choice.NO, 2: Choice.YES})
    other = urn.Papers()
    other.add({1: Choice.YES, 2: Choice.YES})
    other.add({1: Choice.NO, 2: Choice.NO})
    assert papers.tallies == other.tallies
    assert papers.receipts == sorted(papers.receipts)


def test_a_crash_between_any_two_steps_leaves_both_or_neither(council, sign_in, page, monkeypatch):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    browser = sign_in(council.users[2])
    for broken in ("unseal", "seal"):
        with monkeypatch.context() as patch:
            patch.setattr(urn, broken, _crash)
            with pytest.raises(RuntimeError, match="crashed"):
                browser.post(_address(council, made), data={f"line-{line.id}": "yes"})
        db.session.rollback()
        assert queries.voted(made) == frozenset()
    with monkeypatch.context() as patch:
        patch.setattr(db.session, "commit", _crash)
        with pytest.raises(RuntimeError, match="crashed"):
            browser.open(_address(council, made), method="POST", data={f"line-{line.id}": "yes"})
    db.session.rollback()
    assert queries.voted(made) == frozenset()
    answer = browser.post(_address(council, made), data={f"line-{line.id}": "yes"})
    assert page(browser.get(answer.location)).all("[data-receipt]") != []
    assert queries.voted(made) == {council.members[2].id}


def _crash(*_args: object, **_more: object) -> None:
    message = "crashed"
    raise RuntimeError(message)


def test_a_replayed_paper_is_told_and_counts_once(council, sign_in, page):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    browser = sign_in(council.users[2])
    browser.post(_address(council, made), data={f"line-{line.id}": "yes"})
    again = page(browser.post(_address(council, made), data={f"line-{line.id}": "no"}))
    assert again.status == 422
    assert "Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu." in again.one(
        ".error-summary"
    )
    give_blank(council, made, 0, 1)
    close(council, made)
    counted = queries.lines_of([made.id])[made.id][0]
    assert (counted.yes, counted.no, len(made.receipts)) == (1, 0, 3)


def test_papers_cast_at_the_same_moment_all_count_and_each_member_once(app, council, sign_in):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    db.session.commit()
    address, field = _address(council, made), f"line-{line.id}"
    browsers = [sign_in(user) for user in council.users for _ in range(2)]
    tokens = [browser.csrf_token() for browser in browsers]
    db.session.remove()
    barrier, statuses = Barrier(len(browsers)), []

    def cast(browser, token):
        barrier.wait()
        with app.app_context():
            answer = super(type(browser), browser).open(
                address, method="POST", data={field: "yes"}, headers={"X-CSRFToken": token}
            )
            statuses.append(answer.status_code)
            db.session.remove()

    threads = [Thread(target=cast, args=pair) for pair in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303] * 5 + [422] * 5
    actions.close_ballot(
        meetings.meeting(council.campaign.id, council.meeting.id),
        queries.ballot(council.meeting.id, made.id),
        at=council.meeting.opened_at,
    )
    assert queries.lines_of([made.id])[made.id][0].yes == 5


def test_the_secretary_cannot_open_one_paper_nor_subtract_it(council, sign_in):
    gather(council)
    made, (line,) = ballot(council, labels=("Đơn vị A",))
    db.session.commit()
    secretary, victim, room = (
        sign_in(council.users[1]),
        council.members[4],
        _address(council, made).partition("/ballots")[0],
    )

    def counted(one):
        db.session.expire_all()
        return [(row.yes, row.no) for row in queries.lines_of([one.id])[one.id]]

    sign_in(council.users[4]).post(_address(council, made), data={f"line-{line.id}": "no"})
    secretary.post(_address(council, made, "close"))
    assert counted(made) == [(None, None)]
    for member in council.members[:4]:
        secretary.post(
            _address(council, made, "decline"), data={"member_id": member.id, "reason": "x"}
        )
    secretary.post(_address(council, made, "close"))
    assert counted(made) == [(None, None)]
    secretary.post(_address(council, made, "annul"), data={"reason": "làm lại"})
    assert counted(made) == [(0, 0)]
    secretary.post(_address(council, made, "repeat"), data={"reason": "làm lại"})
    second = queries.ballots(council.meeting.id)[-1]
    secretary.post(_address(council, second, "open"))
    (line,) = queries.lines_of([second.id])[second.id]
    for user in council.users:
        sign_in(user).post(
            _address(council, second),
            data={f"line-{line.id}": "no" if user is council.users[4] else "yes"},
        )
    secretary.post(_address(council, second, "close"))
    assert counted(second) == [(4, 1)]
    secretary.post(_address(council, second, "repeat"), data={"reason": "làm lại"})
    secretary.post(f"{room}/attendance/{victim.id}", data={"presence": "left", "reason": "x"})
    third = queries.ballots(council.meeting.id)[-1]
    refused = secretary.post(_address(council, third, "open"), follow_redirects=True)
    assert f"hai lần chỉ khác nhau ở {council.users[4].full_name}" in refused.text
    assert queries.ballots(council.meeting.id)[-1].opened_at is None


def test_a_key_that_a_crash_left_is_destroyed_when_the_minutes_are_confirmed(council, sign_in):
    gather(council)
    made, _ = ballot(council)
    give_blank(council, made, 0, 1, 2)
    close(council, made)
    meeting_actions.close_meeting(
        council.meeting, unfinished=queries.unfinished(council.meeting.id), at=build.NOW
    )
    db.session.commit()
    assert len(keys.kept()) == 4
    room = f"/campaigns/{council.campaign.id}/meetings/{council.meeting.id}"
    assert sign_in(council.users[0]).post(f"{room}/confirm").status_code == 303
    assert keys.kept() == []
