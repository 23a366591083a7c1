"""Phòng họp: the one page that everybody follows, and the minutes of what happened in it."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.numbers import known_id, row_id
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.forms import NotesForm
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import MeetingState, Presence
from campaign.meeting.steering import (
    back_to_room,
    may_call,
    may_follow,
    member_of,
    steered,
    steers,
)
from campaign.meeting.workbook import people
from campaign.notices import events
from campaign.planning.queries import campaign_for
from campaign.voting import actions, protocol, queries, workbook
from campaign.voting.room import facts
from campaign.voting.sweeping import forget_papers
from campaign.web import clock, grids
from campaign.web.access import requires
from campaign.web.pages import tell_refusal
from campaign.web.spreadsheets import send_tables

room = Blueprint("room", __name__)


@room.get("/<int:meeting_id>")
@requires(Permission.MEETING_READ)
def show(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Phòng họp: roll and quorum, the ballot that is open, the ones that were counted."""
    return room_page(campaign_id, meeting_id, receipt=_receipt(meeting_id))


def _receipt(meeting_id: int) -> str:
    """Mã biên nhận of the paper just cast here: once, then it is gone from the browser too."""
    meeting_of_receipt, code = session.get("receipt", (0, ""))
    if meeting_of_receipt != meeting_id:
        return ""
    session.pop("receipt")
    return str(code)


