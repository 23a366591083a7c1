"""Minh chứng: for whom it exists, how much there is, and whether the same file is there already."""

from typing import NamedTuple

from sqlalchemy import func, select

from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.reporting.models import (
    Evidence,
    Report,
    ReportVersion,
)
from campaign.reporting.queries import Sight


def evidence_for(campaign_id: int, evidence_id: int, sight: Sight) -> Evidence:
    """Minh chứng, the one authorising way to it: outside one's sight it does not exist.

    Whoever is not of the unit sees only files of a submitted version.
    """
    statement = (
        select(Evidence, Participation.unit_id, Evidence.report_id)
        .join(Report, Report.id == Evidence.report_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(Evidence.id == evidence_id, Participation.campaign_id == campaign_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None or not sight.sees(row.unit_id):
        raise NotVisible
    evidence: Evidence = row[0]
    if row.unit_id not in sight.own and not _is_submitted(evidence):
        raise NotVisible
    return evidence


def _is_submitted(evidence: Evidence) -> bool:
    snapshots = db.session.scalars(
        select(ReportVersion.snapshot).where(ReportVersion.report_id == evidence.report_id)
    )
    return any(
        row["id"] == evidence.id for snapshot in snapshots for row in snapshot.get("evidence", ())
    )


def evidence_size(report_id: int) -> int:
    """Dung lượng minh chứng của báo cáo, bytes; a file used at several places counts once."""
    files = (
        select(Evidence.storage_key, Evidence.size)
        .where(Evidence.report_id == report_id, Evidence.removed_at.is_(None))
        .distinct()
        .subquery()
    )
    return db.session.scalar(select(func.coalesce(func.sum(files.c.size), 0))) or 0


def hold(report_id: int) -> None:
    """Giữ báo cáo till the end of the transaction: of two who attach the second sees the first."""
    db.session.execute(select(Report.id).where(Report.id == report_id).with_for_update())


def key_of_content(report_id: int, sha256: str) -> str | None:
    """Tệp cùng nội dung mà báo cáo đang có, wherever in it: its place in the store."""
    return db.session.scalars(
        select(Evidence.storage_key)
        .where(
            Evidence.report_id == report_id,
            Evidence.sha256 == sha256,
            Evidence.removed_at.is_(None),
        )
        .limit(1)
    ).first()


class Place(NamedTuple):
    """Mục mà tệp được gắn vào: a criterion, an indicator, or the whole report."""

    criterion_id: int | None
    indicator_id: int | None

    @property
    def attached_at(self) -> tuple[str, int]:
        """Chỗ gắn as the content of a report calls it."""
        if self.criterion_id:
            return "criterion", self.criterion_id
        return ("indicator", self.indicator_id) if self.indicator_id else ("report", 0)


def places_of(evidence: Evidence) -> set[Place]:
    """Các mục đang có tệp này."""
    rows = db.session.execute(
        select(Evidence.criterion_id, Evidence.indicator_id).where(
            Evidence.report_id == evidence.report_id,
            Evidence.sha256 == evidence.sha256,
            Evidence.removed_at.is_(None),
        )
    )
    return {Place(*row) for row in rows}


def same_file(
    report_id: int, sha256: str, criterion_id: int | None, indicator_id: int | None
) -> Evidence | None:
    """Tệp giống hệt đã gắn vào cùng chỗ."""
    return db.session.scalars(
        select(Evidence).where(
            Evidence.report_id == report_id,
            Evidence.sha256 == sha256,
            Evidence.removed_at.is_(None),
            Evidence.criterion_id == criterion_id,
            Evidence.indicator_id == indicator_id,
        )
    ).first()
