"""Tờ trình gửi cấp trên."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from campaign.core.dates import VIETNAM
from campaign.core.errors import NotVisible
from campaign.core.listing import listing
from campaign.core.text import name_key
from campaign.decision.upward import queries as upward_requests
from campaign.honours.rules import Level, Subject
from campaign.nomination.models import Nominee
from campaign.office.documents.decisions import counted_subjects
from campaign.office.heads import Asker, common, office
from campaign.office.rules import (
    STAFF,
    Head,
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
    letter, day, rows = _letter(campaign, subject_id)
    head = office(campaign)
    fields = _frame_of(campaign, head, letter, day) | _asked(head, rows)
    version = f"Tờ trình số {letter}" if letter else "Chưa gửi"
    return PaperContent(fields, version, morning(day) if day else None)


def _letter(campaign: Campaign, subject_id: int) -> tuple[str, date | None, list[Nominee]]:
    """Một tờ trình by the first it asks for. Raises NotVisible."""
    for letter, day, rows in _upward(campaign):
        if rows[0].id == subject_id:
            return letter, day, rows
    raise NotVisible


def _frame_of(campaign: Campaign, head: Head, letter: str, day: date | None) -> dict[str, Any]:
    """Thể thức tờ trình: its number and day, and how it is cited once it is sent."""
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
    )
    cited = f"của {head.issuer}"
    if day:
        cited = number_words(number, symbol, day, campaign.ends_on.year, head.issuer)
    return fields | {"number_words": cited}


def _asked(head: Head, rows: Sequence[Nominee]) -> dict[str, Any]:
    """Đề nghị ai điều gì: which office, which forms, for how many and whom."""
    award_type = rows[0].kind.award_type
    return {
        "to": asked_office(award_type.signatory, head.above),
        "sender": head.issuer,
        "signatory": award_type.signatory,
        "counted": counted_subjects([row.kind.subject for row in rows]),
        "forms": listing(dict.fromkeys(row.kind.award_type.name for row in rows)),
        "lines": [_line(row) for row in rows],
    }


def _line(row: Nominee) -> dict[str, str]:
    return {
        "name": f"{row.honorific} {row.name}".strip()
        + (" (minh hoạ)" if row.is_illustrative else ""),
        "place": _place_of(row),
        "form": row.kind.award_type.name,
    }


def _place_of(row: Nominee) -> str:
    unit = row.participation.unit
    if row.kind.subject is Subject.COLLECTIVE:
        return "" if name_key(row.name) == name_key(unit.name) else unit.name
    return ", ".join(filter(None, (row.job, unit.name)))


def morning(day: date) -> datetime:
    """Đầu ngày: of what is known by its day alone."""
    return datetime.combine(day, time(), VIETNAM)
