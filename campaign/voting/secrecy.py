"""Giữ kín phiếu: when the numbers alone would tell who chose what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

from campaign.core.text import name_key
from campaign.core.vote_rules import Mode
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.voting import queries
from campaign.voting.models import Ballot, BallotLine
from campaign.voting.queries import lines_of, recusals_of, voted
from campaign.voting.rules import BallotState, told_apart


def secrecy_problem(ballot: Ballot, voting_now: Collection[int], *, advice: str = "") -> str | None:
    """Phiếu kín có thể lộ: too few papers on a line, or the same line was counted in this meeting
    from all but a few of
    the same people, so that subtracting one result from the other would tell what those chose.
    """
    if ballot.mode is not Mode.SECRET:
        return None
    recused = queries.recusals_of([ballot.id])
    able = {
        line.id: frozenset(voting_now) - set(recused.get(line.id, {}))
        for line in queries.lines_of([ballot.id])[ballot.id]
    }
    problem = _too_few_papers(ballot, able) or _told_by_subtraction(ballot, able)
    return f"{problem}{advice}" if problem else None


def _too_few_papers(ballot: Ballot, able: Mapping[int, Collection[int]]) -> str | None:
    """Dòng có quá ít phiếu, so that the result would tell who chose what."""
    for line in queries.lines_of([ballot.id])[ballot.id]:
        if len(able[line.id]) < ballot.minimum_papers:
            return (
                f"Dòng “{line.label}” chỉ có {len(able[line.id])} người bỏ phiếu; dưới "
                f"{ballot.minimum_papers} phiếu thì "
                "không mở hòm phiếu kín, vì kết quả cho biết ai chọn gì."
            )
    return None


def _told_by_subtraction(ballot: Ballot, able: Mapping[int, Collection[int]]) -> str | None:
    """Lấy hai kết quả của cuộc họp này trừ đi nhau là biết ai chọn gì."""
    for earlier in counted_before(ballot):
        if earlier.is_same_meeting and (
            few := told_apart(earlier.voters, able[earlier.line_id], ballot.minimum_papers)
        ):
            return (
                f"Dòng “{earlier.label}” đã bỏ phiếu kín ở lượt {earlier.ballot}; hai lần chỉ khác "
                f"nhau ở {names_of(ballot.meeting_id, few)}, "
                "nên lấy hai kết quả trừ đi nhau là biết người đó chọn gì. Hãy chờ đủ những "
                "người đã bỏ phiếu lượt "
                f"{earlier.ballot}, hoặc để dòng này đến cuộc họp sau."
            )
    return None


def secrecy_notes(ballot: Ballot, voting_now: Collection[int]) -> list[str]:
    """Cảnh báo trước khi mở: the same line was counted before from nearly the same people."""
    if ballot.mode is not Mode.SECRET or ballot.state is not BallotState.PREPARED:
        return []
    recused = queries.recusals_of([ballot.id])
    return [
        f"Dòng “{past.label}” đã bỏ phiếu kín ở lượt {past.ballot} của cuộc họp số {past.meeting} "
        "với gần như cùng những người: so hai "
        "kết quả có thể đoán được người chỉ bỏ phiếu một lần đã chọn gì."
        for past in counted_before(ballot)
        if not past.is_same_meeting
        and told_apart(
            past.voters,
            frozenset(voting_now) - set(recused.get(past.line_id, {})),
            ballot.minimum_papers,
        )
    ]


def names_of(meeting_id: int, members: Collection[int]) -> str:
    """Tên các thành viên, in the council's order."""
    return ", ".join(
        row.member.user.full_name
        for row in meetings.attendances(meeting_id)
        if row.member_id in members
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """Lượt phiếu kín đã kiểm về cùng một dòng: which of which meeting, and who had voted on it."""

    line_id: int
    label: str
    ballot: int
    meeting: int
    is_same_meeting: bool
    voters: frozenset[int]


def same_line(line: BallotLine) -> tuple[str, object]:
    """Cùng một nội dung: what makes two lines the same question."""
    if line.subject_id is not None:
        return "subject", line.subject_id
    if line.participation_id is not None:
        return "unit", line.participation_id
    return "label", name_key(line.label)


def counted_before(ballot: Ballot) -> list[Earlier]:
    """Các dòng của lượt phiếu kín này đã được hỏi như thế trong một lượt phiếu kín đã kiểm."""
    others = db.session.execute(_other_secret_ballots(ballot)).all()
    ids = [other.id for other, _ in others]
    lines, recused = lines_of([ballot.id, *ids]), recusals_of(ids)
    asked = {same_line(line): line for line in lines[ballot.id]}
    return [
        Earlier(
            asked[same_line(line)].id,
            line.label,
            other.number,
            meeting,
            other.meeting_id == ballot.meeting_id,
            voted(other) - set(recused.get(line.id, {})),
        )
        for other, meeting in others
        for line in lines[other.id]
        if same_line(line) in asked
    ]


def _other_secret_ballots(ballot: Ballot) -> Select[Ballot, int]:
    """Các lượt phiếu kín khác cùng kiểu của phong trào đã kiểm, with the meeting's number."""
    campaign_id = (
        select(Meeting.campaign_id).where(Meeting.id == ballot.meeting_id).scalar_subquery()
    )
    return (
        select(Ballot, Meeting.number)
        .join(Meeting, Meeting.id == Ballot.meeting_id)
        .where(
            Meeting.campaign_id == campaign_id,
            Ballot.id != ballot.id,
            Ballot.state == BallotState.CLOSED,
            Ballot.mode == Mode.SECRET,
            Ballot.form == ballot.form,
            Ballot.annulled_reason == "",
        )
        .order_by(Meeting.number, Ballot.number)
    )
