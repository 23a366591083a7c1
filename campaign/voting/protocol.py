"""Kiểm phiếu trong biên bản: each ballot in words and figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.clarification import telling as clarification
from campaign.core.dates import local_date
from campaign.core.numbers import format_decimal
from campaign.core.vote_rules import Base, Mode, Ordering
from campaign.divergence import queries as divergence
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.minutes import is_whole, recorded
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import Presence
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.voting import queries
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.rules import (
    CHOOSING,
    BallotType,
    Choice,
    chair_words,
    percent,
    share_words,
)


def rule_words(ballot: Ballot) -> str:
    """Quy tắc của lượt bằng lời."""
    if ballot.rule.asks_order_only:
        if ballot.repeats_id is None:
            return f"{ballot.mode.label}; các đơn vị đồng hạng, đơn vị nhiều phiếu hơn xếp trên"
        return (
            f"{ballot.mode.label}; các dòng đã đạt tỷ lệ hoặc bằng phiếu ở lượt trước, "
            f"xét theo {_ORDER[ballot.ordering]}"
            + ("; ngang phiếu thì theo bên có Chủ tịch Hội đồng" if ballot.chair_decides else "")
        )
    if ballot.places is None:
        return ballot.rule.words
    return f"{ballot.rule.words}; nhiều dòng đạt hơn số suất thì xét theo {ballot.ordering.label}"


_ORDER = {Ordering.SHARE: "tỷ lệ phiếu chọn", Ordering.COUNT: "số phiếu chọn"}


def turnout(
    ballot: Ballot, declined: Mapping[str, str], written: Collection[str]
) -> dict[str, Any] | None:
    """Ai có mặt, được biểu quyết, đã bỏ phiếu ở lượt này; None where it was not recorded yet."""
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


def _line(line: BallotLine, ballot: Ballot) -> dict[str, Any]:
    return {
        "label": line.label,
        "detail": line.detail,
        "merit": line.merit,
        **_papers_on(line),
        **_share_of(line, ballot),
        "outcome": line.outcome_words,
        "chosen": ballot.form is BallotType.CHOOSE,
    }


def _papers_on(line: BallotLine) -> dict[str, int | None]:
    """Số phiếu của một dòng: given out, given back, and what stands on them."""
    return {
        "issued": line.issued,
        "returned": line.returned,
        "valid": (line.yes or 0) + (line.no or 0),
        "invalid": (line.returned or 0) - (line.yes or 0) - (line.no or 0),
        "yes": line.yes,
        "no": line.no,
        "base": line.base_count,
        "written_yes": line.written_yes,
        "written_no": line.written_no,
    }


def _share_of(line: BallotLine, ballot: Ballot) -> dict[str, str]:
    """Tỷ lệ của một dòng, and how it was tested; not where only the order is asked for."""
    share = percent(line.yes or 0, line.base_count or 0)
    is_share_tested = not ballot.rule.asks_order_only
    chair = chair_words(line.count, ballot.rule) if is_share_tested else ""
    return {
        "percent": f"{format_decimal(share, 2)} %" if share is not None else "—",
        "test": (
            share_words(line.yes or 0, line.base_count or 0, ballot.rule) + chair
            if is_share_tested
            else ""
        ),
        "chair": chair.removeprefix("; "),
    }


@dataclass(frozen=True, slots=True)
class _Names:
    """Tên trong biên bản: who was kept away, who raised a hand, who wrote; each by line."""

    names: Mapping[int, str]
    recused: Mapping[int, Mapping[int, str]]
    hands: Mapping[int, Mapping[int, Choice]]
    written: Mapping[int, Mapping[int, Choice]]

    def told(self, members: Mapping[int, str]) -> dict[str, str]:
        """Names in place of numbers."""
        return {self.names[member]: words for member, words in members.items()}

    def writers(self, lines: Iterable[BallotLine]) -> set[str]:
        """Who sent an opinion on any of the lines."""
        return {self.names[member] for line in lines for member in self.written.get(line.id, {})}

    def on(self, line: BallotLine, ballot: Ballot) -> dict[str, dict[str, str]]:
        """What is told by name of one line; of a secret vote not what was chosen."""
        hands = self.hands.get(line.id, {}) if ballot.mode is Mode.OPEN else {}
        written = self.written.get(line.id, {})
        return {
            "recused": self.told(self.recused.get(line.id, {})),
            "votes": self.told({who: mark_words(ballot, mark) for who, mark in hands.items()}),
            "written": self.told({who: mark.label for who, mark in written.items()}),
        }


def entries(meeting: Meeting) -> list[dict[str, Any]]:
    """Các lượt biểu quyết trong biên bản: each that is closed, with its matter and figures."""
    rows = meetings.attendances(meeting.id)
    every = queries.ballots(meeting.id)
    closed = [ballot for ballot in every if ballot.closed_at is not None]
    numbers = {ballot.id: ballot.number for ballot in every}
    ids = [ballot.id for ballot in closed]
    lines, declined = queries.lines_of(ids), queries.declined(ids)
    names = _names_in(closed, rows)
    return [
        _head(ballot, repeats=numbers.get(ballot.repeats_id or 0))
        | _votes_told(ballot, lines[ballot.id], declined[ballot.id], names)
        for ballot in closed
    ]


def _names_in(closed: Sequence[Ballot], rows: Sequence[Attendance]) -> _Names:
    """Tên trong các lượt đã kiểm."""
    ids = [ballot.id for ballot in closed]
    return _Names(
        {row.member_id: row.member.user.full_name for row in rows},
        queries.recusals_of(ids),
        queries.open_votes(ids),
        counted_opinions(closed, rows),
    )


def _votes_told(
    ballot: Ballot, lines: Sequence[BallotLine], declined: Mapping[int, str], names: _Names
) -> dict[str, Any]:
    """Ai đã bỏ phiếu, and what was counted on each line."""
    return {
        "turnout": turnout(ballot, names.told(declined), names.writers(lines)),
        "lines": [_line(line, ballot) | names.on(line, ballot) for line in lines],
    }


def _head(ballot: Ballot, *, repeats: int | None) -> dict[str, Any]:
    return {
        "number": ballot.number,
        "title": ballot.title,
        "mode": ballot.mode.label,
        "form": ballot.form.label,
        "rule": rule_words(ballot),
        "places": ballot.places,
        "repeats": repeats,
        "repeat_reason": ballot.repeat_reason,
        "annulled": ballot.annulled_reason,
        "standards": ballot.standards,
    }


def mark_words(ballot: Ballot, choice: Choice) -> str:
    """Dấu bằng lời: consent, or on a paper of choice whether it was chosen."""
    return CHOOSING[choice] if ballot.form is BallotType.CHOOSE else choice.label


def counted_opinions(
    ballots: Sequence[Ballot], rows: Sequence[Attendance]
) -> dict[int, dict[int, Choice]]:
    """Ý kiến bằng văn bản đã đếm: line → member → choice, of the absent who may vote on it."""
    asked = [ballot.id for ballot in ballots if ballot.base is not Base.PRESENT]
    recused, away = (
        queries.recusals_of(asked),
        {row.member_id for row in rows if row.presence is Presence.WRITTEN},
    )
    return {
        line: {
            member: opinion.choice
            for member, opinion in said.items()
            if member in away and member not in recused.get(line, {})
        }
        for line, said in queries.opinions(asked).items()
    }


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """Biên bản của cuộc họp, with the votes taken in it."""
    if is_whole(meeting):
        return recorded(meeting, ())
    return recorded(meeting, entries(meeting), explained(meeting))


def explained(meeting: Meeting) -> dict[str, list[str]]:
    """Điều đã xong trước cuộc họp: how units explained themselves after verification, as it stood
    when the meeting was opened, and which marks far apart were looked at again.
    """
    if meeting.opened_at is None:
        return {}
    campaign = db.session.get_one(Campaign, meeting.campaign_id)
    scheme = scheme_of(campaign.id)
    told = {
        "clarifications": clarification.minuted(campaign, scheme, local_date(meeting.opened_at)),
        "divergences": divergence.minuted(campaign, scheme),
    }
    return {name: lines for name, lines in told.items() if lines}
