"""Phòng họp: what its page tells of roll and votes; of an open vote never a choice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.council import queries as council
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import Roll, is_quorate
from campaign.voting import protocol, queries, results, secrecy
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import (
    BallotState,
    Choice,
    Namesake,
    chair_words,
    percent,
    secrecy_warnings,
    share_words,
)


def of_roll(meeting: Meeting, rows: Sequence[Attendance], roll: Roll, day: date) -> dict[str, Any]:
    """Danh sách dự họp, its quorum, and who could still take a seat."""
    on_roll = {row.member_id for row in rows}
    return {
        "rows": rows,
        "roll": roll,
        "names": {row.member_id: row.member.user.full_name for row in rows},
        "is_quorate": is_quorate(
            len(roll.present), roll.total, meeting.quorum_numerator, meeting.quorum_denominator
        ),
        "scans": meetings.scans(meeting.id),
        "substitutes": [
            member
            for member in council.members(meeting.campaign_id)
            if not member.why_away(day) and member.id not in on_roll
        ],
    }


def of_votes(
    meeting: Meeting, ballots: Sequence[Ballot], rows: Sequence[Attendance], roll: Roll
) -> dict[str, Any]:
    """Các lượt biểu quyết của cuộc họp, by the names the page has for them."""
    ids = [ballot.id for ballot in ballots]
    papers = _Papers(queries.lines_of(ids), queries.recusals_of(ids))
    return {
        "ballots": ballots,
        "lines": papers.lines,
        "recused": papers.recused,
        **_of_running(ballots, rows, papers),
        **_of_counted(ballots, rows),
        "declined": queries.declined(ids),
        "notes": {ballot.id: secrecy.secrecy_notes(ballot, roll.present) for ballot in ballots},
        "able": {ballot.id: papers.able(ballot, roll) for ballot in ballots},
        "repeated": results.repeated(meeting.id),
    }


@dataclass(frozen=True, slots=True)
class _Papers:
    """Phiếu của mỗi người: the lines of each ballot, and who is not given which."""

    lines: Mapping[int, Sequence[BallotLine]]
    recused: Mapping[int, Mapping[int, str]]

    def of(self, ballot: Ballot, member_id: int) -> list[BallotLine]:
        """The lines a member is given."""
        return [
            line for line in self.lines[ballot.id] if member_id not in self.recused.get(line.id, {})
        ]

    def able(self, ballot: Ballot, roll: Roll) -> int:
        """How many of those present are given a line."""
        return sum(bool(self.of(ballot, member)) for member in roll.present)


def _of_running(
    ballots: Sequence[Ballot], rows: Sequence[Attendance], papers: _Papers
) -> dict[str, Any]:
    """Lượt đang mở, if one is: who votes, who has voted, and what each is given."""
    running = next((ballot for ballot in ballots if ballot.state is BallotState.OPEN), None)
    if running is None:
        return {"running": None, "voted": frozenset(), "voters": frozenset(), "papers": {}}
    return {
        "running": running,
        "voted": queries.voted(running),
        "voters": queries.voters(running),
        "papers": {row.member_id: papers.of(running, row.member_id) for row in rows},
    }


def _of_counted(ballots: Sequence[Ballot], rows: Sequence[Attendance]) -> dict[str, Any]:
    """Các lượt đã kiểm: hands that were raised, and opinions that counted."""
    closed = [ballot for ballot in ballots if ballot.state is BallotState.CLOSED]
    return {
        "hands": queries.open_votes([ballot.id for ballot in closed]),
        "opinions": protocol.counted_opinions(closed, rows),
    }


def namesakes_asked(meeting: Meeting, ballots: Sequence[Ballot]) -> dict[int, list[Namesake]]:
    """Câu hỏi trùng tên của các lượt chưa mở, by line."""
    by_line: dict[int, list[Namesake]] = defaultdict(list)
    prepared = [ballot.id for ballot in ballots if ballot.state is BallotState.PREPARED]
    for row in queries.namesakes(meeting, prepared) if prepared else ():
        by_line[row.line_id].append(row)
    return by_line


def _writers(lines: Sequence[BallotLine], opinions: Mapping[int, Mapping[int, Choice]]) -> int:
    """How many sent an opinion on any of the lines."""
    return len({member for line in lines for member in opinions.get(line.id, {})})


def _warnings(voters: int) -> list[str]:
    return list(secrecy_warnings(voters))


WORDS = {
    "mark_words": protocol.mark_words,
    "words": protocol.rule_words,
    "ballot_writers": _writers,
    "percent": percent,
    "share_words": share_words,
    "chair_words": chair_words,
    "warnings": _warnings,
}
"""Điều nói bằng lời: the functions by which the page speaks of rules, shares and marks."""
