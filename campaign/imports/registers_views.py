"""Lấy các lần từ sổ: what would change is shown first, then written."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.counts import actions, queries
from campaign.counts.opened import OpenList, opened_list
from campaign.extensions import db
from campaign.imports.registers import of_register
from campaign.reporting.actions import refuse_unless_editable
from campaign.web import clock
from campaign.web.access import requires

registers = Blueprint("registers", __name__)


@registers.route(
    "/<int:report_id>/counts/<int:criterion_id>/from-register", methods=["GET", "POST"]
)
@requires(Permission.REPORT_PREPARE)
def take(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Lấy các lần từ sổ điển hình, sổ quán triệt: only into a report that may be edited."""
    opened, at = opened_list(campaign_id, report_id, criterion_id), clock.now()
    if not opened.rule.is_taken:
        raise NotVisible
    report = opened.report.report
    refuse_unless_editable(opened.report.campaign, report, today=local_date(at))
    rows = queries.occurrences(opened.participation_id, criterion_id)
    change = actions.change_of(rows, of_register(opened), report)
    if request.method == "GET":
        return _preview(opened, change)
    actions.take(change, report, criterion_id=criterion_id, by=current_user, at=at)
    recorder.act("counts.take", campaign_id=campaign_id)
    db.session.commit()
    flash("Danh sách đã đúng như sổ.", "success")
    return redirect(url_for("counts.index", **opened.url), HTTPStatus.SEE_OTHER)


def _preview(opened: OpenList, change: actions.Change) -> ResponseReturnValue:
    """Trang xem trước: what the register would change in the list."""
    return render_template(
        "counts/take.html",
        campaign=opened.report.campaign,
        report=opened.report.report,
        criterion=opened.criterion,
        rule=opened.rule,
        change=change,
        url=opened.url,
    )
