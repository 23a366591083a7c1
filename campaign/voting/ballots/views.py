"""Lượt biểu quyết: pages by which chair and secretary prepare, open and close it."""

from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.honours.forms import vote_chosen
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.steering import back_to_room, may_follow, steered, to_room
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.voting import actions, queries, recusals, sweeping
from campaign.voting.forms import BallotForm
from campaign.voting.models import Ballot
from campaign.voting.rules import BallotState
from campaign.voting.sweeping import forget_papers
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import tell_refusal

ballots = Blueprint("ballots", __name__)


@ballots.route("/<int:meeting_id>/ballots/new", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def new_ballot(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Soạn một lượt biểu quyết."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = steered(campaign_id, meeting_id)
    form = BallotForm()
    if form.validate_on_submit():
        try:
            _prepare(meeting, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return back_to_room(
                campaign_id, meeting_id, "ballot.prepare", "Đã thêm lượt biểu quyết."
            )
    return _form_page(campaign, form, meeting_id)


def _prepare(meeting: Meeting, form: BallotForm) -> None:
    """Chuẩn bị lượt như đã soạn."""
    actions.prepare_ballot(
        meeting,
        title=form.title.data or "",
        lines=[actions.LineSpec(line) for line in _lines_of(form)],
        rule=vote_chosen(form.data),
        ballot_type=form.form.data,
        places=int(form.places.data) if isinstance(form.places.data, Decimal) else None,
        at=clock.now(),
    )


def _form_page(campaign: Campaign, form: BallotForm, meeting_id: int) -> ResponseReturnValue:
    """Lượt đang soạn, with what was refused of it."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "ballots/edit_ballot.html", form=form, campaign=campaign, meeting_id=meeting_id
    ), status


def _lines_of(form: BallotForm) -> list[str]:
    return [line.strip() for line in (form.lines.data or "").splitlines() if line.strip()]


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/remove")
@requires(Permission.MEETING_RUN)
def remove_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Xoá một lượt chưa mở."""
    meeting = steered(campaign_id, meeting_id)
    actions.remove_ballot(meeting, queries.ballot(meeting_id, ballot_id))
    return back_to_room(campaign_id, meeting_id, "ballot.remove", "Đã xoá lượt biểu quyết.")


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/recuse")
@requires(Permission.MEETING_READ)
def recuse(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Không biểu quyết một dòng: declared by oneself, or decided by the chair."""
    campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    line_id, who = _line_and_member()
    if member is None or (member.id != who and member.id != meeting.chair_id):
        abort(403)
    if not who:
        refuse("Hãy chọn thành viên.")
    ballot = queries.ballot(meeting_id, ballot_id)
    recusals.recuse(meeting, ballot, line_id, who, reason=request.form.get("reason", ""))
    return back_to_room(
        campaign_id, meeting_id, "ballot.recuse", "Đã ghi nhận không biểu quyết dòng này."
    )


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/recusals/lift")
@requires(Permission.MEETING_READ)
def lift_recusal(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Bỏ việc không biểu quyết ghi nhầm: the chair of the meeting only."""
    campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    if member is None or member.id != meeting.chair_id:
        abort(403)
    recusals.lift_recusal(
        meeting,
        queries.ballot(meeting_id, ballot_id),
        *_line_and_member(),
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    return back_to_room(
        campaign_id, meeting_id, "ballot.recuse", "Thành viên được biểu quyết dòng này."
    )


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/namesakes")
@requires(Permission.MEETING_RUN)
def tell_apart(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Trả lời câu hỏi trùng tên: one person, who is not given the line, or two."""
    meeting = steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    reason = request.form.get("reason", "")
    if request.form.get("is_same") == "1":
        recusals.recuse(meeting, ballot, *_line_and_member(), reason=reason)
    else:
        recusals.tell_apart(
            meeting, ballot, *_line_and_member(), reason=reason, by=current_user, at=clock.now()
        )
    return back_to_room(campaign_id, meeting_id, "ballot.recuse", "Đã ghi nhận trả lời.")


def _line_and_member() -> tuple[int, int]:
    return (
        request.form.get("line_id", 0, type=row_id),
        request.form.get("member_id", 0, type=row_id),
    )


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/open")
@requires(Permission.MEETING_RUN)
def open_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Mở bỏ phiếu."""
    meeting = steered(campaign_id, meeting_id)
    sweeping.destroy_used_keys()
    actions.open_ballot(meeting, queries.ballot(meeting_id, ballot_id), at=clock.now())
    return back_to_room(campaign_id, meeting_id, "ballot.open", "Đã mở bỏ phiếu.")


@ballots.route("/<int:meeting_id>/ballots/<int:ballot_id>/close", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def close_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Đóng và kiểm phiếu: asked first, with who is missing and what else stands against it."""
    meeting = steered(campaign_id, meeting_id)
    if request.method == "GET":
        return _closing_page(campaign_id, meeting, queries.ballot(meeting_id, ballot_id))
    ballot = queries.ballot(meeting_id, ballot_id)
    actions.close_ballot(meeting, ballot, at=clock.now())
    answer = back_to_room(campaign_id, meeting_id, "ballot.close", "Đã kiểm phiếu.")
    forget_papers(ballot)
    return answer


def _closing_page(campaign_id: int, meeting: Meeting, ballot: Ballot) -> ResponseReturnValue:
    if ballot.state is not BallotState.OPEN:
        return to_room(campaign_id, meeting.id)
    missing = queries.missing_voters(ballot)
    rows = meetings.attendances(meeting.id)
    return render_template(
        "ballots/close_ballot.html",
        campaign=campaign_for(current_user, campaign_id),
        meeting=meeting,
        ballot=ballot,
        missing=[row for row in rows if row.member_id in missing],
        problems=actions.closing_problems(meeting, ballot),
        declined=queries.declined([ballot.id])[ballot.id],
        names={row.member_id: row.member.user.full_name for row in rows},
        voted=queries.voted(ballot),
        voters=queries.voters(ballot),
    )


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/annul")
@requires(Permission.MEETING_RUN)
def annul_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Huỷ lượt đang mở, with a reason."""
    meeting = steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    actions.annul_ballot(meeting, ballot, reason=request.form.get("reason", ""), at=clock.now())
    answer = back_to_room(campaign_id, meeting_id, "ballot.annul", "Đã huỷ lượt biểu quyết.")
    forget_papers(ballot)
    return answer


@ballots.post("/<int:meeting_id>/ballots/<int:ballot_id>/repeat")
@requires(Permission.MEETING_RUN)
def repeat_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Bỏ phiếu lại."""
    meeting = steered(campaign_id, meeting_id)
    actions.repeat_ballot(
        meeting, queries.ballot(meeting_id, ballot_id), reason=request.form.get("reason", "")
    )
    return back_to_room(campaign_id, meeting_id, "ballot.repeat", "Đã thêm lượt bỏ phiếu lại.")
