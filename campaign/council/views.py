"""Hội đồng: pages."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.core.text import text_sort_key
from campaign.council import actions, queries, workbook
from campaign.council.forms import MemberForm, RecusalForm
from campaign.council.listing import asked_members, members_here
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import page_of
from campaign.web.pages import form_page, tell_refusal
from campaign.web.paging import page_number
from campaign.web.spreadsheets import send_tables

council = Blueprint("council", __name__)


def _done(campaign_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _own_membership(campaign_id: int) -> CouncilMember | None:
    return queries.active_member(current_user.id, campaign_id, clock.today())


@council.get("/")
@requires(Permission.COUNCIL_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Hội đồng; a plain member sees only their own recusals, chair and secretariat everybody's."""
    campaign = campaign_for(current_user, campaign_id)
    members, own = queries.members(campaign_id), _own_membership(campaign_id)
    here = asked_members()
    return render_template(
        "council/index.html",
        campaign=campaign,
        asked=here,
        page=page_of(members_here(here, members), number=page_number()),
        has_left=any(row.left_on for row in members),
        own=own,
        kept=_kept(campaign_id, members, own),
        told=queries.grounds_told,
        functions=CouncilFunction,
        changes=campaign.phase.place <= Phase.SCORING.place,
        takes_in=campaign.phase.place <= Phase.MEETING.place,
    )


def _kept(
    campaign_id: int, members: Sequence[CouncilMember], own: CouncilMember | None
) -> dict[int, dict[int, queries.Ground]]:
    """The recusals this reader may see, by member: their own, or everybody's."""
    sees_all = Permission.COUNCIL_MANAGE in current_user.permissions or (
        own is not None and own.function is CouncilFunction.CHAIR
    )
    return queries.recusals_by_member(campaign_id, members if sees_all else [own] if own else [])


@council.get("/excel")
@requires(Permission.COUNCIL_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Hội đồng ra Excel: the members, and the recusals the page shows this reader."""
    campaign = campaign_for(current_user, campaign_id)
    members, here = queries.members(campaign_id), asked_members()
    shown = members_here(here, members)
    return send_tables(
        workbook.members(shown, _kept(campaign_id, members, _own_membership(campaign_id))),
        title=f"Hội đồng Thi đua – Khen thưởng, {campaign.title}",
        state=campaign.phase.label,
        name="hoi-dong",
        notes=here.told(),
    )


@council.route("/new", methods=["GET", "POST"])
@requires(Permission.COUNCIL_MANAGE)
def new(campaign_id: int) -> ResponseReturnValue:
    """Thêm thành viên."""
    campaign = campaign_for(current_user, campaign_id)
    form = MemberForm()
    form.user_id.choices = [
        ("", "— chọn người —"),
        *[
            (str(user.id), f"{user.full_name}{', ' + user.position if user.position else ''}")
            for user in queries.candidates(campaign_id)
        ],
    ]
    if form.validate_on_submit() and _added(form, campaign):
        return _done(campaign_id, "council.edit", "Đã thêm thành viên Hội đồng.")
    return form_page("council/edit.html", form, campaign=campaign, member=None)


def _added(form: MemberForm, campaign: Campaign) -> bool:
    """Take the person in; False where that was refused and the form must be shown again."""
    try:
        actions.add_member(
            campaign,
            queries.person_with_grants(form.user_id.chosen or 0),
            function=form.function.data,
            term_from=form.term_from.data,
            term_to=form.term_to.data,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


@council.route("/<int:member_id>", methods=["GET", "POST"])
@requires(Permission.COUNCIL_MANAGE)
def edit(campaign_id: int, member_id: int) -> ResponseReturnValue:
    """Sửa thành viên."""
    campaign = campaign_for(current_user, campaign_id)
    member = queries.member(campaign_id, member_id)
    form = MemberForm(obj=member)
    del form.user_id
    if campaign.phase is Phase.MEETING:
        del form.function  # of who is to meet the term alone is put right
    if form.validate_on_submit() and _edited(form, campaign, member):
        return _done(campaign_id, "council.edit", "Đã lưu.")
    return form_page(
        "council/edit.html",
        form,
        campaign=campaign,
        member=queries.member(campaign_id, member_id),
    )


def _edited(form: MemberForm, campaign: Campaign, member: CouncilMember) -> bool:
    """Write the member; False where it was refused and must be shown again."""
    try:
        actions.edit_member(
            campaign,
            member,
            function=form.function.data if form.function else member.function,
            term_from=form.term_from.data,
            term_to=form.term_to.data,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


@council.post("/<int:member_id>/leave")
@requires(Permission.COUNCIL_MANAGE)
def leave(campaign_id: int, member_id: int) -> ResponseReturnValue:
    """Cho thôi làm thành viên, with a reason."""
    campaign_for(current_user, campaign_id)
    actions.leave(
        queries.member(campaign_id, member_id),
        reason=request.form.get("reason", ""),
        on=clock.today(),
    )
    return _done(campaign_id, "council.edit", "Đã ghi nhận thôi làm thành viên Hội đồng.")


@council.route("/<int:member_id>/recuse", methods=["GET", "POST"])
@requires(Permission.COUNCIL_READ)
def recuse(campaign_id: int, member_id: int) -> ResponseReturnValue:
    """Không chấm một đơn vị: declared by oneself, or decided by the chair for another."""
    campaign = campaign_for(current_user, campaign_id)
    member = queries.member(campaign_id, member_id)
    origin = _origin(member)
    form = RecusalForm()
    form.unit_id.choices = [("", "— chọn đơn vị —"), *_competing_offered(campaign_id)]
    if form.validate_on_submit() and _recused(form, campaign, member, origin):
        return _done(campaign_id, "council.recuse", "Đã ghi nhận không chấm đơn vị này.")
    return form_page(
        "council/recuse.html",
        form,
        campaign=campaign,
        member=queries.member(campaign_id, member_id),
        origin=origin,
    )


def _competing_offered(campaign_id: int) -> list[tuple[str, str]]:
    """Đơn vị tham gia, by name."""
    competing = queries.competing(campaign_id).items()
    return [
        (str(unit_id), name)
        for unit_id, (_, name) in sorted(competing, key=lambda row: text_sort_key(row[1][1]))
    ]


def _recused(
    form: RecusalForm, campaign: Campaign, member: CouncilMember, origin: RecusalOrigin
) -> bool:
    """Write the recusal; False where it was refused and must be shown again."""
    try:
        actions.recuse(
            campaign,
            member,
            form.unit_id.chosen or 0,
            origin=origin,
            reason=form.reason.data,
            by=current_user,
            at=clock.now(),
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


def _origin(member: CouncilMember) -> RecusalOrigin:
    """On what ground the person at the screen may keep this member away; nobody else may."""
    if member.user_id == current_user.id:
        return RecusalOrigin.DECLARED
    own = _own_membership(member.campaign_id)
    if own is None or own.function is not CouncilFunction.CHAIR:
        abort(403)
    return RecusalOrigin.CHAIR


@council.post("/recusals/<int:recusal_id>/lift")
@requires(Permission.RECUSAL_ADD)
def lift(campaign_id: int, recusal_id: int) -> ResponseReturnValue:
    """Bỏ việc không chấm: the chair only."""
    campaign = campaign_for(current_user, campaign_id)
    own = _own_membership(campaign_id)
    if own is None or own.function is not CouncilFunction.CHAIR:
        abort(403)
    actions.lift_recusal(
        campaign, queries.recusal(campaign_id, recusal_id), reason=request.form.get("reason", "")
    )
    return _done(campaign_id, "council.recuse", "Đã bỏ việc không chấm.")
