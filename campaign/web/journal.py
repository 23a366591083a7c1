"""Nhật ký máy chủ: a line of JSON for each request and each fault, under the code of the request.

Never what was sent, chosen or answered, and no address with a token in it: the route is told as it
is declared. Of a fault its kind and its places in the program, never its words, for they may repeat
what somebody typed.
"""

import json
import logging
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask.globals import request_ctx
from flask.logging import default_handler
from sqlalchemy import Connection, Engine, event

from campaign.core.numbers import known_id
from campaign.figures import figures
from campaign.web.day_files import SLOW, DayFiles

HEADER = "X-Request-ID"
BEGAN = "ngonco.began"
"""When the request came, before it waited for its turn."""
_ID = "ngonco.request_id"
_ACCESS = logging.getLogger("ngonco.access")
_ACCESS.propagate, _ACCESS.disabled = False, True
_SLOW = logging.getLogger("ngonco.slow")
_SLOW.propagate, _SLOW.disabled = False, True
SLOW_PAGE_MS, SLOW_STATEMENT_MS = 1000, 200
"""From here on an answer, and a statement, are told as slow."""
_LONGEST_STATEMENT = 2000
_BAD_REQUEST = 400
_MOST_PLACES = 40

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def request_id() -> str:
    """Mã của yêu cầu, drawn by the server itself; empty outside of any request."""
    if not has_request_context():
        return ""
    if _ID not in request.environ:
        request.environ[_ID] = secrets.token_hex(6)
    return str(request.environ[_ID])


def _user_id() -> int | None:
    """Ai hỏi: whoever was loaded, else whom the signed cookie names; the database is not asked."""
    user = g.get("_login_user")
    if getattr(user, "id", None) is not None:
        return int(user.id)
    cookie = request_ctx._session  # noqa: SLF001 - to look is not to use it: no Vary for that
    named = str(cookie.get("_user_id", "") if cookie else "").partition(".")[0]
    return known_id(named) or None


def _of_request() -> dict[str, Any]:
    """Mã, cách gửi, đường dẫn như đã khai báo, and who asked."""
    if not has_request_context():
        return {}
    rule = request.url_rule
    return {
        "request_id": request_id(),
        "method": request.method,
        "route": rule.rule if rule else None,
        "user_id": _user_id(),
    }


class JsonLines(logging.Formatter):
    """Mỗi dòng một đối tượng JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The moment, the request, and what the program itself has to say."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **_of_request(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line |= _told(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _told(raised: Raised) -> dict[str, Any]:
    """A fault: its kind and those it came from, and the places in the program, innermost last."""
    kinds: list[str] = []
    fault = raised[1]
    while fault is not None and len(kinds) < _MOST_PLACES:
        kinds.append(type(fault).__name__)
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    places = traceback.extract_tb(raised[2])[-_MOST_PLACES:]
    return {
        "fault": " < ".join(kinds),
        "places": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
    }


def _note(response: Response) -> Response:
    """A line for the answer; files that every page loads have one only where something is wrong."""
    response.headers[HEADER] = request_id()
    if request.endpoint != "static" or response.status_code >= _BAD_REQUEST:
        began = request.environ.get(BEGAN, time.perf_counter())
        seconds = time.perf_counter() - began
        figures.answered(request.endpoint, request.method, response.status_code, seconds)
        took = round(seconds * 1000)
        facts = {"status": response.status_code, "ms": took}
        _ACCESS.info("request", extra={"facts": facts})
        if took >= SLOW_PAGE_MS:
            _SLOW.warning("slow request", extra={"facts": facts})
    return response


def write_lines(app: Flask) -> None:
    """Ghi nhật ký của tiến trình phục vụ này to its standard error, faults to a file of the day as
    well.
    """
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines())
    faults = DayFiles(Path(app.config["LOGS"]))
    slow = DayFiles(Path(app.config["LOGS"]), SLOW)
    for files in (faults, slow):
        files.setFormatter(JsonLines())
    _SLOW.handlers[:] = [lines, slow]
    _SLOW.disabled = False
    logging.getLogger().handlers[:] = [lines, faults]
    app.logger.removeHandler(default_handler)
    if app.config["ACCESS_LOG"]:
        _ACCESS.handlers[:] = [lines]
        _ACCESS.setLevel(logging.INFO)
        _ACCESS.disabled = False


def watch_statements(engine: Engine) -> None:
    """Ghi câu lệnh chậm: as the program wrote it, without the values that were given to it."""

    @event.listens_for(engine, "before_cursor_execute")
    def _began(connection: Connection, *_given: object) -> None:
        connection.info["began"] = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def _ended(connection: Connection, _cursor: object, statement: str, *_given: object) -> None:
        took = round((time.perf_counter() - connection.info["began"]) * 1000)
        if took >= SLOW_STATEMENT_MS:
            facts = {"ms": took, "statement": statement[:_LONGEST_STATEMENT]}
            _SLOW.warning("slow statement", extra={"facts": facts})
            figures.slow()


def init_app(app: Flask) -> None:
    """Đánh số mọi yêu cầu gửi đến `app`, and tell its faults without what was sent."""

    def log_exception(raised: Raised) -> None:
        app.logger.error("fault", exc_info=raised)
        figures.failed()

    app.log_exception = log_exception  # type: ignore[method-assign,assignment]
    app.jinja_env.globals["request_id"] = request_id
    app.after_request(_note)
