"""Lệnh khám hệ thống."""

import click

from campaign.operation import probes
from campaign.operation.rules import Verdict
from campaign.web import terminal


@click.command("doctor", cls=terminal.Command)
def doctor() -> None:
    """Check this installation part by part, and say what to do; exit code 1 where one fails."""
    checks = probes.whole()
    for check in checks:
        advice = "" if check.verdict is Verdict.WELL else f" {check.advice}"
        click.echo(f"[{check.verdict.label}] {check.part.label}: {check.words}{advice}")
    faults = [check.part.label for check in checks if check.verdict is Verdict.FAULT]
    if faults:
        message = f"Có lỗi ở: {', '.join(faults)}."
        raise terminal.Refused(message)
    click.echo("Không có bộ phận nào có lỗi.")
