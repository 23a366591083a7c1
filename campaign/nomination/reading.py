"""Đọc đề nghị cho một cá nhân leaves a mark."""

from collections.abc import Iterable

from campaign.honours.rules import Subject
from campaign.nomination.models import Nominee
from campaign.readings import noting
from campaign.readings.rules import Dossier


def note(campaign_id: int, what: Dossier, rows: Iterable[Nominee]) -> None:
    """Người đang xem đọc các đề nghị này; of a collective or a household nothing is noted."""
    people = [
        (row.name, row.participation.unit_id)
        for row in rows
        if row.kind.subject is Subject.INDIVIDUAL
    ]
    noting.note(campaign_id, what, people)
