"""Trả lời cho ô lưu khi gõ: the same JSON on every page whose cells save as one types."""

from datetime import datetime
from http import HTTPStatus

from flask import jsonify
from flask.typing import ResponseReturnValue

from campaign.core.dates import format_time
from campaign.core.errors import Conflict
from campaign.extensions import db


def saved(at: datetime, value: str, **redrawn: dict[str, str]) -> ResponseReturnValue:
    """Đã ghi: the text as it stands now, and what of the page follows from it."""
    return jsonify(saved_at=format_time(at), value=value, **redrawn)


def conflicting(conflict: Conflict) -> ResponseReturnValue:
    """Xung đột: nothing is written; the page shows both texts and the writer chooses."""
    db.session.rollback()
    theirs = {"value": conflict.theirs, "by": conflict.by, "at": conflict.at}
    return jsonify(conflict=theirs), HTTPStatus.CONFLICT


def conflict_sentence(conflict: Conflict) -> str:
    """Xung đột bằng lời, where the browser runs no script."""
    return f"{conflict.by} đã sửa lúc {conflict.at}: “{conflict.theirs}”. Hãy chọn lại rồi lưu."
