"""Lệnh dọn theo thời hạn lưu."""

from datetime import UTC, datetime
from decimal import Decimal

import click

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.numbers import format_decimal
from campaign.extensions import db
from campaign.retention import actions, queries
from campaign.web import terminal


@click.command(
    "retention",
    cls=terminal.Command,
    help="Kể những gì đã quá thời hạn lưu, theo quy tắc ở trang Vận hành; có --yes thì dọn.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Dọn thật; không có thì chỉ kể.")
def retention(*, is_sure: bool) -> None:
    """Tell what is past its term, by the rules under Vận hành; with --yes take it away."""
    at, total = datetime.now(UTC), 0
    for term in queries.terms():
        count = actions.take_away(term, at=at) if is_sure else queries.due(term, local_date(at))
        click.echo(f"{term.kind.label} ({term.words}): {_number(count)} dòng")
        total += count
    if is_sure:
        recorder.act("retention.apply")
        db.session.commit()
    done = f"Đã dọn {_number(total)} dòng." if is_sure else "Chưa dọn gì."
    click.echo(done if total else "Không có gì đến hạn.")


def _number(count: int) -> str:
    return format_decimal(Decimal(count))
