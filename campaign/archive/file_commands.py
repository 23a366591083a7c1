"""Lệnh về kho tệp: compare it with the data, and remove what no row names."""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import click

from campaign.archive import stored
from campaign.core.numbers import format_decimal
from campaign.web import terminal

files = terminal.Group("files", help="Kho tệp.")
_SECONDS_BETWEEN = 5.0


def _count(number: int) -> str:
    return format_decimal(Decimal(number))


class _Progress:
    """Tiến độ: a line now and then, beside the result."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SECONDS_BETWEEN

    def tell(self, number: int, total: int) -> None:
        """Say how far it has come, unless that was said a moment ago."""
        if time.monotonic() >= self._next:
            click.echo(f"Đã so {_count(number)}/{_count(total)} tệp.", err=True)
            self._next = time.monotonic() + _SECONDS_BETWEEN


@files.command(
    "verify",
    help="So từng tệp trong kho với dòng dữ liệu tương ứng (cỡ, mã băm); mã thoát 1 khi khác nhau.",
)
def verify() -> None:
    """Compare every stored file with its row, by size and SHA-256, while people work; exit code 1
    if any differs.
    """
    checked = stored.verify(_Progress().tell)
    for finding in checked.findings:
        click.echo(f"{finding.damage.value}: {finding.file}")
    if checked.unhashed:
        click.echo(f"{_count(checked.unhashed)} tệp nhận trước khi ghi mã băm: chỉ biết là còn.")
    if checked.findings:
        message = (
            f"Kho tệp có {_count(len(checked.findings))} sai lệch, "
            f"đã so {_count(checked.files)} tệp."
        )
        raise terminal.Refused(message)
    click.echo(f"Kho tệp khớp với dữ liệu: {_count(checked.files)} tệp.")


@files.command(
    "sweep",
    help="Kể các tệp mà không dòng dữ liệu nào nhắc đến; có --remove thì xoá.",
)
@click.option("--remove", is_flag=True, help="Xoá thật; không có thì chỉ kể.")
@click.option(
    "--hours",
    type=click.IntRange(min=0),
    default=24,
    show_default=True,
    help="Chỉ những tệp đã có từ bấy nhiêu giờ.",
)
def sweep(*, remove: bool, hours: int) -> None:
    """List files that no row names, left by a killed process; --remove removes them."""
    names = stored.orphans(datetime.now(UTC), timedelta(hours=hours))
    for name in names:
        click.echo(name)
    if not names:
        click.echo("Không có tệp bỏ lại.")
    elif remove:
        stored.sweep(names)
        click.echo(f"Đã xoá {_count(len(names))} tệp bỏ lại.")
    else:
        click.echo(f"Có {_count(len(names))} tệp bỏ lại; thêm --remove để xoá.")
