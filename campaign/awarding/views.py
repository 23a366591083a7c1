"""Khen thưởng: pages of kinds, nominees and proposals."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.awarding import actions, queries, workbook
from campaign.awarding.course import Course, course_of
from campaign.awarding.forms import KindForm, NomineeForm
from campaign.awarding.models import AwardKind, Nominee
from campaign.awarding.rules import Answer, Gate, NomineeState, Strictness
from campaign.core.dates import parse_date
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.numbers import parse_decimal
from campaign.core.permissions import Permission, Role
from campaign.core.vote_rules import rule_from_data
from campaign.council import queries as council
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.forms import vote_data
from campaign.honours.rules import Subject
from campaign.meeting.queries import current_meeting
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.spreadsheets import send_tables

awarding = Blueprint("awarding", __name__)
_STAFF = frozenset({Role.SECRETARIAT, Role.DIRECTOR})


def _done(
    campaign_id: int, act: str, message: str, endpoint: str = ".index", **values: Any
) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(endpoint, campaign_id=campaign_id, **values), HTTPStatus.SEE_OTHER)


def _own_units() -> frozenset[int]:
    return frozenset(current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER))


def _rows(campaign: Campaign) -> list[Nominee]:
    """The nominees this person may see: staff all, members all but of units they are kept away
    from, units their own.
    """
    if current_user.roles & _STAFF:
        return queries.nominees(campaign.id)
    member = council.active_member(current_user.id, campaign.id, clock.today())
    if member is not None:
        published = campaign.phase is Phase.PUBLISHED
        hidden = frozenset() if published else council.hidden_unit_ids(member)
        seen = {row.id: row for row in queries.nominees(campaign.id, hidden=hidden)}
        if own := _own_units():
            seen |= {row.id: row for row in queries.nominees(campaign.id, unit_ids=own)}
        return list(seen.values())
    return queries.nominees(campaign.id, unit_ids=_own_units())


def _courses(campaign: Campaign, rows: Sequence[Nominee]) -> dict[int, Course]:
    """Đường đi của các đề nghị as far as this person may know it: until publication nobody learns
    how
    the own unit fares from it, and a member nothing that tells the order of its block.
    """
    outcomes = queries.council_says(campaign.id, rows)
    withheld = council.withheld_from(current_user, campaign, clock.today())
    is_staff = bool(current_user.roles & _STAFF)
    courses = {}
    for row in rows:
        unit_id, block_id = row.participation.unit_id, row.participation.block_id
        courses[row.id] = course_of(
            row,
            outcomes.get(row.id),
            hides_rank=withheld.hides(unit_id, block_id),
            hides_course=unit_id in withheld.units and not is_staff,
        )
    return courses


def _nominee(campaign: Campaign, nominee_id: int) -> Nominee:
    found = next((row for row in _rows(campaign) if row.id == nominee_id), None)
    if found is None:
        raise NotVisible
    return found


@awarding.get("/")
@requires(Permission.AWARD_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị và đề xuất khen thưởng."""
    campaign = campaign_for(current_user, campaign_id)
    rows = _rows(campaign)
    plans = Permission.AWARD_PLAN in current_user.permissions
    sees_all = plans or bool(current_user.roles & _STAFF)
    own = _own_units()
    return render_template(
        "awarding/index.html",
        campaign=campaign,
        panels=queries.panels(campaign, rows),
        plans=plans,
        rows=rows,
        checks=queries.gate_checks(campaign, rows) if sees_all else {},
        own=own,
        sees_all=sees_all,
        courses=_courses(campaign, rows),
        settled=queries.settled(campaign_id),
        returning=queries.returning(campaign_id) if sees_all else {},
        meeting=current_meeting(campaign_id),
        has_frozen=bool(queries.frozen_ranks(campaign_id)),
        notices=queries.in_notice(campaign_id)
        if own and queries.concerned_unit(campaign_id, own)
        else [],
        results=queries.outcome_for_unit(campaign_id, own) if own else [],
        waiting_upward=queries.waiting_upward(campaign_id) if sees_all else [],
        upward=queries.upward(campaign_id) if sees_all else [],
        decisions=queries.decisions(campaign_id) if sees_all else [],
        words=lambda kind: rule_from_data(kind.vote).full_words,
    )


