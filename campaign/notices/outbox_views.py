"""Hộp thư đi: what went, to whom, why, what failed, and the switch that stops all."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import fixed_holidays
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.notices import actions, queries
from campaign.notices.forms import DayOffForm, StopForm
from campaign.notices.models import Mail
from campaign.notices.rules import MailState
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import tell_refusal
from campaign.web.paging import page_number, paginate

outbox = Blueprint("outbox", __name__)


@outbox.get("/")
@requires(Permission.MAIL_MANAGE)
def index() -> ResponseReturnValue:
    """Hộp thư đi."""
    return _page(StopForm(), DayOffForm())


def _page(stop_form: StopForm, day_form: DayOffForm) -> ResponseReturnValue:
    asked = request.args.get("state", "")
    state = MailState(asked) if asked in set(MailState) else None
    rows = paginate(queries.outbox(state, unknown=asked == "unknown"), number=page_number())
    days_off, year = queries.days_off(), clock.today().year
    page = render_template(
        "notices/outbox.html",
        page=rows,
        reasons=queries.kinds_in([row.id for row in rows.rows]),
        fixed=fixed_holidays(year),
        year=year,
        lacks_days_off=not any(row.day.year == year for row in days_off),
        states=[(row.value, row.label) for row in MailState],
        asked=asked,
        stop=queries.mail_stop(),
        stop_form=stop_form,
        day_form=day_form,
        days_off=days_off,
        without_address=queries.without_address(),
        server=current_app.config["SMTP_HOST"],
    )
    is_wrong = stop_form.errors or day_form.errors
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK


def _back(sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@outbox.post("/<int:mail_id>/resend")
@requires(Permission.MAIL_MANAGE)
def resend(mail_id: int) -> ResponseReturnValue:
    """Gửi lại một thư không gửi được."""
    mail = db.session.get(Mail, mail_id)
    if mail is None:
        raise NotVisible
    actions.resend(mail, at=clock.now())
    return _back("Thư sẽ được gửi lại ở lần gửi tới.")


@outbox.post("/stop")
@requires(Permission.MAIL_MANAGE)
def stop() -> ResponseReturnValue:
    """Ngừng gửi mọi thư."""
    form = StopForm()
    if not form.validate_on_submit():
        return _page(form, DayOffForm())
    try:
        actions.stop_mail(form.reason.data or "", by=current_user, at=clock.now())
    except RuleViolation as violation:
        if violation.field is None:
            raise
        tell_refusal(form, violation)
        return _page(form, DayOffForm())
    recorder.act("mail.stop")
    return _back("Đã ngừng gửi thư; những thư đang chờ vẫn giữ lại.")


@outbox.post("/start")
@requires(Permission.MAIL_MANAGE)
def start() -> ResponseReturnValue:
    """Gửi thư trở lại."""
    actions.start_mail()
    recorder.act("mail.start")
    return _back("Thư được gửi trở lại.")


@outbox.post("/days-off")
@requires(Permission.MAIL_MANAGE)
def add_day_off() -> ResponseReturnValue:
    """Thêm ngày nghỉ."""
    form = DayOffForm()
    if not (form.validate_on_submit() and isinstance(form.day.data, date)):
        return _page(StopForm(), form)
    try:
        actions.add_day_off(form.day.data, form.name.data or "")
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return _page(StopForm(), form)
    recorder.act("mail.days_off")
    return _back("Đã thêm ngày nghỉ.")


@outbox.post("/days-off/<day>/remove")
@requires(Permission.MAIL_MANAGE)
def remove_day_off(day: str) -> ResponseReturnValue:
    """Bỏ một ngày nghỉ."""
    row = next((row for row in queries.days_off() if row.day.isoformat() == day), None)
    if row is None:
        raise NotVisible
    actions.remove_day_off(row)
    recorder.act("mail.days_off")
    return _back("Đã bỏ ngày nghỉ.")
