"""Lệnh nhắc việc: what cron or a systemd timer runs."""

from datetime import UTC, datetime, time

import click

from campaign.audit import recorder
from campaign.core.dates import VIETNAM, local_date
from campaign.exemplars.telling import tell_still
from campaign.extensions import db
from campaign.notices.links import tell_links
from campaign.notices.post import send_due
from campaign.notices.roles import tell_roles
from campaign.publicity.directives.actions import tell_due
from campaign.publicity.readers import forget_before
from campaign.reminders import actions, queries
from campaign.reminders.digest import tell_digest
from campaign.web import clock, terminal


@click.command(
    "remind",
    cls=terminal.Command,
    help="Ghi các thông báo đến hạn rồi gửi thư; cho chạy vài phút một lần.",
)
@click.option(
    "--hour",
    type=click.IntRange(0, 23),
    help="Khi diễn tập: như đang là giờ này của ngày diễn tập.",
)
def remind(hour: int | None) -> None:
    """Turn what is due into notices, then send the mail; to be run every few minutes."""
    at, steps = clock.now() if hour is None else _rehearsed(hour), 0
    try:
        steps = tell_all(at)
    finally:  # what goes wrong in one campaign holds up nobody's mail
        db.session.rollback()
        sent, failed = send_due(at)
        click.echo(f"Đã nhắc {steps} báo cáo, gửi {sent} thư, chưa gửi được {failed}.")


def _rehearsed(hour: int) -> datetime:
    """That hour of the rehearsed day; where nobody rehearses the hour is what it is."""
    day = clock.rehearsal_date()
    if day is None:
        message = "Chỉ ở chế độ diễn tập mới chọn được giờ (--hour); ở đây giờ là giờ thật."
        raise terminal.Refused(message)
    return datetime.combine(day, time(hour), VIETNAM).astimezone(UTC)


def tell_all(at: datetime) -> int:
    """What is due becomes notices, a campaign at a time; how many reports were reminded of."""
    steps = 0
    tell_roles(at=at)
    tell_links(at=at)
    db.session.commit()
    for campaign in queries.campaigns():
        steps += actions.remind_campaign(campaign, at=at)
        db.session.flush()
        tell_digest(campaign, at=at)
        tell_still(campaign, at=at)
        recorder.act("report.remind", campaign_id=campaign.id)
        db.session.commit()
    tell_due(at=at)
    forget_before(local_date(at))
    db.session.commit()
    return steps
