"""Gói lưu trữ: a stranger can read and verify it; it comes back for reading only, whole or not at
all.
"""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace

import bagit
import pytest
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.archive import contents, packing, rows
from campaign.archive import pack as packed_by
from campaign.archive.load import load
from campaign.archive.models import LoadedArchive
from campaign.archive.pack import pack
from campaign.archive.rules import (
    PackingNote,
    PackingState,
    Step,
    packing_note_of,
    packing_note_text,
    packing_state,
)
from campaign.audit import queries as audit
from campaign.audit import tables
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.office.shelf import AT_ONCE
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from tests import build, chain
from tests.served import PATIENCE, below, until

NOW = datetime(2021, 5, 20, tzinfo=UTC)


@pytest.fixture
def empty(databases, backend, app):
    """Make the instance empty again."""

    def emptied():
        db.session.remove()
        db.engine.dispose()
        databases(backend).reset()

    return emptied


@pytest.fixture
def published(tell):
    return tell(Stage.PUBLISHED)


def _packed(campaign, target):
    with pack(campaign, now=NOW) as made:
        target.write_bytes(made.read())
    return target


def _unpacked(package, folder):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    (root,) = folder.iterdir()
    return root


def _run(*command):
    return subprocess.run(  # noqa: S603 - our own files
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def packed():
    """The bytes of the small package, once it was made."""
    return []


@pytest.fixture
def package(app, packed, tmp_path):
    """The package of a published campaign with one unit, packed beside another campaign."""
    del app
    if not packed:
        packed.append(_packed(_two_campaigns(), tmp_path / "goi.zip").read_bytes())
    file = tmp_path / "goi.zip"
    file.write_bytes(packed[0])
    return file


def _two_campaigns():
    """A published campaign with one unit, beside another."""
    campaign = build.campaign(phase=Phase.PUBLISHED, title="Phong trào nhỏ")
    other = build.campaign(phase=Phase.PUBLISHED, title="Phong trào khác")
    for of_campaign, name in ((campaign, "Phòng trong gói"), (other, "Phòng ngoài gói")):
        build.participation(of_campaign, unit=build.unit(name=name), block=build.block(of_campaign))
    db.session.commit()
    return campaign


def _altered(package, change):
    """The package with `change(name, content)` applied to each file; None leaves a file out."""
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    package.write_bytes(made.getvalue())


def test_every_table_belongs_to_a_campaign_or_is_named_as_one_that_does_not():
    named = set(contents.owners()) | contents.NEVER | contents.WHOLE | set(contents.REFERRED)
    assert named == {table.name for table in db.metadata.sorted_tables}


@pytest.mark.both_databases
def test_a_loaded_package_holds_the_same_rows_and_only_reads(
    published, app, empty, sign_in, tmp_path, monkeypatch
):
    def told():
        with tables.snapshot() as connection:
            return {
                name: list(rows.lines(connection, statement))
                for name, statement in contents.selections(campaign_id).items()
                if name != "user_account"
            }

    monkeypatch.setattr(packed_by, "papers_of", lambda *_: [("plan-1.docx", b"drawn elsewhere")])
    campaign_id, title = published.id, published.title
    before = told()
    package = _packed(published, tmp_path / "goi.zip")
    empty()
    assert load(package, now=NOW) == title
    assert told() == before
    reader = build.user(Role.SECRETARIAT, Role.DIRECTOR)
    browser = sign_in(reader)
    head = audit.head()
    for path in (
        "",
        "ranking/",
        "meetings/",
        "meetings/1",
        "awards/",
        "decisions/1",
        "reports/",
        "verification/",
        "papers/",
        "council/",
    ):
        answer = browser.get(f"/campaigns/{campaign_id}/{path}")
        assert answer.status_code == HTTPStatus.OK, path
        assert "Bản lưu trữ, chỉ đọc." in answer.get_data(as_text=True)
    refused = browser.post(f"/campaigns/{campaign_id}/papers/file-all", follow_redirects=True)
    assert "Đây là bản lưu trữ, chỉ đọc." in refused.get_data(as_text=True)
    assert audit.head() == head
    assert not any(
        user.is_active for user in db.session.scalars(select(User).where(User.id != reader.id))
    )


def _page(browser, campaign_id):
    return browser.get(f"/campaigns/{campaign_id}/archive/").get_data(as_text=True)


def _pack_by_page(browser, campaign_id, target):
    """Press the button, wait until nobody packs any more, and take the file."""
    begun = browser.post(f"/campaigns/{campaign_id}/archive/package")
    assert (begun.status_code, begun.location) == (303, f"/campaigns/{campaign_id}/archive/")
    made = packing.workshop_of(db.session.get_one(Campaign, campaign_id))
    is_done = (PackingState.READY, PackingState.REFUSED, PackingState.BROKEN)
    until(lambda: made.state(datetime.now(UTC)) in is_done, 200, "still packing")
    shown = _page(browser, campaign_id)
    assert ("Đang lập gói: bước" in shown, "đã lập xong lúc" in shown) == (False, True)
    with browser.get(f"/campaigns/{campaign_id}/archive/package") as answer:
        assert (answer.status_code, answer.mimetype) == (HTTPStatus.OK, "application/zip")
        target.write_bytes(answer.get_data())


class Copied:
    """What `subprocess.Popen` gives of a packer, which is a copy of what waits in `ready`; the lock
    that it would inherit is held for it.
    """

    def __init__(self, ready, command, *, env, pass_fds, **_ends):
        assert command == [sys.executable, "-P", str(packing.PACKER)]
        self._asked = []
        self.stdin = nullcontext()
        self.stdin.write = self._asked.append
        self._ready, self._environment = ready, dict(env)
        self._held = [os.dup(lock) for lock in pass_fds]

    def wait(self):
        try:
            words = ["-m", "campaign.archive.packer"]
            self._ready.do(b"".join(self._asked), PATIENCE, self._environment, words)
        finally:
            for lock in self._held:
                os.close(lock)


@pytest.fixture(scope="module")
def whole_package():
    """Where the package stands that the tests of this file take apart, once it was made."""
    return {}


@pytest.fixture
def taken(whole_package, tell, sign_in, ready, monkeypatch, tmp_path_factory):
    """The published demo, beside another campaign, as another process has packed it for the
    Director; its folder, and the tables that its campaign has rows in. How a packer begins anew is
    told by the one that is killed.
    """
    if not whole_package:
        campaign = tell(Stage.PUBLISHED)
        other = build.campaign(phase=Phase.PUBLISHED)
        build.participation(
            other, unit=build.unit(name="Phòng ngoài gói"), block=build.block(other)
        )
        campaign_id, folder = campaign.id, tmp_path_factory.mktemp("package")
        begun = SimpleNamespace(
            Popen=partial(Copied, ready), PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL
        )
        monkeypatch.setattr(packing, "subprocess", begun)
        _pack_by_page(sign_in(build.user(Role.DIRECTOR)), campaign_id, folder / "goi.zip")
        whole_package["root"] = _unpacked(folder / "goi.zip", folder / "goi")
        whole_package["selections"] = set(contents.selections(campaign_id))
    return whole_package


def test_the_package_is_verified_by_a_third_party_and_its_chain_by_the_script_inside(
    taken, tmp_path
):
    root = shutil.copytree(taken["root"], tmp_path / "goi")
    data = root / "data"
    assert _run("-m", "bagit", "--validate", root).returncode == 0
    sound = _run(data / "check_chain.py", data / "audit.jsonl")
    assert (sound.returncode, sound.stdout) == (0, "Chuỗi nhật ký nguyên vẹn.\n")
    names = {path.name for path in (data / "papers").iterdir()}
    assert {
        "plan-1.docx",
        "summary-1.docx",
        "minutes-1.docx",
        "decision-1.docx",
        "giay-khen-1.pdf",
    } <= names
    assert {path.stem for path in (data / "tables").glob("*.json")} == taken["selections"]
    lines = (data / "audit.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    full = [number for number, line in enumerate(lines) if '"changes"' in line]
    lines[full[5]] = lines[full[5]].replace('"act": "', '"act": "x')
    (data / "audit.jsonl").write_text("".join(lines), encoding="utf-8")
    bad = _run(data / "check_chain.py", data / "audit.jsonl")
    assert (bad.returncode, bad.stdout) == (1, f"Chuỗi nhật ký sai ở dòng {full[5] + 1}.\n")
    assert _run("-m", "bagit", "--validate", root).returncode == 1


def test_the_director_gets_every_file_and_paper_from_the_process_that_packed(taken):
    data = taken["root"] / "data"
    assert len(list((data / "papers").glob("*.docx"))) > AT_ONCE
    listed = (data / "files.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line for line in listed if line.endswith("lost")] == []
    assert any((data / "files").iterdir())


def test_nothing_of_secrets_accounts_or_other_campaigns_is_in_the_package(taken):
    data = taken["root"] / "data"
    people = json.loads((data / "tables" / "user_account.json").read_text(encoding="utf-8"))
    assert {tuple(sorted(row)) for row in people} == {
        ("full_name", "honorific", "id", "position", "unit_id")
    }
    everything = b"".join(
        path.read_bytes()
        for path in data.rglob("*")
        if path.suffix in {".json", ".csv", ".jsonl", ".txt"}
    )
    for word in (
        "Phòng ngoài gói",
        "thuong-truc",
        "password_hash",
        '"table":"turnout"',
        '\\"table\\":\\"turnout\\"',
        "token_hash",
    ):
        assert word.encode() not in everything, word
    ballots = json.loads((data / "tables" / "ballot.json").read_text(encoding="utf-8"))
    assert all(len(row["receipts"]) > 0 for row in ballots if row["mode"] == "secret")


def test_only_the_director_packs_and_only_what_is_published(app, sign_in):
    running, done = build.campaign(phase=Phase.SCORING), build.campaign(phase=Phase.PUBLISHED)
    director = sign_in(build.user(Role.DIRECTOR))
    answer = director.post(f"/campaigns/{running.id}/archive/package", follow_redirects=True)
    assert "Chỉ đóng gói lưu trữ phong trào đã công bố kết quả." in answer.get_data(as_text=True)
    assert "Gói lưu trữ lập được sau khi công bố kết quả." in _page(director, running.id)
    secretary = sign_in(build.user(Role.SECRETARIAT))
    assert (
        secretary.post(f"/campaigns/{done.id}/archive/package").status_code == HTTPStatus.FORBIDDEN
    )
    assert (
        secretary.get(f"/campaigns/{done.id}/archive/package").status_code == HTTPStatus.FORBIDDEN
    )


@pytest.fixture
def workshop(app):
    """A published campaign's, and the Director's way to it."""
    campaign = build.campaign(phase=Phase.PUBLISHED)
    db.session.commit()
    return packing.workshop_of(campaign), campaign.id


def test_while_somebody_packs_a_second_press_is_refused_and_the_page_tells_the_step(
    workshop, sign_in
):
    made, campaign_id = workshop
    director = sign_in(build.user(Role.DIRECTOR))
    lock = made.take()
    made.write(PackingNote("Bà Giám đốc", NOW, Step.PAPERS))
    answer = director.get(f"/campaigns/{campaign_id}/archive/")
    page = answer.get_data(as_text=True)
    assert "Đang lập gói: bước 2/4,\n      lập văn bản." in page
    assert answer.headers["Refresh"] == "3"
    assert "Lập gói lại" not in page
    refused = director.post(f"/campaigns/{campaign_id}/archive/package", follow_redirects=True)
    assert (
        "Gói lưu trữ của phong trào này đang được lập; xong thì tải được ở trang này."
        in refused.get_data(as_text=True)
    )
    os.close(lock)


@pytest.mark.on_postgresql
def test_packing_goes_on_when_the_worker_is_gone_and_is_noticed_when_the_packer_is(
    workshop, sign_in, tmp_path
):
    made, campaign_id = workshop
    director = sign_in(build.user(Role.DIRECTOR))
    director.post(f"/campaigns/{campaign_id}/archive/package")
    (packer,) = [
        child
        for child in below(os.getpid())
        if b"packer.py" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    assert os.getsid(packer) == packer != os.getsid(0)
    os.kill(packer, signal.SIGKILL)
    until(
        lambda: (
            "Lần lập gói trước bị dừng giữa chừng. Hãy bấm “Lập gói lại”."
            in _page(director, campaign_id)
        ),
        PATIENCE,
        "unnoticed",
    )
    refused = director.get(f"/campaigns/{campaign_id}/archive/package")
    assert (
        refused.status_code,
        "Chưa có gói lưu trữ nào để tải." in refused.get_data(as_text=True),
    ) == (409, True)
    _pack_by_page(director, campaign_id, tmp_path / "goi.zip")
    assert zipfile.is_zipfile(tmp_path / "goi.zip")
    assert not made.scratch.exists()


def test_a_package_that_nobody_took_in_a_day_is_removed(workshop, sign_in):
    made, campaign_id = workshop
    director = sign_in(build.user(Role.DIRECTOR))
    now = datetime.now(UTC)
    os.close(made.take())
    made.package.write_bytes(b"zip")
    made.write(PackingNote("Bà Giám đốc", now, Step.ZIP, finished_at=now))
    with director.get(f"/campaigns/{campaign_id}/archive/package") as answer:
        assert (answer.status_code, answer.get_data()) == (HTTPStatus.OK, b"zip")
    day_ago = made.package.stat().st_mtime - 24 * 3600 - 1
    os.utime(made.package, (day_ago, day_ago))
    assert director.get(f"/campaigns/{campaign_id}/archive/package").status_code == 409
    assert not made.package.exists()
    assert "Lập gói mất từ vài giây đến vài phút" in _page(director, campaign_id)


def test_why_a_package_was_given_up_is_said(workshop, sign_in):
    made, campaign_id = workshop
    os.close(made.take())
    made.write(
        PackingNote(
            "Bà Giám đốc",
            NOW,
            Step.TABLES,
            refusal="Ổ đĩa của hệ thống đã đầy nên chưa lập được gói.",
        )
    )
    assert "Ổ đĩa của hệ thống đã đầy nên chưa lập được gói." in _page(
        sign_in(build.user(Role.DIRECTOR)), campaign_id
    )


@pytest.mark.parametrize(
    ("note", "is_at_work", "state"),
    [
        (None, False, PackingState.NONE),
        (None, True, PackingState.RUNNING),
        (PackingNote("A", NOW, Step.ZIP), True, PackingState.RUNNING),
        (PackingNote("A", NOW, Step.ZIP), False, PackingState.BROKEN),
        (PackingNote("A", NOW, Step.ZIP, refusal="x"), False, PackingState.REFUSED),
        (
            PackingNote("A", NOW, Step.ZIP, finished_at=NOW - timedelta(hours=23)),
            False,
            PackingState.READY,
        ),
        (
            PackingNote("A", NOW, Step.ZIP, finished_at=NOW - timedelta(hours=24)),
            False,
            PackingState.NONE,
        ),
    ],
)
def test_how_packing_stands_is_told_by_note_and_lock(note, is_at_work, state):
    assert packing_state(note, is_at_work=is_at_work, now=NOW) is state


def test_a_note_is_read_back_as_it_was_written():
    for note in (
        PackingNote("Bà Giám đốc", NOW, Step.CHECKSUMS, refusal="“x”"),
        PackingNote("A", NOW, Step.ZIP, finished_at=NOW),
    ):
        assert packing_note_of(packing_note_text(note)) == note
    assert [step.number for step in Step] == [1, 2, 3, 4]


def _damaged(name, content):
    return (
        content.replace("Phòng trong gói".encode(), "Phòng bị sửa!!!".encode())
        if name.endswith("unit.json")
        else content
    )


def _missing(name, content):
    return None if name.endswith("unit.json") else content


@pytest.mark.parametrize(
    ("change", "sentence"), [(_damaged, "không nguyên vẹn"), (_missing, "không nguyên vẹn")]
)
def test_a_damaged_package_is_refused_and_nothing_is_loaded(empty, package, change, sentence):
    _altered(package, change)
    empty()
    with pytest.raises(RuleViolation, match=sentence):
        load(package, now=NOW)
    assert (db.session.query(Campaign).count(), db.session.query(LoadedArchive).count()) == (0, 0)


def test_a_file_nobody_counted_and_a_way_out_of_the_folder_are_refused(empty, package, tmp_path):
    empty()
    for name, sentence in (
        ("ngon-co-phong-trao-1/data/them.txt", "không nguyên vẹn"),
        ("../ra-ngoai.txt", "đường dẫn không được phép"),
    ):
        copy = tmp_path / "khac.zip"
        copy.write_bytes(package.read_bytes())
        with zipfile.ZipFile(copy, "a") as archive:
            top = archive.namelist()[0].split("/")[0]
            archive.writestr(name.replace("ngon-co-phong-trao-1", top), "x")
        with pytest.raises(RuleViolation, match=sentence):
            load(copy, now=NOW)
    assert not (tmp_path.parent / "ra-ngoai.txt").exists()


def test_a_package_goes_only_into_an_empty_instance_of_its_version(empty, package, tmp_path):
    build.campaign()
    db.session.commit()
    with pytest.raises(RuleViolation, match="Nơi này đã có dữ liệu"):
        load(package, now=NOW)
    empty()
    (tmp_path / "rac.zip").write_bytes(b"khong phai zip")
    with pytest.raises(RuleViolation, match="không nguyên vẹn hoặc không đọc được"):
        load(tmp_path / "rac.zip", now=NOW)


def test_a_bag_that_is_no_package_of_this_system_is_refused(app, empty, tmp_path):
    root = tmp_path / "tui" / "goi"
    root.mkdir(parents=True)
    (root / "a.txt").write_text("x", encoding="utf-8")
    bagit.make_bag(str(root))
    with zipfile.ZipFile(tmp_path / "goi.zip", "w") as archive:
        for path in root.rglob("*"):
            archive.write(path, path.relative_to(root.parent))
    with pytest.raises(RuleViolation, match="không phải gói lưu trữ của Ngọn Cờ"):
        load(tmp_path / "goi.zip", now=NOW)


def test_the_commands_pack_load_and_make_a_reader(app, empty, tmp_path):
    campaign = build.campaign(phase=Phase.PUBLISHED, title="Phong trào nhỏ")
    db.session.commit()
    run, target = app.test_cli_runner(), tmp_path / "goi.zip"
    assert (
        run.invoke(args=["archive", str(campaign.id), str(target)]).output
        == f"Đã đóng gói “Phong trào nhỏ” vào {target.name}.\n"
    )
    assert "không ghi đè" in run.invoke(args=["archive", str(campaign.id), str(target)]).output
    assert (
        "Không có phong trào số 999."
        in run.invoke(args=["archive", "999", str(tmp_path / "b.zip")]).output
    )
    empty()
    loaded = run.invoke(
        args=[
            "archive-load",
            str(target),
            "--user-name",
            "doc-gia",
            "--password",
            "mat-khau-rat-dai-2021",
        ]
    )
    assert loaded.output == "Đã nạp “Phong trào nhỏ”, chỉ đọc; “doc-gia” đăng nhập được.\n"
    assert chain.first_fault() is None
