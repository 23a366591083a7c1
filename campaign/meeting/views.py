"""Cuộc họp Hội đồng: pages to call it and to take the roll."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import row_ids
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.extensions import db
from campaign.files import storage
from campaign.meeting import actions, queries, workbook
from campaign.meeting.forms import MeetingForm
from campaign.meeting.models import Meeting
from campaign.meeting.rules import Presence
from campaign.meeting.steering import back_to_room, may_call, may_follow, member_of, steered, steers
from campaign.notices import events
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.pages import tell_refusal
from campaign.web.spreadsheets import send_tables

pages = Blueprint("meeting", __name__)


@pages.get("/")
@requires(Permission.MEETING_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc họp của Hội đồng."""
    campaign = campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    return render_template(
        "meeting/index.html",
        campaign=campaign,
        meetings=queries.meetings(campaign_id),
        calls=may_call(member),
    )


@pages.get("/excel")
@requires(Permission.MEETING_READ)
def list_spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc họp ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    may_follow(campaign_id)
    return send_tables(
        workbook.meetings(queries.meetings(campaign_id)),
        title=f"Họp Hội đồng, {campaign.title}",
        state=campaign.phase.label,
        name="cuoc-hop",
    )


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def new(campaign_id: int) -> ResponseReturnValue:
    """Mời họp."""
    campaign = campaign_for(current_user, campaign_id)
    if not may_call(member_of(campaign_id)):
        abort(403)
    form = MeetingForm()
    _offer_stand_ins(form, queries.stand_ins(campaign_id))
    return _meeting_form(campaign, form, None, "meeting.call", partial(_call, campaign, form))


def _call(campaign: Campaign, form: MeetingForm) -> Meeting:
    """Mời, and tell everybody who is called."""
    meeting = actions.call_meeting(
        campaign,
        council.members(campaign.id),
        at=clock.now(),
        also=_also(form),
        **_invitation(form),
    )
    _tell(meeting)
    return meeting


