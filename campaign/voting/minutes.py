"""Biên bản họp: built from what the meeting recorded, frozen when the chair confirms it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from campaign.audit import queries as audit
from campaign.audit.rules import digest
from campaign.core.dates import format_moment
from campaign.core.errors import refuse
from campaign.core.numbers import format_decimal
from campaign.core.vote_rules import Base, Mode, Ordering
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import MeetingState, Presence, is_quorate
from campaign.planning.models import Campaign
from campaign.units.queries import office_names
from campaign.voting import queries
from campaign.voting.actions import PLURALITY
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import CHOOSING, Choice, Form, chair_words, percent, share_words


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


def rule_words(ballot: Ballot) -> str:
    """Quy tắc của lượt bằng lời."""
    if (ballot.numerator, ballot.denominator) == PLURALITY:
        if ballot.repeats_id is None:
            return f"{ballot.mode.label}; các đơn vị đồng hạng, đơn vị nhiều phiếu hơn xếp trên"
        return (
            f"{ballot.mode.label}; các dòng đã đạt tỷ lệ hoặc bằng phiếu ở lượt trước, "
            f"xét theo {_ORDER[ballot.ordering]}"
        )
    if ballot.places is None:
        return ballot.rule.words
    return f"{ballot.rule.words}; nhiều dòng đạt hơn số suất thì xét theo {ballot.ordering.label}"


_ORDER = {Ordering.SHARE: "tỷ lệ phiếu chọn", Ordering.COUNT: "số phiếu chọn"}


def turnout(
    ballot: Ballot, declined: Mapping[str, str], written: Collection[str]
) -> dict[str, Any] | None:
    """Ai có mặt, được biểu quyết, đã bỏ phiếu ở lượt này; nothing of a ballot closed before that
    was kept.
    """
    if ballot.present_count is None:
        return None
    return {
        "total": ballot.total_count,
        "present": ballot.present_count,
        "entitled": ballot.entitled_count,
        "voted": ballot.voted_count,
        "declined": dict(declined),
        "written": sorted(written),
    }


def _line(
    line: BallotLine,
    ballot: Ballot,
    recused: dict[str, str],
    votes: dict[str, str],
    written: dict[str, str],
) -> dict[str, Any]:
    share = percent(line.yes or 0, line.base_count or 0)
    is_share_tested = (ballot.numerator, ballot.denominator) != PLURALITY
    return {
        "label": line.label,
        "detail": line.detail,
        "merit": line.merit,
        "issued": line.issued,
        "returned": line.returned,
        "valid": (line.yes or 0) + (line.no or 0),
        "invalid": (line.returned or 0) - (line.yes or 0) - (line.no or 0),
        "yes": line.yes,
        "no": line.no,
        "base": line.base_count,
        "written_yes": line.written_yes,
        "written_no": line.written_no,
        "percent": f"{format_decimal(share, 2)} %" if share is not None else "—",
        "test": (
            share_words(line.yes or 0, line.base_count or 0, ballot.rule)
            + chair_words(line.count, ballot.rule)
            if is_share_tested
            else ""
        ),
        "outcome": line.outcome_words,
        "recused": recused,
        "votes": votes,
        "written": written,
        "chosen": ballot.form is Form.CHOOSE,
    }


def content(meeting: Meeting) -> dict[str, Any]:
    """Nội dung biên bản as things stand: office, place, times, people, each ballot with what it was
    about and its figures.
    """
    rows = meetings.attendances(meeting.id)
    roll = meetings.roll(meeting.id)
    names = {row.member_id: row.member.user.full_name for row in rows}
    ballots = [one for one in queries.ballots(meeting.id) if one.closed_at is not None]
    numbers = {one.id: one.number for one in queries.ballots(meeting.id)}
    ids = [one.id for one in ballots]
    lines, kept, hands = queries.lines_of(ids), queries.recusals_of(ids), queries.open_votes(ids)
    declined, written = queries.declined(ids), counted_opinions(ballots, rows)
    campaign = db.session.get_one(Campaign, meeting.campaign_id)
    came = [row for row in rows if row.presence in {Presence.PRESENT, Presence.LEFT}]
    return {
        "campaign": campaign.title,
        "office": asdict(office_names(campaign.organiser_id)),
        "number": meeting.number,
        "place": meeting.place,
        "agenda": meeting.agenda,
        "opened_at": format_moment(meeting.opened_at) if meeting.opened_at else "",
        "closed_at": format_moment(meeting.closed_at) if meeting.closed_at else "",
        "chair": names[meeting.chair_id],
        "secretary": names[meeting.secretary_id],
        "present": [_person(row, names) for row in came],
        "absent": [
            _person(row, names)
            for row in rows
            if row not in came and row.presence is not Presence.REPLACED
        ],
        "replaced": [_person(row, names) for row in rows if row.presence is Presence.REPLACED],
        "quorum": _quorum(meeting, len(came), roll.total),
        "ballots": [
            {
                "number": one.number,
                "title": one.title,
                "mode": one.mode.label,
                "form": one.form.label,
                "rule": rule_words(one),
                "places": one.places,
                "repeats": numbers.get(one.repeats_id or 0),
                "repeat_reason": one.repeat_reason,
                "annulled": one.annulled_reason,
                "standards": one.standards,
                "turnout": turnout(
                    one,
                    {names[member]: why for member, why in declined[one.id].items()},
                    {
                        names[member]
                        for line in lines[one.id]
                        for member in written.get(line.id, {})
                    },
                ),
                "lines": [
                    _line(
                        line,
                        one,
                        {names[member]: why for member, why in kept.get(line.id, {}).items()},
                        {
                            names[member]: mark_words(one, choice)
                            for member, choice in hands.get(line.id, {}).items()
                        }
                        if one.mode is Mode.OPEN
                        else {},
                        {
                            names[member]: choice.label
                            for member, choice in written.get(line.id, {}).items()
                        },
                    )
                    for line in lines[one.id]
                ],
            }
            for one in ballots
        ],
        "notes": meeting.notes,
    }


def mark_words(ballot: Ballot, choice: Choice) -> str:
    """Dấu bằng lời: consent, or on a paper of choice whether it was chosen."""
    return CHOOSING[choice] if ballot.form is Form.CHOOSE else choice.label


def counted_opinions(
    ballots: Sequence[Ballot], rows: Sequence[Attendance]
) -> dict[int, dict[int, Choice]]:
    """Ý kiến bằng văn bản đã đếm: line → member → choice, of those who stayed away and may vote on
    it.
    """
    asked = [one.id for one in ballots if one.base is not Base.PRESENT]
    kept, away = (
        queries.recusals_of(asked),
        {row.member_id for row in rows if row.presence is Presence.WRITTEN},
    )
    return {
        line: {
            member: found.choice
            for member, found in said.items()
            if member in away and member not in kept.get(line, {})
        }
        for line, said in queries.opinions(asked).items()
    }


def _quorum(meeting: Meeting, came: int, total: int) -> dict[str, Any]:
    """Số có mặt lúc khai mạc, which is what the quorum is of; who came later stands in the list."""
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


def recorded(meeting: Meeting) -> dict[str, Any]:
    """Biên bản để đọc và in: as it was confirmed, else as things stand.

    Minutes confirmed before they held the office, the standards and the merits take them from what
    the meeting has kept.
    """
    text = meeting.minutes
    if text is not None and "office" in text:
        return text
    stands = content(meeting)
    if text is None:
        return stands
    ballots = [
        before
        | one
        | {"lines": [was | line for was, line in zip(before["lines"], one["lines"], strict=True)]}
        for before, one in zip(stands["ballots"], text["ballots"], strict=True)
    ]
    return stands | text | {"ballots": ballots}


def confirm(meeting: Meeting, *, at: datetime) -> None:
    """Xác nhận biên bản: the text is frozen with its hash and the head of the audit chain at that
    moment.
    """
    if meeting.state is not MeetingState.CLOSED:
        refuse("Chỉ xác nhận biên bản sau khi bế mạc, và chỉ một lần.")
    number, head = audit.head()
    text = content(meeting) | {"audit_number": number, "audit_hash": head}
    meeting.minutes = text
    meeting.minutes_sha256 = digest(text)
    meeting.state, meeting.confirmed_at = MeetingState.CONFIRMED, at
    meeting.version += 1
