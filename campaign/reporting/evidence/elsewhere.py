"""Minh chứng đã dùng: the same file in a report of another unit, campaign or year."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import aliased

from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.models import Evidence, Narrative, Report
from campaign.reporting.rules import SENT
from campaign.units.models import Unit

FEWEST_LETTERS = 80
"""Thuyết minh ngắn hơn thì nhiều đơn vị viết giống nhau."""


def used_elsewhere(of: Report) -> dict[int, list[str]]:
    """Tệp giống hệt ở nơi khác (evidence id → where): advice to whoever verifies, who sees all
    sent reports; what another unit still writes is not told.
    """
    own, other = aliased(Evidence), aliased(Evidence)
    rows = db.session.execute(
        _in_sent_reports(of, own.id, other, other.sha256 == own.sha256)
        .where(own.report_id == of.id, other.removed_at.is_(None))
        .distinct()
        .order_by(own.id, Campaign.id.desc(), Unit.name, ReportingPeriod.name)
    )
    return _told(of, rows)


def texts_elsewhere(of: Report) -> dict[int, list[str]]:
    """Thuyết minh giống hệt ở nơi khác (task id → where): of the same task in other units, and in
    earlier campaigns of the same unit; short ones say the same without being copied.
    """
    own, other = aliased(Narrative), aliased(Narrative)
    same = _in_sent_reports(of, own.task_id, other, other.text == own.text).where(
        own.report_id == of.id, func.length(own.text) >= FEWEST_LETTERS
    )
    rows = union(
        same.where(other.task_id == own.task_id),
        same.where(Participation.unit_id == of.participation.unit_id),
    )
    return _told(of, sorted(db.session.execute(rows), key=lambda row: (row[0], -row[3], *row[1:3])))


def _in_sent_reports(of: Report, subject: Any, other: Any, is_same: Any) -> Select[Any]:
    """What is the same in sent reports of other units, by its subject, and where it stands."""
    return (
        select(subject, Unit.name, ReportingPeriod.name, Campaign.id, Campaign.title)
        .join(other, is_same)
        .join(Report, Report.id == other.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Report.participation_id != of.participation_id, Report.state.in_(SENT))
    )


def _told(of: Report, rows: Iterable[Any]) -> dict[int, list[str]]:
    """Nơi khác bằng chữ: unit and period, and the campaign where it is another."""
    here = of.participation.campaign_id
    told: dict[int, list[str]] = defaultdict(list)
    for number, unit, period, campaign_id, title in rows:
        where = "" if campaign_id == here else f", {title}"
        told[number].append(f"{unit}, {period.lower()}{where}")
    return dict(told)
