"""Phát động: pages of campaigns and of the lists of a plan."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.core.prose import blocks as prose_blocks
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.planning import actions, corrections, queries, workbook
from campaign.planning.forms import (
    CampaignForm,
    SettingsForm,
)
from campaign.planning.listing import asked_campaigns, statement
from campaign.planning.models import Band, Block, Campaign, Task
from campaign.planning.problems import absent_problems
from campaign.planning.ties import step_words, steps_offered, tie_chain
from campaign.units import queries as units
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

planning = Blueprint("planning", __name__)


@planning.get("/")
@requires(Permission.CAMPAIGN_READ)
def index() -> ResponseReturnValue:
    """Danh sách phong trào."""
    with_drafts = Permission.CAMPAIGN_PLAN in current_user.permissions
    here = asked_campaigns(with_drafts=with_drafts)
    page = paginate(statement(here, with_drafts=with_drafts), number=page_number())
    return render_template("planning/index.html", page=page, asked=here)


@planning.get("/excel")
@requires(Permission.CAMPAIGN_READ)
def spreadsheet() -> ResponseReturnValue:
    """Danh sách phong trào ra Excel; drafts for those who plan."""
    with_drafts = Permission.CAMPAIGN_PLAN in current_user.permissions
    here = asked_campaigns(with_drafts=with_drafts)
    rows = db.session.scalars(statement(here, with_drafts=with_drafts))
    return send_tables(
        workbook.campaigns(rows),
        title="Phong trào thi đua",
        state="các phong trào đến lúc lập",
        name="phong-trao",
        notes=[("Tên có", here.text or "tất cả")],
    )


@planning.get("/<int:campaign_id>/")
@requires(Permission.CAMPAIGN_READ)
def show(campaign_id: int) -> ResponseReturnValue:
    """Kế hoạch của một phong trào."""
    campaign = queries.campaign_for(current_user, campaign_id)
    organiser, rule_set = queries.organiser_and_rules(campaign)
    scheme = queries.scheme_of(campaign_id)
    return render_template(
        "planning/show.html",
        campaign=campaign,
        organiser=organiser,
        rule_set=rule_set,
        prose=prose_blocks(campaign.announcement),
        blocks=queries.rows_of(Block, campaign_id),
        tasks=queries.rows_of(Task, campaign_id),
        periods=queries.periods_of(campaign_id),
        bands=queries.rows_of(Band, campaign_id),
        scheme=scheme,
        ties=[
            step_words(step, scheme.groups)
            for step in tie_chain(campaign.tie_breaks, scheme.groups)
        ],
        absent=absent_problems(scheme, queries.absent_units(campaign)),
        changes=queries.phase_changes(campaign_id),
        corrections=queries.corrections(campaign_id),
    )


def _campaign_form(campaign: Campaign | None) -> CampaignForm:
    office = units.office_unit() if campaign is None and request.method == "GET" else None
    form = CampaignForm(obj=campaign, **({"organiser_id": office.id} if office else {}))
    form.organiser_id.choices = _organisers_offered(campaign)
    form.rule_set_code.choices = [
        ("", "— chưa chọn —"),
        *[(row.code, f"{row.code}: {row.title}") for row in catalogue.rule_sets()],
    ]
    for name in (
        actions.FIXED_BY_LAUNCH if campaign is not None and campaign.is_frozen else ("reason",)
    ):
        del form[name]
    return form


def _organisers_offered(campaign: Campaign | None) -> list[tuple[str, str]]:
    """Đơn vị phát động được: those there are when it begins, and the one chosen before."""
    rows = units.in_order(
        valid_on=campaign.starts_on if campaign else clock.today(),
        also={campaign.organiser_id} if campaign and campaign.organiser_id else set(),
    )
    return [("", "— chưa chọn —"), *[(str(unit.id), unit.name) for unit in rows]]


_PLAIN = (
    "title",
    "occasion",
    "starts_on",
    "ends_on",
    "counted_by",
    "legal_basis",
    "announcement",
    "progress_is_public",
)


def _values(form: CampaignForm) -> dict[str, Any]:
    values = {name: form[name].data for name in _PLAIN if name in form} | {
        "organiser_id": form.organiser_id.chosen
    }
    return (
        values | {"rule_set_code": form.rule_set_code.data or None}
        if form.rule_set_code
        else values
    )


def _on_from(campaign: Campaign) -> ResponseReturnValue:
    """Đi tiếp sau khi lưu: of a draft the steps that are left, else the plan."""
    page = "planning.show" if campaign.is_frozen else "plan_path.index"
    return redirect(url_for(page, campaign_id=campaign.id), HTTPStatus.SEE_OTHER)


@planning.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def new() -> ResponseReturnValue:
    """Lập phong trào mới."""
    form = _campaign_form(None)
    if form.validate_on_submit():
        try:
            campaign = actions.create_campaign(_values(form))
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            recorder.act("campaign.create", campaign_id=campaign.id)
            db.session.commit()
            flash(f"Đã lập dự thảo “{campaign.title}”.", "success")
            return _on_from(campaign)
    return form_page("planning/edit.html", form, campaign=None, rule_set=None)


@planning.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Sửa phong trào."""
    campaign = queries.campaign_for(current_user, campaign_id)
    form = _campaign_form(campaign)
    if form.validate_on_submit() and _saved(form, campaign):
        flash("Đã lưu.", "success")
        return _on_from(campaign)
    return form_page(
        "planning/edit.html",
        form,
        campaign=campaign,
        rule_set=queries.organiser_and_rules(campaign)[1],
    )


