"""Trả lời cho ô lưu khi gõ: the same JSON on every page whose cells save as one types."""

from datetime import datetime
from http import HTTPStatus

from flask import jsonify
from flask.typing import ResponseReturnValue

from campaign.core.dates import format_time
from campaign.core.errors import Conflict, RuleViolation
from campaign.extensions import db


def saved(at: datetime, value: str, **redrawn: dict[str, str]) -> ResponseReturnValue:
    """Đã ghi: the text as it stands now, and what of the page follows from it."""
    return jsonify(saved_at=format_time(at), value=value, **redrawn)


def conflicting(conflict: Conflict) -> ResponseReturnValue:
    """Xung đột: nothing is written; the page shows both texts and the writer chooses."""
    db.session.rollback()
    theirs = {"value": conflict.theirs, "by": conflict.by, "at": conflict.at}
    return jsonify(conflict=theirs), HTTPStatus.CONFLICT


def refusal_words(refusal: RuleViolation) -> str:
    """Vì sao một ô không ghi được, where the browser runs no script; of a conflict who wrote what
    stands there now.
    """
    if isinstance(refusal, Conflict):
        wrote = f"{refusal.by} đã sửa lúc {refusal.at}: “{refusal.theirs}”"
        return f"{wrote}. Hãy chọn lại rồi lưu."
    return str(refusal)
