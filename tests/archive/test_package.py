"""Gói lưu trữ: a stranger can read and verify it; it comes back for reading only, whole or not at all."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from http import HTTPStatus

import bagit
import pytest
from sqlalchemy import select, update

from campaign.accounts.models import User
from campaign.archive import contents, packing, readonly, rows
from campaign.archive.load import load
from campaign.archive.models import LoadedArchive
from campaign.archive.pack import pack
from campaign.archive.rules import BackupRefused
from campaign.audit import queries as audit
from campaign.audit import tables
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.office.shelf import AT_ONCE
from campaign.papers import apart
from campaign.planning.models import Campaign
from campaign.planning.queries import forget_schemes
from campaign.planning.rules import Phase
from tests import build

NOW = datetime(2021, 5, 20, tzinfo=UTC)


@pytest.fixture
def empty(databases, backend, app):
    """Make the instance empty again, and forget afterwards that it held an archive."""

    def emptied():
        db.session.remove()
        db.engine.dispose()
        databases(backend).reset()
        forget_schemes()
        readonly.forget(app)

    yield emptied
    readonly.forget(app)


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
    return subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)  # noqa: S603 - our own files


def _small(tmp_path):
    """A published campaign with one unit, beside another campaign."""
    campaign = build.campaign(phase=Phase.PUBLISHED, title="Phong trào nhỏ")
    other = build.campaign(phase=Phase.PUBLISHED, title="Phong trào khác")
    for one, name in ((campaign, "Phòng trong gói"), (other, "Phòng ngoài gói")):
        build.participation(one, unit=build.unit(name=name), block=build.block(one))
    db.session.commit()
    return campaign, _packed(campaign, tmp_path / "goi.zip")


def _altered(package, change):
    """The package with `change(name, content)` applied to each file; None leaves a file out."""
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    package.write_bytes(made.getvalue())


def test_the_package_is_verified_by_a_third_party_and_its_chain_by_the_script_inside(published, tmp_path):
    root = _unpacked(_packed(published, tmp_path / "goi.zip"), tmp_path / "goi")
    data = root / "data"
    assert _run("-m", "bagit", "--validate", root).returncode == 0
    sound = _run(data / "check_chain.py", data / "audit.jsonl")
    assert (sound.returncode, sound.stdout) == (0, "Chuỗi nhật ký nguyên vẹn.\n")
    names = {path.name for path in (data / "papers").iterdir()}
    assert {"plan-1.docx", "summary-1.docx", "minutes-1.docx", "decision-1.docx", "giay-khen-1.pdf"} <= names
    assert {path.stem for path in (data / "tables").glob("*.json")} == set(contents.selections(published.id))
    lines = (data / "audit.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    full = [number for number, line in enumerate(lines) if '"changes"' in line]
    lines[full[5]] = lines[full[5]].replace('"act": "', '"act": "x')
    (data / "audit.jsonl").write_text("".join(lines), encoding="utf-8")
    bad = _run(data / "check_chain.py", data / "audit.jsonl")
    assert (bad.returncode, bad.stdout) == (1, f"Chuỗi nhật ký sai ở dòng {full[5] + 1}.\n")
    assert _run("-m", "bagit", "--validate", root).returncode == 1


def test_nothing_of_secrets_accounts_or_other_campaigns_is_in_the_package(published, tmp_path):
    other = build.campaign(phase=Phase.PUBLISHED)
    build.participation(other, unit=build.unit(name="Phòng ngoài gói"), block=build.block(other))
    db.session.commit()
    data = _unpacked(_packed(published, tmp_path / "goi.zip"), tmp_path / "goi") / "data"
    people = json.loads((data / "tables" / "user_account.json").read_text(encoding="utf-8"))
    assert {tuple(sorted(one)) for one in people} == {("full_name", "honorific", "id", "position", "unit_id")}
    everything = b"".join(path.read_bytes() for path in data.rglob("*") if path.suffix in {".json", ".csv", ".jsonl", ".txt"})
    for word in ("Phòng ngoài gói", "thuong-truc", "password_hash", '"table":"turnout"', '\\"table\\":\\"turnout\\"', "token_hash"):
        assert word.encode() not in everything, word
    ballots = json.loads((data / "tables" / "ballot.json").read_text(encoding="utf-8"))
    assert all(len(one["receipts"]) > 0 for one in ballots if one["mode"] == "secret")


def test_every_table_belongs_to_a_campaign_or_is_named_as_one_that_does_not():
    named = set(contents.owners()) | contents.NEVER | contents.WHOLE | set(contents.REFERRED)
    assert named == {table.name for table in db.metadata.sorted_tables}


@pytest.mark.both_databases
def test_a_loaded_package_holds_the_same_rows_and_only_reads(published, app, empty, sign_in, tmp_path):
    def told():
        with tables.snapshot() as connection:
            return {name: list(rows.lines(connection, statement)) for name, statement in contents.selections(campaign_id).items()
                    if name != "user_account"}

    campaign_id, title = published.id, published.title
    before = told()
    package = _packed(published, tmp_path / "goi.zip")
    empty()
    assert load(package, now=NOW) == title
    assert told() == before
    reader = build.user(Role.SECRETARIAT, Role.DIRECTOR)
    browser = sign_in(reader)
    head = audit.head()
    for path in ("", "ranking/", "meetings/", "meetings/1", "awards/", "decisions/1", "reports/", "verification/", "papers/", "council/"):
        answer = browser.get(f"/campaigns/{campaign_id}/{path}")
        assert answer.status_code == HTTPStatus.OK, path
        assert "Bản lưu trữ, chỉ đọc." in answer.get_data(as_text=True)
    refused = browser.post(f"/campaigns/{campaign_id}/papers/file-all", follow_redirects=True)
    assert "Đây là bản lưu trữ, chỉ đọc." in refused.get_data(as_text=True)
    assert audit.head() == head
    assert not any(user.is_active for user in db.session.scalars(select(User).where(User.id != reader.id)))


def test_only_the_director_packs_and_only_what_is_published(app, sign_in):
    running, done = build.campaign(phase=Phase.SCORING), build.campaign(phase=Phase.PUBLISHED)
    director = sign_in(build.user(Role.DIRECTOR))
    with director.post(f"/campaigns/{done.id}/archive/package") as answer:
        assert (answer.status_code, answer.mimetype) == (HTTPStatus.OK, "application/zip")
    answer = director.post(f"/campaigns/{running.id}/archive/package", follow_redirects=True)
    assert "Chỉ đóng gói lưu trữ phong trào đã công bố kết quả." in answer.get_data(as_text=True)
    assert "Gói lưu trữ lập được sau khi công bố kết quả." in director.get(f"/campaigns/{running.id}/archive/").get_data(as_text=True)
    secretary = sign_in(build.user(Role.SECRETARIAT))
    assert secretary.post(f"/campaigns/{done.id}/archive/package").status_code == HTTPStatus.FORBIDDEN


def test_the_director_gets_what_another_process_packed_with_files_and_papers(published, sign_in, tmp_path):
    campaign_id = published.id
    file = tmp_path / "goi.zip"
    with sign_in(build.user(Role.DIRECTOR)).post(f"/campaigns/{campaign_id}/archive/package") as answer:
        file.write_bytes(answer.get_data())
    root = _unpacked(file, tmp_path / "goi")
    assert _run("-m", "bagit", "--validate", root).returncode == 0
    assert len(list((root / "data" / "papers").glob("*.docx"))) > AT_ONCE
    lost = [line for line in (root / "data" / "files.csv").read_text(encoding="utf-8-sig").splitlines() if line.endswith("lost")]
    assert (lost, sum(1 for _ in (root / "data" / "files").iterdir()) > 0) == ([], True)


@pytest.mark.both_databases
def test_of_two_who_press_at_the_same_time_one_packs_and_nobody_else_waits_to_write(app, sign_in, monkeypatch):
    campaign = build.campaign(phase=Phase.PUBLISHED)
    director = sign_in(build.user(Role.DIRECTOR))
    address, other, seen = f"/campaigns/{campaign.id}/archive/package", campaign.id, []

    def in_the_middle(script, given, **more):
        refused = director.post(address, follow_redirects=True)
        seen.append("Gói lưu trữ của phong trào này đang được lập." in refused.get_data(as_text=True))
        with db.engine.connect() as connection:
            seen.append(connection.execute(update(Campaign).where(Campaign.id == other).values(occasion="đang gói")).rowcount)
            connection.commit()
        return run(script, given, **more)

    run = apart.run
    monkeypatch.setattr(packing.apart, "run", in_the_middle)
    with director.post(address) as answer:
        assert answer.status_code == HTTPStatus.OK
    assert seen == [True, 1]


def _damaged(name, content):
    return content.replace("Phòng trong gói".encode(), "Phòng bị sửa!!!".encode()) if name.endswith("unit.json") else content


def _missing(name, content):
    return None if name.endswith("unit.json") else content


@pytest.mark.parametrize(("change", "sentence"), [(_damaged, "không nguyên vẹn"), (_missing, "không nguyên vẹn")])
def test_a_damaged_package_is_refused_and_nothing_is_loaded(app, empty, tmp_path, change, sentence):
    _, package = _small(tmp_path)
    _altered(package, change)
    empty()
    with pytest.raises(BackupRefused, match=sentence):
        load(package, now=NOW)
    assert (db.session.query(Campaign).count(), db.session.query(LoadedArchive).count()) == (0, 0)


def test_a_file_nobody_counted_and_a_way_out_of_the_folder_are_refused(app, empty, tmp_path):
    _, package = _small(tmp_path)
    empty()
    for name, sentence in (("ngon-co-phong-trao-1/data/them.txt", "không nguyên vẹn"), ("../ra-ngoai.txt", "đường dẫn không được phép")):
        copy = tmp_path / "khac.zip"
        copy.write_bytes(package.read_bytes())
        with zipfile.ZipFile(copy, "a") as archive:
            top = archive.namelist()[0].split("/")[0]
            archive.writestr(name.replace("ngon-co-phong-trao-1", top), "x")
        with pytest.raises(BackupRefused, match=sentence):
            load(copy, now=NOW)
    assert not (tmp_path.parent / "ra-ngoai.txt").exists()


def test_a_package_goes_only_into_an_empty_instance_of_its_version(app, empty, tmp_path):
    _, package = _small(tmp_path)
    db.session.rollback()
    with pytest.raises(BackupRefused, match="Nơi này đã có dữ liệu"):
        load(package, now=NOW)
    empty()
    (tmp_path / "rac.zip").write_bytes(b"khong phai zip")
    with pytest.raises(BackupRefused, match="không nguyên vẹn hoặc không đọc được"):
        load(tmp_path / "rac.zip", now=NOW)


def test_a_bag_that_is_no_package_of_this_system_is_refused(app, empty, tmp_path):
    root = tmp_path / "tui" / "goi"
    root.mkdir(parents=True)
    (root / "a.txt").write_text("x", encoding="utf-8")
    bagit.make_bag(str(root))
    with zipfile.ZipFile(tmp_path / "goi.zip", "w") as archive:
        for path in root.rglob("*"):
            archive.write(path, path.relative_to(root.parent))
    with pytest.raises(BackupRefused, match="không phải gói lưu trữ của Ngọn Cờ"):
        load(tmp_path / "goi.zip", now=NOW)


def test_the_commands_pack_load_and_make_a_reader(app, empty, tmp_path):
    campaign = build.campaign(phase=Phase.PUBLISHED, title="Phong trào nhỏ")
    db.session.commit()
    run, target = app.test_cli_runner(), tmp_path / "goi.zip"
    assert run.invoke(args=["archive", str(campaign.id), str(target)]).output == f"Đã đóng gói “Phong trào nhỏ” vào {target.name}.\n"
    assert "không ghi đè" in run.invoke(args=["archive", str(campaign.id), str(target)]).output
    assert "Không có phong trào số 999." in run.invoke(args=["archive", "999", str(tmp_path / "b.zip")]).output
    empty()
    loaded = run.invoke(args=["archive-load", str(target), "--user-name", "doc-gia", "--password", "mat-khau-rat-dai-2021"])
    assert loaded.output == "Đã nạp “Phong trào nhỏ”, chỉ đọc; “doc-gia” đăng nhập được.\n"
    assert audit.verify() is None
