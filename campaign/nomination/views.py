"""Đề nghị khen thưởng: pages of nominees and proposals."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission, Role
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import registered_exemplars
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
from campaign.nomination.choices import nominee_form
from campaign.nomination.course import Course
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
from campaign.web.pages import form_page, tell_refusal
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
    takes_all = Role.SECRETARIAT in current_user.roles
    row = _own_nominee(campaign, nominee_id, takes_all=takes_all) if nominee_id else None
    reading.note(campaign_id, Dossier.NOMINATION, [row] if row else [])
    all_kinds = queries.kinds(campaign_id)
    form = nominee_form(campaign_id, row, all_kinds, takes_all=takes_all)
    if form.validate_on_submit():
        try:
            saved = _save_nominee(campaign, row, form, takes_all=takes_all)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return _done(
                campaign_id, "award.nominate", "Đã lưu đề nghị.", ".nominee", nominee_id=saved.id
            )
    return _edit_page(campaign, row, form, all_kinds, nominee_id=nominee_id)


def _own_nominee(campaign: Campaign, nominee_id: int, *, takes_all: bool) -> Nominee:
    """Đề nghị của đơn vị mình; the Standing Committee may write in that of any unit."""
    row = _nominee(campaign, nominee_id)
    if not takes_all and row.participation.unit_id not in own_units(current_user):
        raise NotVisible
    return row


def _edit_page(
    campaign: Campaign,
    row: Nominee | None,
    form: NomineeForm,
    all_kinds: Sequence[AwardKind],
    *,
    nominee_id: int | None,
) -> ResponseReturnValue:
    report_forms = dict.fromkeys(_report_form(kind, row) for kind in all_kinds)
    individuals = (kind.id for kind in all_kinds if kind.subject is Subject.INDIVIDUAL)
    return form_page(
        "nomination/edit_nominee.html",
        form,
        campaign=campaign,
        nominee_id=nominee_id,
        report_forms="; ".join(filter(None, report_forms)),
        individuals=" ".join(map(str, individuals)),
    )


def _report_form(kind: AwardKind, row: Nominee | None) -> str:
    """Mẫu báo cáo thành tích, of the rule set under which the dossier is received."""
    received = local_date(row.signed_at) if row and row.signed_at else clock.today()
    return award_type_on(kind.award_type, received).report_form


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
    participation = _chosen_participation(campaign.id, form)
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
    values = _typed(form)
    kind = queries.kind(campaign.id, form.kind_id.chosen)
    return actions.save_nominee(campaign, row, participation, kind, values, added_reason=reason)


def _chosen_participation(campaign_id: int, form: NomineeForm) -> Participation | None:
    for entry in queries.participations(campaign_id):
        if entry.id == form.participation_id.chosen:
            return entry
    return None


def _typed(form: NomineeForm) -> dict[str, Any]:
    """What was typed: numbers whole, or none where none was typed."""
    values = {name: form[name].data for name in _TYPED}
    for name in ("birth_year", "member_count", "women_count"):
        values[name] = int(form[name].data) if form[name].data is not None else None
    values["exemplar_id"] = form.exemplar_id.chosen if "exemplar_id" in form else None
    return values


@nomination.get("/nominees/<int:nominee_id>")
@requires(Permission.AWARD_READ)
def nominee(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Một đề nghị: who, for what, its gates and how it fared."""
    campaign = campaign_for(current_user, campaign_id)
    row = _nominee(campaign, nominee_id)
    return _shown(campaign, row, StandingForm(formdata=None, obj=row))


def _shown(campaign: Campaign, row: Nominee, form: StandingForm) -> ResponseReturnValue:
    reading.note(campaign.id, Dossier.NOMINATION, [row])
    is_own = row.participation.unit_id in own_units(current_user)
    course = courses_for(current_user, campaign, [row], clock.today())[row.id]
    sees_gates = bool(current_user.roles & STAFF) or is_own
    return form_page(
        "nomination/nominee.html",
        form,
        campaign=campaign,
        row=row,
        changes=queries.changes_of(row.id) if course.tells_changes else (),
        checks=conditions.gate_checks(campaign, [row])[row.id] if sees_gates else (),
        course=course,
        examples=_examples(campaign.id, row),
        is_settled=row.id in queries.settled(campaign.id),
        returning=_why_again(row, course) if sees_gates else None,
        **_powers(row, is_own=is_own),
    )


def _why_again(row: Nominee, course: Course) -> str | None:
    """Vì sao đưa lại, where the reader may know how it stands."""
    return queries.returning(row.campaign_id).get(row.id) if course.state is row.state else None


def _powers(row: Nominee, *, is_own: bool) -> dict[str, bool]:
    """What whoever looks at a nomination may do with it."""
    is_secretariat = Role.SECRETARIAT in current_user.roles
    heads = current_user.units_as(Role.UNIT_HEAD)
    return {
        "plans": Permission.AWARD_PLAN in current_user.permissions,
        "writes": row.state is NomineeState.DRAFT and (is_own or is_secretariat),
        "signs": row.participation.unit_id in heads or (bool(row.added_reason) and is_secretariat),
    }


def _examples(campaign_id: int, row: Nominee) -> Sequence[Exemplar]:
    """Điển hình của đơn vị, as far as this person reads their register; whom the nomination is of
    first.
    """
    if Permission.EXEMPLAR_READ not in current_user.permissions:
        return ()
    sight = sight_of(current_user, campaign_id, clock.today())
    rows = registered_exemplars(campaign_id, sight, [row.participation.unit_id])
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
