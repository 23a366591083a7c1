"""Đọc về một cá nhân điển hình leaves a mark."""

from collections.abc import Iterable

from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import Subject
from campaign.readings import noting
from campaign.readings.rules import Dossier


def note(campaign_id: int, what: Dossier, rows: Iterable[Exemplar]) -> None:
    """Người đang xem đọc về các điển hình này; of a collective or a household nothing is noted."""
    people = [
        (row.name, row.participation.unit_id) for row in rows if row.subject is Subject.PERSON
    ]
    noting.note(campaign_id, what, people)
