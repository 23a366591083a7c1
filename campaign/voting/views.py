"""Bỏ phiếu: pages by which members give their papers, hands and opinions."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import known_id, row_id, row_ids
from campaign.core.permissions import Permission
from campaign.core.vote_rules import Mode
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.files import storage
from campaign.meeting import queries as meetings
from campaign.meeting.models import Attendance, Meeting
from campaign.meeting.rules import MeetingState
from campaign.meeting.steering import back_to_room, may_follow, steered, steers, to_room
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.voting import casting, queries, sweeping, witnesses
from campaign.voting.marks import read_marks, read_paper
from campaign.voting.models import Ballot
from campaign.voting.room.views import room_page
from campaign.voting.rules import BallotState, BallotType, Choice
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.bodies import in_known_words, own_fields, reads_own_body

voting = Blueprint("voting", __name__)
voting.url_value_preprocessor(witnesses.notice_paper)


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/decline")
@requires(Permission.MEETING_READ)
def decline(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Không tham gia một lượt: said by the member, or recorded by whoever steers."""
    campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    who = request.form.get("member_id", 0, type=row_id)
    if not (steers(meeting, member) or (member is not None and member.id == who)):
        abort(403)
    casting.decline(
        meeting,
        queries.ballot(meeting_id, ballot_id),
        who,
        reason=request.form.get("reason", ""),
        by=current_user,
    )
    return back_to_room(
        campaign_id, meeting_id, "ballot.decline", "Đã ghi không tham gia lượt này."
    )


def _sent_fields() -> list[tuple[str, str]]:
    """All fields of the form, doubled ones too."""
    return list(request.form.items(multi=True))


def _typed_marks(sent: Sequence[tuple[str, str]]) -> dict[int, str]:
    """What was marked, to be shown again beside the sentence that refuses it."""
    chosen = dict.fromkeys(
        row_ids(value for name, value in sent if name == "chosen"), Choice.YES.value
    )
    return chosen | {
        known_id(name.removeprefix("line-")): value
        for name, value in sent
        if name.startswith("line-")
    }


def _sent_paper(
    ballot: Ballot, member_id: int, sent: Sequence[tuple[str, str]]
) -> dict[int, Choice]:
    """The paper that was sent, of the lines this member is given."""
    lines = {line.id: line.label for line in queries.may_vote_on(ballot, member_id)}
    return read_paper(ballot.form, sent, lines, is_blank=("blank", "1") in sent)


