"""A power cut after an acknowledged write: of every kind of file the disk has all of it before the
row is committed.
"""

import errno
import hashlib
import io
import os
import re
import shutil
import subprocess
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from campaign.archive.backup import backup
from campaign.archive.restore import restore
from campaign.clarification.models import ClarificationLine, ClarificationRound
from campaign.core.durable import make_folder, sync_folder, whole_file
from campaign.core.permissions import Role
from campaign.core.vote_rules import VoteRule
from campaign.council.rules import CouncilFunction
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.files import storage
from campaign.files.columns import file_columns
from campaign.honours.models import BaseSalary
from campaign.meeting import actions as meeting_actions
from campaign.planning.rules import Phase
from campaign.publicity.models import Post
from campaign.reporting.models import Evidence
from campaign.verification import actions as verification
from campaign.voting import actions as voting
from campaign.voting import queries as votes
from tests import build
from tests.build.base import saved
from tests.exemplars.pictures import picture
from tests.served import begin_with
from tests.signed_papers import many_pages
from tests.worlds import Desk, World

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF" + bytes(200_000)


def _sent():
    return io.BytesIO(PDF), "bản chụp.pdf"


def _evidence():
    world = World(due_on=date(2100, 1, 1), locks_on=date(2100, 1, 2))
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/evidence"
    return world.officer, address, {"file": _sent(), "criterion_id": world.criterion.id}


def _inspection():
    desk = Desk()
    address = (
        f"/campaigns/{desk.campaign.id}/verification/inspections/new/{desk.report.participation_id}"
    )
    return (
        build.user(Role.INSPECTOR),
        address,
        {
            "held_on": "28/04/2021",
            "team": "Đoàn",
            "checked": "Sổ",
            "findings": "Đúng",
            "conclusion": "Giữ điểm",
            "file": _sent(),
        },
    )


def _opinion():
    campaign = build.campaign(phase=Phase.MEETING)
    chair, secretary, absent = (
        build.member(campaign, user=build.user(Role.COUNCIL_MEMBER), function=function)
        for function in (CouncilFunction.CHAIR, CouncilFunction.SECRETARY, CouncilFunction.MEMBER)
    )
    meeting = meeting_actions.call_meeting(
        campaign,
        [chair, secretary, absent],
        place="Phòng họp",
        starts_at=datetime(2100, 1, 2, tzinfo=UTC),
        opinions_until=datetime(2100, 1, 1, tzinfo=UTC),
        agenda="Xét khen thưởng",
        at=build.NOW,
    )
    made = voting.prepare_ballot(
        meeting, title="Giấy khen", lines=[voting.LineSpec("A")], rule=VoteRule()
    )
    (line,) = votes.lines_of([made.id])[made.id]
    address = f"/campaigns/{campaign.id}/meetings/{meeting.id}/opinions/{absent.id}"
    return secretary.user, address, {f"line-{line.id}": "yes", "scan": _sent()}


def _decision():
    db.session.add(BaseSalary(from_on=date(2019, 7, 1), amount=1_490_000, source="NĐ 38/2019"))
    campaign = build.campaign(phase=Phase.DECIDING, rule_set_code=build.rule_set().code)
    kind = build.award_kind(campaign)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    nominee = build.nominee(campaign, of=entry, kind=kind, name="Phòng Kinh tế")
    made = build.decision(campaign, signer_name="Phạm Minh Đức")
    build.decision_line(made, nominee=nominee, kind=kind)
    return (
        build.user(Role.SECRETARIAT, Role.DIRECTOR),
        f"/campaigns/{campaign.id}/decisions/{made.id}/sign",
        {"number": "21", "signed_on": "20/04/2021", "scan": _sent()},
    )


def _signed_copy():
    campaign = build.campaign(phase=Phase.DECIDING, rule_set_code=build.rule_set().code)
    made = build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number="21",
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    return (
        build.user(Role.DIRECTOR),
        f"/campaigns/{campaign.id}/decisions/{made.id}/signed-copy",
        {"file": (io.BytesIO(many_pages(1)), "bản ký.pdf")},
    )


