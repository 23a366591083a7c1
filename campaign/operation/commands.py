"""Lệnh khám hệ thống."""

import click
from flask import current_app

from campaign.core.errors import refuse
from campaign.database import writing
from campaign.extensions import db
from campaign.operation import listening, probes
from campaign.operation.rules.verdicts import Verdict
from campaign.voting import keys, sweeping
from campaign.web import terminal


@click.command(
    "doctor",
    cls=terminal.Command,
    help="Khám từng bộ phận của hệ thống và nói cần làm gì; mã thoát 1 khi có bộ phận lỗi.",
)
def doctor() -> None:
    """Check this installation part by part, and say what to do; exit code 1 where one fails."""
    checks = probes.every_part()
    for check in checks:
        advice = "" if check.verdict is Verdict.WELL else f" {check.advice}"
        click.echo(f"[{check.verdict.label}] {check.part.label}: {check.words}{advice}")
    faults = [check.part.label for check in checks if check.verdict is Verdict.FAULT]
    if faults:
        message = f"Có lỗi ở: {', '.join(faults)}."
        raise terminal.Refused(message)
    click.echo("Không có bộ phận nào có lỗi.")


@click.command(
    "metrics",
    cls=terminal.Command,
    help="Cho biết số đo của các tiến trình trên máy này, theo cách Prometheus đọc.",
)
@click.option("--serve", is_flag=True, help="Trả lời mãi ở METRICS_ADDRESS.")
def metrics(*, serve: bool) -> None:
    """Tell what this machine's processes counted, as Prometheus reads it."""
    from campaign.operation.figures import all_figures  # noqa: PLC0415 - no worker needs the library

    writing.set(False)
    if not serve:
        click.echo(all_figures(), nl=False)
        return

    def fresh() -> bytes:
        try:
            return all_figures()
        finally:
            db.session.remove()

    listening.listen(current_app.config["METRICS_ADDRESS"], fresh)


@click.command(
    "take-keys",
    cls=terminal.Command,
    help="Từ nay giữ khoá hòm phiếu ở thư mục BALLOT_KEYS của máy này.",
)
def take_keys() -> None:
    """Say that keys of ballots are kept, from now on, in this machine's BALLOT_KEYS."""
    if problem := keys.problem():
        refuse(problem)
    sweeping.claim_key_store(anew=True)
    if problem := sweeping.keys_problem():
        refuse(f"{problem} Hãy kiểm phiếu hoặc huỷ các lượt đó trước.")
    db.session.commit()
    click.echo("Từ nay khoá hòm phiếu được giữ ở thư mục BALLOT_KEYS của máy này.")
