"""Việc về điển hình: what waits for the Standing Committee, and what units are asked to follow."""

from collections.abc import Collection, Iterable
from datetime import date

from flask import url_for

from campaign.exemplars.listing import STILL
from campaign.exemplars.queries import to_follow, waiting
from campaign.exemplars.rules import State, Step
from campaign.home.rules import Todo
from campaign.planning.models import Campaign


def of_register(campaign: Campaign, today: date) -> Iterable[Todo]:
    """Điển hình chờ quyết định, and those that have not moved for 30 days."""
    count = waiting(campaign.id, today)
    if count.proposed:
        state = State.PROPOSED.value
        yield Todo(
            "Điển hình chờ quyết định đăng ký",
            "đăng ký, hoặc không đăng ký và ghi lý do",
            url_for("exemplars.index", campaign_id=campaign.id, state=state),
            2,
            count.proposed,
        )
    if count.still:
        yield _of_still(campaign, count.still)


def _of_still(campaign: Campaign, count: int) -> Todo:
    return Todo(
        "Điển hình quá 30 ngày chưa chuyển động",
        "bồi dưỡng, tổng kết hoặc nhân rộng tiếp",
        url_for("exemplars.index", campaign_id=campaign.id, state=STILL),
        1,
        count,
    )


def of_following(campaign: Campaign, units: Collection[int]) -> Iterable[Todo]:
    """Điển hình của đơn vị khác chờ xác nhận áp dụng."""
    count = to_follow(campaign.id, units)
    if count:
        yield Todo(
            "Điển hình được nhân rộng",
            "đơn vị áp dụng thì xác nhận, với một câu và ngày",
            url_for("exemplars.index", campaign_id=campaign.id, step=Step.FOLLOWED.value),
            3,
            count,
        )
