"""Every command, however it is typed and whatever it meets, ends in one Vietnamese sentence."""

import errno
import os
import re

import pytest
from sqlalchemy.exc import OperationalError

from campaign.archive import backup as backups
from campaign.web import terminal
from tests.leaks import leaks

PASSWORD = "mot-mat-khau-dai"  # noqa: S105 - of a test


def _refused(answer):
    assert answer.exit_code == 1
    assert leaks(answer.output) == []
    assert len(answer.output.strip().splitlines()) == 1
    return answer.output.strip()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["backup"], "Thiếu TỆP. Xem: flask backup --help."),
        (
            ["backup", "a", "b"],
            "Lệnh có đối số thừa hoặc viết chưa đúng. Xem: flask backup --help.",
        ),
        (
            ["backup", "."],
            "Giá trị của TỆP chưa đúng: phải là một tệp, không phải thư mục. Xem: flask "
            "backup --help.",
        ),
        (["restore"], "Thiếu TỆP. Xem: flask restore --help."),
        (
            ["restore", "khong-co.zip"],
            "Không đọc được bản sao lưu khong-co.zip, hoặc không ghi được kho tệp: "
            "không có tệp hoặc thư mục này.",
        ),
        (["archive"], "Thiếu SỐ_PHONG_TRÀO. Xem: flask archive --help."),
        (
            ["archive", "một", "a.zip"],
            "Giá trị của SỐ_PHONG_TRÀO chưa đúng: phải là một số nguyên. "
            "Xem: flask archive --help.",
        ),
        (["archive", "1"], "Thiếu TỆP. Xem: flask archive --help."),
        (["archive", "999", "a.zip"], "Không có phong trào số 999."),
        (
            ["archive-load", "khong-co.zip", "--user-name", "doc", "--password", PASSWORD],
            "Gói lưu trữ không nguyên vẹn hoặc không đọc được: không có tệp hoặc thư mục này.",
        ),
        (["archive-load", "khong-co.zip"], "Đã dừng theo yêu cầu; chưa làm gì."),
        (
            ["demo"],
            "Diễn tập chỉ có ở chế độ diễn tập (NGONCO_MODE=demo); đây là hệ thống dùng thật.",
        ),
        (
            ["demo", "--stage", "x"],
            "Giá trị của --stage chưa đúng: hãy chọn một trong planning, reporting, scoring, "
            "meeting, published, health. "
            "Xem: flask demo --help.",
        ),
        (
            ["demo", "--stage"],
            "Tuỳ chọn --stage phải có giá trị đi kèm, hoặc không được có. Xem: flask demo --help.",
        ),
        (
            ["demo", "--replace=1"],
            "Tuỳ chọn --replace phải có giá trị đi kèm, hoặc không được có. Xem: flask demo "
            "--help.",
        ),
        (
            ["install-catalogue", "--sai"],
            "Không có tuỳ chọn --sai. Xem: flask install-catalogue --help.",
        ),
        (
            ["create-admin", "--user-name", "tên sai", "--full-name", "A", "--password", PASSWORD],
            "Tên đăng nhập chỉ gồm chữ a–z không dấu, chữ số, dấu chấm, gạch nối và gạch dưới.",
        ),
        (
            ["remind", "--hour", "99"],
            "Giá trị của --hour chưa đúng: phải là một số nguyên từ 0 đến 23. "
            "Xem: flask remind --help.",
        ),
        (["audit", "sai"], "Không có lệnh này; hãy dùng một trong: checkpoint, mail-head, verify."),
        (["files", "sai"], "Không có lệnh này; hãy dùng một trong: sweep, verify."),
        (
            ["files", "sweep", "--hours", "-1"],
            "Giá trị của --hours chưa đúng: phải là một số nguyên từ 0 trở lên. "
            "Xem: flask sweep --help.",
        ),
        (
            ["audit", "verify", "x"],
            "Lệnh có đối số thừa hoặc viết chưa đúng. Xem: flask verify --help.",
        ),
    ],
)
def test_a_command_typed_wrongly_ends_in_one_sentence(app, tmp_path, monkeypatch, typed, said):
    monkeypatch.chdir(tmp_path)
    answer = app.test_cli_runner().invoke(args=typed)
    assert leaks(answer.output) == []
    assert (answer.exit_code, answer.stderr.strip()) == (1, said)


@pytest.mark.parametrize(
    "content", [b"", b"khong phai zip", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(18)]
)
@pytest.mark.parametrize(
    "typed",
    [
        ["restore", "hong.zip"],
        ["archive-load", "hong.zip", "--user-name", "doc", "--password", PASSWORD],
    ],
)
def test_a_broken_file_ends_in_one_sentence(app, tmp_path, monkeypatch, content, typed):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hong.zip").write_bytes(content)
    _refused(app.test_cli_runner().invoke(args=typed))