def _clarification():
    desk = Desk()
    desk.campaign.clarification_days = 5
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"p:{desk.criterion.id}:points", "8")
    desk.type(row, f"p:{desk.criterion.id}:comment", "Thiếu một văn bản")
    verification.finish(row, desk.report, desk.left(row), by=desk.by, at=build.NOW)
    opened = ClarificationRound(
        verification_id=row.id,
        opened_at=build.NOW,
        opened_by_id=desk.by.id,
        due_on=date(2100, 1, 1),
    )
    db.session.add(opened)
    db.session.flush()
    db.session.add(
        ClarificationLine(round_id=opened.id, criterion_id=desk.criterion.id, maximum=Decimal(10))
    )
    db.session.commit()
    address = f"/campaigns/{desk.campaign.id}/clarification/{desk.report.id}"
    return (
        build.user(Role.UNIT_HEAD, at=desk.office),
        f"{address}/answers/{desk.criterion.id}",
        {"text": "Văn bản kèm theo", "file": _sent()},
    )


def _paper():
    campaign = build.campaign(phase=Phase.REPORTING)
    return (
        build.user(Role.SECRETARIAT),
        f"/campaigns/{campaign.id}/papers/plan/{campaign.id}/file",
        {},
    )


def _papers():
    campaign = build.campaign(phase=Phase.REPORTING)
    return build.user(Role.SECRETARIAT), f"/campaigns/{campaign.id}/papers/file-all", {}


def _post():
    campaign = build.campaign(phase=Phase.REPORTING)
    post = saved(Post(campaign_id=campaign.id, title="Tin", body="Nội dung"))
    address = f"/campaigns/{campaign.id}/posts/{post.id}/files"
    return build.user(Role.SECRETARIAT), address, {"file": _sent()}


def _story():
    campaign = build.campaign(phase=Phase.REPORTING)
    by = build.user(Role.SECRETARIAT)
    block, unit = build.block(campaign), build.unit()
    entry = build.participation(campaign, unit=unit, block=block, by=by)
    row = build.exemplar(entry, by=by)
    form = {
        "title": "Gương",
        "body": "Câu chuyện.",
        "alt": "Tổ đang họp",
        "file": (picture(), "a.jpg"),
    }
    return by, f"/campaigns/{campaign.id}/exemplars/{row.id}/story", form


KINDS = {
    "story": _story,
    "evidence": _evidence,
    "inspection": _inspection,
    "opinion": _opinion,
    "clarification": _clarification,
    "decision": _decision,
    "signed copy": _signed_copy,
    "paper": _paper,
    "papers": _papers,
    "post": _post,
}
TABLES = {
    "clarification_file",
    "decision",
    "evidence",
    "exemplar_picture",
    "filed_paper",
    "inspection_file",
    "opinion_scan",
    "post_file",
    "signed_copy",
}
kinds = pytest.mark.parametrize("prepared", KINDS.values(), ids=KINDS)


class Disk:
    """What a power cut would leave of a folder: contents that were synced, under names whose folder
    was synced.
    """

    def __init__(self, monkeypatch):
        self.calls, self._contents, self._names = [], {}, {}
        real_sync, real_replace, real_unlink = os.fsync, os.replace, os.unlink

        def fsync(descriptor):
            real_sync(descriptor)
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            if path.is_dir():
                self._names[path] = {child.name: child.stat().st_ino for child in path.iterdir()}
                self.calls.append(("fsync", f"{path.name}/"))
            else:
                self._contents[path.stat().st_ino] = path.read_bytes()
                self.calls.append(("fsync", path.name))

        def replace(source, target, **more):
            real_replace(source, target, **more)
            self.calls.append(("rename", Path(source).name, Path(target).name))

        def unlink(path, **more):
            real_unlink(path, **more)
            self.calls.append(("unlink", Path(path).name))

        for name, double in (("fsync", fsync), ("replace", replace), ("unlink", unlink)):
            monkeypatch.setattr(os, name, double)

    def holds(self, root, key):
        """The bytes under `key` in the store at `root` after the cut; None where the name or the
        content is gone.
        """
        folder = root / key[:2]
        kept_all_above = all(
            child.name in self._names.get(child.parent, {}) for child in (root, folder)
        )
        number = self._names.get(folder, {}).get(key) if kept_all_above else None
        return self._contents.get(number)


@contextmanager
def at_commit(noted):
    """Call `noted(connection)` right before each COMMIT that writes goes to the database."""
    event.listen(db.engine, "commit", noted)
    try:
        yield
    finally:
        event.remove(db.engine, "commit", noted)


