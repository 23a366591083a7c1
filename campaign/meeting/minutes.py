"""Biên bản họp: built from what the meeting recorded, frozen when the chair confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from campaign.audit import queries as audit
from campaign.audit.rules import digest
from campaign.core.dates import format_moment, local_date
from campaign.core.errors import refuse
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import MeetingState, Presence, is_quorate
from campaign.planning.models import Campaign
from campaign.units.queries import office_names

Explained = Mapping[str, Sequence[str]]
"""Điều đã xong trước cuộc họp: sentences under the name the minutes keep them by."""
NOTHING_SAID: Explained = {}

_CAME = frozenset({Presence.PRESENT, Presence.LEFT})
"""Đã dự họp: also who left before the end."""


def _person(row: Attendance, names: Mapping[int, str]) -> dict[str, Any]:
    user = row.member.user
    return {
        "name": f"{user.honorific} {user.full_name}".strip(),
        "position": user.position,
        "function": row.member.function.label,
        "reason": row.reason,
        "presence": f"thay {names[row.replaces_id]}" if row.replaces_id else row.presence.label,
        "left_at": format_moment(row.left_at) if row.left_at else "",
    }


def content(
    meeting: Meeting, ballots: Sequence[Mapping[str, Any]], explained: Explained = NOTHING_SAID
) -> dict[str, Any]:
    """Nội dung biên bản as things stand: office, place, times, people, the votes taken, and how
    the units `explained` themselves after verification and marks far apart were looked at again.
    """
    rows = meetings.attendances(meeting.id)
    roll = meetings.roll(meeting.id)
    names = {row.member_id: row.member.user.full_name for row in rows}
    return {
        **_head(meeting),
        "chair": names[meeting.chair_id],
        "secretary": names[meeting.secretary_id],
        **_people(rows, names),
        "quorum": _quorum(meeting, rows, roll.total),
        "ballots": list(ballots),
        "notes": meeting.notes,
    } | {name: list(lines) for name, lines in explained.items()}


def _head(meeting: Meeting) -> dict[str, Any]:
    """Cuộc họp nào, của phong trào nào, ở đâu, khi nào."""
    campaign = db.session.get_one(Campaign, meeting.campaign_id)
    return {
        "campaign": campaign.title,
        "office": asdict(office_names(campaign.organiser_id)),
        "number": meeting.number,
        "place": meeting.place,
        "agenda": meeting.agenda,
        "opened_at": format_moment(meeting.opened_at) if meeting.opened_at else "",
        "closed_at": format_moment(meeting.closed_at) if meeting.closed_at else "",
    }


def _people(rows: Sequence[Attendance], names: Mapping[int, str]) -> dict[str, Any]:
    """Ai dự, ai vắng, ai đã có người thay."""
    return {
        "present": [_person(row, names) for row in rows if row.presence in _CAME],
        "absent": [
            _person(row, names)
            for row in rows
            if row.presence not in _CAME and row.presence is not Presence.REPLACED
        ],
        "replaced": [_person(row, names) for row in rows if row.presence is Presence.REPLACED],
    }


def _quorum(meeting: Meeting, rows: Sequence[Attendance], total: int) -> dict[str, Any]:
    """Số có mặt lúc khai mạc, which is what the quorum is of; who came later stands in the list."""
    came = sum(row.presence in _CAME for row in rows)
    present = meeting.opening_present if meeting.opening_present is not None else came
    members = meeting.opening_total if meeting.opening_total is not None else total
    return {
        "present": present,
        "total": members,
        "numerator": meeting.quorum_numerator,
        "denominator": meeting.quorum_denominator,
        "is_met": is_quorate(
            present, members, meeting.quorum_numerator, meeting.quorum_denominator
        ),
    }


def is_whole(meeting: Meeting) -> bool:
    """Biên bản đã xác nhận đủ: nothing of it is taken from elsewhere any more."""
    return meeting.minutes is not None and "office" in meeting.minutes


def recorded(
    meeting: Meeting, ballots: Sequence[Mapping[str, Any]], explained: Explained = NOTHING_SAID
) -> dict[str, Any]:
    """Biên bản để đọc và in: as it was confirmed, else as things stand.

    Minutes confirmed before they held the office, the standards and the merits take them from what
    the meeting has kept.
    """
    text = meeting.minutes
    if text is not None and is_whole(meeting):
        return text
    stands = content(meeting, ballots, explained)
    if text is None:
        return stands
    return stands | text | {"ballots": _completed(stands["ballots"], text["ballots"])}


def _completed(
    stands: Sequence[dict[str, Any]], confirmed: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Các lượt như đã xác nhận, with what their minutes did not hold as it stands."""
    return [
        before
        | then
        | {"lines": [was | line for was, line in zip(before["lines"], then["lines"], strict=True)]}
        for before, then in zip(stands, confirmed, strict=True)
    ]


def confirm(
    meeting: Meeting,
    ballots: Sequence[Mapping[str, Any]],
    explained: Explained = NOTHING_SAID,
    *,
    at: datetime,
    instead: CouncilMember | None = None,
) -> None:
    """Xác nhận biên bản: the text is frozen, with its hash and the head of the record; `instead`:
    who confirms it where the chair of the meeting cannot any more.
    """
    if meeting.state is not MeetingState.CLOSED:
        refuse("Chỉ xác nhận biên bản sau khi bế mạc, và chỉ một lần.")
    number, head = audit.head()
    text = content(meeting, ballots, explained) | {"audit_number": number, "audit_hash": head}
    if instead is not None:
        text |= _confirmed_instead(meeting, instead, text["chair"], local_date(at))
    meeting.minutes = text
    meeting.minutes_sha256 = digest(text)
    meeting.state, meeting.confirmed_at = MeetingState.CONFIRMED, at
    meeting.version += 1


def _confirmed_instead(
    meeting: Meeting, instead: CouncilMember, chair: str, day: date
) -> dict[str, str]:
    """Ai xác nhận thay người chủ trì, vì sao."""
    user, why = instead.user, meetings.why_chair_is_gone(meeting, day)
    name = f"{user.honorific} {user.full_name}".strip()
    words = f"{name}, {instead.function.label}, xác nhận thay người chủ trì {chair} ({why})"
    return {"confirmed_by": user.full_name, "confirmed": words}
