"""Quán triệt: the unit's page to confirm, and the secretariat's list of who has not."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.planning.queries import campaign_for, rows_of
from campaign.publicity.directives import actions, queries
from campaign.publicity.directives.forms import StudyForm
from campaign.publicity.directives.listing import asked_units, statement, table
from campaign.publicity.models import DirectiveStudy, Post
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows
from campaign.web.pages import form_page
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

directives = Blueprint("directives", __name__)


@directives.get("/<int:post_id>")
@requires(Permission.POST_WRITE)
def show(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Đơn vị nào đã quán triệt, đơn vị nào chưa."""
    campaign, today = campaign_for(current_user, campaign_id), clock.today()
    post = queries.directive(campaign_id, post_id)
    here = asked_units(rows_of(Block, campaign_id))
    return render_template(
        "publicity/directive.html",
        campaign=campaign,
        post=post,
        state=post.state(today),
        asked=here,
        count=queries.study_counts(campaign_id, [post])[post.id],
        page=paginate(statement(here, campaign_id, post_id), number=page_number()),
    )


@directives.get("/<int:post_id>/excel")
@requires(Permission.POST_WRITE)
def spreadsheet(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Đơn vị quán triệt ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    post = queries.directive(campaign_id, post_id)
    here = asked_units(rows_of(Block, campaign_id))
    return send_tables(
        table(db.session.execute(statement(here, campaign_id, post_id))),
        title=f"Quán triệt: {post.title}",
        state=campaign.phase.label,
        name="quan-triet",
        notes=here.told(),
    )


@directives.route("/<int:post_id>/remind", methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def remind(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Nhắc các đơn vị chưa xác nhận: those that are ticked, or all; shown first who they are."""
    campaign = campaign_for(current_user, campaign_id)
    post = queries.directive(campaign_id, post_id)
    rows = queries.units_missing(campaign_id, post_id, chosen_rows())
    if request.method == "GET":
        return render_template("publicity/remind.html", campaign=campaign, post=post, rows=rows)
    told = actions.remind_units(post, rows, at=clock.now())
    recorder.act("post.remind", campaign_id=campaign_id)
    db.session.commit()
    _flash_reminded(told, len(rows))
    return redirect(
        url_for(".show", campaign_id=campaign_id, post_id=post_id), HTTPStatus.SEE_OTHER
    )


def _flash_reminded(people: int, units: int) -> None:
    if people:
        flash(f"Đã nhắc {people} người của {units} đơn vị.", "success")
    else:
        words = "Hôm nay đã nhắc các đơn vị này rồi, hoặc đơn vị chưa có người dùng."
        flash(words, "info")


@directives.route("/<int:post_id>/units/<int:participation_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_PREPARE)
def study(campaign_id: int, post_id: int, participation_id: int) -> ResponseReturnValue:
    """Xác nhận đơn vị đã quán triệt: the day, and who took part."""
    campaign = campaign_for(current_user, campaign_id)
    post, participation, study = _own_place(campaign_id, post_id, participation_id)
    form = StudyForm(obj=study)
    if form.validate_on_submit():
        try:
            _confirm(form, post, participation, study)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _confirmed(participation)
    return form_page(
        "publicity/study.html",
        form,
        campaign=campaign,
        post=post,
        participation=participation,
        study=study,
    )


def _own_place(
    campaign_id: int, post_id: int, participation_id: int
) -> tuple[Post, Participation, DirectiveStudy | None]:
    """The directive, and the unit of whoever asks with what it confirmed."""
    units = current_user.units_as(*queries.STUDYING)
    return queries.own_place(campaign_id, post_id, participation_id, units, clock.today())


def _confirm(
    form: StudyForm, post: Post, participation: Participation, study: DirectiveStudy | None
) -> None:
    with db.session.begin_nested():  # the page still shows people if it is refused
        actions.confirm(
            post,
            participation,
            study,
            held_on=form.held_on.data,
            attendees=form.attendees.data,
            by=current_user,
            at=clock.now(),
        )


def _confirmed(participation: Participation) -> ResponseReturnValue:
    recorder.act("post.study", campaign_id=participation.campaign_id)
    db.session.commit()
    flash(f"Đã ghi: {participation.unit.name} đã quán triệt.", "success")
    return redirect(url_for("home.index"), HTTPStatus.SEE_OTHER)
