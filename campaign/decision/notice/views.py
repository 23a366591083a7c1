"""Lấy ý kiến: pages of the notice and of objections."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.decision import queries
from campaign.decision.loading import act_on
from campaign.decision.models import Decision, Objection
from campaign.decision.notice import actions
from campaign.decision.rules import DecisionState
from campaign.enrolment.queries import participations
from campaign.extensions import db
from campaign.notices import events
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.units.models import Unit
from campaign.web import clock
from campaign.web.access import requires

notice = Blueprint("notice", __name__)


@notice.post("/<int:decision_id>/withdraw")
@requires(Permission.AWARD_PLAN)
def withdraw(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Rút dự thảo đang lấy ý kiến về sửa, with a reason."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.withdraw",
        "Đã rút dự thảo về sửa; sửa xong hãy đưa ra lấy ý kiến lại.",
        lambda _, decision: actions.withdraw(
            decision, reason=request.form.get("reason", ""), by=current_user, at=clock.now()
        ),
    )


@notice.post("/<int:decision_id>/post")
@requires(Permission.AWARD_PLAN)
def post(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Đưa ra lấy ý kiến."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.post",
        "Đã đưa ra lấy ý kiến.",
        _post,
    )


def _post(campaign: Campaign, decision: Decision) -> None:
    actions.post(decision, on=clock.today())
    events.award_notice(
        campaign.id,
        decision.id,
        decision.title,
        [row.unit_id for row in db.session.scalars(participations(campaign.id))],
        decision.notice_until,
        at=clock.now(),
    )


@notice.post("/<int:decision_id>/objections")
@requires(Permission.AWARD_PLAN)
def object_to(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Ghi một ý kiến nhận được."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.object",
        "Đã ghi ý kiến.",
        lambda _, decision: actions.object_to(
            decision,
            author=request.form.get("author", ""),
            words=request.form.get("text", ""),
            nominee_id=request.form.get("nominee_id", type=row_id),
            on=clock.today(),
        ),
    )


@notice.route("/<int:decision_id>/notice", methods=["GET", "POST"])
@requires(Permission.AWARD_READ)
def show(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Dự thảo lấy ý kiến, for the units of the campaign: read, objected to, and afterwards what
    became of it.
    """
    campaign = campaign_for(current_user, campaign_id)
    decision = queries.decision(campaign_id, decision_id, for_change=request.method == "POST")
    unit, own = _concerned(campaign_id, decision)
    problem = None
    if request.method == "POST":
        problem = _object(decision, unit)
        if problem is None:
            return _objected(campaign_id, decision_id)
        campaign, decision = (
            campaign_for(current_user, campaign_id),
            queries.decision(campaign_id, decision_id),
        )
    return _page(campaign, decision, own, problem)


def _concerned(campaign_id: int, decision: Decision) -> tuple[Unit, list[Objection]]:
    """Đơn vị của người đọc, which was told of the draft, and what it has objected to."""
    unit = queries.concerned_unit(
        campaign_id, current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    )
    own_id = unit.id if unit else 0
    own = [row for row in queries.objections_of(decision.id) if row.unit_id == own_id]
    if unit is None or not (own or _was_posted(decision)):
        raise NotVisible
    return unit, own


def _objected(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    recorder.act("decision.object", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã gửi ý kiến đến Thường trực Hội đồng.", "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, decision_id=decision_id),
        HTTPStatus.SEE_OTHER,
    )


def _page(
    campaign: Campaign, decision: Decision, own: Sequence[Objection], problem: str | None
) -> ResponseReturnValue:
    """The draft with what its reader has said; what was typed stays where it was refused."""
    page = render_template(
        "notice/show.html",
        campaign=campaign,
        decision=decision,
        is_open=_is_open(decision),
        lines=queries.lines_of(decision.id) if decision.state is DecisionState.POSTED else (),
        own=own,
        problem=problem,
        text=request.form.get("text", ""),
        about=request.form.get("nominee_id", type=row_id),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


def _is_open(decision: Decision) -> bool:
    """Đang lấy ý kiến: posted, and its last day is not over."""
    until = decision.notice_until if decision.state is DecisionState.POSTED else None
    return until is not None and clock.today() <= until


def _was_posted(decision: Decision) -> bool:
    """Đã đưa ra lấy ý kiến: the units were told, so that they read what became of it."""
    return decision.posted_on is not None or bool(queries.withdrawals_of(decision.id))


def _object(decision: Decision, unit: Unit) -> str | None:
    """Write the objection of somebody of `unit`; gives why it was refused, if it was."""
    try:
        actions.object_to(
            decision,
            author=f"{current_user.full_name}, {unit.name}",
            words=request.form.get("text", ""),
            nominee_id=request.form.get("nominee_id", type=row_id),
            on=clock.today(),
            unit=unit,
            by=current_user,
        )
    except RuleViolation as violation:
        db.session.rollback()
        return str(violation)
    return None


@notice.post("/<int:decision_id>/objections/<int:objection_id>")
@requires(Permission.AWARD_PLAN)
def answer(campaign_id: int, decision_id: int, objection_id: int) -> ResponseReturnValue:
    """Trả lời một ý kiến."""
    return act_on(
        campaign_id,
        decision_id,
        "decision.object",
        "Đã trả lời ý kiến.",
        lambda campaign, decision: _answer(campaign, decision, objection_id),
    )


def _answer(campaign: Campaign, decision: Decision, objection_id: int) -> None:
    row = queries.objection(decision.id, objection_id)
    actions.answer_objection(
        campaign,
        decision,
        row,
        answer=request.form.get("answer", ""),
        sends_back=request.form.get("sends_back") == "1",
        by=current_user,
        at=clock.now(),
        on=clock.today(),
    )
    if row.unit_id is not None:
        events.objection_answered(
            campaign.id, decision.id, objection_id, row.unit_id, at=clock.now()
        )
