"""Whatever is asked and whatever breaks: a page in Vietnamese, without a trace, a path or the words
of a machine.
"""

import errno
import gc
import io
import sqlite3
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import abort
from psycopg.errors import DiskFull, UndefinedColumn
from psycopg.errors import SyntaxError as SyntaxFault
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError
from werkzeug.exceptions import default_exceptions

from campaign.core.permissions import Permission, Role
from campaign.extensions import db
from campaign.files import storage
from campaign.planning.rules import Phase
from campaign.web.errors import FULL, LOST, OLDER, READ_ONLY
from tests import build
from tests.leaks import leaks
from tests.offline import hostile, stranger
from tests.worlds import World


def _seen(answer):
    text = answer.get_data(as_text=True)
    assert leaks(text) == []
    assert all(leaks(f"{name}: {value}") == [] for name, value in answer.headers)
    return text


@pytest.fixture
def breaking(app, monkeypatch):
    """A page of the application that fails as told: what breaks is answered, not raised."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", 0)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setattr(app.logger, "disabled", True)

    def place(fault):
        def fail(**_):
            if isinstance(fault, int):
                abort(fault)
            raise fault

        fail.permission = Permission.PUBLIC
        monkeypatch.setitem(app.view_functions, "publicity.index", fail)

    return place


@pytest.mark.parametrize("code", sorted(default_exceptions))
def test_every_status_has_a_vietnamese_page_and_a_vietnamese_sentence_for_programs(
    client, breaking, code
):
    breaking(code)
    answer = client.get("/")
    assert answer.status_code == code
    assert '<html lang="vi">' in _seen(answer)
    as_json = client.get("/", headers={"Accept": "application/json"})
    assert (as_json.status_code, as_json.is_json) == (code, True)
    _seen(as_json)


def of_sqlite(name):
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorname = name
    return fault


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (ZeroDivisionError("division by zero"), 500, "Hệ thống gặp lỗi"),
        (RuntimeError("/srv/app/x.py"), 500, "Hệ thống gặp lỗi"),
        (OperationalError("select", {}, Exception("disk I/O error")), 503, "Hệ thống đang bận"),
        (DatabaseError("select", {}, Exception("file is not a database")), 500, "Hệ thống gặp lỗi"),
        (OSError(errno.ENOSPC, "No space left on device"), 500, FULL),
        (OSError(errno.EDQUOT, "Quota exceeded"), 500, FULL),
        (OSError(errno.EROFS, "Read-only file system"), 500, READ_ONLY),
        (OperationalError("insert", {}, of_sqlite("SQLITE_FULL")), 503, FULL),
        (OperationalError("insert", {}, of_sqlite("SQLITE_READONLY")), 503, READ_ONLY),
        (OperationalError("insert", {}, DiskFull()), 503, FULL),
        (ProgrammingError("select", {}, UndefinedColumn()), 503, OLDER),
        (ProgrammingError("select", {}, SyntaxFault()), 500, "Hệ thống gặp lỗi"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/srv/x"), 404, LOST),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/x"), 500, "Hệ thống gặp lỗi"),
        (MemoryError(), 500, "Hệ thống gặp lỗi"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid"), 500, "Hệ thống gặp lỗi"),
        (RecursionError("x"), 500, "Hệ thống gặp lỗi"),
    ],
)
def test_whatever_breaks_is_answered_by_a_page(client, breaking, fault, code, said):
    breaking(fault)
    for _ in range(2):
        answer = client.get("/")
        assert answer.status_code == code
        assert said in _seen(answer)
    assert client.get("/", headers={"Accept": "application/json"}).is_json


def test_a_database_that_goes_away_behind_an_answer_takes_none_back(
    client, sign_in, monkeypatch, caplog
):
    browser = sign_in(build.user(Role.SECRETARIAT))
    db.session.commit()
    db.session.remove()

    fault = of_sqlite("SQLITE_IOERR")

    def gone(_connection):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(db.engine.dialect, "do_rollback", gone)
        broken.setattr(db.engine.dialect, "is_disconnect", lambda *_: True)
        answer = browser.get("/units/")
    assert answer.status_code == HTTPStatus.OK
    assert "the database went away behind an answer: OperationalError" in caplog.messages
    assert browser.get("/units/").status_code == HTTPStatus.OK


def test_where_the_database_is_gone_every_page_says_so(app, client, sign_in, breaking, monkeypatch):
    browser = sign_in(build.user(Role.SECRETARIAT))
    breaking(404)

    def gone(*_args, **_kwargs):
        statement, fault = "select", Exception("unable to open database file /srv/data.db")
        raise OperationalError(statement, {}, fault)

    for path in ("/", "/khong-co", "/awards/", "/units/"):
        db.session.commit()
        with monkeypatch.context() as broken:
            broken.setattr(db.session().__class__, "execute", gone)
            broken.setattr(db.session().__class__, "scalars", gone)
            broken.setattr(db.session().__class__, "get", gone)
            with app.app_context():
                answer = browser.get(path)
        assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE}, path
        _seen(answer)


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/%00", {}),
        ("/%ff%fe", {}),
        ("/..%2f..%2fetc%2fpasswd", {}),
        ("/static/../../config.py", {}),
        ("/static/%2e%2e/config.py", {}),
        ("/?q=%ff", {}),
        ("/" + "a" * 9_000, {}),
        ("/", {"method": "DELETE"}),
        ("/", {"method": "BREW"}),
        (
            "/account/sign-in",
            {
                "method": "POST",
                "data": b"\xff\xfe",
                "content_type": "multipart/form-data; boundary=x",
            },
        ),
        ("/account/sign-in", {"method": "POST", "data": b"{", "content_type": "application/json"}),
        (
            "/account/sign-in",
            {"method": "POST", "data": b"x" * 100, "content_type": "multipart/form-data"},
        ),
        ("/account/sign-in", {"method": "POST", "data": {"user_name": "a" * 600_000}}),
        (
            "/account/sign-in",
            {"method": "POST", "data": {f"x{number}": "1" for number in range(2_000)}},
        ),
        ("/", {"headers": {"Cookie": "ngonco=khong-phai-phien; x=\x01"}}),
        ("/", {"headers": {"Host": "a b"}}),
        ("/", {"headers": {"Range": "bytes=9-1"}}),
        ("/", {"headers": {"Accept": "\x7f;q=x"}}),
        ("/posts/-1", {}),
        ("/posts/x", {}),
        ("/", {"headers": {"Content-Length": "nhiều".encode().decode("latin-1")}}),
        ("/static/khong-co.js", {}),
    ],
)
def test_a_request_out_of_shape_is_answered_in_vietnamese(client, breaking, path, options):
    answer = client.open(path, **{"method": "GET", **options}, token=False)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    _seen(answer)


def _kinds():
    """Files that differ at their beginning: name → content."""
    return {
        "pdf": b"%PDF-1.7\n1 0 obj",
        "png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
        "gif": b"GIF89a" + bytes(40),
        "html": b"<html><body>a;b</body></html>",
        "xml": b"<?xml version='1.0'?><a/>",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "zip": b"PK\x05\x06" + bytes(18),
        "zeros": bytes(5_000),
        "noise": bytes(range(256)) * 40,
        "huge": b"a;b\n" * 3_000_000,
        "rar": b"Rar!\x1a\x07\x00" + bytes(40),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "text": "một dòng chữ".encode(),
        "empty": b"",
        "nul": b"a;b\n\x00;c",
        "unclosed": b'a;b\n"x;y',
        "odd utf-16": b"\xff\xfea",
    }


def _spreadsheets():
    """Spreadsheets that are broken further on, or not ours: name → content."""
    whole = stranger()
    cuts = {f"cut at {share}": whole[: len(whole) * share // 10] for share in range(1, 10)}
    turned = {
        f"turned at {place}": whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        for place in range(30, len(whole), 701)
    }
    return cuts | turned | {name: content for name, (content, _) in hostile(whole).items()}


READ = ("text", "html", "nul", "unclosed", "cut at 5", "stranger", "far cell")
"""Files for the imports beside the first: all are received by the same reader, so what differs
comes after it.
"""


@pytest.fixture
def desks(app, sign_in):
    """Everybody who may send a file, and where: name → (browser, address, field, other fields)."""
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    secretary = sign_in(build.user(Role.ADMIN, Role.SECRETARIAT, Role.DIRECTOR))
    officer = sign_in(world.officer)
    plan = build.campaign(phase=Phase.DRAFT)
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    places = {
        f"import of {kind}": (secretary, f"/import/{kind}/", "file", {})
        for kind in ("units", "people", "history")
    }
    return places | {
        "import of targets": (secretary, f"/campaigns/{plan.id}/import/targets/", "file", {}),
        "form of a report": (officer, f"{at}/offline", "file", {}),
        "scan of the stock": (secretary, "/awards/certificate-layout/scan", "scan", {}),
        "template": (secretary, "/paper-templates/plan", "file", {}),
    }


# What the test client spools of a great file it leaves for the collector to close.
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)
def test_no_file_of_any_kind_gets_an_answer_with_a_trace(desks):
    """Of a scan only the beginning and the size are looked at."""
    kinds, spreadsheets = _kinds(), _spreadsheets()
    files = kinds | spreadsheets
    some = {name: files[name] for name in READ}
    fewer = {f"import of {kind}": some for kind in ("people", "history", "targets")} | {
        "scan of the stock": kinds | {"stranger": spreadsheets["stranger"]}
    }
    for place, (browser, address, field, values) in desks.items():
        for name, content in fewer.get(place, files).items():
            sent = {**values, field: (io.BytesIO(content), f"{name}.xlsx")}
            with browser.post(address, data=sent) as answer:
                assert answer.status_code in {200, 303, 404, 413, 422}, (place, name)
                assert leaks(answer.get_data(as_text=True)) == [], (place, name)
    gc.collect()


def test_a_stored_file_that_is_gone_is_said_and_a_full_disk_too(
    app, sign_in, monkeypatch, breaking
):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    browser = sign_in(world.officer)
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/evidence")

    with monkeypatch.context() as broken:
        broken.setattr(storage, "_media_type", full)
        answer = browser.post(f"{at}/evidence", data={"file": (io.BytesIO(b"%PDF-1.7"), "a.pdf")})
    assert FULL in _seen(answer)
    assert [path for path in Path(app.config["EVIDENCE_URL"]).rglob("*") if path.is_file()] == []
