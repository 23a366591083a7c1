"""Việc kiểm tra và theo dõi: what may be inspected on the spot, and what there is to read."""

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import func, select

from campaign.enrolment.models import Participation
from campaign.home.counts import count_of, report_count
from campaign.home.rules import Todo
from campaign.inspection.models import Inspection
from campaign.planning.models import Campaign
from campaign.reporting.models import Report
from campaign.reporting.rules import SENT


def of_inspector(campaign: Campaign) -> Iterable[Todo]:
    """What may be inspected on the spot, and what was."""
    sent = report_count(campaign.id, Report.state.in_(SENT))
    if sent:
        yield Todo(
            "Báo cáo đã nộp, có thể kiểm tra thực tế",
            "chọn đơn vị để đối chiếu số liệu với sổ sách",
            url_for("verification.index", campaign_id=campaign.id),
            2,
            sent,
        )
    yield Todo(
        "Biên bản kiểm tra thực tế",
        "ghi biên bản mới hoặc xem lại",
        url_for("inspection.index", campaign_id=campaign.id),
        2,
        _inspections_held(campaign.id),
    )


def _inspections_held(campaign_id: int) -> int:
    return count_of(
        select(func.count())
        .select_from(Inspection)
        .join(Participation, Participation.id == Inspection.participation_id)
        .where(Participation.campaign_id == campaign_id)
    )


def of_reader(campaign: Campaign) -> Iterable[Todo]:
    """What those who follow a campaign may read."""
    yield Todo(
        f"{campaign.title}: bước “{campaign.phase.label}”",
        "xem báo cáo và thẩm định",
        url_for("verification.index", campaign_id=campaign.id),
        3,
    )
