"""Lệnh khám hệ thống."""

import click

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.operation import probes
from campaign.operation.rules import Verdict
from campaign.voting import keys, sweeping
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


@click.command("take-keys", cls=terminal.Command)
def take_keys() -> None:
    """Say that keys of ballots are kept, from now on, in this machine's BALLOT_KEYS."""
    if problem := keys.problem():
        refuse(problem)
    sweeping.claim_key_store(anew=True)
    if problem := sweeping.keys_problem():
        refuse(f"{problem} Hãy kiểm phiếu hoặc huỷ các lượt đó trước.")
    db.session.commit()
    click.echo("Từ nay khoá hòm phiếu được giữ ở thư mục BALLOT_KEYS của máy này.")
