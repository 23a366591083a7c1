"""Dữ liệu của tôi: the page, and the same as a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import Blueprint, Response, flash, json, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_date, format_moment
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.readings.queries import has_namesake, readings_of
from campaign.record.own import actions, queries, requests
from campaign.record.own.forms import WishForm
from campaign.retention.queries import terms
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page

own_data = Blueprint("own_data", __name__)


def _shown(value: object) -> str:
    """Giá trị như trang viết."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return format_moment(value)
    return format_date(value) if isinstance(value, date) else str(value or "—")


def _filed(value: object) -> object:
    """Giá trị như tệp viết: days and moments by ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def _about(
    write: Callable[[object], object],
) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Những dòng nói về người đang hỏi, each value as `write` has it."""
    return {
        name: [{label: write(value) for label, value in row.items()} for row in rows]
        for name, rows in queries.about(current_user.id).items()
    }


@own_data.route("/", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Dữ liệu của tôi, and what is wrong with it."""
    form = WishForm()
    if form.validate_on_submit():
        try:
            actions.ask(form.wish.data or "", by=current_user, at=clock.now())
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            recorder.act("data.ask")
            db.session.commit()
            flash("Đã gửi yêu cầu; trả lời sẽ hiện ở đây.", "success")
            return redirect(url_for(".show", _anchor="requests"), HTTPStatus.SEE_OTHER)
    return _own_page(form)


def _own_page(form: WishForm) -> ResponseReturnValue:
    """All that is held of whoever asks, who read it, and how long it is kept."""
    count, first, last = queries.span_of_entries(current_user.id)
    return form_page(
        "own_data/show.html",
        form,
        about=_about(_shown),
        readings=readings_of(current_user),
        has_namesake=has_namesake(current_user),
        terms=terms(),
        wishes=requests.requests_of(current_user.id),
        written=queries.written(current_user.id),
        count=count,
        first=first,
        last=last,
    )


@own_data.get("/file")
@requires(Permission.ACCOUNT_OWN)
def file() -> ResponseReturnValue:
    """Dữ liệu của tôi trong một tệp JSON."""
    answer: Response = make_response(
        json.dumps(_own_data(), ensure_ascii=False, indent=1, sort_keys=False)
    )
    answer.content_type = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _own_data() -> dict[str, object]:
    """Điều hệ thống giữ về người đang hỏi, as their file has it."""
    count, first, last = queries.span_of_entries(current_user.id)
    return {
        "Lập lúc": datetime.now(UTC).isoformat(timespec="seconds"),
        "Về tôi": _about(_filed),
        "Ai đã đọc hồ sơ của tôi": _readers(),
        "Số dòng tôi đã ghi": queries.written(current_user.id),
        "Nhật ký mang tên tôi": {
            "Số dòng": count,
            "Từ": first.isoformat() if first else None,
            "Đến": last.isoformat() if last else None,
        },
    }


def _readers() -> list[dict[str, str]]:
    return [
        {
            "Lúc": row.at.isoformat(timespec="seconds"),
            "Ai": row.reader.full_name,
            "Hồ sơ": row.what.label,
            "Phong trào": row.campaign.title,
        }
        for row in readings_of(current_user)
    ]