def _words_of(ballot: Ballot) -> list[str]:
    """All that can stand on a paper of this ballot, known before one comes."""
    numbers = [str(line.id) for line in queries.lines_of([ballot.id])[ballot.id]]
    return [
        *Choice,
        "blank",
        "1",
        "chosen",
        *numbers,
        *(f"line-{number}" for number in numbers),
        "line-",
    ]


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/cast")
@requires(Permission.BALLOT_CAST)
@reads_own_body
def cast(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Bỏ phiếu. The receipt goes to the voter's own browser and is shown there once; the server
    keeps no copy of it, nor of what stood on the paper.
    """
    with own_fields() as fields:
        campaign_for(current_user, campaign_id)
        member = may_follow(campaign_id)
        if member is None:
            raise NotVisible
        # held, so that no paper slips in behind the counting
        meetings.meeting(campaign_id, meeting_id, for_change=True)
        ballot = queries.ballot(meeting_id, ballot_id)
        recorder.act("ballot.cast", campaign_id=campaign_id)
        return _cast(ballot, member, in_known_words(fields, _words_of(ballot)))


def _cast(
    ballot: Ballot,
    member: CouncilMember,
    sent: Sequence[tuple[str, str]],
) -> ResponseReturnValue:
    # read now: where the database goes away after the commit, the voter still gets the receipt
    campaign_id, meeting_id = member.campaign_id, ballot.meeting_id
    is_secret = ballot.mode is Mode.SECRET
    try:
        receipt = _give_paper(ballot, member, sent)
        db.session.commit()
    except RuleViolation as violation:
        db.session.rollback()
        return _not_taken(ballot, member, sent, violation)
    finally:
        if is_secret:
            sweeping.sweep_keys()
    return _taken(campaign_id, meeting_id, receipt)


def _give_paper(ballot: Ballot, member: CouncilMember, sent: Sequence[tuple[str, str]]) -> str:
    """Bỏ phiếu vào hòm, or the votes on record; the receipt of a secret paper, of others none."""
    casting.demand_unvoted(ballot, member.id)
    given = _sent_paper(ballot, member.id, sent)
    if ballot.mode is Mode.SECRET:
        return casting.cast_secret(ballot, member.id, given)
    casting.cast_open(ballot, member.id, given, by=current_user)
    return ""


def _not_taken(
    ballot: Ballot,
    member: CouncilMember,
    sent: Sequence[tuple[str, str]],
    violation: RuleViolation,
) -> ResponseReturnValue:
    """Phiếu không nhận được: the room again, with what was marked and why it was refused."""
    return room_page(
        member.campaign_id,
        ballot.meeting_id,
        problem=str(violation),
        typed=_typed_marks(sent),
        has_voted=member.id in queries.voted(ballot),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _taken(campaign_id: int, meeting_id: int, receipt: str) -> ResponseReturnValue:
    """Đã nhận phiếu: its receipt in the voter's browser, or a word of thanks; back to the room,
    and nothing more is asked of the database.
    """
    if receipt:
        session["receipt"] = [meeting_id, receipt]
    else:
        flash("Đã ghi biểu quyết của Ông/Bà.", "success")
    return to_room(campaign_id, meeting_id)


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/hands")
@requires(Permission.MEETING_RUN)
def hands(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Nhập biểu quyết giơ tay của một thành viên."""
    steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    member_id = request.form.get("member_id", 0, type=row_id)
    casting.cast_open(
        ballot, member_id, _sent_paper(ballot, member_id, _sent_fields()), by=current_user
    )
    return back_to_room(campaign_id, meeting_id, "ballot.cast", "Đã ghi biểu quyết.")


@voting.route("/<int:meeting_id>/opinions/<int:member_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def opinion(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Phiếu lấy ý kiến: the member's own, or entered with its scan by whoever steers."""
    campaign = campaign_for(current_user, campaign_id)
    member = may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=request.method == "POST")
    if meeting.state is MeetingState.CANCELLED:
        raise NotVisible
    row = _on_roll(meeting_id, member_id)
    is_own = _is_own(meeting, member, member_id)
    if request.method == "GET":
        given = _given_before(meeting_id, member_id)
        return _opinion_page(campaign, meeting, row, is_own=is_own, given=given)
    try:
        _enter_opinion(meeting, row)
    except RuleViolation as violation:
        db.session.rollback()
        return _opinion_again(campaign_id, meeting_id, member_id, violation, is_own=is_own)
    return back_to_room(campaign_id, meeting_id, "meeting.opinion", "Đã ghi phiếu lấy ý kiến.")


def _is_own(meeting: Meeting, member: CouncilMember | None, member_id: int) -> bool:
    """Phiếu của chính mình; another's is seen by whoever steers, and is not there for others."""
    is_own = member is not None and member.id == member_id
    if not (is_own or steers(meeting, member)):
        raise NotVisible
    return is_own


def _on_roll(meeting_id: int, member_id: int) -> Attendance:
    rows = meetings.attendances(meeting_id)
    row = next((row for row in rows if row.member_id == member_id), None)
    if row is None:
        raise NotVisible
    return row


def _given_before(meeting_id: int, member_id: int) -> dict[int, str]:
    ballots = [ballot.id for ballot, _ in queries.asked_in_writing(meeting_id, member_id)]
    return {
        line: by_member[member_id].choice.value
        for line, by_member in queries.opinions(ballots).items()
        if member_id in by_member
    }


def _opinion_again(
    campaign_id: int, meeting_id: int, member_id: int, violation: RuleViolation, *, is_own: bool
) -> ResponseReturnValue:
    """Phiếu lấy ý kiến như vừa đánh dấu, with why it was refused."""
    return _opinion_page(
        campaign_for(current_user, campaign_id),
        meetings.meeting(campaign_id, meeting_id),
        _on_roll(meeting_id, member_id),
        is_own=is_own,
        given=_typed_marks(_sent_fields()),
        problem=str(violation),
    )


def _opinion_page(
    campaign: Campaign,
    meeting: Meeting,
    row: Attendance,
    *,
    is_own: bool,
    given: Mapping[int, str],
    problem: str = "",
) -> ResponseReturnValue:
    page = render_template(
        "voting/opinion.html",
        campaign=campaign,
        meeting=meeting,
        row=row,
        asked=queries.asked_in_writing(meeting.id, row.member_id),
        given=given,
        is_own=is_own,
        problem=problem,
        note=request.form.get("note", ""),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


def _enter_opinion(meeting: Meeting, row: Attendance) -> None:
    asked = {
        line.id: line.label
        for ballot in queries.ballots(meeting.id)
        if ballot.state is BallotState.PREPARED
        for line in queries.may_vote_on(ballot, row.member_id)
    }
    casting.enter_opinion(
        meeting,
        row,
        read_marks(BallotType.APPROVE, _sent_fields(), asked),
        scan=_sent_scan(),
        note=request.form.get("note", ""),
        by=current_user,
        at=clock.now(),
    )


def _sent_scan() -> tuple[str, storage.StoredContent] | None:
    """Bản chụp phiếu gửi kèm, kept, by the name it is known by."""
    upload = request.files.get("scan")
    if upload is None or not upload.filename:
        return None
    stored = storage.keep(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"])
    return storage.clean_name(upload.filename), stored
