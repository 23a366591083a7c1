"""Việc giải trình sau thẩm định: of the unit, and of those who verify."""

from collections.abc import Collection, Iterable
from datetime import date

from flask import url_for

from campaign.clarification.queries import places
from campaign.clarification.rules import Stage
from campaign.core.dates import format_date
from campaign.home.rules import Todo
from campaign.planning.models import Campaign
from campaign.verification.rules import OPEN_PHASES


def _is_asked(campaign: Campaign) -> bool:
    return campaign.clarification_days is not None and campaign.phase in OPEN_PHASES


def of_answering(campaign: Campaign, own: Collection[int], today: date) -> Iterable[Todo]:
    """Việc của đơn vị: to accept what was verified, or to explain, before the time is over."""
    if not _is_asked(campaign):
        return
    for place in places(campaign.id):
        if (
            place.unit_id in own
            and place.due_on is not None
            and place.stage(today) is Stage.ANSWERING
        ):
            yield Todo(
                f"Xem kết quả thẩm định, chấp nhận hoặc giải trình: {place.unit}",
                f"đến hết ngày {format_date(place.due_on)}; không có ý kiến là chấp nhận",
                url_for("clarification.show", campaign_id=campaign.id, report_id=place.report_id),
                1,
                due_on=place.due_on,
            )


def of_settling(campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của Thường trực: rounds to open, and answers that wait for a second verification."""
    if not _is_asked(campaign):
        return
    stages = [place.stage(today) for place in places(campaign.id)]
    url = url_for("clarification.index", campaign_id=campaign.id)
    if waiting := stages.count(Stage.SETTLING):
        yield Todo(
            "Giải trình chờ thẩm định lần hai", "trả lời từng ý kiến của đơn vị", url, 1, waiting
        )
    if unopened := stages.count(Stage.UNOPENED):
        yield Todo(
            "Đơn vị đã thẩm định xong, chưa mở giải trình",
            "mở cho từng đơn vị hoặc cả khối",
            url,
            2,
            unopened,
        )
