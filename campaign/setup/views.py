"""Thiết lập ban đầu: pages."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import codes
from campaign.accounts.models import User
from campaign.accounts.queries import names_of
from campaign.accounts.queries import people as people_found
from campaign.accounts.rules import LINK_LIFETIME
from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.numbers import row_ids
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.setup import actions, pasting, queries, rules
from campaign.setup.forms import NewcomerForm, OfficeForm, OneUnitForm, PasteForm
from campaign.units import queries as units
from campaign.units.actions import save_unit
from campaign.units.models import Unit
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows
from campaign.web.origin import public_url
from campaign.web.pages import tell_refusal
from campaign.web.paging import page_number, paginate

setup = Blueprint("setup", __name__)

_HEAD = ("above", "issuer", "place", "code", "leader_job", "leader_name", "recipients")


@setup.get("/")
@requires(Permission.UNIT_MANAGE)
def index() -> ResponseReturnValue:
    """Các bước thiết lập: what is done, what is missing."""
    facts = queries.read_facts()
    return render_template("setup/index.html", steps=rules.steps(facts), facts=facts)


@setup.route("/office", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def office() -> ResponseReturnValue:
    """Cơ quan, tiêu đề văn bản và người đứng đầu."""
    form = _office_form()
    if form.validate_on_submit():
        try:
            unit = actions.save_office(form.typed)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            recorder.act("setup.office")
            db.session.commit()
            flash(f"Đã lưu {unit.name}.", "success")
            return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("setup/office.html", form=form), status


def _office_form() -> OfficeForm:
    form = _filled_office_form()
    form.kind.choices = units.kind_choices()
    return form


def _filled_office_form() -> OfficeForm:
    unit, row = units.office_unit(), units.letterhead()
    if unit is None:
        return OfficeForm(leader_job=row.leader_job)
    head = {name: getattr(row, name) for name in _HEAD}
    head["code"] = row.code or unit.code
    return OfficeForm(
        data=head | {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind}
    )


def _unit_choices(empty: str) -> list[tuple[str, str]]:
    return [("", empty), *[(str(row.id), row.name) for row in units.in_order()]]


def _office_id() -> str:
    unit = units.office_unit()
    return str(unit.id) if unit else ""


def _units_page(
    form: OneUnitForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    """Trang đơn vị: those there are, and the three ways to add more."""
    if form is None:
        form = OneUnitForm(formdata=None, parent_id=_office_id())
        form.parent_id.choices = _unit_choices("— cấp cao nhất —")
        form.kind.choices = units.kind_choices()
    paste = PasteForm(formdata=None, parent_id=_office_id())
    paste.parent_id.choices = form.parent_id.choices
    paste.kind.choices = form.kind.choices
    page = paginate(units.matching(valid_on=clock.today()), number=page_number())
    return render_template("setup/units.html", form=form, paste=paste, page=page), status


@setup.route("/units", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def add_unit() -> ResponseReturnValue:
    """Thêm từng đơn vị."""
    if request.method == "GET":
        return _units_page()
    form = OneUnitForm()
    form.kind.choices = units.kind_choices()
    form.parent_id.choices = _unit_choices("— cấp cao nhất —")
    if form.validate_on_submit() and (unit := _added_unit(form)) is not None:
        db.session.commit()
        flash(f"Đã thêm {unit.name}.", "success")
        return redirect(url_for(".add_unit"), HTTPStatus.SEE_OTHER)
    return _units_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _added_unit(form: OneUnitForm) -> Unit | None:
    """Write the unit; None where it was refused and must be shown again."""
    try:
        return save_unit(
            None,
            code=form.code.data,
            name=form.name.data,
            short_name=form.short_name.data,
            kind=form.kind.data,
            parent_id=form.parent_id.chosen,
            valid_from=None,
            valid_to=None,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return None


@setup.route("/units/paste", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def paste_units() -> ResponseReturnValue:
    """Dán danh sách đơn vị: a preview first; what was seen is then written, all or nothing."""
    form = PasteForm(formdata=None, parent_id=_office_id()) if _is_read() else PasteForm()
    form.kind.choices = units.kind_choices()
    form.parent_id.choices = _unit_choices("— cấp cao nhất —")
    read: list[pasting.PastedUnit] = []
    if form.validate_on_submit():
        try:
            read = _pasted(form)
            if request.form.get("sealed") == _seen(form, read) and not _is_wrong(read):
                return _written(form, read)
        except RuleViolation as violation:
            tell_refusal(form, violation)
    if request.form.get("sealed") and read:
        flash("Dữ liệu vừa thay đổi sau khi xem trước; chưa ghi gì. Hãy xem lại.", "warning")
    return _paste_page(form, read)


def _pasted(form: PasteForm) -> list[pasting.PastedUnit]:
    """Danh sách đã dán, held against the units there are."""
    return pasting.pasted_units(
        form.lines.data or "",
        codes=queries.codes(),
        names=queries.names_below(form.parent_id.chosen),
    )


def _paste_page(form: PasteForm, read: list[pasting.PastedUnit]) -> ResponseReturnValue:
    """Trang dán danh sách: what was read, sealed where it may be written as it is."""
    is_wrong = bool(form.errors) or _is_wrong(read)
    return render_template(
        "setup/paste.html",
        form=form,
        read=read,
        notes=pasting.notes_of(form.lines.data) if read else [],
        wrong=[unit for unit in read if unit.faults],
        sealed="" if is_wrong or not read else _seen(form, read),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK


def _is_read() -> bool:
    return request.method == "GET"


def _is_wrong(read: list[pasting.PastedUnit]) -> bool:
    return any(unit.faults for unit in read)


def _seen(form: PasteForm, read: list[pasting.PastedUnit]) -> str:
    return pasting.digest(read, kind=form.kind.data, parent_id=form.parent_id.chosen)


def _written(form: PasteForm, read: list[pasting.PastedUnit]) -> ResponseReturnValue:
    actions.add_units(read, kind=form.kind.data, parent_id=form.parent_id.chosen)
    recorder.act("setup.units")
    db.session.commit()
    flash(f"Đã thêm {len(read)} đơn vị.", "success")
    return redirect(url_for(".add_unit"), HTTPStatus.SEE_OTHER)


@setup.route("/people", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def people() -> ResponseReturnValue:
    """Người dùng: those there are, and one more."""
    form = NewcomerForm()
    form.unit_id.choices = _unit_choices("— chưa chọn —")
    if form.validate_on_submit() and (user := _added_person(form)) is not None:
        recorder.act("account.create")
        db.session.commit()
        flash(f"Đã thêm {user.full_name}.", "success")
        return redirect(url_for(".people"), HTTPStatus.SEE_OTHER)
    step = next(
        step for step in rules.steps(queries.read_facts()) if step.part is rules.Part.PEOPLE
    )
    page = paginate(people_found(), number=page_number())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("setup/people.html", form=form, page=page, step=step), status


def _added_person(form: NewcomerForm) -> User | None:
    """Write the person; None where they were refused and the form must be shown again."""
    values = {
        name: form[name].data
        for name in ("user_name", "honorific", "full_name", "position", "email")
    }
    try:
        return actions.add_person(values, form.granted(), unit_id=form.unit_id.chosen)
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return None


def _sheet(given: list[tuple[User, str]], now: datetime) -> ResponseReturnValue:
    """Phiếu liên kết, one for each person: on this answer only."""
    slips = [
        (user, address, codes.drawn(address))
        for user, token in given
        for address in [public_url("accounts.link", token=token)]
    ]
    return render_template("setup/sheet.html", slips=slips, until=now + LINK_LIFETIME)


@setup.route("/links", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def links() -> ResponseReturnValue:
    """Liên kết một lần cho nhiều người: chosen, then shown on this answer only, to be printed."""
    now = clock.now()
    if request.method != "POST":
        return _links_page(now)
    try:
        given = actions.give_links(
            set(row_ids(request.form.getlist("people"))),
            by_id=current_user.id,
            now=now,
            with_demo=bool(current_app.config["DEMO"]),
        )
    except RuleViolation as violation:
        db.session.rollback()
        return _links_page(now, error=str(violation))
    recorder.act("account.give_link")
    db.session.commit()
    return _sheet(given, now)


def _links_page(now: datetime, *, error: str = "") -> ResponseReturnValue:
    """Trang chọn người: those without a password, or the ones the address names among them."""
    named, newcomers = chosen_rows(), queries.newcomers(with_demo=bool(current_app.config["DEMO"]))
    people = [user for user in newcomers if user.id in named] if named else newcomers
    return render_template(
        "setup/links.html",
        people=people,
        named=named,
        left_out=names_of(set(named) - {user.id for user in people}).values(),
        linked=queries.linked(now),
        error=error,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