def test_a_password_that_is_typed_twice_in_two_ways_is_asked_for_again(app):
    asked = app.test_cli_runner().invoke(
        args=["create-admin"],
        input=f"quantri\nTrần Bình\n{PASSWORD}\nkhác\n{PASSWORD}\n{PASSWORD}\n",
    )
    assert asked.exit_code == 0
    assert "Hai lần nhập không giống nhau. Hãy nhập lại." in asked.output
    assert asked.output.endswith("Đã tạo quản trị viên “quantri”.\n")
    assert leaks(asked.output) == []


def test_a_full_disk_is_said_as_it_is(app, tmp_path, monkeypatch):
    def full(stream):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path))

    monkeypatch.setattr(backups, "_write", full)
    answer = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a.zip")])
    assert _refused(answer) == "Không đọc hoặc ghi được tệp: ổ đĩa đã đầy."
    assert list(tmp_path.glob("*.zip*")) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            OperationalError("select 1", {}, Exception("unable to open /srv/data.db")),
            "Không dùng được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL, quyền ghi và đã chạy "
            "flask db upgrade chưa.",
        ),
        (
            ZeroDivisionError("division by zero"),
            "Lệnh gặp lỗi ngoài dự kiến nên dừng, chưa ghi gì. "
            "Chạy lại với flask --debug để xem chi tiết kỹ thuật.",
        ),
    ],
)
def test_a_fault_of_the_program_is_said_without_its_trace(app, tmp_path, monkeypatch, fault, said):
    def fail(target, **options):
        raise fault

    monkeypatch.setattr(backups, "backup", fail)
    runner = app.test_cli_runner()
    assert _refused(runner.invoke(args=["backup", str(tmp_path / "a.zip")])) == said
    monkeypatch.setattr(app, "debug", True)
    assert runner.invoke(args=["backup", str(tmp_path / "a.zip")]).exception is fault


def test_a_database_without_tables_is_said(ready, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "FLASK_APP": "wsgi",
        "SECRET_KEY": "only-for-tests",
        "PYTHONIOENCODING": "utf-8",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'trong.db'}",
        "EVIDENCE_URL": str(tmp_path / "evidence"),
        "BALLOT_KEYS": str(tmp_path / "keys"),
        "PUBLIC_URL": "https://thidua.example",
    }

    def typed(*words, without=()):
        left = {name: value for name, value in environment.items() if name not in without}
        done = ready.do(b"", 300, left, words)
        said = (done.stdout + done.stderr).decode()
        assert leaks(said) == []
        return done.returncode, said.strip().splitlines()[-1]

    assert typed("install-catalogue") == (
        1,
        "Không dùng được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL, quyền ghi và "
        "đã chạy flask db upgrade chưa.",
    )
    assert typed("audit", "verify", without={"SECRET_KEY"}) == (
        1,
        "Chưa đặt SECRET_KEY: hệ thống dùng thật không có giá trị mặc định "
        "(xem README, phần triển khai).",
    )
    away = environment["DATABASE_URL"]
    environment["DATABASE_URL"] = "postgresql://nguoi:matkhau@127.0.0.1:1/x"
    assert typed("db", "upgrade") == (
        1,
        "Không dùng được cơ sở dữ liệu nên chưa nâng cấp; dữ liệu chưa bị thay đổi. Hãy kiểm tra "
        "DATABASE_URL, máy chủ cơ sở dữ liệu và quyền ghi; chạy lại với flask --debug để xem chi "
        "tiết kỹ thuật.",
    )
    environment["DATABASE_URL"] = away
    assert typed("audit", "verify", without={"PUBLIC_URL"}) == (
        1,
        "Chưa đặt PUBLIC_URL: hệ thống dùng thật không có giá trị mặc định "
        "(xem README, phần triển khai).",
    )


def _with_help(group, path=()):
    """Every command of our own, with the way to it."""
    for name, command in group.commands.items():
        if isinstance(command, terminal.Command | terminal.Group):
            yield (*path, name)
            if isinstance(command, terminal.Group):
                yield from _with_help(command, (*path, name))


def test_the_help_of_every_command_is_in_vietnamese(app):
    runner, ways = app.test_cli_runner(), list(_with_help(app.cli))
    assert len(ways) > 15
    english = re.compile(
        r"\b(?:Usage|Options?|Commands?|Show|this|message|exit|the|of|TEXT|INTEGER|default|FILE)\b"
    )
    for way in ways:
        told = runner.invoke(args=[*way, "--help"]).output
        assert told.startswith(f"Cách dùng: campaign {' '.join(way)} [TUỲ CHỌN]"), way
        assert "--help" in told.partition("Tuỳ chọn:\n")[2], way
        assert english.findall(told) == [], way


def test_every_command_of_the_application_is_held_to_it(app):
    own = {
        name: command
        for name, command in app.cli.commands.items()
        if command.callback is None or command.callback.__module__.startswith("campaign")
    }
    assert own.keys() >= {
        "audit",
        "archive",
        "archive-load",
        "backup",
        "create-admin",
        "demo",
        "install-catalogue",
        "restore",
    }
    assert [
        name
        for name, command in own.items()
        if name not in {"db", "routes", "run", "shell"}
        and not isinstance(command, (terminal.Command, terminal.Group))
    ] == []
