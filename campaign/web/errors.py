"""Báo lỗi: every refusal as a clear Vietnamese sentence and a way on; nothing typed is lost."""

import errno
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import (
    Flask,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from campaign.core.errors import Busy, NotVisible, RuleViolation
from campaign.core.faults import is_full, is_read_only, lacks_a_step
from campaign.extensions import db, give_up, login_manager
from campaign.web import journal, sent
from campaign.web.access import SAFE_METHODS, wants_json
from campaign.web.bodies import is_own

SENTENCES = {
    400: "Yêu cầu không hợp lệ. Hãy tải lại trang và thử lại.",
    401: "Phiên làm việc đã hết hạn. Hãy đăng nhập lại.",
    403: "Ông/Bà không có quyền làm việc này.",
    404: "Không tìm thấy nội dung này, hoặc Ông/Bà không được xem.",
    405: "Trang này không nhận cách gửi đó.",
    409: "Dữ liệu vừa được người khác thay đổi. Hãy tải lại trang.",
    413: "Dữ liệu gửi lên quá lớn.",
    422: "Nội dung gửi lên chưa hợp lệ.",
    429: "Ông/Bà thao tác quá nhanh. Hãy thử lại sau ít phút.",
    500: "Hệ thống gặp lỗi. Việc vừa làm chưa được ghi; hãy thử lại.",
    503: "Hệ thống đang bận. Hãy thử lại sau giây lát.",
}
FULL = "Ổ đĩa của hệ thống đã đầy nên chưa ghi được gì. Hãy báo quản trị hệ thống."
READ_ONLY = "Ổ đĩa của hệ thống chỉ cho đọc nên chưa ghi được gì. Hãy báo quản trị hệ thống."
OLDER = "Hệ thống đang được nâng cấp nên chưa mở được trang này. Hãy thử lại sau ít phút."
LOST = "Kho tệp không còn tệp này. Hãy báo quản trị hệ thống."
AGAIN_SECONDS = 5
"""So soon a page that found the database away asks again."""
_OUT_OF_RANGE = "22003"


def _page(code: int, sentence: str | None = None) -> ResponseReturnValue:
    give_up()
    if wants_json():
        words = sentence or SENTENCES.get(code, SENTENCES[400])
        if code == HTTPStatus.INTERNAL_SERVER_ERROR:
            words = f"{words} Mã sự cố: {journal.request_id()}."
        return jsonify(error=words), code
    template = (
        f"errors/{code if code in SENTENCES and code != HTTPStatus.UNAUTHORIZED else 400}.html"
    )
    return _drawn(template, sentence=sentence), code


def _drawn(template: str, **told: object) -> str:
    """Trang báo lỗi: it needs neither who asks nor the database, and asks nothing of them."""
    return current_app.jinja_env.get_template(template).render(told)


def _busy(sentence: str | None = None) -> ResponseReturnValue:
    """Đang bận: a page that asks nobody for anything; where one only reads, it asks again."""
    headers = {"Retry-After": str(AGAIN_SECONDS)}
    if wants_json():
        answer = jsonify(error=sentence or SENTENCES[503])
        return answer, HTTPStatus.SERVICE_UNAVAILABLE, headers
    again = AGAIN_SECONDS if request.method in SAFE_METHODS else None
    page = _drawn("errors/503.html", sentence=sentence, again=again)
    return page, HTTPStatus.SERVICE_UNAVAILABLE, headers


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code in {301, 302, 303, 307, 308}:
        return error.get_response()
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _too_large()
    answer = make_response(_page(code))
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _too_large() -> ResponseReturnValue:
    """Tệp quá lớn: back to the page of the form with the limit; other content that is too large has
    its own page.
    """
    most = current_app.config["EVIDENCE_FILE_LIMIT"] // (1024 * 1024)
    if wants_json() or (request.content_length or 0) <= current_app.config["MAX_CONTENT_LENGTH"]:
        return _page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    db.session.rollback()
    flash(
        f"Tệp vừa gửi lớn hơn {most} MB nên không nhận. Hãy chia nhỏ hoặc nén rồi gửi lại.",
        "danger",
    )
    return redirect(_origin(), HTTPStatus.SEE_OTHER)


def _rule_violation(error: RuleViolation) -> ResponseReturnValue:
    """Quy định không cho phép: back to where they came from, with the sentence."""
    db.session.rollback()
    if wants_json():
        return jsonify(error=str(error), field=error.field), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.method in SAFE_METHODS:
        return _page(HTTPStatus.CONFLICT, str(error))
    flash(str(error), "danger")
    return redirect(_origin(), HTTPStatus.SEE_OTHER)


def _origin() -> str:
    """Trang vừa đứng: the referring page when it is ours, else the start page.

    Where it was itself the answer to a form, and cannot be asked for, the page above it.
    """
    referrer = request.referrer or ""
    if not referrer.startswith(request.host_url):
        return url_for("home.index")
    if _can_be_asked_for(urlsplit(referrer).path):
        return referrer
    above = referrer.partition("?")[0].rstrip("/").rpartition("/")[0]
    return above if _can_be_asked_for(urlsplit(above).path) else url_for("home.index")


def _can_be_asked_for(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _not_visible(_error: NotVisible | OverflowError) -> ResponseReturnValue:
    """Không thấy: nothing of that number is there for whoever asks; or ever can be, for SQLite
    holds no such number.
    """
    return _page(HTTPStatus.NOT_FOUND)


def _unstorable(error: DataError) -> ResponseReturnValue:
    """Số quá lớn: PostgreSQL holds no such number either; any other fault is ours."""
    if getattr(error.orig, "sqlstate", "") != _OUT_OF_RANGE:
        raise error
    return _page(HTTPStatus.NOT_FOUND)


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    """Hai người lưu cùng một lúc: the second is answered once more from what the first has left, as
    if they had come a moment later; then a form shows both texts, and an act is allowed or refused
    as things stand now.
    """
    db.session.rollback()
    if "is_second_answer" in g:
        return _page(HTTPStatus.CONFLICT)
    g.is_second_answer = True
    for file in request.files.values():
        file.seek(0)
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as error:  # noqa: BLE001 - refused as it would have been a moment later
        return current_app.handle_user_exception(error)


def _database_error(error: DBAPIError | PoolTimeout) -> ResponseReturnValue:
    """Cơ sở dữ liệu không trả lời, or another process holds it."""
    is_broken = isinstance(error, InterfaceError | InternalError)
    if isinstance(error, DBAPIError) and is_broken and not error.connection_invalidated:
        raise error
    return _unanswered(error)


def _unknown_to_the_database(error: ProgrammingError) -> ResponseReturnValue:
    """PostgreSQL chưa nâng cấp; any other statement that it does not understand is our mistake."""
    if not lacks_a_step(error.orig):
        raise error
    return _unanswered(error)


def _unanswered(error: SQLAlchemyError) -> ResponseReturnValue:
    reason = error.orig if isinstance(error, DBAPIError) else error
    current_app.logger.warning("database unavailable: %s", type(reason).__name__)
    give_up()
    return _busy(OLDER if lacks_a_step(reason) else _disk_sentence(reason))


def _disk_sentence(fault: BaseException | None) -> str | None:
    """Ổ đĩa không nhận: what trying again does not mend, said as it is."""
    if is_full(fault):
        return FULL
    return READ_ONLY if is_read_only(fault) else None


def _too_busy(error: Busy) -> ResponseReturnValue:
    give_up()
    return _busy(str(error))


def _machine_error(error: OSError) -> ResponseReturnValue:
    """Ổ đĩa không nhận, hoặc kho tệp không còn tệp: said so; any other fault is a mistake of
    ours.
    """
    if sentence := _disk_sentence(error):
        current_app.logger.error(
            "the disk takes nothing: %s", errno.errorcode.get(error.errno or 0)
        )
        return _page(HTTPStatus.INTERNAL_SERVER_ERROR, sentence)
    if isinstance(error, FileNotFoundError):
        current_app.logger.error("a stored file is gone")
        return _page(HTTPStatus.NOT_FOUND, LOST)
    raise error


def session_expired() -> ResponseReturnValue:
    """Phiên đã hết hạn: a page asked for opens after signing in; what was typed is given back."""
    db.session.rollback()
    if wants_json():
        return jsonify(error=SENTENCES[401], session="expired"), HTTPStatus.UNAUTHORIZED
    if request.method in SAFE_METHODS:
        return redirect(
            url_for("accounts.sign_in", next=request.full_path.rstrip("?")), HTTPStatus.SEE_OTHER
        )
    return _given_back(), HTTPStatus.UNAUTHORIZED


def _given_back() -> str:
    """What was typed, to be sent again after signing in."""
    typed = [
        (name, value)
        for name, values in request.form.lists()
        if name not in sent.NEVER_KEPT
        for value in values
    ]
    return render_template(
        "errors/session_expired.html",
        fields=typed,
        words=sent.fields_in_words(typed),
        act=sent.act_words(request.endpoint, request.view_args or {}),
        drops_passwords=bool(sent.NEVER_KEPT.intersection(request.form) - {"csrf_token"}),
        is_kept=not is_own(request.endpoint),
        drops_files=any(file.filename for file in request.files.values()),
        target=request.full_path.rstrip("?"),
    )


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    if "_user_id" not in session:
        return session_expired()
    db.session.rollback()
    if wants_json():
        return jsonify(error=SENTENCES[400], session="stale"), HTTPStatus.BAD_REQUEST
    return session_expired()


def init_app(app: Flask) -> None:
    """Bắt mọi lỗi của `app` ở một chỗ."""
    app.register_error_handler(RuleViolation, _rule_violation)
    app.register_error_handler(NotVisible, _not_visible)
    app.register_error_handler(OverflowError, _not_visible)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(InterfaceError, _database_error)
    app.register_error_handler(InternalError, _database_error)
    app.register_error_handler(ProgrammingError, _unknown_to_the_database)
    app.register_error_handler(PoolTimeout, _database_error)
    app.register_error_handler(Busy, _too_busy)
    app.register_error_handler(OSError, _machine_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    login_manager.unauthorized_handler(session_expired)