def _named():
    """Key → hash, of every row that speaks of a file."""
    named = {}
    for table, column in file_columns():
        hashed = table.c.get("scan_sha256", table.c.get("sha256"))
        named |= {
            row[0]: row[1] for row in db.session.execute(select(column, hashed).where(column != ""))
        }
    return named


def _files(app):
    return [path for path in Path(app.config["EVIDENCE_URL"]).rglob("*") if path.is_file()]


def _post(app, sign_in, prepared):
    user, address, data = prepared()
    browser = sign_in(user)
    shutil.rmtree(app.config["EVIDENCE_URL"], ignore_errors=True)
    return browser.post(address, data=data)


def test_every_table_that_speaks_of_a_file_is_tried_here(app):
    del app
    assert {table.name for table, _ in file_columns()} == TABLES


@kinds
@pytest.mark.both_databases
def test_a_file_is_on_the_disk_under_its_name_and_outlives_a_power_cut_before_its_row_is_committed(
    app, sign_in, monkeypatch, prepared
):
    disk, root, left = Disk(monkeypatch), Path(app.config["EVIDENCE_URL"]), {}

    def cut(_connection):
        disk.calls.append(("COMMIT",))
        left.update({path.name: disk.holds(root, path.name) for path in _files(app)})

    with at_commit(cut):
        assert _post(app, sign_in, prepared).status_code == HTTPStatus.SEE_OTHER
    named = _named()
    (key, *_) = named
    start = disk.calls.index(("fsync", f"{key}.partial"))
    known = {
        ("fsync", f"{key}.partial"),
        ("rename", f"{key}.partial", key),
        ("fsync", f"{key[:2]}/"),
        ("fsync", "evidence/"),
        ("COMMIT",),
    }
    calls = [call for call in disk.calls[start:] if call in known]
    assert calls[:5] == [
        ("fsync", f"{key}.partial"),
        ("rename", f"{key}.partial", key),
        ("fsync", f"{key[:2]}/"),
        ("fsync", "evidence/"),
        ("COMMIT",),
    ]
    whole = {key: hashlib.sha256(content or b"").hexdigest() for key, content in left.items()}
    assert len(whole) >= 1
    assert whole == named


@kinds
def test_a_transaction_that_fails_after_the_file_was_kept_takes_it_along(
    app, sign_in, monkeypatch, prepared
):
    user, address, data = prepared()
    browser = sign_in(user)

    def fail(*_given):
        assert len(_files(app)) == 1
        raise RuntimeError

    monkeypatch.setattr("campaign.audit.recorder._append", fail)
    with pytest.raises(RuntimeError):
        browser.post(address, data=data)
    assert (_files(app), _named()) == ([], {})


def test_where_nobody_knows_whether_the_commit_came_through_the_file_stays_for_the_sweep(
    app, sign_in
):
    user, address, data = _evidence()
    browser = sign_in(user)

    def cut(_connection):
        if _files(app):
            raise OperationalError(None, {}, ConnectionError())

    with at_commit(cut):
        assert browser.post(address, data=data).status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert (len(_files(app)), _named()) == (1, {})


@pytest.mark.parametrize(
    ("prepared", "wrong"),
    [(_decision, {"number": "21/QĐ-UBND"}), (_opinion, {"scan": (io.BytesIO(b"MZ"), "chay.exe")})],
)
def test_what_is_refused_leaves_no_file(app, sign_in, prepared, wrong):
    user, address, data = prepared()
    assert (
        sign_in(user).post(address, data=data | wrong).status_code
        == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert _files(app) == []


def test_a_whole_file_has_its_name_only_when_all_of_it_is_on_the_disk(tmp_path):
    target = tmp_path / "a" / "tệp"
    make_folder(target.parent)
    with whole_file(target) as out:
        out.write(b"1")
        assert [path.name for path in target.parent.iterdir()] == ["tệp.partial"]
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"1", 0o600)
    assert target.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(RuntimeError), whole_file(target.with_name("khác")):
        raise RuntimeError
    assert [path.name for path in target.parent.iterdir()] == ["tệp"]


