"""Minh chứng đã dùng: the same file in a report of another unit, campaign or year."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import aliased

from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.models import Evidence, Report
from campaign.reporting.rules import SENT
from campaign.units.models import Unit


def used_elsewhere(of: Report) -> dict[int, list[str]]:
    """Tệp giống hệt ở nơi khác (evidence id → where): advice to whoever verifies, who sees all
    sent reports; what another unit still writes is not told.
    """
    own, other = aliased(Evidence), aliased(Evidence)
    rows = db.session.execute(
        select(own.id, Unit.name, ReportingPeriod.name, Campaign.id, Campaign.title)
        .join(other, other.sha256 == own.sha256)
        .join(Report, Report.id == other.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            own.report_id == of.id,
            Report.participation_id != of.participation_id,
            Report.state.in_(SENT),
            other.removed_at.is_(None),
        )
        .distinct()
        .order_by(own.id, Campaign.id.desc(), Unit.name, ReportingPeriod.name)
    )
    here = of.participation.campaign_id
    told: dict[int, list[str]] = defaultdict(list)
    for number, unit, period, campaign_id, title in rows:
        where = "" if campaign_id == here else f", {title}"
        told[number].append(f"{unit}, {period.lower()}{where}")
    return dict(told)
