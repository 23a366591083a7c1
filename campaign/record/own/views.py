"""Dữ liệu của tôi: the page, and the same as a file."""

from datetime import UTC, datetime

from flask import Blueprint, Response, json, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.permissions import Permission
from campaign.record.own import queries
from campaign.web.access import requires

own_data = Blueprint("own_data", __name__)


@own_data.get("/")
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Dữ liệu của tôi."""
    count, first, last = queries.entries(current_user.id)
    return render_template(
        "own_data/show.html",
        about=queries.about(current_user.id),
        written=queries.written(current_user.id),
        count=count,
        first=first,
        last=last,
    )


@own_data.get("/file")
@requires(Permission.ACCOUNT_OWN)
def file() -> ResponseReturnValue:
    """Dữ liệu của tôi trong một tệp JSON."""
    count, first, last = queries.entries(current_user.id)
    told = {
        "Lập lúc": datetime.now(UTC).isoformat(timespec="seconds"),
        "Về tôi": queries.about(current_user.id),
        "Số dòng tôi đã ghi": queries.written(current_user.id),
        "Nhật ký mang tên tôi": {
            "Số dòng": count,
            "Từ": first.isoformat() if first else None,
            "Đến": last.isoformat() if last else None,
        },
    }
    answer: Response = make_response(
        json.dumps(told, ensure_ascii=False, indent=1, sort_keys=False)
    )
    answer.content_type = "application/json"
    answer.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