@awarding.get("/excel")
@requires(Permission.AWARD_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị và đề xuất khen thưởng ra Excel: the ones the page shows him."""
    campaign = campaign_for(current_user, campaign_id)
    rows = _rows(campaign)
    return send_tables(
        workbook.nominees(rows, _courses(campaign, rows)),
        title=f"Khen thưởng, {campaign.title}",
        state=campaign.phase.label,
        name="de-nghi-khen-thuong",
    )


@awarding.route("/kinds", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def kinds(campaign_id: int) -> ResponseReturnValue:
    """Hình thức và chỉ tiêu khen thưởng của phong trào; posting saves the quotas."""
    campaign = campaign_for(current_user, campaign_id)
    errors: dict[str, str] = {}
    panels = queries.panels(campaign, [])
    if request.method == "POST":
        for panel in panels:
            key = f"{panel.kind.id}-{panel.block.id}"
            try:
                actions.set_quota(
                    panel.kind,
                    panel.block.id,
                    count=_whole(f"count-{key}", 10_000),
                    percent=_whole(f"percent-{key}", 100),
                )
            except RuleViolation as violation:
                errors[key] = str(violation)
        if not errors:
            return _done(campaign_id, "award.plan", "Đã lưu chỉ tiêu.", ".kinds")
        db.session.rollback()
        campaign = campaign_for(current_user, campaign_id)
        panels = queries.panels(campaign, [])
    page = render_template(
        "awarding/kinds.html",
        campaign=campaign,
        panels=panels,
        kinds=queries.kinds(campaign_id),
        quotas=queries.quotas(campaign_id),
        errors=errors,
        typed=request.form,
        words=lambda kind: rule_from_data(kind.vote).full_words,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


@awarding.get("/kinds/excel")
@requires(Permission.AWARD_PLAN)
def kinds_spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Hình thức và chỉ tiêu khen thưởng ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    tables = workbook.kinds(
        queries.kinds(campaign_id), queries.panels(campaign, []), queries.quotas(campaign_id)
    )
    return send_tables(
        tables,
        title=f"Hình thức và chỉ tiêu khen thưởng, {campaign.title}",
        state=campaign.phase.label,
        name="hinh-thuc-khen-thuong",
    )


def _whole(name: str, maximum: int) -> int | None:
    typed = request.form.get(name, "").strip()
    return (
        int(
            parse_decimal(
                typed, decimals=0, minimum=parse_decimal("0"), maximum=parse_decimal(str(maximum))
            )
        )
        if typed
        else None
    )


@awarding.route("/kinds/new", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def new_kind(campaign_id: int) -> ResponseReturnValue:
    """Thêm hình thức."""
    return _kind_page(campaign_id, None)


@awarding.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit_kind(campaign_id: int, kind_id: int) -> ResponseReturnValue:
    """Sửa hình thức."""
    return _kind_page(campaign_id, kind_id)


def _kind_page(campaign_id: int, kind_id: int | None) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    row = queries.kind(campaign_id, kind_id) if kind_id else None
    form = KindForm(data=_kind_data(row) if row else None)
    form.form_id.choices = [
        ("", "— chọn —"),
        *[(str(one.id), one.name) for one in catalogue.forms(campaign.rule_set_code or "")],
    ]
    if form.validate_on_submit() and form.form_id.chosen is not None:
        limit, overall = (
            int(field.data) if field.data is not None else None
            for field in (form.leader_limit, form.overall_limit)
        )
        try:
            actions.save_kind(
                campaign,
                row,
                form=catalogue.form(form.form_id.chosen),
                subject=form.subject.data,
                vote=form.vote,
                leader_limit=limit,
                overall_limit=overall,
                gates={gate: form[gate.value].data for gate in Gate},
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return _done(campaign_id, "award.plan", "Đã lưu hình thức khen thưởng.", ".kinds")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/edit_kind.html", campaign=campaign, form=form, kind_id=kind_id, gates=Gate
    ), status


def _kind_data(row: AwardKind) -> dict[str, Any]:
    return {
        "form_id": str(row.form_id),
        "subject": row.subject,
        **vote_data(row.vote),
        "leader_limit": parse_decimal(str(row.leader_limit))
        if row.leader_limit is not None
        else None,
        "overall_limit": parse_decimal(str(row.overall_limit))
        if row.overall_limit is not None
        else None,
        **{name: Strictness(how) for name, how in row.gates.items()},
    }


@awarding.post("/kinds/<int:kind_id>/delete")
@requires(Permission.AWARD_PLAN)
def delete_kind(campaign_id: int, kind_id: int) -> ResponseReturnValue:
    """Bỏ hình thức."""
    campaign_for(current_user, campaign_id)
    actions.delete_kind(queries.kind(campaign_id, kind_id))
    return _done(campaign_id, "award.plan", "Đã bỏ hình thức.", ".kinds")


@awarding.route("/nominees/new", methods=["GET", "POST"])
@requires(Permission.NOMINEE_WRITE)
def new_nominee(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị khen thưởng."""
    return _nominee_page(campaign_id, None)


@awarding.route("/nominees/<int:nominee_id>/edit", methods=["GET", "POST"])
@requires(Permission.NOMINEE_WRITE)
def edit_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Sửa đề nghị."""
    return _nominee_page(campaign_id, nominee_id)


def _nominee_page(campaign_id: int, nominee_id: int | None) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id) if nominee_id else None
    takes_all = Role.SECRETARIAT in current_user.roles
    own = _own_units()
    if row is not None and not takes_all and row.participation.unit_id not in own:
        raise NotVisible
    form = NomineeForm(obj=row)
    units = [one for one in queries.participations(campaign_id) if takes_all or one.unit_id in own]
    all_kinds = queries.kinds(campaign_id)
    form.participation_id.choices = [
        ("", "— chọn —"),
        *[(str(one.id), one.unit.name) for one in units],
    ]
    form.kind_id.choices = [
        ("", "— chọn —"),
        *[(str(one.id), f"{one.form.name}, {one.subject.label}") for one in all_kinds],
    ]
    form.honorific.choices = [("", "—"), ("Ông", "Ông"), ("Bà", "Bà")]
    if request.method == "GET":
        form.participation_id.data = str(
            row.participation_id if row else units[0].id if len(units) == 1 else ""
        )
        form.kind_id.data = str(row.kind_id) if row else ""
    if not takes_all:
        del form.added_reason
    if form.validate_on_submit():
        try:
            saved = _save_nominee(campaign, row, form, takes_all=takes_all)
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return _done(
                campaign_id, "award.nominate", "Đã lưu đề nghị.", ".nominee", nominee_id=saved.id
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/edit_nominee.html",
        campaign=campaign,
        form=form,
        nominee_id=nominee_id,
        report_forms="; ".join(
            filter(None, dict.fromkeys(one.form.report_form for one in all_kinds))
        ),
        individuals=" ".join(str(one.id) for one in all_kinds if one.subject is Subject.INDIVIDUAL),
    ), status


def _save_nominee(
    campaign: Campaign, row: Nominee | None, form: NomineeForm, *, takes_all: bool
) -> Nominee:
    participation = next(
        (
            one
            for one in queries.participations(campaign.id)
            if one.id == form.participation_id.chosen
        ),
        None,
    )
    if participation is None or form.kind_id.chosen is None:
        raise NotVisible
    reason = form.added_reason.data or "" if takes_all else ""
    if takes_all and row is None and not reason and participation.unit_id not in _own_units():
        refuse("Thường trực bổ sung đề nghị phải ghi lý do.", "added_reason")
    names = (
        "name",
        "honorific",
        "job",
        "achievements",
        "measures",
        "effects",
        "earlier_awards",
        "is_leader",
    )
    values = {name: form[name].data for name in names}
    for name in ("birth_year", "member_count", "women_count"):
        values[name] = int(form[name].data) if form[name].data is not None else None
    return actions.save_nominee(
        campaign,
        row,
        participation,
        queries.kind(campaign.id, form.kind_id.chosen),
        values,
        added_reason=reason,
    )


@awarding.get("/nominees/<int:nominee_id>")
@requires(Permission.AWARD_READ)
def nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Một đề nghị: who, for what, its gates and how it fared."""
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id)
    is_own = row.participation.unit_id in _own_units()
    course = _courses(campaign, [row])[row.id]
    sees_gates = bool(current_user.roles & _STAFF) or is_own
    return render_template(
        "awarding/nominee.html",
        campaign=campaign,
        row=row,
        changes=queries.changes_of(nominee_id) if course.tells_changes else (),
        checks=queries.gate_checks(campaign, [row])[row.id] if sees_gates else (),
        plans=Permission.AWARD_PLAN in current_user.permissions,
        course=course,
        is_settled=row.id in queries.settled(campaign_id),
        returning=queries.returning(campaign_id).get(nominee_id)
        if sees_gates and course.state is row.state
        else None,
        writes=row.state is NomineeState.DRAFT
        and (is_own or Role.SECRETARIAT in current_user.roles),
        signs=row.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)
        or (bool(row.added_reason) and Role.SECRETARIAT in current_user.roles),
    )


