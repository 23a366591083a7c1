"""Gửi đầu chuỗi: the head of the record to addresses outside, so that a cut is found against it."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from flask import current_app

from campaign.core.dates import format_moment
from campaign.core.errors import refuse
from campaign.proof.rules import Head

_SECONDS = 30


def letter(head: Head, *, to: list[str], sender: str, at: datetime) -> EmailMessage:
    """Thư mang đầu chuỗi, plain text in Vietnamese."""
    message = EmailMessage()
    message["Subject"] = f"Ngọn Cờ: đầu chuỗi nhật ký, dòng {head.number}"
    message["From"], message["To"] = sender, ", ".join(to)
    message["Date"], message["Message-ID"] = format_datetime(at), make_msgid(domain="ngonco")
    message.set_content(
        f"Đầu chuỗi nhật ký lúc {format_moment(at)}:\n\n{head.text}\n\n"
        "Hãy giữ thư này. Khi cần kiểm tra, người quản trị chạy:\n\n"
        f"flask audit verify --head {head.text}\n\n"
        "Lệnh báo lỗi nếu nhật ký đã bị cắt hoặc viết lại trước dòng này.\n"
    )
    return message


def send(message: EmailMessage) -> str:
    """Gửi thư through the office's server, else keep it in the outbox; gives where it went."""
    host = current_app.config["SMTP_HOST"]
    if not host:
        return _kept(message)
    try:
        _sent(message, host)
    except (OSError, smtplib.SMTPException):
        sentence = f"Không gửi được thư qua máy chủ {host}; hãy kiểm tra SMTP_HOST, SMTP_PORT, "
        sentence += "SMTP_SECURITY, SMTP_USER, SMTP_PASSWORD. Đầu chuỗi chưa được gửi đi."
        refuse(sentence)
    return str(message["To"])


def _sent(message: EmailMessage, host: str) -> None:
    config = current_app.config
    security, port = config["SMTP_SECURITY"], config["SMTP_PORT"]
    trusted = ssl.create_default_context()
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=trusted)
        if security == "tls"
        else smtplib.SMTP(host, port, timeout=_SECONDS)
    )
    with server:
        if security == "starttls":
            server.starttls(context=trusted)
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        server.send_message(message)


def _kept(message: EmailMessage) -> str:
    folder = Path(current_app.config["OUTBOX"])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{name}.eml"
    path.write_bytes(message.as_bytes())
    path.chmod(0o600)
    return f"outbox/{path.name}"
