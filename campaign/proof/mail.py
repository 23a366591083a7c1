"""Gửi đầu chuỗi: the head of the record to addresses outside, so that a cut is found against it."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from flask import current_app

from campaign.core.dates import format_moment
from campaign.core.errors import refuse
from campaign.notices.rules import Outcome
from campaign.notices.transport import deliver
from campaign.proof.rules import Head


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
    delivery = deliver(message)
    if delivery.outcome is not Outcome.SENT:
        host = current_app.config["SMTP_HOST"]
        sentence = f"Không gửi được thư qua máy chủ {host}; hãy kiểm tra SMTP_HOST, SMTP_PORT, "
        sentence += "SMTP_SECURITY, SMTP_USER, SMTP_PASSWORD. Đầu chuỗi chưa được gửi đi."
        refuse(sentence)
    return delivery.detail
