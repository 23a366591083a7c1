"""Điển hình tiên tiến: pages."""

from collections.abc import Collection
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.exemplars import actions, queries, reading, telling, workbook
from campaign.exemplars.access import decides, own_units, sight, writes
from campaign.exemplars.forms import ExemplarForm, ResultForm, UseForm
from campaign.exemplars.listing import asked_exemplars, exemplars_here
from campaign.exemplars.models import Exemplar
from campaign.exemplars.page import place_of, show_page, unit_choices
from campaign.exemplars.rules import (
    State,
    Step,
)
from campaign.exemplars.sheets import register_sheet
from campaign.exemplars.statistics import Counted, Tally, tallies
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, rows_of
from campaign.readings.rules import Dossier
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.lists import Asked, page_of
from campaign.web.pages import form_page, tell_refusal
from campaign.web.paging import page_number
from campaign.web.spreadsheets import send_tables

exemplars = Blueprint("exemplars", __name__)


def _campaign(campaign_id: int) -> Campaign:
    return campaign_for(current_user, campaign_id)


def _asked(campaign_id: int) -> Asked:
    return asked_exemplars(rows_of(Block, campaign_id))


@exemplars.get("/")
@requires(Permission.EXEMPLAR_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Sổ điển hình tiên tiến của phong trào."""
    campaign, here = _campaign(campaign_id), _asked(campaign_id)
    today = clock.today()
    rows = queries.exemplars(campaign_id, sight(campaign_id))
    return render_template(
        "exemplars/index.html",
        campaign=campaign,
        asked=here,
        page=page_of(exemplars_here(here, rows, today), number=page_number()),
        today=today,
        writes=writes(),
    )


@exemplars.get("/excel")
@requires(Permission.EXEMPLAR_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Sổ điển hình ra Excel, with the columns of the form."""
    campaign, here = _campaign(campaign_id), _asked(campaign_id)
    rows = exemplars_here(here, queries.exemplars(campaign_id, sight(campaign_id)), clock.today())
    reading.note(campaign_id, Dossier.EXEMPLAR_TABLE, (row for row, *_ in rows))
    return send_tables(
        workbook.exemplars(rows),
        title=f"Đăng ký xây dựng điển hình tiên tiến, {campaign.title}",
        state=campaign.phase.label,
        name="dien-hinh-tien-tien",
        notes=here.told(),
    )


@exemplars.get("/print")
@requires(Permission.EXEMPLAR_READ)
def printed(campaign_id: int) -> ResponseReturnValue:
    """Biểu đăng ký xây dựng điển hình tiên tiến (PDF), of the rows the list shows."""
    campaign, here = _campaign(campaign_id), _asked(campaign_id)
    rows = exemplars_here(here, queries.exemplars(campaign_id, sight(campaign_id)), clock.today())
    if not rows:
        refuse("Không có điển hình nào để in.")
    reading.note(campaign_id, Dossier.EXEMPLAR_TABLE, (row for row, *_ in rows))
    conditions = "; ".join(f"{name}: {value}" for name, value in here.told() if here.is_narrowed)
    return send_stored(
        BytesIO(register_sheet(campaign, rows, conditions, clock.now())),
        name="Đăng ký điển hình.pdf",
        media_type="application/pdf",
    )


@exemplars.get("/statistics")
@requires(Permission.EXEMPLAR_READ)
def statistics(campaign_id: int) -> ResponseReturnValue:
    """Thống kê theo khối, bước và đối tượng, of what this person sees."""
    return render_template(
        "exemplars/statistics.html",
        campaign=_campaign(campaign_id),
        rows=_tallies(campaign_id),
        steps=list(Step),
    )


@exemplars.get("/statistics/excel")
@requires(Permission.EXEMPLAR_READ)
def statistics_book(campaign_id: int) -> ResponseReturnValue:
    """Thống kê điển hình ra Excel."""
    campaign = _campaign(campaign_id)
    return send_tables(
        workbook.statistics(_tallies(campaign_id)),
        title=f"Thống kê điển hình, {campaign.title}",
        state=campaign.phase.label,
        name="thong-ke-dien-hinh",
    )


def _tallies(campaign_id: int) -> list[Tally]:
    blocks = {block.id: block.name for block in rows_of(Block, campaign_id)}
    counted = [
        Counted(
            blocks.get(row.participation.block_id or 0, ""),
            row.state,
            row.step,
            row.subject,
            row.standing,
        )
        for row, _, _ in queries.exemplars(campaign_id, sight(campaign_id))
    ]
    return tallies(counted, blocks.values())


@exemplars.route("/new", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_WRITE)
def new(campaign_id: int) -> ResponseReturnValue:
    """Giới thiệu một điển hình; who decides registers it at once."""
    return _edit_page(_campaign(campaign_id), None)


@exemplars.route("/<int:exemplar_id>/edit", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_WRITE)
def edit(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Sửa một điển hình: all of it by who decides, or by its unit until it is registered; then the
    unit writes what was reached.
    """
    campaign = _campaign(campaign_id)
    row = _own_or_decided(campaign_id, exemplar_id)
    reading.note(campaign_id, Dossier.EXEMPLAR, [row])
    if row.state is State.REGISTERED and not decides():
        return _result_page(campaign, row)
    return _edit_page(campaign, row)


def _own_or_decided(campaign_id: int, exemplar_id: int) -> Exemplar:
    """Điển hình mà người này được ghi."""
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id), hold=_is_post())
    if not decides() and row.participation.unit_id not in own_units():
        raise NotVisible
    return row


def _is_post() -> bool:
    return request.method == "POST"


def _edit_page(campaign: Campaign, row: Exemplar | None) -> ResponseReturnValue:
    places = queries.places(campaign.id, sight(campaign.id))
    form = ExemplarForm(obj=row, data={"place": place_of(row)} if row else None)
    form.place.choices = [("", "— không —"), *((place.key, place.label) for place in places)]
    entries = [
        entry
        for entry in enrolment.confirmed(campaign.id)
        if decides() or entry.unit_id in own_units()
    ]
    form.participation_id.choices = unit_choices(entries)
    if form.validate_on_submit():
        try:
            saved = _save(campaign, row, form, places)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _done(campaign.id, saved.id, "exemplar.save", "Đã ghi điển hình.")
    return form_page("exemplars/edit.html", form, campaign=campaign, row=row)


def _save(
    campaign: Campaign,
    row: Exemplar | None,
    form: ExemplarForm,
    places: Collection[queries.Place],
) -> Exemplar:
    entry = enrolment.participation(campaign.id, form.participation_id.chosen or 0)
    place = next((place for place in places if place.key == form.place.data), None)
    if place is not None and place.participation_id != entry.id:
        refuse("Báo cáo, cuộc kiểm tra này của đơn vị khác.", "place")
    values = _typed(form, place)
    at, is_waiting = clock.now(), row is not None and row.state is State.PROPOSED
    saved = actions.save(row, entry, values, is_decided=decides(), by=current_user, at=at)
    if saved.state is State.PROPOSED and not is_waiting:
        telling.proposed(campaign.id, saved, entry.unit.name, at=at)
    return saved


def _typed(form: ExemplarForm, place: queries.Place | None) -> dict[str, Any]:
    """What was typed, and the report or the inspection that it was found in."""
    values: dict[str, Any] = {
        name: value
        for name, value in form.typed.items()
        if name not in {"participation_id", "place"}
    }
    values["standing"] = values["standing"] or None
    kind, number = (place.key[0], int(place.key[1:])) if place else ("", None)
    values["report_id"] = number if kind == "r" else None
    values["inspection_id"] = number if kind == "i" else None
    return values


def _result_page(campaign: Campaign, row: Exemplar) -> ResponseReturnValue:
    form = ResultForm(obj=row)
    if form.validate_on_submit():
        actions.write_result(row, form.result.data, at=clock.now())
        return _done(campaign.id, row.id, "exemplar.save", "Đã ghi kết quả.")
    return form_page("exemplars/result.html", form, campaign=campaign, row=row)


def _done(campaign_id: int, exemplar_id: int, act: str, message: str) -> ResponseReturnValue:
    if act != "exemplar.unfollow":
        telling.moved(exemplar_id, at=clock.now())
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, exemplar_id=exemplar_id), HTTPStatus.SEE_OTHER
    )


@exemplars.get("/<int:exemplar_id>")
@requires(Permission.EXEMPLAR_READ)
def show(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Một điển hình: its facts, its steps, who follows it."""
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id))
    reading.note(campaign_id, Dossier.EXEMPLAR, [row])
    return show_page(_campaign(campaign_id), row, UseForm(used_on=clock.today()))


