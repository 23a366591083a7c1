"""Đề nghị khen thưởng: pages of nominees and proposals."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission, Role
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import registered
from campaign.extensions import db
from campaign.honours.queries import award_type_on
from campaign.honours.rules import Subject
from campaign.meeting.queries import current_meeting
from campaign.nomination import (
    actions,
    ballots,
    conditions,
    proposals,
    queries,
    reading,
    workbook,
)
from campaign.nomination.access import STAFF, courses_for, own_units, seen_by
from campaign.nomination.forms import NomineeForm, StandingForm
from campaign.nomination.listing import asked_nominees, nominees_here
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.rules import NomineeState
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.readings.rules import Dossier
from campaign.reporting.queries import sight_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page
from campaign.web.spreadsheets import send_tables

nomination = Blueprint("nomination", __name__)


def _done(
    campaign_id: int, act: str, message: str, endpoint: str = "decision.index", **values: Any
) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(endpoint, campaign_id=campaign_id, **values), HTTPStatus.SEE_OTHER)


def _nominee(campaign: Campaign, nominee_id: int) -> Nominee:
    nominee_row = next(
        (row for row in seen_by(current_user, campaign, clock.today()) if row.id == nominee_id),
        None,
    )
    if nominee_row is None:
        raise NotVisible
    return nominee_row


@nomination.get("/excel")
@requires(Permission.AWARD_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị và đề xuất khen thưởng ra Excel, with the conditions of the page in force."""
    campaign = campaign_for(current_user, campaign_id)
    rows = seen_by(current_user, campaign, clock.today())
    courses = courses_for(current_user, campaign, rows, clock.today())
    here = asked_nominees(queries.panels(campaign, rows), courses)
    told = nominees_here(here, rows, courses)
    reading.note(campaign_id, Dossier.NOMINATION_TABLE, told)
    return send_tables(
        workbook.nominees(told, courses),
        title=f"Khen thưởng, {campaign.title}",
        state=campaign.phase.label,
        name="de-nghi-khen-thuong",
        notes=here.told(),
    )


@nomination.route("/nominees/new", methods=["GET", "POST"])
@requires(Permission.NOMINEE_WRITE)
def new_nominee(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị khen thưởng."""
    return _nominee_page(campaign_id, None)


@nomination.route("/nominees/<int:nominee_id>/edit", methods=["GET", "POST"])
@requires(Permission.NOMINEE_WRITE)
def edit_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Sửa đề nghị."""
    return _nominee_page(campaign_id, nominee_id)


def _nominee_page(campaign_id: int, nominee_id: int | None) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id) if nominee_id else None
    takes_all = Role.SECRETARIAT in current_user.roles
    own = own_units(current_user)
    if row is not None and not takes_all and row.participation.unit_id not in own:
        raise NotVisible
    reading.note(campaign_id, Dossier.NOMINATION, [row] if row else [])
    all_kinds = queries.kinds(campaign_id)
    form = _nominee_form(campaign_id, row, all_kinds, takes_all=takes_all)
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
        "nomination/edit_nominee.html",
        campaign=campaign,
        form=form,
        nominee_id=nominee_id,
        report_forms="; ".join(
            filter(None, dict.fromkeys(_report_form(kind, row) for kind in all_kinds))
        ),
        individuals=" ".join(
            str(kind.id) for kind in all_kinds if kind.subject is Subject.INDIVIDUAL
        ),
    ), status


def _report_form(kind: AwardKind, row: Nominee | None) -> str:
    """Mẫu báo cáo thành tích, of the rule set under which the dossier is received."""
    received = local_date(row.signed_at) if row and row.signed_at else clock.today()
    return award_type_on(kind.award_type, received).report_form


