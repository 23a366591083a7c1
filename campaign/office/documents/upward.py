"""Tờ trình gửi cấp trên."""

from datetime import date, datetime, time

from campaign.core.dates import VIETNAM
from campaign.core.errors import NotVisible
from campaign.core.text import name_key
from campaign.decision.upward import queries as upward_requests
from campaign.honours.rules import Level, Subject
from campaign.nomination.models import Nominee
from campaign.office.documents.decisions import counted_subjects
from campaign.office.heads import Asker, common, office
from campaign.office.rules import (
    STAFF,
    Item,
    PaperContent,
    asked_office,
    number_words,
    routed,
    without_asides,
)
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign


def _upward(campaign: Campaign) -> list[tuple[str, date | None, list[Nominee]]]:
    """Đề nghị cấp trên by level: what was sent, by letter and day, then what waits."""
    sent: dict[tuple[Level, str, date | None], list[Nominee]] = {}
    for row in upward_requests.upward(campaign.id):
        sent.setdefault((row.nominee.kind.award_type.level, row.letter, row.sent_on), []).append(
            row.nominee
        )
    for nominee in upward_requests.waiting_upward(campaign.id):
        sent.setdefault((nominee.kind.award_type.level, "", None), []).append(nominee)
    return [
        (letter, day, rows)
        for (_, letter, day), rows in sorted(
            sent.items(), key=lambda entry: (list(Level).index(entry[0][0]), entry[1][0].id)
        )
    ]


def upwards(asker: Asker, campaign: Campaign) -> list[Item]:
    """Tờ trình gửi cấp trên: one for each level and letter; final once sent."""
    if not asker.is_any(*STAFF):
        return []
    return [
        Item(
            rows[0].id,
            f"{rows[0].kind.award_type.level.label}, {letter or 'chưa gửi'}",
            day is not None,
        )
        for letter, day, rows in _upward(campaign)
    ]


def upward(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung tờ trình gửi cấp trên, by its letter and day once sent."""
    del asker
    entry = next((sent for sent in _upward(campaign) if sent[2][0].id == subject_id), None)
    if entry is None:
        raise NotVisible
    letter, day, rows = entry
    head = office(campaign)
    number, _, symbol = letter.partition("/")
    symbol = without_asides(symbol) or head.symbol("TTr")
    fields = common(
        campaign,
        head,
        about=f"Về việc đề nghị khen thưởng trong {drive_words(campaign.title)}",
        symbol=symbol,
        number=number.strip(),
        day=day,
        recipients=routed(head.recipients, "Như trên", is_only=True),
    ) | {
        "to": asked_office(rows[0].kind.award_type.signatory, head.above),
        "sender": head.issuer,
        "signatory": rows[0].kind.award_type.signatory,
        "counted": counted_subjects([row.kind.subject for row in rows]),
        "forms": " và ".join(dict.fromkeys(row.kind.award_type.name for row in rows)),
        "number_words": number_words(number, symbol, day, campaign.ends_on.year, head.issuer)
        if day
        else f"của {head.issuer}",
        "lines": [
            {
                "name": f"{row.honorific} {row.name}".strip()
                + (" (minh hoạ)" if row.is_illustrative else ""),
                "place": _place_of(row),
                "form": row.kind.award_type.name,
            }
            for row in rows
        ],
    }
    return PaperContent(
        fields, f"Tờ trình số {letter}" if letter else "Chưa gửi", morning(day) if day else None
    )


def _place_of(row: Nominee) -> str:
    unit = row.participation.unit
    if row.kind.subject is Subject.COLLECTIVE:
        return "" if name_key(row.name) == name_key(unit.name) else unit.name
    return ", ".join(filter(None, (row.job, unit.name)))


def morning(day: date) -> datetime:
    """Đầu ngày: of what is known by its day alone."""
    return datetime.combine(day, time(), VIETNAM)
