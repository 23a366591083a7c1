"""Họp Hội đồng: pages. Everybody follows one page; chair and secretary steer on it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.numbers import known_id, row_id, row_ids
from campaign.core.permissions import Permission, Role
from campaign.core.vote_rules import MINIMUM_PAPERS, Mode, Ordering, VoteRule
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.extensions import db
from campaign.files import storage
from campaign.meeting import actions as meeting_actions
from campaign.meeting import minutes
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.rules import MeetingState, Presence, is_quorate
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.voting import (
    actions,
    casting,
    protocol,
    queries,
    recusals,
    results,
    rules,
    secrecy,
    sweeping,
    workbook,
)
from campaign.voting.forms import BallotForm, MeetingForm
from campaign.voting.marks import read_marks, read_paper
from campaign.voting.models import Ballot
from campaign.voting.rules import (
    BallotState,
    Choice,
    Form,
    Namesake,
    chair_words,
    percent,
    secrecy_warnings,
    share_words,
)
from campaign.web import clock, workers
from campaign.web.access import requires
from campaign.web.bodies import in_known_words, own_fields, reads_own_body
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

voting = Blueprint("voting", __name__)


def _member(campaign_id: int) -> CouncilMember | None:
    return council.active_member(current_user.id, campaign_id, clock.today())


def _may_follow(campaign_id: int) -> CouncilMember | None:
    """Council members, the secretariat and the Director follow a meeting; it does not exist for
    anybody else.
    """
    member = _member(campaign_id)
    if member is None and not current_user.roles & {Role.SECRETARIAT, Role.DIRECTOR}:
        raise NotVisible
    return member


def _steers(meeting: Meeting | None, member: CouncilMember | None) -> bool:
    """Chair and secretary of the meeting steer it, and the secretariat that prepares it."""
    is_leading = (
        member is not None
        and meeting is not None
        and member.id in {meeting.chair_id, meeting.secretary_id}
    )
    return Role.SECRETARIAT in current_user.roles or is_leading


def _steered(campaign_id: int, meeting_id: int) -> Meeting:
    """The meeting, for somebody who steers it; held against other changes."""
    campaign_for(current_user, campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    if not _steers(meeting, _member(campaign_id)):
        abort(403)
    return meeting


def _done(
    campaign_id: int, meeting_id: int, act: str, message: str, anchor: str | None = None
) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, meeting_id=meeting_id, _anchor=anchor),
        HTTPStatus.SEE_OTHER,
    )


@voting.get("/")
@requires(Permission.MEETING_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc họp của Hội đồng."""
    campaign = campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    return render_template(
        "voting/index.html",
        campaign=campaign,
        meetings=meetings.meetings(campaign_id),
        calls=_may_call(member),
    )


@voting.get("/excel")
@requires(Permission.MEETING_READ)
def list_spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc họp ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    _may_follow(campaign_id)
    return send_tables(
        workbook.meetings(meetings.meetings(campaign_id)),
        title=f"Họp Hội đồng, {campaign.title}",
        state=campaign.phase.label,
        name="cuoc-hop",
    )


def _may_call(member: CouncilMember | None) -> bool:
    return Role.SECRETARIAT in current_user.roles or (
        member is not None and member.function.value in {"chair", "secretary"}
    )


