"""Backups that are sealed, restored for a trial, and thinned out."""

import zipfile

import pyrage
import pytest
from sqlalchemy import select

from campaign.archive import backup_commands, rehearsal
from campaign.archive.models import BackupRun
from campaign.extensions import db
from tests.worlds import World


@pytest.fixture
def run(app):
    World()
    db.session.commit()

    def run_(*args):
        ended = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
        return ended.exit_code, ended.output

    return run_


@pytest.fixture
def key(app, tmp_path, monkeypatch):
    """A key whose public half the application seals for, and the file of its secret half."""
    identity = pyrage.x25519.Identity.generate()
    monkeypatch.setitem(app.config, "BACKUP_RECIPIENTS", [str(identity.to_public())])
    file = tmp_path / "khoa.txt"
    file.write_text(f"# khoá của lưu trữ\n{identity}\n", encoding="utf-8")
    return file


def test_a_sealed_backup_shows_nothing_and_opens_with_its_key_alone(run, key, tmp_path):
    sealed = tmp_path / "dem.zip.age"
    assert run("backup", sealed)[0] == 0
    content = sealed.read_bytes()
    assert (content.startswith(b"age-encryption.org/v1"), b"user_account" in content) == (
        True,
        False,
    )
    with backup_commands._opened(sealed, key) as plain, zipfile.ZipFile(plain) as archive:
        assert "tables/user_account.jsonl" in archive.namelist()
    assert run("restore", sealed) == (
        1,
        "Bản sao lưu được niêm phong: thêm --identity TỆP_KHOÁ_BÍ_MẬT.\n",
    )
    other = tmp_path / "khac.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()), encoding="ascii")
    assert run("restore", sealed, "--identity", other) == (
        1,
        "Không mở được niêm phong: khoá bí mật không khớp, hoặc bản sao lưu bị hỏng.\n",
    )
    sealed.write_bytes(content[:-1])
    assert run("restore", sealed, "--identity", key)[0] == 1


@pytest.mark.parametrize("content", ["", "# chỉ ghi chú", "AGE-SECRET-KEY-1KHONGPHAI", "khoá"])
def test_a_file_without_a_secret_key_is_refused(run, key, tmp_path, content):
    sealed = tmp_path / "dem.zip.age"
    run("backup", sealed)
    key.write_text(content, encoding="utf-8")
    assert run("restore", sealed, "--identity", key) == (
        1,
        "Tệp khoa.txt không có khoá bí mật age hoặc ssh đọc được.\n",
    )


def test_the_name_says_whether_a_backup_is_sealed(run, app, key, tmp_path, monkeypatch):
    assert run("backup", tmp_path / "dem.zip") == (
        1,
        "Bản sao lưu được niêm phong (BACKUP_RECIPIENTS) nên tên tệp phải kết thúc bằng .age.\n",
    )
    monkeypatch.setitem(app.config, "BACKUP_RECIPIENTS", [])
    assert run("backup", tmp_path / "dem.zip.age") == (
        1,
        "Chưa đặt BACKUP_RECIPIENTS nên bản sao lưu không được niêm phong; bỏ .age khỏi tên tệp.\n",
    )
    monkeypatch.setitem(app.config, "BACKUP_RECIPIENTS", ["age1khong-phai"])
    assert run("backup", tmp_path / "dem.zip.age") == (
        1,
        "BACKUP_RECIPIENTS: “age1khong-phai…” không phải khoá công khai age hoặc ssh.\n",
    )
    assert list(tmp_path.glob("dem*")) == []


def test_a_trial_runs_what_a_person_would_type_and_tells_what_failed(tmp_path, monkeypatch):
    """The commands themselves are run in `tests/commands/test_readme.py`."""
    stand_in = tmp_path / "python"
    stand_in.write_text(
        f"""#!/bin/sh
echo "$@" >> {tmp_path}/typed
case "$DATABASE_URL$EVIDENCE_URL$BALLOT_KEYS" in *{tmp_path}*) exit 9;; esac
case "$5" in audit) echo 'Nhật ký dừng trước đầu chuỗi.' >&2; exit 1;; esac
""",
        encoding="utf-8",
    )
    stand_in.chmod(0o700)
    monkeypatch.setattr(rehearsal.sys, "executable", str(stand_in))
    said = rehearsal.rehearse(tmp_path / "dem.zip", "7:9f")
    assert said == "flask audit verify: Nhật ký dừng trước đầu chuỗi."
    assert (tmp_path / "typed").read_text(encoding="utf-8").splitlines() == [
        "-m flask --app wsgi db upgrade",
        f"-m flask --app wsgi restore {tmp_path}/dem.zip",
        "-m flask --app wsgi audit verify --head 7:9f",
    ]


def test_a_backup_that_did_not_come_back_is_kept_told_and_removes_no_other(
    run, tmp_path, monkeypatch
):
    (tmp_path / "dem-2020-01-01.zip").touch()
    monkeypatch.setattr(backup_commands, "rehearse", lambda *_: "flask restore: hỏng.")
    code, said = run("backup", tmp_path / "dem-2026-11-28.zip", "--verify", "--prune")
    assert (code, said.splitlines()[-1]) == (
        1,
        "Khôi phục thử không được; bản sao lưu vẫn giữ. flask restore: hỏng.",
    )
    assert db.session.scalars(select(BackupRun.rehearsal_fault)).all() == ["flask restore: hỏng."]
    assert sorted(file.name for file in tmp_path.glob("dem*")) == [
        "dem-2020-01-01.zip",
        "dem-2026-11-28.zip",
    ]


def test_older_backups_of_the_same_name_are_thinned_out(run, tmp_path):
    for day in range(1, 31):
        (tmp_path / f"dem-2026-10-{day:02}.zip").touch()
    (tmp_path / "khac-2020-01-01.zip").touch()
    code, said = run("backup", tmp_path / "dem-2026-11-28.zip", "--prune")
    assert (code, said.splitlines()[-1].partition(":")[0]) == (0, "Đã bỏ 15 bản sao lưu cũ")
    assert len(list(tmp_path.glob("*.zip"))) == 17
    assert run("backup", tmp_path / "dem.zip", "--prune") == (
        1,
        "Để dọn bản cũ, tên tệp phải có ngày, như ngonco-2026-11-28.zip.\n",
    )
