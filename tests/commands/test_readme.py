"""Every command that the README tells of is run as it is written there; one that is added needs its
run here.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from campaign.demo import commands
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests import build, guards
from tests.conftest import RUN, TEMPLATES
from tests.served import PATIENCE, begin_with, below, status_of
from tools.server import end_with_parent
from tools.stage import MOMENTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
COMMAND = re.compile(r"(?:make (?=\w)|flask\b|python -m\b)[^`#\n]*")
PASSWORD = "mot-mat-khau-dai"  # noqa: S105 - of an instance that lives as long as the test


def _commands() -> list[str]:
    """What stands in a block or a span of code and is typed, comments and machine paths aside."""
    code = [
        *re.findall(r"```\n(.*?)```", README, re.DOTALL),
        *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README),
    ]
    lines = [line for text in code for line in text.splitlines()]
    matches = (COMMAND.match(re.sub(r"^.*&& \.venv/bin/", "", line.strip())) for line in lines)
    return [" ".join(command[0].split()) for command in matches if command]


class Instance:
    """An instance of its own, in demo mode or as the README deploys it."""

    flask: guards.Guard

    def __init__(self, folder: Path, *, demo: bool = False) -> None:
        """Make its folder; a production instance is told everything by its environment."""
        folder.mkdir()
        self.folder = folder
        settings = (
            {"NGONCO_MODE": "demo", "NGONCO_INSTANCE": str(folder)}
            if demo
            else {
                "SECRET_KEY": "only-for-tests",
                "PUBLIC_URL": "https://thidua.example",
                "DATABASE_URL": f"sqlite:///{folder / 'data.db'}",
                "EVIDENCE_URL": str(folder / "evidence"),
                "BALLOT_KEYS": str(folder / "keys"),
            }
        )
        inherited = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ
        }
        self.environment = {
            **inherited,
            **settings,
            "FLASK_APP": "wsgi",
            "PYTHONIOENCODING": "utf-8",
            "TEMPLATE_CACHE": str(Path(os.environ[RUN]) / TEMPLATES),
        }

    def run(self, command: str, *, typed: str = "") -> str:
        """Type `command` at the root of the project; it must succeed."""
        done = self._done(command, typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fail(self, command: str) -> str:
        """Type `command`; it must be refused, and this is what it says."""
        done = self._done(command, "")
        assert done.returncode != 0
        return done.stdout + done.stderr

    def _done(self, command: str, typed: str) -> subprocess.CompletedProcess[str]:
        words = command.split()
        if words[0] == "flask":
            done = Instance.flask.do(typed.encode(), 300, self.environment, words[1:])
            said, warned = done.stdout.decode(), done.stderr.decode()
            return subprocess.CompletedProcess(words, done.returncode, said, warned)
        if words[0] == "make":
            words[1:1] = [
                "--no-print-directory",
                "PYTHON=true",
                f"BIN={Path(sys.executable).parent}",
            ]
        if words[0] == "python":
            words[:1] = [sys.executable]
        return subprocess.run(  # noqa: S603 - the lines of the README
            words,
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="module", autouse=True)
def _flask(ready: guards.Guard) -> None:
    """`flask` that begins at once; how it begins anew is told by `make stage` and the server."""
    Instance.flask = ready


@pytest.fixture(scope="module")
def demo(databases, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """The demo as all tests share it, once it was published."""
    made = Instance(tmp_path_factory.mktemp("demo") / "instance", demo=True)
    shutil.copytree(databases("sqlite").told(Stage.PUBLISHED), made.folder, dirs_exist_ok=True)
    file = (made.folder / "test.db").rename(made.folder / "ngonco.db")
    with closing(sqlite3.connect(file)) as rows:
        rows.execute("ATTACH ? AS migrated", [str(migrated)])
        rows.execute("CREATE TABLE alembic_version AS SELECT * FROM migrated.alembic_version")
        rows.commit()
    return made


@pytest.fixture
def published(as_migrated: Flask, databases, tmp_path: Path) -> Instance:
    """An instance with a published campaign of one unit: `tests/archive` packs a large one."""
    campaign = build.campaign(phase=Phase.PUBLISHED)
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    db.session.commit()
    made = Instance(tmp_path / "published")
    begin_with(databases("sqlite").file, made.folder)
    return made


def _copied(migrated: Path, folder: Path) -> Instance:
    made = Instance(folder)
    begin_with(migrated, folder)
    return made


@pytest.fixture(scope="module")
def production(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    made = _copied(migrated, tmp_path_factory.mktemp("production") / "instance")
    assert made.run("flask install-catalogue") == "Danh mục đã đủ.\n"
    made.run("flask create-admin", typed=f"quan-tri\nNguyễn Thị Quản\n{PASSWORD}\n{PASSWORD}\n")
    return made


def test_the_command_that_reminds_runs_where_nobody_is_to_be_told_anything(production):
    assert production.run("flask remind") == "Đã nhắc 0 báo cáo, gửi 0 thư, chưa gửi được 0.\n"


def test_the_doctor_finds_no_fault_in_a_new_installation(production):
    said = production.run("flask doctor").splitlines()
    assert (
        "[cần xem] Sao lưu: Chưa sao lưu lần nào. "
        "Đặt flask backup --verify chạy hằng đêm (README, phần sao lưu)." in said
    )
    assert said[-1] == "Không có bộ phận nào có lỗi."


def test_the_readme_tells_of_these_commands_and_no_others():
    assert sorted(set(_commands())) == sorted(
        {
            "make run",
            "make test",
            "make check",
            "make bench",
            "make vendor",
            "make stage STAGE=meeting",
            "make stage STAGE=planning",
            "flask db upgrade",
            "flask install-catalogue",
            "flask create-admin",
            "python -m tools.server --port 8000",
            "flask remind",
            "flask backup FILE",
            r"flask backup /backup/ngonco-$(date +\%F).zip --verify --prune",
            "flask restore FILE",
            "flask audit verify",
            "flask audit verify --head 120:9f86…",
            "flask audit mail-head",
            "flask audit checkpoint",
            "flask doctor",
            "flask metrics --serve",
            "flask take-keys",
            "flask retention",
            "flask retention --yes",
            "flask files verify",
            "flask files sweep",
            "flask archive CAMPAIGN_ID FILE",
            "python -m bagit --validate FOLDER",
            "flask archive-load FILE",
        }
    )


@pytest.mark.parametrize(
    ("target", "lines"),
    [
        ("run", ["tools/bootstrap.py requirements.txt", "python -m tools.serve"]),
        (
            "test",
            [
                "tools/bootstrap.py requirements-dev.txt",
                "tools/browser.py",
                "tools/alone.py",
                "check",
                "pytest -n auto",
            ],
        ),
        (
            "check",
            [
                "tools/bootstrap.py requirements-dev.txt",
                "ruff check",
                "mypy",
                "lint-imports",
                "djangofmt --quiet --check templates",
                "djlint",
                "deno fmt --quiet --check",
                "deno lint --quiet",
                "deno check --quiet static/js tests/scripts",
                "deno test",
            ],
        ),
        ("bench", ["tools/bootstrap.py requirements-dev.txt", "python -m bench"]),
        ("vendor", ["python -m tools.vendor"]),
        (
            "stage STAGE=meeting",
            ["tools/bootstrap.py requirements.txt", "python -m tools.stage meeting"],
        ),
    ],
)
def test_the_targets_set_up_first_and_run_what_the_journeys_and_checks_run(target, lines):
    output = subprocess.run(  # noqa: S603
        ["make", "--dry-run", "--no-print-directory", *target.split()],  # noqa: S607
        cwd=ROOT,
        env={name: os.environ[name] for name in os.environ if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    places = [output.find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)


def test_another_moment_is_loaded_by_one_command_in_place_of_what_was_there(demo):
    said = demo.run("make stage STAGE=planning")
    assert said == "Đã nạp diễn tập “planning”, hôm nay là 24/02/2021.\nChạy make run để mở.\n"
    assert demo.run("flask files verify").startswith("Kho tệp khớp với dữ liệu:")
    assert demo.run("flask files sweep") == "Không có tệp bỏ lại.\n"


def test_the_other_moment_of_the_readme_is_the_day_of_the_meeting(monkeypatch):
    begun = []
    monkeypatch.setattr(commands, "_begin_day", begun.append)
    monkeypatch.setattr(commands.story, "is_empty", lambda: True)
    said = commands.load_in_place(Stage("meeting"))
    assert (said, begun) == ("Đã nạp diễn tập “meeting”, hôm nay là 11/05/2021.", [Stage.MEETING])


@pytest.mark.parametrize(
    ("command", "said"),
    [("make stage", "Chưa chọn thời điểm."), ("make stage STAGE=hop", "Không có thời điểm “hop”.")],
)
def test_a_moment_that_is_none_is_answered_with_those_that_are(demo, command, said):
    assert (
        f"{said} Hãy chọn một trong các thời điểm: planning, reporting, scoring, meeting, "
        "published, health." in demo.fail(command)
    )


def test_the_command_knows_every_moment_of_the_demo():
    assert tuple(Stage) == MOMENTS


def test_a_taken_port_is_told_with_what_to_do(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo.environment["PORT"] = str(port)
        said = demo.fail("make run")
    assert f"Cổng {port} đang có chương trình khác dùng" in said
    assert f"hoặc chọn cổng khác: PORT={port + 1} make run" in said


def test_production_is_served_by_the_command_that_stands_there(production):
    (command,) = (line for line in _commands() if "tools.server" in line)
    assert f"/srv/ngonco/.venv/bin/{command}\n" in (ROOT / "deploy" / "ngonco.service").read_text(
        encoding="utf-8"
    )
    words = [sys.executable, *command.split()[1:-1]]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = subprocess.Popen(  # noqa: S603
        [*words, str(port)],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - it only asks the system for one thing
        env=production.environment | {"WORKERS": "1"},
    )
    try:
        assert _answers(f"http://127.0.0.1:{port}/", host="thidua.example")
        everybody = [served.pid, *below(served.pid)]
        served.terminate()
        assert served.wait(PATIENCE) == 0
        assert (len(everybody), [*filter(status_of, everybody)]) == (3, [])
    finally:
        served.kill()
        served.wait()


def _answers(address: str, *, host: str) -> bool:
    asked = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 - our own server
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 - our own server
                return "Ngọn Cờ" in answer.read().decode()
        except OSError:
            time.sleep(0.1)
    return False


def test_a_backup_goes_back_into_an_empty_instance_and_its_record_is_whole(
    production, migrated, tmp_path
):
    file, empty = tmp_path / "sao-luu.zip", _copied(migrated, tmp_path / "empty")
    said = production.run(f"flask backup {file} --verify").splitlines()
    assert (said[0].partition(":")[0], said[-1]) == (
        "Đã sao lưu vào sao-luu.zip",
        "Đã khôi phục thử vào một nơi trống: nhật ký khớp với mọi dòng dữ liệu.",
    )
    assert empty.run(f"flask restore {file}").startswith("Đã khôi phục bản sao lưu")
    said = empty.run("flask audit verify")
    assert said.startswith("Nhật ký nguyên vẹn:")
    head = said.split("Đầu chuỗi: ")[1].strip()
    assert empty.run(f"flask audit verify --head {head}").startswith("Nhật ký nguyên vẹn:")
    letter = empty.environment | {"HEAD_MAIL_TO": "luu-tru@example.org"}
    empty.environment = letter | {"NGONCO_INSTANCE": str(empty.folder)}
    assert empty.run("flask audit mail-head").startswith(f"Đã gửi đầu chuỗi {head} đến outbox/")
    assert len(list((empty.folder / "outbox").glob("*.eml"))) == 1
    assert empty.run("flask audit checkpoint").startswith("Đã lập mốc đối chiếu với ")
    assert " Đối chiếu từ mốc ở dòng " in empty.run("flask audit verify")


def test_a_published_campaign_is_packed_validated_and_loaded(published, migrated, tmp_path):
    file, reader = tmp_path / "goi.zip", _copied(migrated, tmp_path / "reader")
    assert published.run(f"flask archive 1 {file}").startswith("Đã đóng gói")
    with zipfile.ZipFile(file) as package:
        package.extractall(tmp_path / "bag")
    (bag,) = (tmp_path / "bag").glob("*/bagit.txt")
    published.run(f"python -m bagit --validate {bag.parent}")
    said = reader.run(f"flask archive-load {file}", typed=f"doc-gia\n{PASSWORD}\n{PASSWORD}\n")
    assert "chỉ đọc" in said
    assert " Đối chiếu từ mốc ở dòng 2." in reader.run("flask audit verify")
