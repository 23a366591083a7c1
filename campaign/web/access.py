"""Kiểm soát vào cửa: views declare who may enter; one guard enforces it, or refuses."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug import routing

from campaign import database
from campaign.core.permissions import Permission, Role
from campaign.extensions import db, login_manager
from campaign.web.journal import request_id

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CHAIR = "chair"
"""Chủ tịch Hội đồng: no role of its own, yet one of whom a second factor may be demanded."""
View = TypeVar("View", bound=Callable[..., Any])


class Visitor:
    """Khách: whoever has not signed in; they may do nothing but read public pages."""

    id = None
    is_authenticated = False
    is_active = False
    is_anonymous = True
    must_change_password = False
    has_second_factor = False
    permissions: frozenset[Permission] = frozenset()
    roles: frozenset[Role] = frozenset()
    full_name = ""
    honorific = ""
    role_summary = ""

    def get_id(self) -> None:
        """A visitor has no session."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Khai báo quyền cần có; the guard reads the declaration."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def looks_first(view: View) -> View:
    """Khai báo rằng trang xem trước rồi mới ghi: it only reads until it calls `begin_writing`, for
    something long, such as a file, comes before its rows.
    """
    view.looks_first = True  # type: ignore[attr-defined]
    return view


def _looks_first(endpoint: str | None) -> bool:
    view = current_app.view_functions.get(str(endpoint))
    return getattr(view, "looks_first", None) is True


def begin_writing() -> None:
    """Bắt đầu ghi: no lock is held before the next statement, and what was read until now is read
    again by whoever asks for it.
    """
    db.session.rollback()
    database.writing.set(True)


def end_writing() -> None:
    """Chỉ còn đọc: all is committed; what the answer still reads waits for nobody who writes."""
    database.writing.set(False)


def needed_permission(endpoint: str) -> Permission | None:
    """Quyền mà một trang khai báo; None where nothing is declared."""
    view = current_app.view_functions.get(endpoint)
    needed: Permission | None = getattr(view, "permission", None)
    return needed


def guard() -> ResponseReturnValue | None:
    """Chặn cửa: refuse every view that did not declare who may enter, and whoever may not."""
    database.is_awaited.set(True)
    database.writing.set(request.method not in SAFE_METHODS and not _looks_first(request.endpoint))
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    db.session.info["request_id"] = request_id()
    needed = needed_permission(endpoint)
    if needed is Permission.PUBLIC:
        return None
    if needed is None:
        abort(403)
    return _let_in(needed)


def _let_in(needed: Permission) -> ResponseReturnValue | None:
    """Whoever may enter, or where they have to go first; the record is told who they are."""
    _queue_for_form()
    elsewhere = _sent_elsewhere(needed)
    if elsewhere is not None:
        return elsewhere
    if needed not in current_user.permissions:
        abort(403)
    db.session.info["actor"] = (
        current_user.id,
        f"{current_user.full_name} ({current_user.role_summary})",
    )
    return None


def _sent_elsewhere(needed: Permission) -> ResponseReturnValue | None:
    """Who has to sign in, or to do something about their own account, before anything else."""
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined, no-any-return]
    if needed is Permission.ACCOUNT_OWN:
        return None
    if current_user.must_change_password:
        return redirect(url_for("accounts.change_password"), HTTPStatus.SEE_OTHER)
    if not current_user.has_second_factor and needs_second_factor():
        return redirect(url_for("second_factor.show"), HTTPStatus.SEE_OTHER)
    return None


def needs_second_factor() -> bool:
    """Phải có yếu tố thứ hai, as the office's setting says for the roles of whoever asks."""
    demanding: frozenset[str] | None = current_app.config.get("REQUIRE_SECOND_FACTOR")
    if not demanding:
        return False
    if demanding & {role.value for role in current_user.roles}:
        return True
    return (
        CHAIR in demanding
        and Role.COUNCIL_MEMBER in current_user.roles
        and bool(current_app.extensions["is_chair"](current_user.id))
    )


def _queue_for_form() -> None:
    """Xếp hàng trước một biểu mẫu hay một nút: of two who send the same at once the second reads
    what stands when the first is done, before anything is read for them.

    Cells that are typed do not wait for each other; SQLite lets in one writer at a time anyway.
    """
    if request.method == "POST" and not wants_json() and db.engine.dialect.name == "postgresql":
        db.session.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(request.path, 0)))
        )


def is_signed_in() -> bool:
    """Đã đăng nhập, as the session says: enough for a link, never for a right."""
    return "_user_id" in session


def wants_json() -> bool:
    """Whether a page's own script asks, rather than a person."""
    return request.accept_mimetypes.best == "application/json"


class IntegerConverter(routing.IntegerConverter):
    """Mã số trong địa chỉ: of so many digits as a row can have; longer ones are none."""

    regex = r"\d{1,10}"


def init_app(app: Flask, *, is_chair: Callable[[int], bool]) -> None:
    """Gác mọi trang của `app`; before any address is known; the council says who chairs it."""
    app.extensions["is_chair"] = is_chair
    app.url_map.converters["int"] = IntegerConverter
    login_manager.anonymous_user = Visitor
    app.before_request(guard)
