"""Lệnh đối chiếu nhật ký."""

import time
from datetime import UTC, datetime
from decimal import Decimal

import click
from flask import current_app

from campaign.audit import queries as audit
from campaign.core.numbers import format_decimal
from campaign.proof import actions, mail
from campaign.proof.checking import Finding
from campaign.proof.rules import Head, head_of
from campaign.web import terminal

record = terminal.Group("audit", help="Nhật ký.")


_SECONDS_BETWEEN = 2.0


class _Progress:
    """Tiến độ: a line now and then, beside the result."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SECONDS_BETWEEN

    def tell(self, words: str) -> None:
        """Say what is being done, unless that was said a moment ago."""
        if time.monotonic() >= self._next:
            click.echo(f"… {words}", err=True)
            self._next = time.monotonic() + _SECONDS_BETWEEN


@record.command(
    "verify",
    help="Đối chiếu từng dòng nhật ký, với dữ liệu, với đầu chuỗi giữ ở nơi khác và với các "
    "tệp; mã thoát 1 khi có khác biệt. Chạy được khi hệ thống đang dùng.",
)
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="N:HASH",
    help="Đầu chuỗi đã giữ ở nơi khác (biên bản, thư, bản sao lưu); ghi được nhiều lần.",
)
@click.option("--by", default="lệnh flask audit verify", hidden=True)
def verify(heads: tuple[str, ...], by: str) -> None:
    """Compare the record with itself, the data, the heads kept anywhere, and the files.

    Exit code 1 names what differs. It reads one moment and runs beside the working system.
    """
    given = [head_of(text, "nơi giữ bên ngoài") for text in heads]
    finding = actions.verify(given, by_name=by, tell=_Progress().tell)
    if finding.fault_count:
        faults = "\n".join(fault.text for fault in finding.faults)
        message = f"{faults}\nCó {finding.fault_count} điều không khớp với nhật ký."
        raise terminal.Refused(message)
    click.echo(_whole_words(finding))


def _whole_words(finding: Finding) -> str:
    """How much was compared, since when, and the head to keep."""
    counts = [
        format_decimal(Decimal(count))
        for count in (finding.head.number, finding.row_count, finding.file_count)
    ]
    since = f" Đối chiếu từ mốc ở dòng {finding.since}." if finding.since > 1 else ""
    return (
        f"Nhật ký nguyên vẹn: {counts[0]} dòng, khớp {counts[1]} dòng dữ liệu và "
        f"{counts[2]} tệp.{since}\nĐầu chuỗi: {finding.head.text}"
    )


@record.command(
    "checkpoint",
    help="Lập mốc: ghi lại mọi dòng như đang có; lần đối chiếu sau bắt đầu từ đây và nói rõ.",
)
@click.option(
    "--accept", is_flag=True, help="Lập mốc dù đang có khác biệt; khác biệt được tính vào mốc."
)
def checkpoint(*, accept: bool) -> None:
    """Write down every row as it stands; later comparisons start from here and say so."""
    count = actions.checkpoint(accept=accept, tell=_Progress().tell)
    click.echo(
        f"Đã lập mốc đối chiếu với {format_decimal(Decimal(count))} dòng dữ liệu. "
        f"Đầu chuỗi: {Head(*audit.head(), 'nhật ký').text}"
    )


@record.command(
    "mail-head",
    help="Gửi đầu chuỗi nhật ký đến HEAD_MAIL_TO; chưa có máy chủ thư thì giữ thư lại đây.",
)
def mail_head() -> None:
    """Send the head of the record to HEAD_MAIL_TO, or keep the letter in instance/outbox."""
    to = current_app.config["HEAD_MAIL_TO"]
    head = Head(*audit.head(), "nhật ký")
    if not to:
        message = "Chưa đặt HEAD_MAIL_TO: các địa chỉ nhận đầu chuỗi, cách nhau bằng dấu phẩy."
        raise terminal.Refused(message)
    sender = current_app.config["MAIL_FROM"]
    where = mail.send(mail.letter(head, to=to, sender=sender, at=datetime.now(UTC)))
    click.echo(f"Đã gửi đầu chuỗi {head.text} đến {where}.")
