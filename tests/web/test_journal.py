"""The log of a server: who asked for what under which code, and nothing of what was sent."""

import io
import json
import logging
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaign.core.permissions import Role
from campaign.home import views as home
from campaign.web import day_files, journal
from tests import build

CODE = re.compile(r"[0-9a-f]{12}")


@pytest.fixture
def lines(app, monkeypatch, tmp_path):
    """What a serving process writes, line by line, as long as the test lasts."""
    loggers = [logging.getLogger(name) for name in (None, "ngonco.access", "ngonco.slow")]
    kept = [logger.handlers[:] for logger in loggers]
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setitem(app.config, "LOGS", str(tmp_path / "logs"))
    monkeypatch.setitem(app.config, "ACCESS_LOG", 1)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", 0)
    journal.write_lines(app)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for logger, handlers in zip(loggers, kept, strict=True):
        logger.handlers[:] = handlers
    loggers[1].disabled = loggers[2].disabled = True


def test_each_answer_carries_a_code_and_has_one_line_that_tells_no_address(client, lines):
    answer = client.get("/account/link/geheim-token?q=loi")
    line = lines()[-1]
    assert CODE.fullmatch(answer.headers["X-Request-ID"])
    assert answer.headers["X-Request-ID"] != client.get("/").headers["X-Request-ID"]
    assert line.pop("at").endswith("+00:00")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "message": "request",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "/account/link/<token>",
        "user_id": None,
        "status": answer.status_code,
    }


def test_a_fault_tells_who_and_where_and_the_page_gives_its_code(
    sign_in, page, lines, monkeypatch, tmp_path
):
    def broken(*_given, **_named):
        typed = "what somebody typed"
        raise ValueError(typed) from KeyError("a secret")

    user = build.user(Role.ADMIN)
    browser = sign_in(user)
    monkeypatch.setattr(home, "render_template", broken)
    shown = page(browser.get("/home/"))
    code = shown.answer.headers["X-Request-ID"]
    assert (shown.status, shown.one("[data-incident]")) == (500, code)
    fault, access = lines()[-2:]
    assert (fault["level"], fault["fault"], fault["request_id"], fault["user_id"]) == (
        "error",
        "ValueError < KeyError",
        code,
        user.id,
    )
    assert fault["route"] == "/home/"
    assert fault["places"][-1].endswith(" broken")
    assert (access["status"], access["user_id"], access["request_id"]) == (500, user.id, code)
    (file,) = (tmp_path / "logs").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "typed" not in file.read_text() + str(lines())
    assert "secret" not in file.read_text() + str(lines())
    told = browser.get("/home/", headers={"Accept": "application/json"})
    assert told.json["error"] == (
        "Hệ thống gặp lỗi. Việc vừa làm chưa được ghi; hãy thử lại. "
        f"Mã sự cố: {told.headers['X-Request-ID']}."
    )


def test_faults_are_kept_for_eight_days_and_read_newest_first(tmp_path):
    for day, text in {
        "2026-11-20": '{"n": 0}\n',
        "2026-11-22": '{"n": 1}\nhalf a li',
        "2026-11-29": '{"n": 2}\n{"n": 3}\n[]\n',
    }.items():
        (tmp_path / f"faults-{day}.jsonl").write_text(text)
    read = day_files.newest_first(tmp_path, date(2026, 11, 29))
    assert [row["n"] for row in read] == [3, 2, 1]


def test_a_folder_that_cannot_be_written_to_stops_nobody(tmp_path):
    (tmp_path / "logs").write_text("a file stands there")
    handler = day_files.DayFiles(tmp_path / "logs")
    handler.handle(logging.makeLogRecord({"levelno": logging.ERROR, "msg": "x"}))
    assert [path.name for path in tmp_path.iterdir()] == ["logs"]


def test_a_new_day_removes_what_is_older_than_eight(tmp_path):
    (tmp_path / "faults-2020-01-01.jsonl").write_text("{}\n")
    handler = day_files.DayFiles(tmp_path)
    handler.handle(logging.makeLogRecord({"levelno": logging.ERROR, "msg": "x"}))
    (file,) = tmp_path.iterdir()
    assert (file.read_text(), file.name > "faults-2026") == ("x\n", True)


def test_a_slow_answer_and_a_slow_statement_are_kept_without_what_was_given(
    client, lines, monkeypatch, app
):
    monkeypatch.setattr(journal, "SLOW_PAGE_MS", 0)
    monkeypatch.setattr(journal, "SLOW_STATEMENT_MS", 0)
    answer = client.get("/search?q=bi-mat-cua-toi")
    logs = Path(app.config["LOGS"])
    kept = list(day_files.newest_first(logs, datetime.now(UTC).date(), day_files.SLOW))
    assert {row["request_id"] for row in kept} == {answer.headers["X-Request-ID"]}
    assert {row["message"] for row in kept} == {"slow request", "slow statement"}
    assert all(
        row["statement"].startswith(("SELECT", "BEGIN")) for row in kept if "statement" in row
    )
    assert "bi-mat" not in json.dumps([kept, lines()])


def test_what_is_not_slow_is_not_kept(client, lines, monkeypatch, app):
    monkeypatch.setattr(journal, "SLOW_PAGE_MS", 3_600_000)
    monkeypatch.setattr(journal, "SLOW_STATEMENT_MS", 3_600_000)
    client.get("/")
    logs = Path(app.config["LOGS"])
    assert list(day_files.newest_first(logs, datetime.now(UTC).date(), day_files.SLOW)) == []
