"""Theo dõi và điều khiển cuộc họp: who follows it, who steers it, and the way back to its room."""

from http import HTTPStatus

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible
from campaign.core.permissions import Role
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.meeting import queries
from campaign.meeting.actions import demand_standing
from campaign.meeting.models import Meeting
from campaign.planning.queries import campaign_for
from campaign.web import clock


def member_of(campaign_id: int) -> CouncilMember | None:
    """Thành viên Hội đồng that asks, if they are one today."""
    return council.active_member(current_user.id, campaign_id, clock.today())


def may_follow(campaign_id: int) -> CouncilMember | None:
    """Theo dõi cuộc họp: Council, secretariat and Director; to others it is not there."""
    member = member_of(campaign_id)
    if member is None and not current_user.roles & {Role.SECRETARIAT, Role.DIRECTOR}:
        raise NotVisible
    return member


def steers(meeting: Meeting | None, member: CouncilMember | None) -> bool:
    """Điều khiển cuộc họp: its chair and secretary, and the secretariat that prepares it."""
    is_leading = (
        member is not None
        and meeting is not None
        and member.id in {meeting.chair_id, meeting.secretary_id}
    )
    return Role.SECRETARIAT in current_user.roles or is_leading


def steered(campaign_id: int, meeting_id: int) -> Meeting:
    """The meeting, for somebody who steers it; held against other changes, unless cancelled."""
    campaign_for(current_user, campaign_id)
    meeting = queries.meeting(campaign_id, meeting_id, for_change=True)
    if not steers(meeting, member_of(campaign_id)):
        abort(403)
    demand_standing(meeting)
    return meeting


def may_call(member: CouncilMember | None) -> bool:
    """Được mời họp: chair and secretary of the council, and the secretariat."""
    return Role.SECRETARIAT in current_user.roles or (
        member is not None and member.function.value in {"chair", "secretary"}
    )


def back_to_room(
    campaign_id: int, meeting_id: int, act: str, message: str, anchor: str | None = None
) -> ResponseReturnValue:
    """Xong: written for good, said, and back to the room."""
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return to_room(campaign_id, meeting_id, anchor)


def to_room(campaign_id: int, meeting_id: int, anchor: str | None = None) -> ResponseReturnValue:
    """Về phòng họp."""
    return redirect(
        url_for("room.show", campaign_id=campaign_id, meeting_id=meeting_id, _anchor=anchor),
        HTTPStatus.SEE_OTHER,
    )
