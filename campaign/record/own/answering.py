"""Yêu cầu sửa dữ liệu: the page of whoever answers."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.core.text import nfc
from campaign.extensions import db
from campaign.notices import actions as notices
from campaign.notices.rules import NoticeKind
from campaign.record.own import actions, requests
from campaign.record.own.rules import Answer
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate

data_requests = Blueprint("data_requests", __name__)


@data_requests.get("/")
@requires(Permission.DATA_ANSWER)
def index() -> ResponseReturnValue:
    """Các yêu cầu sửa dữ liệu."""
    page = paginate(requests.requests(), number=page_number())
    return render_template("own_data/requests.html", page=page)


@data_requests.post("/<int:correction_id>/answer")
@requires(Permission.DATA_ANSWER)
def answer(correction_id: int) -> ResponseReturnValue:
    """Trả lời một yêu cầu, with its reason; the person is told."""
    outcome, at = request.form.get("outcome", ""), clock.now()
    if outcome not in set(Answer):
        refuse("Hãy chọn đã sửa hay không sửa.", "outcome")
    row = requests.request_numbered(correction_id)
    reason = nfc(request.form.get("reason", "")).strip()
    actions.answer(row, Answer(outcome), reason, by=current_user, at=at)
    notices.tell([row.user_id], _about(row.id, Answer(outcome), reason), at=at)
    recorder.act("data.answer")
    db.session.commit()
    flash("Đã trả lời yêu cầu.", "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _about(correction_id: int, outcome: Answer, reason: str) -> notices.About:
    return notices.About(
        NoticeKind.OBJECTION_ANSWERED,
        f"correction:{correction_id}",
        f"Yêu cầu sửa dữ liệu của Ông/Bà: {outcome.label}",
        url_for("own_data.show", _anchor="requests"),
        reason,
    )