@exemplars.post("/<int:exemplar_id>/decide")
@requires(Permission.EXEMPLAR_DECIDE)
def decide(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Đăng ký, or not, with a reason."""
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id), hold=True)
    registers, at = request.form.get("registers") == "yes", clock.now()
    reason = request.form.get("reason", "")
    actions.decide(row, registers=registers, reason=reason, by=current_user, at=at)
    telling.decided(campaign_id, row, row.participation.unit_id, at=at)
    message = "Đã đăng ký điển hình." if registers else "Đã ghi là không đăng ký."
    return _done(campaign_id, row.id, "exemplar.decide", message)


@exemplars.post("/<int:exemplar_id>/move")
@requires(Permission.EXEMPLAR_DECIDE)
def move(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Chuyển bước; when it is to be followed all other units are told."""
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id), hold=True)
    to, at = request.form.get("to", ""), clock.now()
    if to not in set(Step):
        refuse("Hãy chọn bước.")
    actions.move(row, Step(to), request.form.get("reason", ""), by=current_user, at=at)
    if row.step is Step.FOLLOWED:
        others = [
            entry.unit_id
            for entry in enrolment.confirmed(campaign_id)
            if entry.id != row.participation_id
        ]
        telling.to_follow(campaign_id, row, others, at=at)
    return _done(campaign_id, row.id, "exemplar.move", f"Đã chuyển sang bước {row.step.label}.")