@pytest.mark.parametrize(("number", "is_refused"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_only_a_disk_that_keeps_names_by_itself_may_refuse_to_sync_a_folder(
    tmp_path, monkeypatch, number, is_refused
):
    def fail(_descriptor):
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Errno 5") if is_refused else nullcontext():
        sync_folder(tmp_path)


def test_an_object_store_has_the_file_whole_when_its_row_is_committed(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "EVIDENCE_URL", "memory://kho")
    seen = []

    def noted(_connection):
        seen.append({name.rpartition("/")[2] for name in storage.listed()})

    with at_commit(noted):
        assert _post(app, sign_in, _evidence).status_code == HTTPStatus.SEE_OTHER
    (row,) = db.session.scalars(select(Evidence))
    assert seen[-1] == {row.storage_key}
    with storage.open_file(row.storage_key) as stream:
        assert stream.read() == PDF
    storage.discard(row.storage_key)
    assert storage.listed() == set()


@pytest.mark.both_databases
def test_restored_files_are_on_the_disk_before_their_rows_are_committed(
    app, sign_in, backend, databases, monkeypatch, tmp_path
):
    assert _post(app, sign_in, _evidence).status_code == HTTPStatus.SEE_OTHER
    named = _named()
    backup(tmp_path / "sao-luu.zip")
    db.session.remove()
    db.engine.dispose()
    databases(backend).reset()
    disk, root, left = Disk(monkeypatch), Path(app.config["EVIDENCE_URL"]), {}

    def cut(_connection):
        left.update({path.name: disk.holds(root, path.name) for path in _files(app)})

    with at_commit(cut):
        restore(tmp_path / "sao-luu.zip")
    assert (
        {key: hashlib.sha256(content or b"").hexdigest() for key, content in left.items()}
        == named
        == _named()
    )


_UPLOAD = """
import ctypes, io, os, sys
from pathlib import Path
from campaign import create_app
from campaign.extensions import db
from campaign.files import storage
from campaign.reporting.models import Evidence
from tests.conftest import Config
from tests.worlds import AT, World
folder = Path(sys.argv[1])
with create_app(Config(f"sqlite:///{folder}/ngonco.db", folder / "evidence")).app_context():
    world = World()
    db.session.commit()
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # whoever is asked may look on
    print(os.getpid(), flush=True)
    sys.stdin.readline()
    kept = storage.keep(io.BytesIO(b"%PDF-1.7 " + bytes(200_000)), limit=1_000_000)
    db.session.add(Evidence(report_id=world.report.id, file_name="a.pdf",
                            media_type=kept.media_type, size=kept.size, sha256=kept.sha256,
                            storage_key=kept.storage_key, uploaded_at=AT,
                            uploaded_by_id=world.officer.id))
    db.session.commit()
    print(kept.storage_key, flush=True)
    os._exit(0)  # a tidy end would sync the log once more
"""


_SYNCS = "fsync,fdatasync,rename,renameat,renameat2"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_system_is_asked_for_the_file_its_name_its_folders_and_then_the_log_of_the_database(
    tmp_path, migrated, ready
):
    trace = tmp_path / "calls"
    folder = tmp_path / "instance"
    folder.mkdir()
    begin_with(migrated, folder, "ngonco.db")
    watch = ["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={_SYNCS}", "-p"]
    with ready.talking(dict(os.environ), ["-c", _UPLOAD, str(folder)]) as (typing, answers):
        pid = answers.readline().strip()
        with subprocess.Popen([*watch, pid], stderr=subprocess.PIPE, text=True) as watching:  # noqa: S603
            assert "attached" in watching.stderr.readline()
            print(file=typing, flush=True)
            key = answers.readline().strip()
            watching.wait(120)
    patterns = {
        "content": rf"fsync\(\d+<[^>]*/{key}\.partial>",
        "name": rf"rename\w*\(.*{key}\.partial.*{key}\"",
        "folder": rf"fsync\(\d+<[^>]*/evidence/{key[:2]}>",
        "store": r"fsync\(\d+<[^>]*/evidence>",
        "log": r"f(?:data)?sync\(\d+<[^>]*/ngonco\.db-wal>",
    }
    calls = [
        name
        for line in trace.read_text().splitlines()
        for name, pattern in patterns.items()
        if re.search(pattern, line)
    ]
    assert calls[calls.index("content") :] == ["content", "name", "folder", "store", "log"]
