"""Heads that go outside: printed with what is frozen, and mailed, so that a cut is found."""

import asyncio
import json
import re
import socket
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from sqlalchemy import select, text

from campaign.accounts.models import User
from campaign.archive.backup import backup
from campaign.archive.rules import manifest_of
from campaign.audit import queries as audit
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.proof.rules import head_of
from tests import build


class Letters(Handler):
    """A post office: keeps what it is given."""

    def __init__(self):
        super().__init__()
        self.kept = []

    def prepare_message(self, _session, envelope):
        return message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message):
        self.kept.append(message)


class Office(Controller):
    """The same, with a loop that is closed when it stops."""

    def stop(self, no_assert=False):  # noqa: FBT002 - its own signature
        super().stop(no_assert=no_assert)
        self.loop.close()


@pytest.fixture
def letters(app, monkeypatch):
    """A real SMTP server on a port of its own."""
    handler = Letters()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = Office(handler, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop())
    office.start()
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    monkeypatch.setitem(app.config, "SMTP_PORT", port)
    yield handler.kept
    office.stop()


def _head():
    build.unit()
    db.session.commit()
    number, hash_ = audit.head()
    return f"{number}:{hash_}"


def test_the_head_is_mailed_in_words_that_say_how_to_compare_it(app, letters):
    head = _head()
    said = app.test_cli_runner().invoke(args=["audit", "mail-head"])
    assert (said.exit_code, said.output) == (
        0,
        f"Đã gửi đầu chuỗi {head} đến luu-tru@example.org.\n",
    )
    (letter,) = letters
    assert (letter["To"], letter["From"]) == ("luu-tru@example.org", "ngonco@example.org")
    assert letter["Subject"] == "Ngọn Cờ: đầu chuỗi nhật ký, dòng 1"
    body = letter.get_content()
    assert f"flask audit verify --head {head}" in body.splitlines()
    again = app.test_cli_runner().invoke(args=["audit", "verify", "--head", head])
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, f"Đầu chuỗi: {head}")


def test_without_a_server_the_letter_lies_in_the_outbox_for_its_owner_alone(app):
    head = _head()
    said = app.test_cli_runner().invoke(args=["audit", "mail-head"])
    (letter,) = Path(app.config["OUTBOX"]).glob("*.eml")
    assert said.output == f"Đã gửi đầu chuỗi {head} đến outbox/{letter.name}.\n"
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert head in message.get_content()
    assert letter.stat().st_mode & 0o777 == 0o600
    letter.unlink()


def test_a_server_that_does_not_answer_is_told_in_one_sentence(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    monkeypatch.setitem(app.config, "SMTP_PORT", 1)
    said = app.test_cli_runner().invoke(args=["audit", "mail-head"])
    assert (said.exit_code, said.output) == (
        1,
        "Không gửi được thư qua máy chủ 127.0.0.1; hãy kiểm tra SMTP_HOST, SMTP_PORT, "
        "SMTP_SECURITY, SMTP_USER, SMTP_PASSWORD. Đầu chuỗi chưa được gửi đi.\n",
    )


def test_without_an_address_nothing_is_sent(app, monkeypatch):
    monkeypatch.setitem(app.config, "HEAD_MAIL_TO", ())
    said = app.test_cli_runner().invoke(args=["audit", "mail-head"])
    assert (said.exit_code, said.output) == (
        1,
        "Chưa đặt HEAD_MAIL_TO: các địa chỉ nhận đầu chuỗi, cách nhau bằng dấu phẩy.\n",
    )


def test_a_head_typed_wrongly_is_refused_before_anything_is_read(app):
    said = app.test_cli_runner().invoke(args=["audit", "verify", "--head", "12"])
    assert (said.exit_code, said.output) == (
        1,
        "Đầu chuỗi ghi là số dòng, dấu hai chấm và 64 ký tự mã băm, ví dụ 120:9f86d0…; "
        "hãy chép nguyên từ nơi đã ghi.\n",
    )
    assert db.session.scalar(text("SELECT count(*) FROM proof_run")) == 0


def test_a_head_of_another_chain_ends_the_command_with_what_is_wrong(app):
    head = _head()
    other = f"1:{'0' * 64}"
    said = app.test_cli_runner().invoke(args=["audit", "verify", "--head", other])
    assert (said.exit_code, said.output) == (
        1,
        "Dòng nhật ký 1 không phải dòng mà nơi giữ bên ngoài đã ghi: chuỗi đã bị viết lại\n"
        "Có 1 điều không khớp với nhật ký.\n",
    )
    assert head_of(head, "").number == 1


def test_a_backup_holds_and_tells_the_head(app, tmp_path):
    head = _head()
    taken = backup(tmp_path / "sao-luu.zip")
    with zipfile.ZipFile(tmp_path / "sao-luu.zip") as archive:
        assert manifest_of(archive.read("manifest.json")).head == taken.head == head


def test_minutes_rankings_and_decisions_print_the_head_they_were_frozen_at(tell, sign_in, page):
    campaign = tell(Stage.PUBLISHED)
    minutes, figures = db.session.execute(
        text(
            "SELECT m.minutes, d.figures FROM meeting m, decision d WHERE m.minutes IS NOT NULL"
            " AND d.id = 1"
        )
    ).one()
    ranked = db.session.execute(
        text("SELECT audit_number, audit_hash FROM frozen_ranking ORDER BY id DESC LIMIT 1")
    ).one()
    minutes, figures = json.loads(minutes), json.loads(figures)
    reader = sign_in(db.session.scalars(select(User).where(User.user_name == "giam-doc")).one())
    at = f"/campaigns/{campaign.id}"
    for address, number, hash_ in (
        (f"{at}/meetings/1/minutes", minutes["audit_number"], minutes["audit_hash"]),
        (f"{at}/decisions/1", figures["audit_number"], figures["audit_hash"]),
        (f"{at}/ranking/", *ranked),
    ):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert re.search(rf"\b{number}\b", answer.get_data(as_text=True))
        assert hash_ in answer.get_data(as_text=True)
