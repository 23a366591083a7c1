"""Addresses for programs that watch, the page of the administrator, and `flask doctor`."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from campaign.archive.models import BackupRun
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.operation import probes
from campaign.proof.models import ProofRun
from tests import build

FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def installed(app):
    """An installation whose database stands at the newest step, backed up an hour ago."""
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    db.session.execute(
        text("INSERT INTO alembic_version VALUES (:step)"), {"step": probes.newest_revision()}
    )
    db.session.add(
        BackupRun(
            taken_at=datetime.now(UTC) - timedelta(hours=1),
            file_name="dem-qua.zip",
            size=1_288_490_189,
            missing_count=0,
            rehearsed_at=datetime.now(UTC) - timedelta(minutes=50),
        )
    )
    db.session.commit()
    return app


def _verdicts(answer):
    return {part["part"]: part["verdict"] for part in answer.json["parts"]}


def test_a_process_says_that_it_is_alive_without_asking_the_database(client, count_queries):
    with count_queries() as seen:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json, list(seen)) == (200, {"alive": True}, [])


@pytest.mark.both_databases
def test_an_installation_that_is_well_is_ready_and_leaves_nothing_in_the_store(installed, client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (200, True)
    assert {**_verdicts(answer), "disk": "any"} == {
        "database": "well",
        "files": "well",
        "disk": "any",
        "migrations": "well",
        "clock": "well",
        "keys": "well",
        "backup": "well",
        "mail": "look",
    }
    assert list(Path(installed.config["EVIDENCE_URL"]).iterdir()) == []
    assert list(Path(installed.config["BALLOT_KEYS"]).iterdir()) == []


def test_a_stranger_is_told_no_more_than_yes_or_no(installed, client, sign_in):
    assert client.get("/readyz", environ_base=FAR).json == {"ready": True}
    forwarded = client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert forwarded.json == {"ready": True}
    other = sign_in(build.user(Role.SECRETARIAT)).get("/readyz", environ_base=FAR)
    assert other.json == {"ready": True}
    known = sign_in(build.user(Role.ADMIN)).get("/readyz", environ_base=FAR)
    assert _verdicts(known)["database"] == "well"


def test_a_part_at_fault_is_named_with_503(installed, client, monkeypatch, tmp_path):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    for name in ("EVIDENCE_URL", "BALLOT_KEYS"):
        (tmp_path / name).write_text("a file stands where the folder should")
        monkeypatch.setitem(installed.config, name, str(tmp_path / name))
    answer = client.get("/readyz")
    told = {part["part"]: (part["verdict"], part["words"]) for part in answer.json["parts"]}
    assert (answer.status_code, answer.json["ready"]) == (503, False)
    assert told["migrations"] == (
        "fault",
        f"Cơ sở dữ liệu ở bước 0001, chương trình cần {probes.newest_revision()}.",
    )
    assert told["files"][0] == told["keys"][0] == "fault"
    stranger = client.get("/readyz", environ_base=FAR)
    assert (stranger.status_code, stranger.json) == (503, {"ready": False})


def test_the_administrator_reads_what_stands_and_what_to_do(installed, sign_in, page):
    logs = Path(installed.config["LOGS"])
    logs.mkdir(exist_ok=True)
    day = datetime.now(UTC).date().isoformat()
    line = {"at": f"{day}T00:00:00+00:00", "request_id": "ab12cd34ef56", "message": "fault"}
    line |= {"fault": "ValueError", "method": "GET", "route": "/units/", "user_id": 7}
    (logs / f"faults-{day}.jsonl").write_text(json.dumps(line) + "\n")
    db.session.add(
        ProofRun(
            started_at=datetime.now(UTC),
            finished_at=datetime.now(UTC),
            by_name="đêm",
            fault_count=2,
            faults=[],
        )
    )
    shown = page(sign_in(build.user(Role.ADMIN)).get("/operation/"))
    (logs / f"faults-{day}.jsonl").unlink()
    texts = " ".join(shown.all("td"))
    assert shown.one("h1") == "Vận hành"
    assert "có 2 điều không khớp." in texts
    assert "giữ nguyên máy cho đến khi rõ nguyên nhân." in texts
    assert "Chương trình gặp lỗi ValueError." in texts
    assert "ab12cd34ef56" in shown.all("th code")
    assert probes.newest_revision() in shown.all("dl.facts dd")
    assert any(words.startswith("dem-qua.zip, 1,2 GB, ") for words in shown.all("dl.facts dd"))


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DIRECTOR, Role.UNIT_HEAD])
def test_nobody_else_opens_the_page(app, sign_in, role):
    unit = build.unit() if role.belongs_to_unit else None
    assert sign_in(build.user(role, at=unit)).get("/operation/").status_code == 403


def test_the_doctor_tells_every_part_and_ends_with_1_where_one_is_at_fault(installed):
    run = installed.test_cli_runner().invoke
    done = run(args=["doctor"])
    lines = done.output.splitlines()
    assert (done.exit_code, lines[-1]) == (0, "Không có bộ phận nào có lỗi.")
    assert "[tốt] Cơ sở dữ liệu: Trả lời." in lines
    assert (
        "[cần xem] Thiết lập: SECRET_KEY ngắn hơn 32 ký tự. "
        "SECRET_KEY: thay bằng khoá dài hơn." in lines
    )
    db.session.execute(text("DELETE FROM alembic_version"))
    db.session.commit()
    done = run(args=["doctor"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "Có lỗi ở: Lược đồ.")
