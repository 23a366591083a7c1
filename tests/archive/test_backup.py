"""Backup: taken while people write, restored whole or not at all."""

import io
import json
import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.archive import rows
from campaign.archive.backup import backup
from campaign.archive.models import BackupRun
from campaign.archive.restore import restore
from campaign.archive.rules import Manifest, check_names, manifest_of
from campaign.audit import queries as audit
from campaign.audit import tables
from campaign.core.errors import RuleViolation
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.files import storage
from campaign.reporting.models import Evidence
from tests import build, chain
from tests.worlds import PDF, World

ENOUGH = 12


@pytest.fixture
def empty(databases, backend, app):
    """Make the instance empty again."""

    def emptied():
        db.session.remove()
        db.engine.dispose()
        databases(backend).reset()

    return emptied


def _everything():
    with tables.snapshot() as connection:
        return {
            table.name: list(rows.lines_of(connection, table))
            for table in db.metadata.sorted_tables
            if table.name != "key_store"  # which speaks of the machines that serve
        }


def _attach(report_id, user_id, content):
    key = build.evidence(report_id, by_id=user_id, content=content).storage_key
    db.session.commit()
    return key


@pytest.fixture(scope="module")
def taken():
    """The bytes of the small backup, once it was made."""
    return []


@pytest.fixture
def small(app, taken, tmp_path):
    """The backup of an instance with a report and its evidence."""
    del app
    if not taken:
        taken.append(_small(tmp_path).read_bytes())
    file = tmp_path / "sao-luu.zip"
    file.write_bytes(taken[0])
    return file


def _small(tmp_path):
    world = World()
    _attach(world.report.id, world.officer.id, PDF)
    target = tmp_path / "sao-luu.zip"
    backup(target)
    return target


@pytest.mark.both_databases
def test_a_restored_backup_holds_every_write_acknowledged_before_it_began(app, empty, tmp_path):
    world = World()
    db.session.commit()
    report_id, user_id, written, stop, enough = (
        world.report.id,
        world.officer.id,
        {},
        threading.Event(),
        threading.Event(),
    )

    def write(writer):
        number = 0
        with app.app_context():
            while not stop.is_set():
                number += 1
                content = PDF + f"\n% {writer}-{number}".encode()
                written[_attach(report_id, user_id, content)] = content
                if len(written) >= ENOUGH:
                    enough.set()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(2)]
    for thread in threads:
        thread.start()
    was_enough = enough.wait(60)
    before = dict(written)
    try:
        taken = backup(tmp_path / "sao-luu.zip")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    empty()
    restore(tmp_path / "sao-luu.zip")
    restored = {
        key: storage.open_file(key).read()
        for key in db.session.scalars(select(Evidence.storage_key))
    }
    assert (was_enough, taken.missing, chain.first_fault()) == (True, (), None)
    assert before.items() <= restored.items() <= written.items()
    assert len(restored) == taken.files


@pytest.mark.both_databases
def test_the_whole_demo_comes_back_row_for_row_and_can_be_worked_on(tell, empty, tmp_path):
    tell(Stage.PUBLISHED)
    before = _everything()
    backup(tmp_path / "sao-luu.zip")
    empty()
    restore(tmp_path / "sao-luu.zip")
    assert _everything() == before
    build.unit()
    db.session.commit()
    assert chain.first_fault() is None


def test_the_commands_say_what_was_done(app, empty, tmp_path):
    _small(tmp_path).unlink()
    runner, file = app.test_cli_runner(), str(tmp_path / "sao-luu.zip")
    number, digest = audit.head()
    db.session.commit()
    assert runner.invoke(args=["backup", file]).output == (
        "Đã sao lưu vào sao-luu.zip: cơ sở dữ liệu và 1 tệp. "
        f"Đầu chuỗi nhật ký: {number}:{digest}\n"
    )
    again = runner.invoke(args=["backup", file])
    assert (again.exit_code, again.output) == (
        1,
        "Đã có tệp sao-luu.zip; bản sao lưu không ghi đè.\n",
    )
    full = runner.invoke(args=["restore", file])
    assert (full.exit_code, full.output) == (
        1,
        "Cơ sở dữ liệu không trống; chỉ khôi phục vào nơi chưa có gì.\n",
    )
    empty()
    assert runner.invoke(args=["restore", file]).exit_code == 0
    assert "nguyên vẹn" in runner.invoke(args=["audit", "verify"]).output


def test_a_file_the_store_lost_is_named_and_the_rest_is_kept(app, empty, tmp_path):
    world = World()
    lost, intact = (_attach(world.report.id, world.officer.id, PDF + end) for end in (b"1", b"2"))
    storage.discard(lost)
    said = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "sao-luu.zip")])
    assert f"không còn tệp {lost}" in said.output
    empty()
    assert restore(tmp_path / "sao-luu.zip").missing == (lost,)
    assert storage.open_file(intact).read() == PDF + b"2"


