"""Đường thư: one message through the office's SMTP server, or kept as a file where there is none.

Whether a message went is known to the letter: until its text was handed over nothing went; an
answer of the server is a yes or a no; a connection that breaks in between leaves it unknown.
"""

import smtplib
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from campaign.core.faults import os_words
from campaign.notices.rules import Outcome

SECONDS = 20
"""A server that hangs is given up after so long; no page waits for it."""
_FIRST_NO, _FIRST_NEVER = 400, 500
"""SMTP's own borders: 4xx is no for now, 5xx is no for good."""
_LONGEST = 300
_WIDTHS = range(78, 58, -1)


class Delivery(NamedTuple):
    """Kết quả gửi: the outcome, and where it went or what the server said."""

    outcome: Outcome
    detail: str


def written(message: EmailMessage) -> bytes:
    """Thư thành văn bản, its lines ended as servers demand; where a subject is broken between two
    of its encoded words the space there can get lost, so it is broken where it reads back whole.
    """
    subject = str(message["Subject"])
    texts = (message.as_bytes(policy=policy.SMTP.clone(max_line_length=width)) for width in _WIDTHS)
    narrowest = b""
    for narrowest in texts:
        if message_from_bytes(narrowest, policy=policy.default)["Subject"] == subject:
            break
    return narrowest


def deliver(message: EmailMessage) -> Delivery:
    """Gửi một thư; nothing is raised."""
    host = current_app.config["SMTP_HOST"]
    if not host:
        return _kept(message)
    try:
        server = _connected(host)
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Delivery(Outcome.LATER, f"Không nối được máy chủ thư {host} ({_words(error)}).")
    try:
        return _handed(server, message)
    except ValueError:  # an address in letters that no server takes
        return Delivery(Outcome.REFUSED, f"Địa chỉ {message['To']} không gửi thư đến được.")
    finally:
        server.close()


def _trusted() -> ssl.SSLContext:
    """Whom a secured server may be vouched for by."""
    return ssl.create_default_context()


def _connected(host: str) -> smtplib.SMTP:
    config = current_app.config
    security, port = config["SMTP_SECURITY"], config["SMTP_PORT"]
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=_trusted())
        if security == "tls"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    try:
        if security == "starttls":
            server.starttls(context=_trusted())
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _handed(server: smtplib.SMTP, message: EmailMessage) -> Delivery:
    """Envelope first: until the text is handed over nothing went."""
    receivers = [address for _, address in getaddresses([str(message["To"])])]
    refusal = _envelope_refused(server, message, receivers)
    if refusal is not None:
        return refusal
    try:
        code, said = server.data(written(message))
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Delivery(Outcome.UNKNOWN, f"Máy chủ thư ngắt khi đang nhận ({_words(error)}).")
    if code >= _FIRST_NO:
        return _answered(code, said)
    return Delivery(Outcome.SENT, ", ".join(receivers))


def _envelope_refused(
    server: smtplib.SMTP, message: EmailMessage, receivers: list[str]
) -> Delivery | None:
    """Why it takes no letter from this sender to these receivers; None where it does."""
    try:
        answers = [
            server.mail(getaddresses([str(message["From"])])[0][1]),
            *(server.rcpt(receiver) for receiver in receivers),
        ]
    except (OSError, smtplib.SMTPException) as error:
        return Delivery(Outcome.LATER, f"Máy chủ thư ngắt giữa chừng ({_words(error)}).")
    for code, said in answers:
        if code >= _FIRST_NO:
            return _answered(code, said)
    return None


def _answered(code: int, said: bytes | str) -> Delivery:
    """Máy chủ trả lời không: for now (4xx), or for good (5xx)."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    outcome = Outcome.REFUSED if code >= _FIRST_NEVER else Outcome.LATER
    return Delivery(outcome, f"Máy chủ thư trả lời {code}: {' '.join(words.split())[:_LONGEST]}")


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def _kept(message: EmailMessage) -> Delivery:
    """Giữ thành tệp .eml, under the name of its Message-ID: written again it is the same file."""
    folder = Path(current_app.config["OUTBOX"])
    name = f"{str(message['Message-ID']).strip('<>').partition('@')[0]}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        path.write_bytes(written(message))
        path.chmod(0o600)
    except OSError as error:
        return Delivery(Outcome.LATER, f"Không ghi được vào hộp thư đi: {os_words(error)}")
    return Delivery(Outcome.SENT, f"outbox/{name}")
