"""Giữ kín phiếu: when the numbers alone would tell who chose what."""

from collections.abc import Collection

from campaign.core.vote_rules import Mode
from campaign.meeting import queries as meetings
from campaign.voting import queries
from campaign.voting.models import Ballot
from campaign.voting.rules import BallotState, told_apart


def secrecy_problem(ballot: Ballot, voting_now: Collection[int], *, advice: str = "") -> str | None:
    """Phiếu kín có thể lộ: too few papers on a line, or the same line was counted in this meeting
    from all but a few of
    the same people, so that subtracting one result from the other would tell what those chose.
    """
    if ballot.mode is not Mode.SECRET:
        return None
    kept = queries.recusals_of([ballot.id])
    able = {
        line.id: frozenset(voting_now) - set(kept.get(line.id, {}))
        for line in queries.lines_of([ballot.id])[ballot.id]
    }
    for line in queries.lines_of([ballot.id])[ballot.id]:
        if len(able[line.id]) < ballot.minimum_papers:
            return (
                f"Dòng “{line.label}” chỉ có {len(able[line.id])} người bỏ phiếu; dưới "
                f"{ballot.minimum_papers} phiếu thì "
                f"không mở hòm phiếu kín, vì kết quả cho biết ai chọn gì.{advice}"
            )
    for one in queries.counted_before(ballot):
        if one.is_same_meeting and (
            few := told_apart(one.voters, able[one.line_id], ballot.minimum_papers)
        ):
            return (
                f"Dòng “{one.label}” đã bỏ phiếu kín ở lượt {one.ballot}; hai lần chỉ khác "
                f"nhau ở {names_of(ballot.meeting_id, few)}, "
                "nên lấy hai kết quả trừ đi nhau là biết người đó chọn gì. Hãy chờ đủ những "
                "người đã bỏ phiếu lượt "
                f"{one.ballot}, hoặc để dòng này đến cuộc họp sau.{advice}"
            )
    return None


def secrecy_notes(ballot: Ballot, voting_now: Collection[int]) -> list[str]:
    """Cảnh báo trước khi mở: the same line was counted at an earlier meeting from all but a few of
    the same people.
    """
    if ballot.mode is not Mode.SECRET or ballot.state is not BallotState.PREPARED:
        return []
    kept = queries.recusals_of([ballot.id])
    return [
        f"Dòng “{one.label}” đã bỏ phiếu kín ở lượt {one.ballot} của cuộc họp số {one.meeting} "
        "với gần như cùng những người: so hai "
        "kết quả có thể đoán được người chỉ bỏ phiếu một lần đã chọn gì."
        for one in queries.counted_before(ballot)
        if not one.is_same_meeting
        and told_apart(
            one.voters,
            frozenset(voting_now) - set(kept.get(one.line_id, {})),
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
