"""Quyết định: pages of the draft, its list, and what amends it."""

from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.core.amounts import amount_question, dong, in_words
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import row_ids
from campaign.core.permissions import Permission, Role
from campaign.core.vote_rules import rule_from_data
from campaign.decision import actions, amending, queries, workbook
from campaign.decision.exemplars import awarded_of, honours_of
from campaign.decision.forms import DecisionForm, LineForm, SignForm
from campaign.decision.law import law_warnings
from campaign.decision.listing import asked_lines, lines_here, objections_here
from campaign.decision.loading import act_on, done, loaded, reads_drafts
from campaign.decision.models import Decision
from campaign.decision.rules import Correction, DecisionKind, DecisionState
from campaign.decision.signed_copy.queries import copies_of
from campaign.decision.signed_copy.rules import NOT_ASKED
from campaign.decision.upward import queries as upward_requests
from campaign.extensions import db
from campaign.honours.queries import rule_sets
from campaign.meeting.queries import current_meeting
from campaign.nomination import conditions
from campaign.nomination import queries as nominations
from campaign.nomination.access import STAFF, courses_for, own_units, seen_by
from campaign.nomination.course import Course
from campaign.nomination.listing import asked_nominees, shown_panels
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

decision = Blueprint("decision", __name__)
decision.add_app_template_global(honours_of)
decision.add_app_template_global(awarded_of)