@pages.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def edit(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Sửa giấy mời."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = steered(campaign_id, meeting_id)
    form = MeetingForm(obj=meeting)
    _offer_stand_ins(
        form,
        [
            stand_in
            for stand_in in queries.stand_ins(campaign_id)
            if stand_in.meeting != meeting.number
        ],
    )

    return _meeting_form(campaign, form, meeting, "meeting.edit", partial(_correct, meeting, form))


def _correct(meeting: Meeting, form: MeetingForm) -> Meeting:
    """Sửa giấy mời, and tell again where who, when or where is another now."""
    before = (meeting.starts_at, meeting.place)
    actions.edit_meeting(meeting, **_invitation(form))
    also = _also(form)
    if also:
        actions.invite(meeting, also)
    if also or before != (meeting.starts_at, meeting.place):
        _tell(meeting)
    return meeting


@pages.post("/<int:meeting_id>/cancel")
@requires(Permission.MEETING_RUN)
def cancel(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Huỷ cuộc họp đã mời: by whoever may call one; everybody on the roll is told."""
    campaign_for(current_user, campaign_id)
    meeting = queries.meeting(campaign_id, meeting_id, for_change=True)
    if not may_call(member_of(campaign_id)):
        abort(403)
    actions.cancel_meeting(meeting, reason=request.form.get("reason", ""), at=clock.now())
    events.meeting_cancelled(
        events.Call(campaign_id, meeting.id, meeting.starts_at, meeting.place),
        _on_roll(meeting),
        meeting.cancel_reason,
        at=clock.now(),
    )
    return back_to_room(
        campaign_id, meeting_id, "meeting.cancel", "Đã huỷ cuộc họp và báo mọi người được mời."
    )


def _tell(meeting: Meeting) -> None:
    """Mời, hoặc báo giấy mời đã đổi: everybody on the roll, with an event for their calendars."""
    db.session.flush()
    events.meeting_called(
        events.Call(meeting.campaign_id, meeting.id, meeting.starts_at, meeting.place),
        _on_roll(meeting),
        at=clock.now(),
    )


def _on_roll(meeting: Meeting) -> list[int]:
    """Những người được mời who are still members: whoever has left learns no more of it."""
    return [
        row.member.user_id
        for row in queries.attendances(meeting.id)
        if not row.member.why_away(clock.today())
    ]


def _offer_stand_ins(form: MeetingForm, stand_ins: list[queries.StandIn]) -> None:
    """Only where somebody sat on another's seat: whether they have one of their own now."""
    form.also.choices = [(str(stand_in.member_id), stand_in.words) for stand_in in stand_ins]
    if not stand_ins:
        del form.also


def _also(form: MeetingForm) -> frozenset[int]:
    return frozenset(row_ids(form.also.data or ())) if form.also else frozenset()


def _invitation(form: MeetingForm) -> dict[str, Any]:
    return {
        "place": form.place.data or "",
        "starts_at": form.starts_at.data,
        "opinions_until": form.opinions_until.data,
        "agenda": form.agenda.data or "",
    }


def _meeting_form(
    campaign: Campaign,
    form: MeetingForm,
    meeting: Meeting | None,
    act: str,
    save: Callable[[], Meeting],
) -> ResponseReturnValue:
    number, identity = campaign.id, meeting.id if meeting else None
    if form.validate_on_submit():
        try:
            saved = save()
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign = campaign_for(current_user, number)
        else:
            return back_to_room(number, saved.id, act, "Đã lưu giấy mời họp.")
    return _form_page(campaign, form, identity)


def _form_page(
    campaign: Campaign, form: MeetingForm, meeting_id: int | None
) -> ResponseReturnValue:
    """Giấy mời, with what was refused of it."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "meeting/edit.html", form=form, campaign=campaign, meeting_id=meeting_id
    ), status


def _presence_of(text: str) -> Presence:
    if text not in set(Presence):
        abort(404)
    return Presence(text)


@pages.post("/<int:meeting_id>/attendance/<int:member_id>")
@requires(Permission.MEETING_RUN)
def attend(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Điểm danh một thành viên."""
    meeting = steered(campaign_id, meeting_id)
    row = queries.attendance(meeting_id, member_id)
    actions.set_presence(
        meeting,
        row,
        _presence_of(request.form.get("presence", "")),
        reason=request.form.get("reason", ""),
        at=clock.now(),
    )
    return back_to_room(campaign_id, meeting_id, "meeting.attend", "Đã ghi điểm danh.", "roll")


@pages.post("/<int:meeting_id>/attendance")
@requires(Permission.MEETING_RUN)
def attend_all(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Điểm danh mọi người được mời là có mặt; who is absent is marked after."""
    meeting = steered(campaign_id, meeting_id)
    for row in queries.attendances(meeting_id):
        if row.presence is Presence.INVITED:
            actions.set_presence(meeting, row, Presence.PRESENT, reason="", at=clock.now())
    return back_to_room(
        campaign_id, meeting_id, "meeting.attend", "Đã ghi mọi người được mời có mặt.", "roll"
    )


@pages.post("/<int:meeting_id>/open")
@requires(Permission.MEETING_RUN)
def open_meeting(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Khai mạc."""
    actions.open_meeting(steered(campaign_id, meeting_id), at=clock.now())
    return back_to_room(campaign_id, meeting_id, "meeting.open", "Cuộc họp đã khai mạc.")


@pages.get("/<int:meeting_id>/scans/<int:scan_id>")
@requires(Permission.MEETING_READ)
def scan(campaign_id: int, meeting_id: int, scan_id: int) -> ResponseReturnValue:
    """Tải bản chụp phiếu lấy ý kiến: one's own, or for whoever steers."""
    campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = queries.meeting(campaign_id, meeting_id)
    row = queries.scan(meeting_id, scan_id)
    if not (steers(meeting, member) or (member is not None and member.id == row.member_id)):
        raise NotVisible
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )
