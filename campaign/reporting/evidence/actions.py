"""Minh chứng: attaching and taking off."""

from datetime import datetime
from typing import IO, NoReturn

from campaign.accounts.models import User
from campaign.extensions import db
from campaign.files import storage
from campaign.reporting.evidence import queries
from campaign.reporting.models import (
    Evidence,
    Report,
)


def attach(
    report: Report,
    stream: IO[bytes],
    file_name: str | None,
    *,
    criterion_id: int | None,
    indicator_id: int | None,
    limits: tuple[int, int],
    by: User,
    at: datetime,
) -> Evidence:
    """Gắn minh chứng: at most `limits` bytes (a file, a report); refused files leave no trace."""
    file_limit, report_limit = limits
    stored = storage.keep(stream, limit=file_limit)
    twin = queries.same_file(report.id, stored.sha256, criterion_id, indicator_id)
    if queries.evidence_size(report.id) + stored.size > report_limit:
        _refuse(stored, f"Minh chứng của báo cáo vượt {report_limit // (1024 * 1024)} MB.")
    if twin is not None:
        _refuse(stored, f"Tệp này đã được gắn ở đây, tên “{twin.file_name}”.")
    row = Evidence(
        report_id=report.id,
        criterion_id=criterion_id,
        indicator_id=indicator_id,
        file_name=storage.clean_name(file_name),
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
        uploaded_at=at,
        uploaded_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _refuse(stored: storage.StoredContent, sentence: str) -> NoReturn:
    """Không nhận tệp, which leaves the store again."""
    storage.discard(stored.storage_key)
    raise storage.FileRefused(sentence)


def remove(evidence: Evidence, *, at: datetime) -> None:
    """Gỡ minh chứng khỏi báo cáo; versions that hold it keep the file."""
    if evidence.removed_at is None:
        evidence.removed_at = at
