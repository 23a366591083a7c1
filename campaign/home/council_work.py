"""Việc của Hội đồng: to mark, to lock, to meet."""

from collections.abc import Collection, Iterable
from datetime import date

from flask import url_for

from campaign.accounts.models import User
from campaign.clarification.queries import held_back
from campaign.core.dates import format_moment
from campaign.core.permissions import Role
from campaign.core.text import text_sort_key
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.home.divergence_work import of_asked
from campaign.home.rules import Todo
from campaign.meeting.models import Meeting
from campaign.meeting.queries import confirms, current_meeting
from campaign.meeting.rules import MeetingState
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scoring.progress import Filling, filling, unlocked_sheets
from campaign.scoring.queries import blocks_of, sheets_of
from campaign.scoring.rules import criteria_of


def of_member(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của thành viên Hội đồng: whom they do not mark, and what is left to mark."""
    member = council.active_member(user.id, campaign.id, today)
    if member is None:
        return
    url = url_for("scoring.index", campaign_id=campaign.id)
    recusals = council.recusals_of(member)
    if recusals:
        yield _of_recusals(campaign, recusals.values())
    if campaign.phase is not Phase.SCORING:
        yield from _of_ranking(campaign)
        return
    yield from _of_sheets(campaign, member, frozenset(recusals), url, today)
    yield from of_asked(campaign, member.id, frozenset(recusals), today)
    if member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY}:
        yield from _of_unlocked(campaign, url)


def _of_recusals(campaign: Campaign, recusals: Collection[council.Ground]) -> Todo:
    """The units this member does not mark, by name."""
    kept = council.grounds_told(recusals)
    names = ", ".join(sorted((row.unit_name for row in kept), key=text_sort_key))
    return Todo(
        "Đơn vị Ông/Bà không chấm",
        names,
        url_for("council.index", campaign_id=campaign.id),
        3,
        len(recusals),
    )


def _of_ranking(campaign: Campaign) -> Iterable[Todo]:
    """What came of the sheets, once they are closed."""
    if campaign.phase.place > Phase.SCORING.place:
        yield Todo(
            "Xem xếp hạng",
            "tính từ các phiếu đã khoá",
            url_for("ranking.index", campaign_id=campaign.id),
            3,
        )


def _of_unlocked(campaign: Campaign, url: str) -> Iterable[Todo]:
    """Sheets of the whole Council that are not locked, for whoever leads it."""
    unlocked = unlocked_sheets(campaign.id, scheme_of(campaign.id))
    if unlocked:
        yield Todo(
            "Phiếu chấm của Hội đồng chưa khoá",
            "xem thành viên nào còn thiếu",
            url,
            2,
            unlocked,
        )


def _of_sheets(
    campaign: Campaign, member: CouncilMember, hidden: frozenset[int], url: str, today: date
) -> Iterable[Todo]:
    """What is to mark, what is to lock, and what came too late for a sheet that is locked."""
    fillings = _fillings(campaign, member, hidden, today)
    unlocked = [filled for is_locked, filled in fillings if not is_locked]
    yield from _of_cells(
        url,
        left=sum(filled.left for filled in unlocked),
        full=sum(filled.cells > 0 and not filled.left for filled in unlocked),
        late=sum(filled.left for is_locked, filled in fillings if is_locked),
    )


def _fillings(
    campaign: Campaign, member: CouncilMember, hidden: frozenset[int], today: date
) -> list[tuple[bool, Filling]]:
    """Of the sheet of each block: whether it is locked, and how full it is."""
    scheme, sheets = scheme_of(campaign.id), sheets_of(member.id)
    criteria = criteria_of(scheme, member.function, member.user_id)
    held = held_back(campaign, today)
    return [
        (
            sheet is not None and sheet.locked_at is not None,
            filling(campaign.id, scheme, block.id, sheet, hidden, held, criteria),
        )
        for block in blocks_of(campaign.id)
        for sheet in [sheets.get(block.id)]
    ]


def _of_cells(url: str, *, left: int, full: int, late: int) -> Iterable[Todo]:
    """Cells to mark, full sheets to lock, and cells that came after the lock; else a look back."""
    if left:
        yield Todo("Ô điểm chưa chấm", "chấm rồi khoá phiếu", url, 1, left)
    if full:
        yield Todo("Phiếu đã chấm đủ, chưa khoá", "khoá phiếu thì điểm mới được tính", url, 1, full)
    if late:
        yield Todo(
            "Ô mở chấm sau khi Ông/Bà khoá phiếu",
            "muốn chấm, đề nghị Chủ tịch Hội đồng mở lại phiếu",
            url,
            2,
            late,
        )
    if not (left or full or late):
        yield Todo("Không còn ô nào phải chấm", "xem lại phiếu của mình", url, 3)


def of_meeting(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """The meeting that is called or open: for its members, and for whoever prepares it."""
    meeting = current_meeting(campaign.id) if campaign.phase is Phase.MEETING else None
    member = council.active_member(user.id, campaign.id, today)
    if meeting is None:
        if campaign.phase is Phase.MEETING and Role.SECRETARIAT in user.roles:
            yield Todo(
                "Mời Hội đồng họp",
                "chọn ngày và gửi giấy mời",
                url_for("meeting.index", campaign_id=campaign.id),
                2,
            )
        return
    if member is None and Role.SECRETARIAT not in user.roles:
        return
    yield from _of_current(campaign, meeting, member, today)


def _of_current(
    campaign: Campaign, meeting: Meeting, member: CouncilMember | None, today: date
) -> Iterable[Todo]:
    """Where this meeting is: called, open, or waiting for its chair to confirm the minutes."""
    url = url_for("room.show", campaign_id=campaign.id, meeting_id=meeting.id)
    if meeting.state is MeetingState.OPEN:
        yield Todo("Vào phòng họp Hội đồng", "cuộc họp đang diễn ra", url, 1)
    elif meeting.state is MeetingState.CALLED:
        yield Todo("Họp Hội đồng", f"{format_moment(meeting.starts_at)}, {meeting.place}", url, 2)
    elif confirms(meeting, member, today):
        yield Todo(
            "Xác nhận biên bản cuộc họp",
            "đọc biên bản rồi ký xác nhận",
            url_for("room.show_minutes", campaign_id=campaign.id, meeting_id=meeting.id),
            1,
        )
