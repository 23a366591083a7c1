"""The proof of `make prove`, in short: it finds every loss, and there is none."""

import json
import shutil
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing

import pytest

from campaign.demo.stages import Stage
from prove import crash
from prove.afterwards import Verdict, check_cells, check_times, papers_of, settled
from prove.diary import Diary, End, Entry, read
from prove.ground import Ground
from tests.served import Begun

KILLS = 5


@pytest.fixture
def command(ready):
    """`python` that begins its modules at once."""

    def run(environment, words, typed):
        done = ready.do(typed.encode(), 300, environment, words)
        said, warned = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(words, done.returncode, said, warned)

    return run


def _begin(ground, ready):
    """The server, as a copy of what waits in `ready`."""
    words = ["-m", "tests.begun_server", "--port", str(ground.port)]
    with ground.log.open("ab") as log:
        ground.process = Begun(ready.begin(log, ground.environment, words))


@pytest.fixture
def ground(databases, backend, command, ready, tmp_path, monkeypatch):
    """An instance of its own, with the demo as other tests have told it; on SQLite its server
    begins as the service does.
    """
    database = databases(backend)
    told = database.told(Stage.SCORING)
    folder = tmp_path / "instance"
    folder.mkdir()
    for name in ("evidence", "ballot-keys"):
        if (told / name).exists():
            shutil.copytree(told / name, folder / name)
    ground = Ground(folder, backend)
    url = ""
    if backend == "sqlite":
        with (
            closing(sqlite3.connect(told / database.file.name)) as source,
            closing(sqlite3.connect(folder / "ngonco.db")) as target,
        ):
            source.backup(target)
    else:
        name = f"prove_{database.name}"
        database._replace(name, told.name)
        url = database._url(name)
    ground.prepare(url)
    ground.environment["TEMPLATE_CACHE"] = database.app.config["TEMPLATE_CACHE"]
    monkeypatch.setattr(
        ground, "run", lambda *words, stdin="": command(ground.environment, words, stdin)
    )
    if backend == "postgresql":
        monkeypatch.setattr(ground, "start", lambda: _begin(ground, ready))
    monkeypatch.setattr(crash, "PAUSE", 0.1)
    yield ground
    ground.end()


@pytest.mark.both_databases
def test_what_was_acknowledged_outlives_every_kill(ground, capsys):
    verdict = crash.prove(ground, KILLS, seed=22)
    assert (verdict["lost"], verdict["faults"]) == ([], []), (ground.log).read_text()
    assert sum(verdict["killed"].values()) == KILLS
    counts = verdict["counts"]
    assert all(counts[kind]["acknowledged"] for kind in ("cell", "mark", "file", "paper"))
    assert crash.report(verdict)
    assert "lost=0" in capsys.readouterr().out


def _entries(*rows):
    return [Entry(number, *row) for number, row in enumerate(rows, start=1)]


ACK, UNKNOWN, REFUSED = End.ACKNOWLEDGED, End.UNKNOWN, End.REFUSED


@pytest.mark.parametrize(
    ("ends", "may_stand"),
    [
        ([], {"a"}),
        ([ACK], {"1"}),
        ([UNKNOWN], {"a", "1"}),
        ([ACK, UNKNOWN, UNKNOWN], {"1", "2", "3"}),
        ([UNKNOWN, ACK], {"2"}),
        ([ACK, REFUSED], {"1"}),
        ([ACK, End.UNSENT], {"1"}),
    ],
)
def test_a_cell_holds_what_was_acknowledged_last_or_what_nobody_knows_of_since(ends, may_stand):
    sent = _entries(*(("cell", "k", str(place), end) for place, end in enumerate(ends, start=1)))
    assert settled(sent, "a") == may_stand


def test_a_cell_that_lost_what_was_acknowledged_is_told():
    sent = [_entries(("cell", "4:n:1", "một", ACK), ("cell", "4:n:1", "hai", ACK))]
    for stands, lost in (("hai", 0), ("một", 1), ("", 1)):
        verdict = Verdict()
        check_cells(verdict, sent, {"4:n:1": stands}, "cell")
        assert len(verdict.lost) == lost, stands


@pytest.mark.parametrize(
    ("end", "count", "lost"),
    [
        (ACK, 12, 0),
        (ACK, 0, 1),
        (ACK, 11, 1),
        (ACK, 24, 1),
        (UNKNOWN, 0, 0),
        (UNKNOWN, 12, 0),
        (UNKNOWN, 3, 1),
        (REFUSED, 12, 0),
    ],
)
def test_an_import_is_whole_or_not_there(end, count, lost):
    verdict = Verdict()
    check_times(
        verdict, [_entries(("import", "7", "12", end))], Counter({"7": count}), "import", 12
    )
    assert len(verdict.lost) == lost


def test_a_paper_that_was_sent_again_is_one_paper():
    sent = [
        _entries(
            ("paper", "3:9", "1=yes,2=no", UNKNOWN),
            ("seen", "3:9", "", ACK),
            ("paper", "4:9", "5=no", UNKNOWN),
        ),
        _entries(
            ("paper", "3:8", "1=no,2=no", ACK),
            ("receipt", "3:8", "ABCD", ACK),
            ("close", "3", "", ACK),
        ),
    ]
    papers = papers_of(sent)
    assert papers[3].given == {9: {1: "yes", 2: "no"}, 8: {1: "no", 2: "no"}}
    assert (papers[3].unknown, papers[3].receipts, papers[3].is_closed) == ({}, ["ABCD"], True)
    assert (papers[4].given, papers[4].unknown) == ({}, {9: {5: "no"}})


def test_a_diary_tells_what_was_sent_before_it_tells_how_it_ended(tmp_path):
    diary = Diary(tmp_path / "somebody.jsonl")
    first = diary.sends("cell", "4:n:1", "một")
    assert [entry.end for (entry,) in read(tmp_path)] == [UNKNOWN]
    diary.ended(first, ACK)
    diary.sends("cell", "4:n:1", "hai")
    diary.close()
    (entries,) = read(tmp_path)
    assert [(entry.value, entry.end) for entry in entries] == [("một", ACK), ("hai", UNKNOWN)]
    lines = (tmp_path / "somebody.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {"n": 1, "kind": "cell", "key": "4:n:1", "value": "một"}
