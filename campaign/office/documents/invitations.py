"""Giấy mời họp và phiếu lấy ý kiến: what goes out before the Council meets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaign.core.dates import local_date
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import Presence
from campaign.office.heads import Asker, common, council_member, council_signature, office
from campaign.office.rules import Head, Item, PaperContent, listed, routed
from campaign.papers.rules import moment_words
from campaign.planning.models import Campaign
from campaign.voting import queries
from campaign.voting.models import Ballot
from campaign.voting.rules import BallotType


def meetings_seen(asker: Asker, campaign: Campaign) -> list[Meeting]:
    """Các cuộc họp trong tầm nhìn, the first one first."""
    return list(reversed(meetings.meetings(campaign.id))) if asker.is_of_council else []


def called(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp đã triệu tập."""
    return [
        Item(row.id, words_of(row), is_final=row.cancelled_at is None)
        for row in meetings_seen(asker, campaign)
    ]


def asked(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp lấy ý kiến bằng phiếu: final once there are lines to ask about."""
    rows = meetings_seen(asker, campaign)
    ready = {vote.meeting_id for vote in queries.ballots_of([row.id for row in rows])}
    return [
        Item(row.id, words_of(row), row.id in ready and row.cancelled_at is None) for row in rows
    ]


def words_of(meeting: Meeting) -> str:
    """Cuộc họp nào, and whether it was cancelled."""
    return f"Cuộc họp số {meeting.number}{' (đã huỷ)' if meeting.cancelled_at else ''}"


def invitation(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung giấy mời."""
    del asker
    meeting, head = meetings.meeting(campaign.id, subject_id), office(campaign)
    called = meetings.attendances(meeting.id)
    rows = [row for row in called if _is_invited(row, is_over=meeting.opened_at is not None)]
    signs = council_member(campaign.id, CouncilFunction.CHAIR, day=local_date(meeting.called_at))
    signs = signs or next((row.member for row in rows if row.member_id == meeting.chair_id), None)
    fields = _frame_of(campaign, head, meeting, signs)
    fields |= _held(meeting) | _agenda(meeting, called) | {"invited": _invited(rows)}
    sent_at = None if meeting.cancelled_at else meeting.called_at
    return PaperContent(fields, words_of(meeting), sent_at)


def _frame_of(
    campaign: Campaign, head: Head, meeting: Meeting, signs: CouncilMember | None
) -> dict[str, Any]:
    """Thể thức giấy mời: of the day on which the meeting was called, signed for the Council."""
    return common(
        campaign,
        head.council,
        about="Họp Hội đồng Thi đua - Khen thưởng",
        symbol=head.council.symbol("GM"),
        day=local_date(meeting.called_at),
        recipients=routed(head.recipients, "Như trên", is_only=True),
        **council_signature(signs, before="TM. HỘI ĐỒNG"),
    )


def _held(meeting: Meeting) -> dict[str, str]:
    """Cuộc họp số mấy, lúc nào, and until when opinions in writing are taken."""
    return {
        "meeting": str(meeting.number),
        "at": moment_words(meeting.starts_at),
        "opinions_until": moment_words(meeting.opinions_until) if meeting.opinions_until else "",
    }


def _agenda(meeting: Meeting, called: Sequence[Attendance]) -> dict[str, Any]:
    """Nội dung họp: where, who presides, and what is gone through."""
    names = {row.member_id: row.member.user for row in called}
    chair = names.get(meeting.chair_id)
    return {
        "place": meeting.place,
        "chair": f"{chair.honorific} {chair.full_name}".strip() if chair else "",
        "agenda": listed(meeting.agenda, is_final=True),
    }


def _invited(rows: Sequence[Attendance]) -> list[dict[str, str]]:
    """Thành phần mời: each with their position and what they are in the Council."""
    return [
        {
            "name": f"{row.member.user.honorific} {row.member.user.full_name}".strip(),
            "position": row.member.user.position,
            "function": row.member.function.label,
        }
        for row in rows
    ]


def _is_invited(row: Attendance, *, is_over: bool) -> bool:
    """Có tên trong giấy mời: whoever stood in once the meeting had begun was never sent one."""
    return row.replaces_id is None if is_over else row.presence is not Presence.REPLACED


def opinion(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung phiếu lấy ý kiến: every line of the meeting's ballots that are not repeats."""
    del asker
    meeting = meetings.meeting(campaign.id, subject_id)
    firsts = _asked_about(meeting)
    asked = _lines_of(firsts)
    fields = common(
        campaign,
        office(campaign).council,
        about=f"Thành viên Hội đồng vắng mặt tại cuộc họp số {meeting.number}",
        day=None,
        signer_title="NGƯỜI CHO Ý KIẾN",
        signer_name=" ",
    )
    fields |= _held(meeting) | {"lines": asked}
    is_asked = bool(firsts) and meeting.cancelled_at is None
    return PaperContent(fields, words_of(meeting), _asked_at(meeting, firsts) if is_asked else None)


def _asked_about(meeting: Meeting) -> list[Ballot]:
    """Các lượt được hỏi ý kiến: those that approve, and repeat none."""
    return [
        vote
        for vote in queries.ballots(meeting.id)
        if vote.repeats_id is None and vote.form is BallotType.APPROVE
    ]


def _lines_of(votes: Sequence[Ballot]) -> list[dict[str, str]]:
    """Các dòng xin ý kiến, each with the vote it is part of."""
    lines = queries.lines_of([vote.id for vote in votes])
    return [
        {"label": line.label, "detail": vote.title} for vote in votes for line in lines[vote.id]
    ]


def _asked_at(meeting: Meeting, asked: Sequence[Ballot]) -> datetime:
    """Lúc của những dòng được hỏi: of the last one that was added, where that was later."""
    added = [vote.prepared_at for vote in asked if vote.prepared_at is not None]
    return max([meeting.opened_at or meeting.called_at, *added])