def _nominee_form(
    campaign_id: int, row: Nominee | None, all_kinds: Sequence[AwardKind], *, takes_all: bool
) -> NomineeForm:
    """The form with its choices; only the Standing Committee names others' units, with a reason."""
    own = own_units(current_user)
    units = [
        entry for entry in queries.participations(campaign_id) if takes_all or entry.unit_id in own
    ]
    form = NomineeForm(obj=row)
    form.participation_id.choices = [
        ("", "— chọn —"),
        *[(str(entry.id), entry.unit.name) for entry in units],
    ]
    form.kind_id.choices = [
        ("", "— chọn —"),
        *[(str(kind.id), f"{kind.award_type.name}, {kind.subject.label}") for kind in all_kinds],
    ]
    form.honorific.choices = [("", "—"), ("Ông", "Ông"), ("Bà", "Bà")]
    if request.method == "GET":
        form.participation_id.data = str(
            row.participation_id if row else units[0].id if len(units) == 1 else ""
        )
        form.kind_id.data = str(row.kind_id) if row else ""
        form.exemplar_id.data = str((row and row.exemplar_id) or "")
    examples = registered(
        campaign_id,
        sight_of(current_user, campaign_id, clock.today()),
        [entry.unit_id for entry in units],
    )
    form.exemplar_id.choices = [
        ("", "— không —"),
        *[(str(one.id), f"{one.name} ({one.participation.unit.short_name})") for one in examples],
    ]
    if not examples:
        del form.exemplar_id
    if not takes_all:
        del form.added_reason
    return form


_TYPED = (
    "name",
    "honorific",
    "job",
    "achievements",
    "measures",
    "effects",
    "earlier_awards",
    "is_leader",
)


def _save_nominee(
    campaign: Campaign, row: Nominee | None, form: NomineeForm, *, takes_all: bool
) -> Nominee:
    participation = next(
        (
            entry
            for entry in queries.participations(campaign.id)
            if entry.id == form.participation_id.chosen
        ),
        None,
    )
    if participation is None or form.kind_id.chosen is None:
        raise NotVisible
    reason = form.added_reason.data or "" if takes_all else ""
    if (
        takes_all
        and row is None
        and not reason
        and participation.unit_id not in own_units(current_user)
    ):
        refuse("Thường trực bổ sung đề nghị phải ghi lý do.", "added_reason")
    values = {name: form[name].data for name in _TYPED}
    for name in ("birth_year", "member_count", "women_count"):
        values[name] = int(form[name].data) if form[name].data is not None else None
    values["exemplar_id"] = form.exemplar_id.chosen if "exemplar_id" in form else None
    return actions.save_nominee(
        campaign,
        row,
        participation,
        queries.kind(campaign.id, form.kind_id.chosen),
        values,
        added_reason=reason,
    )


@nomination.get("/nominees/<int:nominee_id>")
@requires(Permission.AWARD_READ)
def nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Một đề nghị: who, for what, its gates and how it fared."""
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id)
    return _shown(campaign, row, StandingForm(formdata=None, obj=row))


def _shown(campaign: Campaign, row: Nominee, form: StandingForm) -> ResponseReturnValue:
    campaign_id, nominee_id = campaign.id, row.id
    reading.note(campaign_id, Dossier.NOMINATION, [row])
    is_own = row.participation.unit_id in own_units(current_user)
    course = courses_for(current_user, campaign, [row], clock.today())[row.id]
    sees_gates = bool(current_user.roles & STAFF) or is_own
    return form_page(
        "nomination/nominee.html",
        form,
        campaign=campaign,
        row=row,
        changes=queries.changes_of(nominee_id) if course.tells_changes else (),
        checks=conditions.gate_checks(campaign, [row])[row.id] if sees_gates else (),
        plans=Permission.AWARD_PLAN in current_user.permissions,
        course=course,
        examples=_examples(campaign_id, row),
        is_settled=row.id in queries.settled(campaign_id),
        returning=queries.returning(campaign_id).get(nominee_id)
        if sees_gates and course.state is row.state
        else None,
        writes=row.state is NomineeState.DRAFT
        and (is_own or Role.SECRETARIAT in current_user.roles),
        signs=row.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)
        or (bool(row.added_reason) and Role.SECRETARIAT in current_user.roles),
    )


def _examples(campaign_id: int, row: Nominee) -> Sequence[Exemplar]:
    """Điển hình của đơn vị, as far as this person reads their register; whom the nomination is of
    first.
    """
    if Permission.EXEMPLAR_READ not in current_user.permissions:
        return ()
    sight = sight_of(current_user, campaign_id, clock.today())
    rows = registered(campaign_id, sight, [row.participation.unit_id])
    return sorted(rows, key=lambda one: one.id != row.exemplar_id)


def _signable(campaign_id: int, nominee_id: int) -> Nominee:
    """The nominee, for the head of its unit; an added one, for the Standing Committee."""
    row = _nominee(campaign_for(current_user, campaign_id), nominee_id)
    is_head = row.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)
    if not is_head and not (row.added_reason and Role.SECRETARIAT in current_user.roles):
        raise NotVisible
    return row


@nomination.post("/nominees/<int:nominee_id>/sign")
@requires(Permission.NOMINEE_SIGN)
def sign_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Thủ trưởng ký đề nghị."""
    actions.sign_nominee(_signable(campaign_id, nominee_id), by=current_user, at=clock.now())
    return _done(campaign_id, "award.sign", "Đã ký đề nghị.", ".nominee", nominee_id=nominee_id)