def _signable(campaign_id: int, nominee_id: int) -> Nominee:
    """The nominee, for the head of its unit; one the Standing Committee added, for the Standing
    Committee.
    """
    row = _nominee(campaign_for(current_user, campaign_id), nominee_id)
    is_head = row.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)
    if not is_head and not (row.added_reason and Role.SECRETARIAT in current_user.roles):
        raise NotVisible
    return row


@awarding.post("/nominees/<int:nominee_id>/sign")
@requires(Permission.NOMINEE_SIGN)
def sign_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Thủ trưởng ký đề nghị."""
    actions.sign_nominee(_signable(campaign_id, nominee_id), by=current_user, at=clock.now())
    return _done(campaign_id, "award.sign", "Đã ký đề nghị.", ".nominee", nominee_id=nominee_id)


@awarding.post("/nominees/<int:nominee_id>/unsign")
@requires(Permission.NOMINEE_SIGN)
def unsign_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Rút chữ ký, with a reason."""
    actions.unsign_nominee(
        _signable(campaign_id, nominee_id),
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    return _done(campaign_id, "award.sign", "Đã rút chữ ký.", ".nominee", nominee_id=nominee_id)


@awarding.post("/nominees/<int:nominee_id>/remove")
@requires(Permission.NOMINEE_WRITE)
def remove_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Xoá đề nghị đang soạn."""
    row = _nominee(campaign_for(current_user, campaign_id), nominee_id)
    if row.participation.unit_id not in _own_units() and Role.SECRETARIAT not in current_user.roles:
        raise NotVisible
    actions.remove_nominee(row)
    return _done(campaign_id, "award.nominate", "Đã xoá đề nghị.")


@awarding.post("/nominees/<int:nominee_id>/standing")
@requires(Permission.AWARD_PLAN)
def note_standing(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Ghi kỷ luật, khiếu nại."""
    row = _nominee(campaign_for(current_user, campaign_id), nominee_id)
    actions.note_standing(
        row,
        discipline=request.form.get("discipline", ""),
        complaint=request.form.get("complaint", ""),
    )
    return _done(campaign_id, "award.propose", "Đã ghi.", ".nominee", nominee_id=nominee_id)


@awarding.post("/nominees/<int:nominee_id>/propose")
@requires(Permission.AWARD_PLAN)
def set_proposed(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Đưa vào hoặc ra khỏi đề xuất, with a reason."""
    campaign = campaign_for(current_user, campaign_id)
    actions.set_proposed(
        campaign,
        _nominee(campaign, nominee_id),
        is_proposed=request.form.get("is_proposed") == "1",
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    return _done(campaign_id, "award.propose", "Đã đổi đề xuất.", ".nominee", nominee_id=nominee_id)


@awarding.post("/propose")
@requires(Permission.AWARD_PLAN)
def propose(campaign_id: int) -> ResponseReturnValue:
    """Đề xuất tự động."""
    campaign = campaign_for(current_user, campaign_id)
    count = actions.propose_all(campaign, by=current_user, at=clock.now())
    return _done(
        campaign_id,
        "award.propose",
        f"Đã đề xuất {count} tập thể, cá nhân theo xếp hạng và chỉ tiêu.",
    )


@awarding.post("/council")
@requires(Permission.AWARD_PLAN)
def put_before_council(campaign_id: int) -> ResponseReturnValue:
    """Đưa đề xuất ra Hội đồng: into the meeting that has been called."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = current_meeting(campaign_id)
    if meeting is None:
        refuse("Hãy mời họp trước, rồi đưa đề xuất ra Hội đồng.")
    count = actions.put_before_council(campaign, meeting)
    _done(campaign_id, "award.council", f"Đã đưa {count} lượt biểu quyết vào cuộc họp.")
    return redirect(
        url_for("voting.show", campaign_id=campaign_id, meeting_id=meeting.id), HTTPStatus.SEE_OTHER
    )


@awarding.post("/upward")
@requires(Permission.AWARD_PLAN)
def send_upwards(campaign_id: int) -> ResponseReturnValue:
    """Gửi cấp trên: what waits for the level that is named; each has its own letter."""
    campaign, level = campaign_for(current_user, campaign_id), request.form.get("level", "")
    waiting = [
        row
        for row in queries.waiting_upward(campaign_id)
        if level in {"", row.kind.form.level.value}
    ]
    count = actions.send_upwards(
        campaign, waiting, letter=request.form.get("letter", ""), on=clock.today()
    )
    return _done(campaign_id, "award.upward", f"Đã ghi {count} đề nghị gửi cấp trên.")


@awarding.post("/upward/<int:nominee_id>")
@requires(Permission.AWARD_PLAN)
def record_answer(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Ghi trả lời của cấp trên."""
    campaign_for(current_user, campaign_id)
    row = next((one for one in queries.upward(campaign_id) if one.nominee_id == nominee_id), None)
    answer = request.form.get("answer", "")
    if not answer:
        refuse("Hãy chọn trả lời của cấp trên.")
    if row is None or answer not in set(Answer):
        raise NotVisible
    actions.record_answer(
        row,
        Answer(answer),
        on=parse_date(request.form.get("answered_on", "")),
        number=request.form.get("number", ""),
        reason=request.form.get("reason", ""),
    )
    return _done(campaign_id, "award.upward", "Đã ghi trả lời của cấp trên.")