def test_the_keys_of_sealed_urns_and_the_secret_key_are_not_in_it(app, tmp_path):
    folder = Path(app.config["BALLOT_KEYS"])
    folder.mkdir()
    (folder / "ballot-1.key").write_bytes(b"khoa-hom-phieu")
    with zipfile.ZipFile(_small(tmp_path)) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"khoa-hom-phieu" not in content
    assert app.config["SECRET_KEY"].encode() not in content


def _rewritten(source, change):
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _one_byte(members):
    name = next(name for name in members if name.startswith("evidence/"))
    members[name] = members[name][:-1] + b"!"


def _other_manifest(**more):
    def change(members):
        members["manifest.json"] = json.dumps(
            {**json.loads(members["manifest.json"]), **more}
        ).encode()

    return change


def _path_out(members):
    manifest = json.loads(members["manifest.json"])
    manifest["members"]["../../thoat.txt"] = {"size": 1, "sha256": "0"}
    members.update({"manifest.json": json.dumps(manifest).encode(), "../../thoat.txt": b"x"})


def _bad_row(members):
    manifest, name = json.loads(members["manifest.json"]), "tables/report.jsonl"
    row = {**json.loads(members[name].splitlines()[0]), "state": "không có"}
    members[name] = json.dumps(row).encode() + b"\n"
    manifest["members"][name] = {
        "size": len(members[name]),
        "sha256": storage.hashlib.sha256(members[name]).hexdigest(),
    }
    members["manifest.json"] = json.dumps(manifest).encode()


def _file_no_row_names(members):
    manifest = json.loads(members["manifest.json"])
    name = f"evidence/{'a' * 32}"
    members[name] = b"x"
    manifest["members"][name] = {"size": 1, "sha256": storage.hashlib.sha256(b"x").hexdigest()}
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_one_byte, "sai mã kiểm tra"),
        (_path_out, "kê một tệp lạ"),
        (lambda members: members.pop("manifest.json"), "không có bảng kê"),
        (lambda members: members.update({"thua.txt": b"x"}), "không khớp với bảng kê"),
        (_other_manifest(format="x"), "không phải bản sao lưu"),
        (_other_manifest(revision="9999"), "thuộc lược đồ 9999"),
        (_bad_row, "không hợp lệ"),
        (_file_no_row_names, "nhắc đến"),
    ],
)
def test_a_damaged_or_hostile_backup_is_refused_and_leaves_nothing(empty, small, change, sentence):
    _rewritten(small, change)
    empty()
    with pytest.raises(RuleViolation, match=sentence):
        restore(small)
    with tables.snapshot() as connection:
        assert (rows.holds_nothing(connection), storage.is_empty()) == (True, True)


def test_a_truncated_backup_and_one_that_is_not_there_are_refused(empty, small, tmp_path):
    small.write_bytes(small.read_bytes()[:-200])
    empty()
    for file in (small, tmp_path / "khong-co.zip"):
        with pytest.raises(RuleViolation, match="Không đọc được"):
            restore(file)


def test_a_store_that_holds_files_is_not_restored_into(empty, small):
    empty()
    storage.keep(io.BytesIO(PDF), limit=10_000)
    db.session.commit()
    with pytest.raises(RuleViolation, match="Kho tệp không trống"):
        restore(small)


def test_when_the_store_fails_half_way_nothing_is_left(empty, small, monkeypatch):
    empty()

    def fail(key, stream):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "put_back", fail)
    with pytest.raises(RuleViolation, match="ổ đĩa đã đầy"):
        restore(small)
    with tables.snapshot() as connection:
        assert rows.holds_nothing(connection)


def test_a_backup_that_cannot_be_written_says_so(app, tmp_path):
    with pytest.raises(RuleViolation, match="Không tạo được tệp"):
        backup(tmp_path / "khong-co" / "sao-luu.zip")


def test_tables_of_another_version_are_refused():
    with pytest.raises(RuleViolation, match="phiên bản này"):
        check_names(Manifest("", None, {}, ()), ["manifest.json"], ["unit"])
    with pytest.raises(RuleViolation, match="bị hỏng"):
        manifest_of(b"[]")


def test_the_database_knows_when_it_was_last_backed_up(app, tmp_path):
    _small(tmp_path)
    target = tmp_path / "dem-nay.zip"
    done = app.test_cli_runner().invoke(args=["backup", str(target)])
    assert done.exit_code == 0, done.output
    run = db.session.scalars(select(BackupRun)).one()
    assert (run.file_name, run.size, run.missing_count) == (
        "dem-nay.zip",
        target.stat().st_size,
        0,
    )