@exemplars.post("/<int:exemplar_id>/uses")
@requires(Permission.EXEMPLAR_WRITE)
def follow(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Đơn vị xác nhận áp dụng, with a sentence and a date."""
    campaign = _campaign(campaign_id)
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id), hold=True)
    form, own = UseForm(), own_units()
    taking = [entry for entry in enrolment.confirmed(campaign_id) if entry.unit_id in own]
    form.participation_id.choices = unit_choices(taking)
    if form.validate_on_submit():
        try:
            _follow(campaign_id, row, form)
        except RuleViolation as violation:
            if violation.field is None:
                raise
            tell_refusal(form, violation)
            row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id))
        else:
            return _done(campaign_id, row.id, "exemplar.follow", "Đã xác nhận áp dụng.")
    return show_page(campaign, row, form)


def _follow(campaign_id: int, row: Exemplar, form: UseForm) -> None:
    """The use as its form tells it, of a unit of one's own; nobody of it is asked to any more."""
    chosen = form.participation_id.chosen or 0
    entry = enrolment.participation(campaign_id, chosen, units=own_units())
    sentence, at = form.sentence.data, clock.now()
    actions.follow(row, entry, form.used_on.data, sentence, by=current_user, at=at)
    telling.followed(row, entry.unit_id, at=at)


@exemplars.post("/<int:exemplar_id>/uses/<int:use_id>/withdraw")
@requires(Permission.EXEMPLAR_WRITE)
def stop_following(campaign_id: int, exemplar_id: int, use_id: int) -> ResponseReturnValue:
    """Đơn vị rút xác nhận áp dụng của mình."""
    row = queries.exemplar(campaign_id, exemplar_id, sight(campaign_id))
    actions.stop_following(row, queries.use(row.id, use_id, own_units()), at=clock.now())
    return _done(campaign_id, row.id, "exemplar.unfollow", "Đã rút xác nhận áp dụng.")
