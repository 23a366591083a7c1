"""Biểu báo cáo ngoài mạng: take it, send it back, see what it changes, write it in one piece."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_moment
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.papers import offline as forms
from campaign.papers.offline_reading import absent_columns, read_back
from campaign.papers.offline_writing import write_form
from campaign.reporting import cells as report_cells
from campaign.reporting import queries
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.offline.form import fields_of, form_of, name_of
from campaign.reporting.opened import OpenReport, editable_report
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import EXCEL, send_stored
from campaign.web.spreadsheets import received

report_forms = Blueprint("report_forms", __name__)


def _form(opened: OpenReport) -> forms.Form:
    return form_of(
        opened.campaign,
        opened.report,
        opened.demands,
        queries.content_of(opened.report.id),
        deadlines.dates(opened.report),
        made=f"{format_moment(clock.now())}, {current_user.full_name}",
    )


@report_forms.get("/<int:report_id>/offline/form")
@requires(Permission.REPORT_PREPARE)
def download(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Tải biểu báo cáo."""
    opened, _ = editable_report(campaign_id, report_id)
    return send_stored(write_form(_form(opened)), name=name_of(opened.report), media_type=EXCEL)


@report_forms.route("/<int:report_id>/offline", methods=["GET", "POST"])
@requires(Permission.REPORT_PREPARE)
def upload(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Gửi lại biểu đã điền: what it would change; nothing is written yet."""
    opened, at = editable_report(campaign_id, report_id)
    if request.method == "GET":
        return _page(opened)
    try:
        book, form = received("Hãy chọn tệp biểu đã điền."), _form(opened)
        filled, absent = read_back(book, form), absent_columns(book, form)
    except RuleViolation as violation:
        return _page(opened, error=str(violation))
    changes = forms.changes(filled, fields_of(queries.content_of(report_id), opened.demands))
    tried = _tried(opened, changes, at)
    db.session.rollback()
    opened, _ = editable_report(campaign_id, report_id)
    return _page(opened, changes=tried, absent=absent)


def _tried(opened: OpenReport, changes: Sequence[forms.Change], at: datetime) -> list[forms.Change]:
    """The changes with what the page itself would say to them; what is written here is rolled
    back.
    """
    typed = [
        report_cells.Typed(change.filled.field, change.filled.value, change.current)
        for change in changes
        if not change.problem
    ]
    refused = report_cells.save_each(opened.report, opened.demands, typed, by=current_user, at=at)
    return forms.with_refusals(changes, refused)


def _page(
    opened: OpenReport,
    *,
    error: str = "",
    changes: list[forms.Change] | None = None,
    absent: Sequence[str] = (),
) -> ResponseReturnValue:
    unit, url = opened.report.participation.unit, opened.url
    wrong = bool(error) or any(change.problem for change in changes or ())
    page = render_template(
        "offline/form.html",
        campaign=opened.campaign,
        title=f"Biểu ngoài mạng: {unit.name}, {opened.report.period.name}",
        back=("Báo cáo", url_for("reporting.show", **url)),
        error=error,
        changes=changes,
        absent=absent,
        download=url_for(".download", **url),
        upload=url_for(".upload", **url),
        write=url_for(".write", **url),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


@report_forms.post("/<int:report_id>/offline/write")
@requires(Permission.REPORT_PREPARE)
def write(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi những gì đã xem trước: all of it, or nothing."""
    opened, at = editable_report(campaign_id, report_id)
    taken = request.form.getlist("field")
    try:
        _write_fields(opened, taken, at)
    except RuleViolation as violation:
        db.session.rollback()
        opened, _ = editable_report(campaign_id, report_id)
        words = f"Chưa ghi gì cả. {violation} Hãy gửi lại biểu để xem lại."
        return _page(opened, error=words)
    recorder.act("report.save", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã ghi {len(taken)} ô từ biểu." if taken else "Không có ô nào được ghi.", "success")
    return redirect(url_for("reporting.show", **opened.url), HTTPStatus.SEE_OTHER)


def _write_fields(opened: OpenReport, fields: Sequence[str], at: datetime) -> None:
    """Ghi các ô đã xem trước, each over what it held then."""
    typed = [
        report_cells.Typed(
            field, request.form.get(f"value-{field}", ""), request.form.get(f"base-{field}", "")
        )
        for field in fields
    ]
    report_cells.save_fields(opened.report, opened.demands, typed, by=current_user, at=at)