@room.get("/<int:meeting_id>/excel")
@requires(Permission.MEETING_READ)
def spreadsheet(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Điểm danh và kết quả biểu quyết ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    ballots = queries.ballots(meeting_id)
    lines = queries.lines_of([ballot.id for ballot in ballots])
    return send_tables(
        [people(meetings.attendances(meeting_id)), workbook.results(ballots, lines)],
        title=f"Cuộc họp số {meeting.number}, {campaign.title}",
        state=meeting.state.label,
        name=f"cuoc-hop-{meeting.number}",
    )


def room_page(
    campaign_id: int,
    meeting_id: int,
    *,
    receipt: str = "",
    problem: str = "",
    has_voted: bool = False,
    typed: dict[int, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """Phòng họp, with what stands against a paper that was not taken."""
    campaign, member = campaign_for(current_user, campaign_id), may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    ballots = queries.ballots(meeting_id)
    rows, roll = meetings.attendances(meeting_id), meetings.roll(meeting_id)
    powers, is_cancelled = _powers(meeting, member), meeting.state is MeetingState.CANCELLED
    steers_on = powers["steers"] and not is_cancelled
    page = render_template(
        "room/show.html",
        campaign=campaign,
        meeting=meeting,
        member=member,
        own_row=None if is_cancelled else _own_row(rows, member),
        **powers,
        opened=grids.standing(_leaders(meeting)),
        asked=facts.namesakes_asked(meeting, ballots) if steers_on else {},
        has_voted=has_voted,
        receipt=receipt,
        problem=problem,
        typed=typed or {},
        now=clock.now(),
        Presence=Presence,
        today=clock.today(),
        **facts.of_roll(meeting, rows, roll, clock.today()),
        **facts.of_votes(meeting, ballots, rows, roll),
        **facts.WORDS,
    )
    answer = Response(page, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _powers(meeting: Meeting, member: CouncilMember | None) -> dict[str, bool]:
    """Người đang xem làm được gì ở phòng họp này."""
    is_chair = member is not None and member.id == meeting.chair_id
    return {
        "composes": Permission.COUNCIL_MANAGE in current_user.permissions,
        "steers": steers(meeting, member),
        "may_cancel": meeting.state is MeetingState.CALLED and may_call(member),
        "is_chair": is_chair and meeting.state is not MeetingState.CANCELLED,
    }


def _own_row(rows: Sequence[Attendance], member: CouncilMember | None) -> Attendance | None:
    """Whether whoever looks was called, and came."""
    return next((row for row in rows if member and row.member_id == member.id), None)


@room.get("/<int:meeting_id>/state")
@requires(Permission.MEETING_READ)
def state(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Nhịp của phòng họp: what screens ask every two seconds; nothing new costs an empty answer."""
    may_follow(campaign_id)
    stamp = queries.stamp(campaign_id, meeting_id)
    answer = jsonify(version=stamp.version, cast=stamp.cast, voters=stamp.voters)
    answer.set_etag(f"{stamp.version}-{stamp.cast}-{stamp.voters}")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@room.post("/<int:meeting_id>/attendance/<int:member_id>/replace")
@requires(Permission.MEETING_RUN)
def replace(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Thay một thành viên bằng thành viên khác của Hội đồng: for this meeting, or for good by
    whoever composes the council.
    """
    meeting = steered(campaign_id, meeting_id)
    row = meetings.attendance(meeting_id, member_id)
    actions.replace_member(
        meeting,
        row,
        _substitute(campaign_id),
        on=clock.today(),
        leaves_on=_leaves_on(),
        reason=request.form.get("reason", ""),
    )
    return back_to_room(
        campaign_id, meeting_id, "meeting.replace", "Đã ghi nhận người thay.", "roll"
    )


def _substitute(campaign_id: int) -> CouncilMember:
    """Người thay đã chọn."""
    if not request.form.get("substitute_id"):
        refuse("Hãy chọn người thay.")
    return council.member(campaign_id, request.form.get("substitute_id", 0, type=row_id))


def _leaves_on() -> date | None:
    """Ngày người được thay thôi làm thành viên; None where they are replaced for this meeting."""
    if request.form.get("lasts") != "for_good":
        return None
    if Permission.COUNCIL_MANAGE not in current_user.permissions:
        abort(403)
    return clock.today()


@room.post("/<int:meeting_id>/appoint")
@requires(Permission.MEETING_RUN)
def appoint(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Cử chủ trì và thư ký cuộc họp; of two who do, neither takes back what the other did."""
    meeting = steered(campaign_id, meeting_id)
    actions.appoint_leaders(meeting, **_chosen_leaders(meeting))
    return back_to_room(campaign_id, meeting_id, "meeting.edit", "Đã cử chủ trì và thư ký.")


def _leaders(meeting: Meeting) -> dict[str, str]:
    """Người chủ trì và thư ký as they stand, by the fields that choose them."""
    return {"chair_id": str(meeting.chair_id), "secretary_id": str(meeting.secretary_id)}


def _chosen_leaders(meeting: Meeting) -> dict[str, int]:
    """Ai được cử: whom this page chose, and where it chose nobody anew who stands there now."""
    names = {
        str(row.member_id): row.member.user.full_name for row in meetings.attendances(meeting.id)
    }
    typed, clashes = grids.settled(_leaders(meeting), request.form, names)
    for field, sentence in clashes.items():
        refuse(sentence, field)
    return {field: known_id(text) for field, text in typed.items()}


@room.post("/<int:meeting_id>/close")
@requires(Permission.MEETING_RUN)
def close_meeting(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Bế mạc."""
    meeting = steered(campaign_id, meeting_id)
    meeting_actions.close_meeting(
        meeting, unfinished=queries.unfinished(meeting_id), at=clock.now()
    )
    chair = db.session.get_one(CouncilMember, meeting.chair_id)
    events.minutes_to_confirm(campaign_id, meeting_id, chair.user_id, at=clock.now())
    return back_to_room(campaign_id, meeting_id, "meeting.close", "Cuộc họp đã bế mạc.")


@room.get("/<int:meeting_id>/minutes")
@requires(Permission.MEETING_READ)
def show_minutes(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Biên bản: as it stands, or as it was confirmed."""
    meeting = meetings.meeting(campaign_id, meeting_id)
    return _minutes_page(campaign_id, meeting_id, NotesForm(formdata=None, obj=meeting))


def _minutes_page(campaign_id: int, meeting_id: int, form: NotesForm) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    if meeting.opened_at is None:
        raise NotVisible
    page = render_template(
        "room/minutes.html",
        campaign=campaign,
        meeting=meeting,
        minutes=protocol.minutes_of(meeting),
        form=form,
        steers=steers(meeting, member),
        confirms=meetings.confirms(meeting, member, clock.today()),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@room.post("/<int:meeting_id>/minutes")
@requires(Permission.MEETING_RUN)
def save_notes(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Ghi thêm vào biên bản: of two who write at once the second sees what the first wrote."""
    meeting = steered(campaign_id, meeting_id)
    form = NotesForm(obj=meeting)
    if not form.validate_on_submit():
        return _minutes_page(campaign_id, meeting_id, form)
    try:
        meeting_actions.save_notes(meeting, form.notes.data or "")
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return _minutes_page(campaign_id, meeting_id, form)
    back_to_room(campaign_id, meeting_id, "meeting.note", "Đã lưu phần ghi thêm của biên bản.")
    return redirect(
        url_for(".show_minutes", campaign_id=campaign_id, meeting_id=meeting_id),
        HTTPStatus.SEE_OTHER,
    )


@room.post("/<int:meeting_id>/confirm")
@requires(Permission.MEETING_RUN)
def confirm(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Chủ toạ xác nhận biên bản, or who leads the Council where that is nobody any more; from then
    on it is frozen.
    """
    campaign_for(current_user, campaign_id)
    meeting, member = (
        meetings.meeting(campaign_id, meeting_id, for_change=True),
        member_of(campaign_id),
    )
    if member is None or not meetings.confirms(meeting, member, clock.today()):
        abort(403)
    minutes.confirm(
        meeting,
        protocol.entries(meeting),
        protocol.explained(meeting),
        at=clock.now(),
        instead=None if member.id == meeting.chair_id else member,
    )
    back_to_room(campaign_id, meeting_id, "meeting.confirm", "Đã xác nhận biên bản.")
    forget_papers(*queries.ballots(meeting_id))
    return redirect(
        url_for(".show_minutes", campaign_id=campaign_id, meeting_id=meeting_id),
        HTTPStatus.SEE_OTHER,
    )