def _saved(form: CampaignForm, campaign: Campaign) -> bool:
    """Write the campaign; False where it was refused and must be shown again."""
    try:
        if form.reason:
            _note_correction(form, campaign)
        actions.edit_campaign(campaign, _values(form))
        recorder.act("campaign.edit", campaign_id=campaign.id)
        db.session.commit()
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


def _note_correction(form: CampaignForm, campaign: Campaign) -> None:
    """Ghi đính chính of a launched campaign, by who is signed in."""
    corrections.note_texts(
        campaign,
        _values(form),
        reason=form.reason.data,
        by=current_user,
        at=clock.now(),
    )


@planning.post("/<int:campaign_id>/delete")
@requires(Permission.CAMPAIGN_PLAN)
def delete(campaign_id: int) -> ResponseReturnValue:
    """Xoá dự thảo."""
    campaign = queries.campaign_for(current_user, campaign_id)
    actions.delete_campaign(campaign)
    recorder.act("campaign.delete", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá dự thảo.", "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _quorums(form: SettingsForm) -> dict[str, int | None]:
    """Điều kiện họp, as the campaign keeps it."""
    general, award = form.quorum.data or (2, 3), form.award_quorum.data or (None, None)
    band = form.band_share.data or (None, None)
    return {
        "quorum_numerator": general[0],
        "quorum_denominator": general[1],
        "award_quorum_numerator": award[0],
        "award_quorum_denominator": award[1],
        "band_numerator": band[0],
        "band_denominator": band[1],
    }


_SETTINGS = (
    "aggregation",
    "scale",
    "points_places",
    "mark_step",
    "minimum_marks",
    "rescaling",
    "recuses_block",
    "clarification_days",
    "divergence_points",
    "divergence_percent",
    "divergence_ended_by",
)


def _settings(form: SettingsForm) -> dict[str, Any]:
    """Cách chấm và tổng hợp, as the campaign keeps them."""
    return {
        **{name: form[name].data for name in _SETTINGS},
        "tie_breaks": form.chain(),
        **_quorums(form),
    }


@planning.route("/<int:campaign_id>/settings", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def settings(campaign_id: int) -> ResponseReturnValue:
    """Cách chấm và tổng hợp."""
    campaign = queries.campaign_for(current_user, campaign_id)
    chain = [*campaign.tie_breaks, *[""] * len(SettingsForm.CHAIN)]
    form = SettingsForm(obj=campaign, data=dict(zip(SettingsForm.CHAIN, chain, strict=False)))
    form.offer(steps_offered(queries.scheme_of(campaign_id).groups), campaign.tie_breaks)
    if form.validate_on_submit():
        try:
            actions.edit_settings(campaign, _settings(form))
            recorder.act("plan.edit", campaign_id=campaign_id)
            db.session.commit()
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            flash("Đã lưu cách chấm.", "success")
            return _on_from(campaign)
    return form_page("planning/settings.html", form, campaign=campaign)
