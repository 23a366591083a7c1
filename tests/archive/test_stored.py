"""The store beside the data: what is missing, short, changed or left over is named; nothing else is
touched.
"""

import io
import os
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.archive import stored
from campaign.archive.backup import backup
from campaign.archive.rules import Damage, Member, damage, is_left_over, is_own, may_sweep_unasked
from campaign.audit import tables
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.files import storage
from campaign.reporting.models import Evidence
from tests import build
from tests.worlds import PDF, World
from tools import serve

NOW = datetime(2021, 5, 1, tzinfo=UTC)
ORPHAN = "ab" + "0" * 30


@pytest.mark.parametrize(
    ("size", "sha256", "now", "expected"),
    [
        (3, "a", Member(3, "a"), None),
        (3, "a", Member(2, "b"), Damage.SHORT),
        (3, "a", Member(0, "b"), Damage.SHORT),
        (3, "a", Member(3, "b"), Damage.CHANGED),
        (3, "a", Member(4, "b"), Damage.CHANGED),
        (None, "", Member(4, "b"), None),
    ],
)
def test_a_file_is_compared_by_its_size_and_its_hash(size, sha256, now, expected):
    assert damage(size, sha256, now) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"ab/{ORPHAN}", True),
        (f"ab/{ORPHAN}.partial", True),
        (f"cd/{ORPHAN}", False),
        ("ab/khác.pdf", False),
        (f"ab/{ORPHAN}.pdf", False),
        (ORPHAN, False),
    ],
)
def test_only_names_that_the_store_gives_are_its_own(name, expected):
    assert is_own(name) is expected


@pytest.mark.parametrize(("hours", "expected"), [(23, False), (24, True)])
def test_a_file_is_left_over_after_a_day(hours, expected):
    assert is_left_over(NOW - timedelta(hours=hours), NOW) is expected


@pytest.mark.parametrize(
    ("orphans", "named", "expected"), [(20, 0, True), (21, 0, False), (21, 21, True)]
)
def test_most_of_a_store_is_never_swept_unasked(orphans, named, expected):
    assert may_sweep_unasked(orphans, named) is expected


def _attach(world, content):
    key = build.evidence(world.report.id, by_id=world.officer.id, content=content).storage_key
    db.session.commit()
    return key


def _path(app, key):
    return Path(app.config["EVIDENCE_URL"]) / key[:2] / key


def _orphan(app, name=ORPHAN, *, hours=25):
    path = _path(app, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF)
    moment = datetime.now(UTC).timestamp() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def _run(app, *typed):
    answer = app.test_cli_runner().invoke(args=["files", *typed])
    return answer.exit_code, answer.output.splitlines()


def test_a_store_as_the_rows_say_is_told_with_the_number_of_its_files(app):
    world = World()
    _attach(world, PDF)
    assert _run(app, "verify") == (0, ["Kho tệp khớp với dữ liệu: 1 tệp."])


def test_every_file_that_is_missing_short_changed_or_of_no_row_is_named(app):
    world = World()
    keys = [_attach(world, PDF + bytes([number])) for number in range(4)]
    _path(app, keys[0]).unlink()
    _path(app, keys[1]).write_bytes(PDF[:10])
    _path(app, keys[2]).write_bytes(b"x" + _path(app, keys[2]).read_bytes()[1:])
    _orphan(app)
    ids = {row.storage_key: row.id for row in db.session.scalars(select(Evidence))}
    code, said = _run(app, "verify")
    assert (code, said) == (
        1,
        [
            f"mất tệp: evidence {ids[keys[0]]}, “Báo cáo.pdf” ({keys[0]})",
            f"tệp ngắn hơn lúc nhận: evidence {ids[keys[1]]}, “Báo cáo.pdf” ({keys[1]})",
            f"nội dung đã khác: evidence {ids[keys[2]]}, “Báo cáo.pdf” ({keys[2]})",
            f"không dòng dữ liệu nào nhắc đến: ab/{ORPHAN}",
            "Kho tệp có 4 sai lệch, đã so 4 tệp.",
        ],
    )


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_compared(app):
    world = World()
    broken, _ = (_attach(world, PDF + bytes([number])) for number in range(2))
    _path(app, broken).unlink()
    _path(app, broken).mkdir()
    row = db.session.scalars(select(Evidence).where(Evidence.storage_key == broken)).one()
    assert _run(app, "verify") == (
        1,
        [
            f"không đọc được: evidence {row.id}, “Báo cáo.pdf” ({broken})",
            "Kho tệp có 1 sai lệch, đã so 2 tệp.",
        ],
    )


def test_a_connection_that_breaks_while_a_file_is_read_leaves_nothing(app):
    class Broken(io.BytesIO):
        def read(self, *_given):
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(ConnectionResetError):
        storage.keep(Broken(PDF), limit=10_000)
    assert storage.listed() == set()
    del app


def test_a_scan_kept_before_its_hash_was_noted_is_said_to_be_there(app):
    key = _attach(World(), PDF)
    db.session.delete(db.session.scalars(select(Evidence)).one())
    campaign = build.campaign(rule_set_code=build.rule_set().code)
    build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number="5",
        signed_on=NOW.date(),
        signed_at=NOW,
        scan_key=key,
        scan_name="cũ.pdf",
        scan_type="application/pdf",
    )
    db.session.commit()
    assert _run(app, "verify") == (
        0,
        ["1 tệp nhận trước khi ghi mã băm: chỉ biết là còn.", "Kho tệp khớp với dữ liệu: 1 tệp."],
    )