@decision.get("/awards/")
@requires(Permission.AWARD_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Đề nghị và đề xuất khen thưởng."""
    campaign = campaign_for(current_user, campaign_id)
    rows = seen_by(current_user, campaign, clock.today())
    own, courses = own_units(current_user), courses_for(current_user, campaign, rows, clock.today())
    return render_template(
        "decision/index.html",
        campaign=campaign,
        rows=rows,
        own=own,
        courses=courses,
        **_panels(campaign, rows, courses),
        **_underway(campaign_id),
        **_told_to_units(campaign_id, own),
        **_of_office(campaign_id),
        words=lambda kind: rule_from_data(kind.vote).full_words,
    )


def _sees_all() -> bool:
    """Staff, and whoever plans the awards."""
    return Permission.AWARD_PLAN in current_user.permissions or bool(current_user.roles & STAFF)


def _panels(
    campaign: Campaign, rows: Sequence[Nominee], courses: Mapping[int, Course]
) -> dict[str, Any]:
    """Các bảng đề xuất as they are asked for, with the gates of those on the page."""
    panels = nominations.panels(campaign, rows)
    here = asked_nominees(panels, courses)
    shown = shown_panels(here, panels, courses, with_empty=_sees_all())
    listed = [row for panel in shown for row in panel.page.rows]
    checks = conditions.gate_checks(campaign, listed) if _sees_all() else {}
    return {"asked": here, "panels": shown, "checks": checks}


def _underway(campaign_id: int) -> dict[str, Any]:
    """Việc của Hội đồng: what is before it, what comes again, the meeting, the frozen ranking."""
    return {
        "settled": nominations.settled(campaign_id),
        "returning": nominations.returning(campaign_id) if _sees_all() else {},
        "meeting": current_meeting(campaign_id),
        "has_frozen": bool(nominations.frozen_ranks(campaign_id)),
    }


def _told_to_units(campaign_id: int, own: Collection[int]) -> dict[str, Any]:
    """Điều báo cho đơn vị: drafts that are in notice, and what became of its own nominations."""
    is_concerned = own and queries.concerned_unit(campaign_id, own)
    return {
        "notices": queries.in_notice(campaign_id) if is_concerned else [],
        "results": queries.outcome_for_unit(campaign_id, own) if own else [],
    }


def _of_office(campaign_id: int) -> dict[str, Any]:
    """Việc của cơ quan: what waits for higher levels, what was sent to them, and the decisions."""
    sees_all = _sees_all()
    return {
        "plans": Permission.AWARD_PLAN in current_user.permissions,
        "sees_all": sees_all,
        "waiting_upward": upward_requests.waiting_upward(campaign_id) if sees_all else [],
        "upward": upward_requests.upward(campaign_id) if sees_all else [],
        "decisions": queries.decisions(campaign_id) if sees_all else [],
    }


@decision.post("/decisions/")
@requires(Permission.AWARD_PLAN)
def draft(campaign_id: int) -> ResponseReturnValue:
    """Lập dự thảo quyết định."""
    campaign = campaign_for(current_user, campaign_id)
    made = actions.draft_decision(campaign, on=clock.today())
    return done(campaign_id, made.id, "decision.draft", "Đã lập dự thảo quyết định.")


@decision.get("/decisions/<int:decision_id>")
@requires(Permission.AWARD_READ)
def show(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Một quyết định: head, list, money with its arithmetic, opinions."""
    return decision_page(campaign_id, decision_id, SignForm(formdata=None))


@decision.get("/decisions/<int:decision_id>/excel")
@requires(Permission.AWARD_READ)
def spreadsheet(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Danh sách kèm theo quyết định ra Excel."""
    campaign, decision = loaded(campaign_id, decision_id, for_change=False)
    tables = workbook.decision(queries.lines_of(decision_id), queries.corrections_of(decision))
    return send_tables(
        tables,
        title=f"Quyết định số {decision.title}, {campaign.title}",
        state=decision.state.label,
        name=f"quyet-dinh-{decision_id}",
    )


def _powers() -> dict[str, bool]:
    """What whoever looks at a decision may do with it."""
    held = current_user.permissions
    return {
        "plans": Permission.AWARD_PLAN in held,
        "signs": Permission.DECISION_SIGN in held,
        "prints": Permission.CERTIFICATE_PRINT in held,
    }


def _has_money(
    decision: Decision, total: int, corrected: Mapping[int, tuple[Correction, ...]]
) -> bool:
    """Whether it decides of money: where some is paid, of a correction where it corrects that."""
    if decision.kind is not DecisionKind.CORRECTION:
        return total > 0
    return any(change.is_money for changes in corrected.values() for change in changes)


def decision_page(campaign_id: int, decision_id: int, form: SignForm) -> ResponseReturnValue:
    """Trang của một quyết định, with what is typed into the form of its signature."""
    campaign, decision = loaded(campaign_id, decision_id, for_change=False)
    lines = queries.lines_of(decision_id)
    total, corrected = sum(line.amount for line in lines), queries.corrections_of(decision)
    reads_objections = reads_drafts(campaign_id)
    old = queries.decision(campaign_id, decision.amends_id) if decision.amends_id else None
    here = asked_lines(reads_objections=reads_objections)
    objections = queries.objections_of(decision_id) if reads_objections else ()
    page = render_template(
        "decision/show.html",
        campaign=campaign,
        decision=decision,
        asked=here,
        lines=lines,
        places={line.id: place for place, line in enumerate(lines, 1)},
        shown=lines_here(here, lines),
        total=total,
        words=in_words(total),
        recover_words=in_words(decision.recover),
        dong=dong,
        form=form,
        old=old,
        corrected=corrected,
        whom=queries.about_whom_of(decision) if old else "",
        has_money=_has_money(decision, total, corrected),
        recorder=accounts.names_of([decision.recorded_by_id]).get(decision.recorded_by_id or 0, ""),
        scan_needed=Role.DIRECTOR not in current_user.roles,
        amendments=queries.amendments_of(decision_id),
        objections=objections,
        opinions=objections_here(here, objections),
        withdrawals=queries.withdrawals_of(decision_id) if reads_objections else (),
        corrections=queries.signature_corrections_of(decision_id),
        warnings=() if decision.state is DecisionState.SIGNED else law_warnings(decision),
        addable=_addable(campaign, decision),
        reads_objections=reads_objections,
        **_signed_copies(decision_id),
        **_powers(),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _signed_copies(decision_id: int) -> dict[str, Any]:
    """The card of what was signed digitally."""
    return {
        "copies": copies_of(decision_id),
        "sees_replaced": bool(current_user.roles & STAFF),
        "not_asked": NOT_ASKED,
    }


def _addable(campaign: Campaign, decision: Decision) -> int:
    """How many more the Council has passed, who could be added to the draft."""
    takes_more = (
        decision.state is DecisionState.DRAFT
        and decision.kind is DecisionKind.AWARD
        and campaign.phase is Phase.DECIDING
    )
    return len(queries.undecided(campaign.id)) if takes_more else 0


@decision.route("/decisions/<int:decision_id>/edit", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Sửa dự thảo."""
    campaign, decision = loaded(campaign_id, decision_id)
    form = _head_form(decision)
    if form.validate_on_submit():
        try:
            actions.edit_decision(campaign, decision, _typed_head(form))
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign, decision = loaded(campaign_id, decision_id)
        else:
            return done(campaign_id, decision_id, "decision.draft", "Đã lưu dự thảo.")
    return form_page("decision/edit.html", form, campaign=campaign, decision=decision)


def _head_form(decision: Decision) -> DecisionForm:
    """Phần đầu of an award, or of what amends one: each asks what the other does not."""
    form = DecisionForm(obj=decision)
    form.rule_set_code.choices = [(row.code, f"{row.code}: {row.title}") for row in rule_sets()]
    if decision.kind is DecisionKind.AWARD:
        del form.reason
        del form.recover
    else:
        del form.received_on
        del form.rule_set_code
    return form


def _typed_head(form: DecisionForm) -> dict[str, Any]:
    """Phần đầu as typed: numbers whole, texts empty where nothing stands; no day is no day."""
    whole = {"notice_days", "recover"}
    days = {"received_on"}
    return {
        name: int(value or 0)
        if name in whole
        else ""
        if value is None and name not in days
        else value
        for name, value in form.typed.items()
    }


@decision.post("/decisions/<int:decision_id>/lines/<int:nominee_id>/remove")
@requires(Permission.AWARD_PLAN)
def remove_line(campaign_id: int, decision_id: int, nominee_id: int) -> ResponseReturnValue:
    """Bỏ một dòng khỏi dự thảo."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.draft",
        "Đã bỏ dòng.",
        lambda campaign, decision: actions.remove_line(campaign, decision, nominee_id),
    )


@decision.route(
    "/decisions/<int:decision_id>/lines/<int:nominee_id>/correct", methods=["GET", "POST"]
)
@requires(Permission.AWARD_PLAN)
def correct_line(campaign_id: int, decision_id: int, nominee_id: int) -> ResponseReturnValue:
    """Sửa thông tin một dòng của quyết định điều chỉnh."""
    campaign, decision = loaded(campaign_id, decision_id)
    line = amending.correctable_line(decision, nominee_id)
    form = LineForm(obj=line)
    if form.validate_on_submit():
        given = form.typed
        amount = None if given["amount"] is None else int(given["amount"])
        amending.correct_line(decision, nominee_id, **given | {"amount": amount})
        _ask_of_amount(decision, nominee_id, amount)
        return done(campaign_id, decision_id, "decision.amend", "Đã sửa dòng.")
    return form_page("decision/line.html", form, campaign=campaign, decision=decision, line=line)


def _ask_of_amount(decision: Decision, nominee_id: int, amount: int | None) -> None:
    """Hỏi lại về cỡ số tiền, beside what the decision that is put right gave."""
    old = queries.lines_of(decision.amends_id or 0)
    before = next((line.amount for line in old if line.nominee_id == nominee_id), None)
    if amount and amount != before and (question := amount_question(amount, before)):
        flash(f"Hãy xem lại số tiền: {question}", "warning")


@decision.post("/decisions/<int:decision_id>/delete")
@requires(Permission.AWARD_PLAN)
def delete(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Xoá dự thảo."""
    _, decision = loaded(campaign_id, decision_id)
    actions.delete_decision(decision)
    recorder.act("decision.draft", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá dự thảo.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@decision.post("/decisions/<int:decision_id>/add-elected")
@requires(Permission.AWARD_PLAN)
def add_elected(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Thêm các đề nghị mới được thông qua vào dự thảo."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.draft",
        "Đã thêm các đề nghị mới được thông qua.",
        actions.add_elected,
    )


@decision.post("/decisions/<int:decision_id>/amend")
@requires(Permission.AWARD_PLAN)
def amend(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Lập quyết định điều chỉnh hoặc thu hồi."""
    campaign, decision = loaded(campaign_id, decision_id)
    if request.form.get("kind") not in {DecisionKind.REVOCATION, DecisionKind.CORRECTION}:
        refuse("Hãy chọn điều chỉnh hay thu hồi.")
    kind = DecisionKind(request.form["kind"])
    chosen = row_ids(request.form.getlist("lines"))
    made = amending.amend(
        campaign, decision, kind, chosen, reason=request.form.get("reason", ""), on=clock.today()
    )
    return done(campaign_id, made.id, "decision.amend", f"Đã lập dự thảo quyết định {kind.label}.")