@voting.route("/new", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def new(campaign_id: int) -> ResponseReturnValue:
    """Mời họp."""
    campaign = campaign_for(current_user, campaign_id)
    if not _may_call(_member(campaign_id)):
        abort(403)
    form = MeetingForm()
    _offer_stand_ins(form, meetings.stand_ins(campaign_id))

    def save() -> Meeting:
        return meeting_actions.call_meeting(
            campaign,
            council.members(campaign_id),
            at=clock.now(),
            also=_also(form),
            **_invitation(form),
        )

    return _meeting_form(campaign, form, None, "meeting.call", save)


@voting.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def edit(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Sửa giấy mời."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = _steered(campaign_id, meeting_id)
    form = MeetingForm(obj=meeting)
    _offer_stand_ins(
        form, [one for one in meetings.stand_ins(campaign_id) if one.meeting != meeting.number]
    )

    def save() -> Meeting:
        meeting_actions.edit_meeting(meeting, **_invitation(form))
        if also := _also(form):
            meeting_actions.invite(meeting, also)
        return meeting

    return _meeting_form(campaign, form, meeting, "meeting.edit", save)


def _offer_stand_ins(form: MeetingForm, found: list[meetings.StandIn]) -> None:
    """Only where somebody sat on another's seat: whether he has one of his own now."""
    form.also.choices = [(str(one.member_id), one.words) for one in found]
    if not found:
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
            db.session.rollback()
            form.add_violation(violation)
            campaign = campaign_for(current_user, number)
        else:
            return _done(number, saved.id, act, "Đã lưu giấy mời họp.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "voting/edit.html", form=form, campaign=campaign, meeting_id=identity
    ), status


@voting.get("/<int:meeting_id>")
@requires(Permission.MEETING_READ)
def show(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Phòng họp: roll and quorum, the ballot that is open, the ones that were counted."""
    return _room(campaign_id, meeting_id, receipt=_receipt(meeting_id))


def _receipt(meeting_id: int) -> str:
    """Mã biên nhận of the paper just cast here: once, then it is gone from the browser too."""
    kept_for, code = session.get("receipt", (0, ""))
    if kept_for != meeting_id:
        return ""
    session.pop("receipt")
    return str(code)


@voting.get("/<int:meeting_id>/excel")
@requires(Permission.MEETING_READ)
def spreadsheet(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Điểm danh và kết quả biểu quyết ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    ballots = queries.ballots(meeting_id)
    tables = workbook.meeting(
        meetings.attendances(meeting_id), ballots, queries.lines_of([one.id for one in ballots])
    )
    return send_tables(
        tables,
        title=f"Cuộc họp số {meeting.number}, {campaign.title}",
        state=meeting.state.label,
        name=f"cuoc-hop-{meeting.number}",
    )


def _room(
    campaign_id: int,
    meeting_id: int,
    *,
    receipt: str = "",
    problem: str = "",
    has_voted: bool = False,
    typed: dict[int, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    ballots = queries.ballots(meeting_id)
    running = next((one for one in ballots if one.state is BallotState.OPEN), None)
    rows = meetings.attendances(meeting_id)
    roll = meetings.roll(meeting_id)
    voted = queries.voted(running) if running else frozenset()
    closed = [one.id for one in ballots if one.state is BallotState.CLOSED]
    on_roll = {row.member_id: row for row in rows}
    own_row = on_roll.get(member.id) if member else None
    lines, kept = (
        queries.lines_of([one.id for one in ballots]),
        queries.recusals_of([one.id for one in ballots]),
    )
    page = render_template(
        "voting/show.html",
        campaign=campaign,
        meeting=meeting,
        ballots=ballots,
        rows=rows,
        roll=roll,
        member=member,
        own_row=own_row,
        running=running,
        voted=voted,
        lines=lines,
        kept=kept,
        papers={
            row.member_id: [
                line for line in lines[running.id] if row.member_id not in kept.get(line.id, {})
            ]
            for row in rows
        }
        if running
        else {},
        hands=queries.open_votes(closed),
        opinions=protocol.counted_opinions(
            [one for one in ballots if one.state is BallotState.CLOSED], rows
        ),
        declined=queries.declined([one.id for one in ballots]),
        mark_words=protocol.mark_words,
        ballot_writers=lambda found, said: len(
            {member for line in found for member in said.get(line.id, {})}
        ),
        notes={one.id: secrecy.secrecy_notes(one, roll.present) for one in ballots},
        able={
            one.id: sum(
                any(member_id not in kept.get(line.id, {}) for line in lines[one.id])
                for member_id in roll.present
            )
            for one in ballots
        },
        names={row.member_id: row.member.user.full_name for row in rows},
        steers=_steers(meeting, member),
        is_chair=member is not None and member.id == meeting.chair_id,
        voters=queries.voters(running) if running else frozenset(),
        is_quorate=is_quorate(
            len(roll.present), roll.total, meeting.quorum_numerator, meeting.quorum_denominator
        ),
        has_voted=has_voted,
        repeated=results.repeated(meeting_id),
        scans=meetings.scans(meeting_id),
        receipt=receipt,
        problem=problem,
        typed=typed or {},
        asked=_asked(meeting, ballots) if _steers(meeting, member) else {},
        substitutes=_substitutes(campaign_id, on_roll),
        now=clock.now(),
        composes=Permission.COUNCIL_MANAGE in current_user.permissions,
        words=protocol.rule_words,
        percent=percent,
        share_words=share_words,
        chair_words=chair_words,
        warnings=lambda able: list(secrecy_warnings(able)),
        plurality=rules.PLURALITY,
        Presence=Presence,
    )
    answer = Response(page, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _asked(meeting: Meeting, ballots: Sequence[Ballot]) -> dict[int, list[Namesake]]:
    """Câu hỏi trùng tên của các lượt chưa mở, by line."""
    found: dict[int, list[Namesake]] = defaultdict(list)
    prepared = [one.id for one in ballots if one.state is BallotState.PREPARED]
    for row in queries.namesakes(meeting, prepared) if prepared else ():
        found[row.line_id].append(row)
    return found


def _substitutes(campaign_id: int, on_roll: dict[int, Any]) -> list[CouncilMember]:
    return [
        one for one in council.members(campaign_id) if one.left_on is None and one.id not in on_roll
    ]


@voting.get("/<int:meeting_id>/state")
@requires(Permission.MEETING_READ)
def state(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Nhịp của phòng họp: what screens ask every two seconds; nothing new costs an empty answer."""
    _may_follow(campaign_id)
    found = queries.stamp(campaign_id, meeting_id)
    answer = jsonify(version=found.version, cast=found.cast, voters=found.voters)
    answer.set_etag(f"{found.version}-{found.cast}-{found.voters}")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def _presence_of(text: str) -> Presence:
    if text not in set(Presence):
        abort(404)
    return Presence(text)


@voting.post("/<int:meeting_id>/attendance/<int:member_id>")
@requires(Permission.MEETING_RUN)
def attend(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Điểm danh một thành viên."""
    meeting = _steered(campaign_id, meeting_id)
    row = meetings.attendance(meeting_id, member_id)
    meeting_actions.set_presence(
        meeting,
        row,
        _presence_of(request.form.get("presence", "")),
        reason=request.form.get("reason", ""),
        at=clock.now(),
    )
    return _done(campaign_id, meeting_id, "meeting.attend", "Đã ghi điểm danh.", "roll")


@voting.post("/<int:meeting_id>/attendance")
@requires(Permission.MEETING_RUN)
def attend_all(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Điểm danh mọi người được mời là có mặt; who is absent is marked after."""
    meeting = _steered(campaign_id, meeting_id)
    for row in meetings.attendances(meeting_id):
        if row.presence is Presence.INVITED:
            meeting_actions.set_presence(meeting, row, Presence.PRESENT, reason="", at=clock.now())
    return _done(
        campaign_id, meeting_id, "meeting.attend", "Đã ghi mọi người được mời có mặt.", "roll"
    )


@voting.post("/<int:meeting_id>/attendance/<int:member_id>/replace")
@requires(Permission.MEETING_RUN)
def replace(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Thay một thành viên bằng thành viên khác của Hội đồng: for this meeting, or for good by
    whoever composes the council.
    """
    meeting = _steered(campaign_id, meeting_id)
    row = meetings.attendance(meeting_id, member_id)
    if not request.form.get("substitute_id"):
        refuse("Hãy chọn người thay.")
    substitute = council.member(campaign_id, request.form.get("substitute_id", 0, type=row_id))
    is_for_good = request.form.get("lasts") == "for_good"
    if is_for_good and Permission.COUNCIL_MANAGE not in current_user.permissions:
        abort(403)
    actions.replace_member(
        meeting,
        row,
        substitute,
        reason=request.form.get("reason", ""),
        leaves_on=clock.today() if is_for_good else None,
    )
    return _done(campaign_id, meeting_id, "meeting.replace", "Đã ghi nhận người thay.", "roll")


@voting.post("/<int:meeting_id>/appoint")
@requires(Permission.MEETING_RUN)
def appoint(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Cử chủ trì và thư ký cuộc họp."""
    meeting = _steered(campaign_id, meeting_id)
    meeting_actions.appoint(
        meeting,
        chair_id=request.form.get("chair_id", 0, type=row_id),
        secretary_id=request.form.get("secretary_id", 0, type=row_id),
    )
    return _done(campaign_id, meeting_id, "meeting.edit", "Đã cử chủ trì và thư ký.")


@voting.post("/<int:meeting_id>/open")
@requires(Permission.MEETING_RUN)
def open_meeting(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Khai mạc."""
    meeting_actions.open_meeting(_steered(campaign_id, meeting_id), at=clock.now())
    return _done(campaign_id, meeting_id, "meeting.open", "Cuộc họp đã khai mạc.")


@voting.post("/<int:meeting_id>/close")
@requires(Permission.MEETING_RUN)
def close_meeting(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Bế mạc."""
    meeting = _steered(campaign_id, meeting_id)
    meeting_actions.close_meeting(
        meeting, unfinished=queries.unfinished(meeting_id), at=clock.now()
    )
    return _done(campaign_id, meeting_id, "meeting.close", "Cuộc họp đã bế mạc.")


@voting.route("/<int:meeting_id>/ballots/new", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def new_ballot(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Soạn một lượt biểu quyết."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = _steered(campaign_id, meeting_id)
    form = BallotForm()
    if form.validate_on_submit():
        texts = [line.strip() for line in (form.lines.data or "").splitlines() if line.strip()]
        rule = VoteRule(
            form.mode.data,
            form.base.data,
            form.share.data[0],
            form.share.data[1],
            needs_chair=form.needs_chair.data,
            chair_decides=form.chair_decides.data,
            is_strict=form.is_strict.data,
            keeps_recused=form.keeps_recused.data,
            ordering=Ordering.COUNT if form.by_count.data else Ordering.SHARE,
            minimum_papers=int(form.minimum_papers.data or MINIMUM_PAPERS),
        )
        try:
            actions.prepare_ballot(
                meeting,
                title=form.title.data or "",
                lines=[actions.LineSpec(line) for line in texts],
                rule=rule,
                form=form.form.data,
                places=int(form.places.data) if isinstance(form.places.data, Decimal) else None,
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return _done(campaign_id, meeting_id, "ballot.prepare", "Đã thêm lượt biểu quyết.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "voting/edit_ballot.html", form=form, campaign=campaign, meeting_id=meeting_id
    ), status


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/remove")
@requires(Permission.MEETING_RUN)
def remove_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Xoá một lượt chưa mở."""
    meeting = _steered(campaign_id, meeting_id)
    actions.remove_ballot(meeting, queries.ballot(meeting_id, ballot_id))
    return _done(campaign_id, meeting_id, "ballot.remove", "Đã xoá lượt biểu quyết.")


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/recuse")
@requires(Permission.MEETING_READ)
def recuse(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Không biểu quyết một dòng: declared by oneself, or decided by the chair."""
    campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    who = request.form.get("member_id", 0, type=row_id)
    if member is None or (member.id != who and member.id != meeting.chair_id):
        abort(403)
    if not who:
        refuse("Hãy chọn thành viên.")
    recusals.recuse(
        meeting,
        queries.ballot(meeting_id, ballot_id),
        request.form.get("line_id", 0, type=row_id),
        who,
        reason=request.form.get("reason", ""),
    )
    return _done(campaign_id, meeting_id, "ballot.recuse", "Đã ghi nhận không biểu quyết dòng này.")


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/recusals/lift")
@requires(Permission.MEETING_READ)
def lift_recusal(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Bỏ việc không biểu quyết ghi nhầm: the chair of the meeting only."""
    campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
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
    return _done(campaign_id, meeting_id, "ballot.recuse", "Thành viên được biểu quyết dòng này.")


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/namesakes")
@requires(Permission.MEETING_RUN)
def tell_apart(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Trả lời câu hỏi trùng tên: one person, who is not given the line, or two."""
    meeting = _steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    reason = request.form.get("reason", "")
    if request.form.get("is_same") == "1":
        recusals.recuse(meeting, ballot, *_line_and_member(), reason=reason)
    else:
        recusals.tell_apart(
            meeting, ballot, *_line_and_member(), reason=reason, by=current_user, at=clock.now()
        )
    return _done(campaign_id, meeting_id, "ballot.recuse", "Đã ghi nhận trả lời.")


def _line_and_member() -> tuple[int, int]:
    return (
        request.form.get("line_id", 0, type=row_id),
        request.form.get("member_id", 0, type=row_id),
    )


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/open")
@requires(Permission.MEETING_RUN)
def open_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Mở bỏ phiếu."""
    meeting = _steered(campaign_id, meeting_id)
    sweeping.destroy_used_keys()
    actions.open_ballot(meeting, queries.ballot(meeting_id, ballot_id), at=clock.now())
    return _done(campaign_id, meeting_id, "ballot.open", "Đã mở bỏ phiếu.")


@voting.route("/<int:meeting_id>/ballots/<int:ballot_id>/close", methods=["GET", "POST"])
@requires(Permission.MEETING_RUN)
def close_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Đóng và kiểm phiếu: asked first, with who is missing and what else stands against it."""
    meeting = _steered(campaign_id, meeting_id)
    if request.method == "GET":
        return _closing_page(campaign_id, meeting, queries.ballot(meeting_id, ballot_id))
    ballot = queries.ballot(meeting_id, ballot_id)
    actions.close_ballot(meeting, ballot, at=clock.now())
    answer = _done(campaign_id, meeting_id, "ballot.close", "Đã kiểm phiếu.")
    _forget_papers(ballot)
    return answer


def _closing_page(campaign_id: int, meeting: Meeting, ballot: Ballot) -> ResponseReturnValue:
    if ballot.state is not BallotState.OPEN:
        return redirect(
            url_for(".show", campaign_id=campaign_id, meeting_id=meeting.id), HTTPStatus.SEE_OTHER
        )
    missing = queries.missing(ballot)
    rows = meetings.attendances(meeting.id)
    return render_template(
        "voting/close_ballot.html",
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


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/decline")
@requires(Permission.MEETING_READ)
def decline(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Không tham gia một lượt: said by the member, or recorded by whoever steers."""
    campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=True)
    who = request.form.get("member_id", 0, type=row_id)
    if not (_steers(meeting, member) or (member is not None and member.id == who)):
        abort(403)
    casting.decline(
        meeting,
        queries.ballot(meeting_id, ballot_id),
        who,
        reason=request.form.get("reason", ""),
        by=current_user,
    )
    return _done(campaign_id, meeting_id, "ballot.decline", "Đã ghi không tham gia lượt này.")


def _forget_papers(*ballots: Ballot) -> None:
    """Không để lại gì của các phiếu kín: no key, no copy on the disk, and no worker that
    took one.
    """
    if any(ballot.mode is Mode.SECRET for ballot in ballots):
        sweeping.leave_no_copies()
        workers.replace_all()


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/annul")
@requires(Permission.MEETING_RUN)
def annul_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Huỷ lượt đang mở, with a reason."""
    meeting = _steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    actions.annul_ballot(meeting, ballot, reason=request.form.get("reason", ""), at=clock.now())
    answer = _done(campaign_id, meeting_id, "ballot.annul", "Đã huỷ lượt biểu quyết.")
    _forget_papers(ballot)
    return answer


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/repeat")
@requires(Permission.MEETING_RUN)
def repeat_ballot(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Bỏ phiếu lại."""
    meeting = _steered(campaign_id, meeting_id)
    actions.repeat_ballot(
        meeting, queries.ballot(meeting_id, ballot_id), reason=request.form.get("reason", "")
    )
    return _done(campaign_id, meeting_id, "ballot.repeat", "Đã thêm lượt bỏ phiếu lại.")


def _sent() -> list[tuple[str, str]]:
    """All fields of the form, doubled ones too."""
    return list(request.form.items(multi=True))


def _typed(sent: Sequence[tuple[str, str]]) -> dict[int, str]:
    """What was marked, to be shown again beside the sentence that refuses it."""
    chosen = dict.fromkeys(
        row_ids(value for name, value in sent if name == "chosen"), Choice.YES.value
    )
    return chosen | {
        known_id(name.removeprefix("line-")): value
        for name, value in sent
        if name.startswith("line-")
    }


def _paper(ballot: Ballot, member_id: int, sent: Sequence[tuple[str, str]]) -> dict[int, Choice]:
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
        member = _may_follow(campaign_id)
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
    campaign_id, meeting_id = member.campaign_id, ballot.meeting_id
    is_secret = ballot.mode is Mode.SECRET
    try:
        casting.demand_unvoted(ballot, member.id)
        given = _paper(ballot, member.id, sent)
        receipt = casting.cast_secret(ballot, member.id, given) if is_secret else ""
        if not is_secret:
            casting.cast_open(ballot, member.id, given, by=current_user)
        db.session.commit()
    except RuleViolation as violation:
        db.session.rollback()
        return _room(
            campaign_id,
            meeting_id,
            problem=str(violation),
            typed=_typed(sent),
            has_voted=member.id in queries.voted(ballot),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    finally:
        if is_secret:
            sweeping.sweep_keys()
    if is_secret:
        session["receipt"] = [meeting_id, receipt]
    else:
        flash("Đã ghi biểu quyết của Ông/Bà.", "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, meeting_id=meeting_id), HTTPStatus.SEE_OTHER
    )


@voting.post("/<int:meeting_id>/ballots/<int:ballot_id>/hands")
@requires(Permission.MEETING_RUN)
def hands(campaign_id: int, meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Nhập biểu quyết giơ tay của một thành viên."""
    _steered(campaign_id, meeting_id)
    ballot = queries.ballot(meeting_id, ballot_id)
    member_id = request.form.get("member_id", 0, type=row_id)
    casting.cast_open(ballot, member_id, _paper(ballot, member_id, _sent()), by=current_user)
    return _done(campaign_id, meeting_id, "ballot.cast", "Đã ghi biểu quyết.")


@voting.route("/<int:meeting_id>/opinions/<int:member_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def opinion(campaign_id: int, meeting_id: int, member_id: int) -> ResponseReturnValue:
    """Phiếu lấy ý kiến của một thành viên: his own, or entered with its scan by whoever steers."""
    campaign = campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id, for_change=request.method == "POST")
    row = next(
        (one for one in meetings.attendances(meeting_id) if one.member_id == member_id), None
    )
    is_own = member is not None and member.id == member_id
    if row is None or not (is_own or _steers(meeting, member)):
        raise NotVisible
    problem = ""
    if request.method == "POST":
        try:
            _enter_opinion(meeting, row)
        except RuleViolation as violation:
            db.session.rollback()
            problem = str(violation)
        else:
            return _done(campaign_id, meeting_id, "meeting.opinion", "Đã ghi phiếu lấy ý kiến.")
        campaign = campaign_for(current_user, campaign_id)
        row = next(one for one in meetings.attendances(meeting_id) if one.member_id == member_id)
    asked = [
        (one, queries.may_vote_on(one, member_id))
        for one in queries.ballots(meeting_id)
        if one.state is BallotState.PREPARED and one.form is Form.APPROVE
    ]
    known = queries.opinions([one.id for one, _ in asked])
    given = {
        line: found[member_id].choice.value for line, found in known.items() if member_id in found
    }
    if problem:
        given = _typed(_sent())
    page = render_template(
        "voting/opinion.html",
        campaign=campaign,
        meeting=meetings.meeting(campaign_id, meeting_id),
        row=row,
        asked=asked,
        given=given,
        is_own=is_own,
        problem=problem,
        note=request.form.get("note", ""),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


def _enter_opinion(meeting: Meeting, row: Any) -> None:
    asked = {
        line.id: line.label
        for one in queries.ballots(meeting.id)
        if one.state is BallotState.PREPARED
        for line in queries.may_vote_on(one, row.member_id)
    }
    given = read_marks(Form.APPROVE, _sent(), asked)
    upload = request.files.get("scan")
    scan = None
    if upload is not None and upload.filename:
        stored = storage.keep(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"])
        scan = (storage.clean_name(upload.filename), stored)
    casting.enter_opinion(
        meeting,
        row,
        given,
        note=request.form.get("note", ""),
        by=current_user,
        at=clock.now(),
        scan=scan,
    )


@voting.get("/<int:meeting_id>/scans/<int:scan_id>")
@requires(Permission.MEETING_READ)
def scan(campaign_id: int, meeting_id: int, scan_id: int) -> ResponseReturnValue:
    """Tải bản chụp phiếu lấy ý kiến: his own, or for whoever steers."""
    campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    row = meetings.scan(meeting_id, scan_id)
    if not (_steers(meeting, member) or (member is not None and member.id == row.member_id)):
        raise NotVisible
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@voting.get("/<int:meeting_id>/minutes")
@requires(Permission.MEETING_READ)
def show_minutes(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Biên bản: as it stands, or as it was confirmed."""
    campaign = campaign_for(current_user, campaign_id)
    member = _may_follow(campaign_id)
    meeting = meetings.meeting(campaign_id, meeting_id)
    if meeting.state is MeetingState.CALLED:
        raise NotVisible
    return render_template(
        "voting/minutes.html",
        campaign=campaign,
        meeting=meeting,
        minutes=protocol.minutes_of(meeting),
        steers=_steers(meeting, member),
        is_chair=member is not None and member.id == meeting.chair_id,
    )


@voting.post("/<int:meeting_id>/minutes")
@requires(Permission.MEETING_RUN)
def save_notes(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Ghi thêm vào biên bản."""
    meeting_actions.save_notes(_steered(campaign_id, meeting_id), request.form.get("notes", ""))
    _done(campaign_id, meeting_id, "meeting.note", "Đã lưu phần ghi thêm của biên bản.")
    return redirect(
        url_for(".show_minutes", campaign_id=campaign_id, meeting_id=meeting_id),
        HTTPStatus.SEE_OTHER,
    )


@voting.post("/<int:meeting_id>/confirm")
@requires(Permission.MEETING_RUN)
def confirm(campaign_id: int, meeting_id: int) -> ResponseReturnValue:
    """Chủ toạ xác nhận biên bản; from then on it is frozen."""
    meeting = _steered(campaign_id, meeting_id)
    member = _member(campaign_id)
    if member is None or member.id != meeting.chair_id:
        abort(403)
    minutes.confirm(meeting, protocol.entries(meeting), at=clock.now())
    _done(campaign_id, meeting_id, "meeting.confirm", "Đã xác nhận biên bản.")
    _forget_papers(*queries.ballots(meeting_id))
    return redirect(
        url_for(".show_minutes", campaign_id=campaign_id, meeting_id=meeting_id),
        HTTPStatus.SEE_OTHER,
    )