def test_long_comparing_says_how_far_it_has_come(app, monkeypatch):
    monkeypatch.setattr("campaign.archive.file_commands._SECONDS_BETWEEN", 0)
    world = World()
    for number in range(2):
        _attach(world, PDF + bytes([number]))
    assert _run(app, "verify") == (
        0,
        ["Đã so 1/2 tệp.", "Đã so 2/2 tệp.", "Kho tệp khớp với dữ liệu: 2 tệp."],
    )


@pytest.mark.both_databases
def test_comparing_beside_uploads_finds_nothing_wrong(app):
    world, stop = World(), threading.Event()
    db.session.commit()
    report_id, user_id = world.report.id, world.officer.id

    def write():
        number = 0
        with app.app_context():
            while not stop.is_set():
                number += 1
                build.evidence(report_id, by_id=user_id, content=PDF + str(number).encode())
                db.session.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        findings = [stored.verify(lambda *_: None).findings for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert findings == [(), (), ()]


def test_a_sweep_lists_first_and_removes_when_told_only_what_is_old_and_of_no_row(app):
    world = World()
    needed = _path(app, _attach(world, PDF))
    os.utime(needed, (0, 0))
    old, partial = _orphan(app), _orphan(app, f"ab{'1' * 30}.partial")
    new, strange = _orphan(app, "ab" + "2" * 30, hours=1), _orphan(app, "ab-tệp-của-người-khác")
    listed = [f"ab/{old.name}", f"ab/{partial.name}"]
    assert _run(app, "sweep") == (0, [*listed, "Có 2 tệp bỏ lại; thêm --remove để xoá."])
    assert old.exists()
    assert _run(app, "sweep", "--remove") == (0, [*listed, "Đã xoá 2 tệp bỏ lại."])
    assert [path.exists() for path in (needed, old, partial, new, strange)] == [
        True,
        False,
        False,
        True,
        True,
    ]
    assert _run(app, "sweep", "--remove", "--hours", "0") == (
        0,
        [f"ab/{new.name}", "Đã xoá 1 tệp bỏ lại."],
    )
    assert _run(app, "sweep") == (0, ["Không có tệp bỏ lại."])


def test_a_backup_sweeps_by_itself_unless_most_of_the_store_would_go(app, tmp_path):
    orphans = [_orphan(app, f"ab{number:030x}") for number in range(21)]
    answer = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "một.zip")])
    assert answer.output.splitlines() == [
        "Đã sao lưu vào một.zip: cơ sở dữ liệu và 0 tệp. Đầu chuỗi nhật ký: chưa có",
        "Cảnh báo: kho có 21 tệp mà không dòng dữ liệu nào nhắc đến, nhiều hơn thường lệ nên "
        "chưa xoá; "
        "xem flask files sweep.",
    ]
    orphans.pop().unlink()
    answer = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "hai.zip")])
    assert answer.output.splitlines() == [
        "Đã sao lưu vào hai.zip: cơ sở dữ liệu và 0 tệp. Đầu chuỗi nhật ký: chưa có",
        "Đã xoá 20 tệp bỏ lại mà không dòng dữ liệu nào nhắc đến.",
    ]
    assert storage.listed() == set()


def test_what_a_killed_process_left_between_the_file_and_the_commit_is_swept(app):
    world = World()
    db.session.commit()
    if (child := os.fork()) == 0:
        with suppress(BaseException):
            storage.keep(io.BytesIO(PDF), limit=10_000)
        os._exit(9)
    os.waitpid(child, 0)
    del world
    (name,) = storage.listed()
    assert stored.orphans(datetime.now(UTC)) == []
    assert stored.orphans(datetime.now(UTC) + timedelta(days=1)) == [name]


def test_a_name_of_a_backup_is_kept_by_its_folder(app, tmp_path, monkeypatch):
    synced, real = [], os.fsync

    def fsync(descriptor):
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    backup(folder / "một.zip")
    assert synced == ["một.zip.partial", "sao-luu"]


def test_each_row_tells_name_size_and_hash_of_its_file(app):
    key = _attach(World(), PDF)
    row = db.session.scalars(select(Evidence)).one()
    with tables.snapshot() as connection:
        files = list(stored.stored_files(connection))
    assert files == [
        stored.StoredFile("evidence", row.id, "Báo cáo.pdf", key, len(PDF), row.sha256)
    ]


def test_the_secret_key_is_on_the_disk_under_its_name_for_its_owner_alone(tmp_path, monkeypatch):
    synced, real = [], os.fsync

    def fsync(descriptor):
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setenv("NGONCO_INSTANCE", str(tmp_path / "mới"))
    mask = os.umask(0o022)
    try:
        serve.keep_secret_key()
        serve.keep_secret_key()
    finally:
        os.umask(mask)
    file = tmp_path / "mới" / "secret_key"
    assert synced == [tmp_path.name, "secret_key.partial", "mới"]
    assert (len(file.read_text(encoding="ascii")), file.stat().st_mode & 0o777) == (64, 0o600)
