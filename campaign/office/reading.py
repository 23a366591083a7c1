"""Văn bản nói về một cá nhân: whoever draws or opens it has read their dossier."""

from campaign.exemplars import queries as exemplars
from campaign.exemplars import reading as of_exemplars
from campaign.nomination import queries as nominations
from campaign.nomination import reading as of_nominees
from campaign.office.heads import Asker
from campaign.office.rules import PaperKind
from campaign.readings.rules import Dossier


def note(asker: Asker, campaign_id: int, kind: PaperKind, subject_id: int) -> None:
    """Người đang xem đọc văn bản này."""
    if kind is PaperKind.ACHIEVEMENT:
        nominee = nominations.nominee(campaign_id, subject_id)
        of_nominees.note(campaign_id, Dossier.ACHIEVEMENT, [nominee])
    elif kind is PaperKind.EXEMPLAR:
        exemplar = exemplars.exemplar(campaign_id, subject_id, asker.sight)
        of_exemplars.note(campaign_id, Dossier.EXEMPLAR_PAPER, [exemplar])
