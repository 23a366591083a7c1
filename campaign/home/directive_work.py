"""Việc quán triệt: directives that a unit has not confirmed yet."""

from collections.abc import Collection, Iterable
from datetime import date

from flask import url_for

from campaign.core.dates import format_date
from campaign.home.rules import Todo
from campaign.planning.models import Campaign
from campaign.publicity.directives.queries import unconfirmed


def of_directives(campaign: Campaign, own: Collection[int], today: date) -> Iterable[Todo]:
    """Văn bản chỉ đạo đơn vị chưa xác nhận đã quán triệt."""
    for row in unconfirmed(campaign.id, own, today):
        yield Todo(
            f"Quán triệt “{row.title}”: {row.unit}",
            f"đăng ngày {format_date(row.published_on)}; quán triệt xong thì xác nhận",
            url_for(
                "directives.study",
                campaign_id=row.campaign_id,
                post_id=row.post_id,
                participation_id=row.participation_id,
            ),
            2,
            state="chưa xác nhận",
        )
