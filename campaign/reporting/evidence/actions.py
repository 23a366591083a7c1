"""Minh chứng: attaching and taking off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NoReturn

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.files import storage
from campaign.files.attached import attached
from campaign.reporting.evidence import queries
from campaign.reporting.evidence.queries import Place
from campaign.reporting.models import (
    Evidence,
    Report,
)


class AlreadyAttached(storage.FileRefused):
    """Tệp đã gắn ở đây: nothing is left to do for whoever only sends it again."""

    def __init__(self, twin: Evidence) -> None:
        """Name the file as it is called there."""
        super().__init__(f"Tệp này đã được gắn ở đây, tên “{twin.file_name}”.")


def attach(
    report: Report,
    stored: storage.StoredContent,
    file_name: str | None,
    *,
    criterion_id: int | None,
    indicator_id: int | None,
    report_limit: int,
    by: User,
    at: datetime,
) -> Evidence:
    """Gắn minh chứng that the store has: at most so many bytes a report; refused files leave no
    trace.
    """
    queries.hold(report.id)
    twin = queries.same_file(report.id, stored.sha256, criterion_id, indicator_id)
    if twin is not None:
        storage.discard(stored.storage_key)
        raise AlreadyAttached(twin)
    if (key := queries.key_of_content(report.id, stored.sha256)) is not None:
        storage.discard(stored.storage_key)
        stored = replace(stored, storage_key=key)
    elif queries.evidence_size(report.id) + stored.size > report_limit:
        _refuse(stored, f"Minh chứng của báo cáo vượt {report_limit // (1024 * 1024)} MB.")
    row = Evidence(
        report_id=report.id,
        criterion_id=criterion_id,
        indicator_id=indicator_id,
        **attached(stored, file_name, by_id=by.id, at=at),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _refuse(stored: storage.StoredContent, sentence: str) -> NoReturn:
    """Không nhận tệp, which leaves the store again."""
    storage.discard(stored.storage_key)
    raise storage.FileRefused(sentence)


def share(evidence: Evidence, places: Iterable[Place], *, by: User, at: datetime) -> list[Evidence]:
    """Dùng một tệp cho nhiều mục: stored once, shown at each of them, taken off one by one."""
    queries.hold(evidence.report_id)
    taken = queries.places_of(evidence)
    rows = [_copy_at(place, evidence, by, at) for place in places if place not in taken]
    if not rows:
        refuse("Hãy chọn ít nhất một mục chưa có tệp này.", "place")
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _copy_at(place: Place, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """Cùng tệp ấy ở một mục nữa."""
    return Evidence(
        report_id=evidence.report_id,
        criterion_id=place.criterion_id,
        indicator_id=place.indicator_id,
        file_name=evidence.file_name,
        media_type=evidence.media_type,
        size=evidence.size,
        sha256=evidence.sha256,
        storage_key=evidence.storage_key,
        uploaded_at=at,
        uploaded_by_id=by.id,
    )


def remove(evidence: Evidence, *, at: datetime) -> None:
    """Gỡ minh chứng khỏi báo cáo; versions that hold it keep the file."""
    if evidence.removed_at is None:
        evidence.removed_at = at
