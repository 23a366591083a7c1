"""Lệnh nhắc việc: what cron or a systemd timer runs."""

import click

from campaign.notices.post import send_due
from campaign.web import clock, terminal


@click.command("remind", cls=terminal.Command)
def remind() -> None:
    """Send the mail that is due; to be run every few minutes."""
    sent, failed = send_due(clock.now())
    click.echo(f"Đã gửi {sent} thư, chưa gửi được {failed}.")