@nomination.post("/nominees/<int:nominee_id>/unsign")
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


@nomination.post("/nominees/<int:nominee_id>/remove")
@requires(Permission.NOMINEE_WRITE)
def remove_nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Xoá đề nghị đang soạn."""
    row = _nominee(campaign_for(current_user, campaign_id), nominee_id)
    if (
        row.participation.unit_id not in own_units(current_user)
        and Role.SECRETARIAT not in current_user.roles
    ):
        raise NotVisible
    actions.remove_nominee(row)
    return _done(campaign_id, "award.nominate", "Đã xoá đề nghị.")


@nomination.post("/nominees/<int:nominee_id>/standing")
@requires(Permission.AWARD_PLAN)
def note_standing(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Ghi kỷ luật, khiếu nại."""
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id)
    form = StandingForm(obj=row)
    if not form.validate_on_submit():
        return _shown(campaign, row, form)
    actions.note_standing(row, **form.typed)
    return _done(campaign_id, "award.propose", "Đã ghi.", ".nominee", nominee_id=nominee_id)


@nomination.post("/nominees/<int:nominee_id>/propose")
@requires(Permission.AWARD_PLAN)
def set_proposed(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Đưa vào hoặc ra khỏi đề xuất, with a reason."""
    campaign = campaign_for(current_user, campaign_id)
    proposals.set_proposed(
        campaign,
        _nominee(campaign, nominee_id),
        is_proposed=request.form.get("is_proposed") == "1",
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    return _done(campaign_id, "award.propose", "Đã đổi đề xuất.", ".nominee", nominee_id=nominee_id)


@nomination.post("/propose")
@requires(Permission.AWARD_PLAN)
def propose(campaign_id: int) -> ResponseReturnValue:
    """Đề xuất tự động."""
    campaign = campaign_for(current_user, campaign_id)
    count = proposals.propose_all(campaign, by=current_user, at=clock.now())
    return _done(
        campaign_id,
        "award.propose",
        f"Đã đề xuất {count} tập thể, cá nhân theo xếp hạng và chỉ tiêu.",
    )


@nomination.post("/council")
@requires(Permission.AWARD_PLAN)
def put_before_council(campaign_id: int) -> ResponseReturnValue:
    """Đưa đề xuất ra Hội đồng: into the meeting that has been called."""
    campaign = campaign_for(current_user, campaign_id)
    meeting = current_meeting(campaign_id)
    if meeting is None:
        refuse("Hãy mời họp trước, rồi đưa đề xuất ra Hội đồng.")
    count = ballots.put_before_council(campaign, meeting, at=clock.now())
    _done(campaign_id, "award.council", f"Đã đưa {count} lượt biểu quyết vào cuộc họp.")
    return redirect(
        url_for("room.show", campaign_id=campaign_id, meeting_id=meeting.id), HTTPStatus.SEE_OTHER
    )
