"""Đăng nhập một lần: to the provider and back, and the end of sessions that the provider tells.

The way there and the return write nothing: what came back is sent once more by a form of our own.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from campaign.accounts import actions as accounts
from campaign.accounts import codes, devices, sessions
from campaign.accounts import queries as people
from campaign.accounts.models import User
from campaign.accounts.rules import safe_target
from campaign.accounts.sign_on import actions, attempts, provider, queries, rules, tokens
from campaign.accounts.sign_on.fetching import Away
from campaign.accounts.sign_on.rules import Identity, Unanswered
from campaign.accounts.views import enter, may_be_here
from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.origins import network, origin_of
from campaign.core.permissions import Permission
from campaign.extensions import csrf, db
from campaign.web.access import requires
from campaign.web.origin import public_url

sign_on = Blueprint("sign_on", __name__)
ATTEMPTS = "sso:"
"""Tên để đếm các lần sai; no account can be called so."""


@sign_on.before_request
def _only_where_there_is_one() -> None:
    """Không có nhà cung cấp thì không có trang nào ở đây."""
    if not provider.is_named() and request.endpoint != "sign_on.back_channel_logout":
        raise NotVisible


def link_permit(user: User) -> str:
    """Giấy phép liên kết of whoever has just given their own password, for ten minutes."""
    return codes.sealed(f"link:{user.id}")


def _linking() -> int | None:
    """Whose account is to be linked by this way; None where somebody signs in."""
    permit = codes.unsealed(request.args.get("permit", ""), seconds=rules.ATTEMPT_SECONDS)
    is_own = current_user.is_authenticated and permit == f"link:{current_user.id}"
    return current_user.id if is_own else None


@sign_on.get("/start")
@requires(Permission.PUBLIC)
def start() -> ResponseReturnValue:
    """Sang nhà cung cấp, from the office's own address: there the browser comes back to."""
    target = safe_target(request.args.get("next"))
    linking = _linking() if "permit" in request.args else None
    if "permit" in request.args and linking is None:
        return _back(_late, target)
    if linking is None and origin_of(request.host_url) != current_app.config["PUBLIC_URL"].lower():
        return redirect(public_url("sign_on.start", next=target), HTTPStatus.SEE_OTHER)
    return _sent_there(target, linking)


def _sent_there(target: str | None, linking: int | None) -> Response:
    """To the provider, with what the return is told by kept in this browser."""
    try:
        address, attempt = provider.begin()
    except RuleViolation as violation:
        return _told(violation, target)
    answer = redirect(address, HTTPStatus.SEE_OTHER)
    attempts.keep(
        answer,
        attempt.state,
        nonce=attempt.nonce,
        verifier=attempt.verifier,
        target=target,
        linking=linking,
    )
    return answer


def _late() -> None:
    rules.refuse_late(provider.settings())


def _told(violation: RuleViolation, target: str | None) -> Response:
    """Back to the sign-in page with the sentence; whoever is signed in, to their own page."""
    flash(str(violation), "danger")
    if current_user.is_authenticated:
        return redirect(url_for("accounts.profile"), HTTPStatus.SEE_OTHER)
    return redirect(url_for("accounts.sign_in", next=target), HTTPStatus.SEE_OTHER)


def _back(refusing: Callable[[], None], target: str | None) -> Response:
    try:
        refusing()
    except RuleViolation as violation:
        return _told(violation, target)
    raise AssertionError


@sign_on.route("/callback", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def come_back() -> ResponseReturnValue:
    """Từ nhà cung cấp về: the return is shown as a button, and only its press signs in."""
    sent = request.form if request.method == "POST" else request.args
    state, code = sent.get("state", ""), sent.get("code", "")
    waiting = attempts.waiting(state)
    if waiting is None:
        if current_user.is_authenticated:  # gone back to a page that was answered already
            return redirect(url_for("home.index"), HTTPStatus.SEE_OTHER)
        return _back(_late, None)
    if not code:
        provider.log_failure(f"the provider refused: {rules.error_word(sent.get('error'))}")
        answer = _back(lambda: rules.refuse_denied(provider.settings()), waiting["target"])
    elif request.method != "POST":
        return _button(state, code, is_linking=waiting["linking"] is not None)
    else:
        answer = _let_in(waiting, code)
    attempts.forget(answer, state)
    return answer


def _button(state: str, code: str, *, is_linking: bool) -> ResponseReturnValue:
    """What came back, to be sent once more by a press."""
    return render_template(
        "accounts/sign_on/come_back.html",
        sent={"state": state, "code": code, "iss": request.args.get("iss", "")},
        is_linking=is_linking,
        name=provider.settings().button,
    )


def _let_in(waiting: dict[str, Any], code: str) -> Response:
    """The answer to the press; a browser that was refused is known from then on."""
    try:
        return make_response(_answered(waiting, code, request.form.get("iss") or None))
    except RuleViolation as violation:
        db.session.rollback()
        answer = _told(violation, waiting["target"])
        devices.remember(answer)
        return answer


def _answered(waiting: dict[str, Any], code: str, named: str | None) -> ResponseReturnValue:
    """Whoever came back is let in, or linked; no lock is held while the provider is asked."""
    now = datetime.now(UTC)
    attempt = _begin_attempt(waiting["state"], now)
    try:
        identity = tokens.identity(code, waiting["verifier"], waiting["nonce"], named)
    except Unanswered:
        accounts.take_back_attempt(attempt)
        db.session.commit()
        raise
    accounts.take_back_attempt(attempt)
    db.session.commit()
    if waiting["linking"] is not None:
        return _linked(waiting["linking"], identity, now)
    return _signed_in(identity, waiting["target"], now)


def _begin_attempt(state: str, now: datetime) -> int:
    """One attempt for a return that nobody has used; it is committed whatever comes of it."""
    attempt = accounts.begin_attempt(
        ATTEMPTS,
        device=devices.name_here(),
        address=network(request.remote_addr or ""),
        now=now,
    )
    is_first = actions.spend(rules.mark_of("state", state), now=now)
    db.session.commit()
    if not is_first:
        _late()
    return attempt


def _linked(user_id: int, identity: Identity, now: datetime) -> ResponseReturnValue:
    """The account of whoever gave their password, and is still signed in here."""
    if current_user.id != user_id:
        _late()
    recorder.acting_as(current_user.id, current_user.full_name)
    recorder.act("account.link")
    actions.link(people.person(user_id), identity, by_id=user_id, now=now)
    db.session.commit()
    flash(
        f"Đã liên kết. Từ nay Ông/Bà đăng nhập được bằng {provider.settings().button}.", "success"
    )
    return redirect(url_for("own_sign_on.show"), HTTPStatus.SEE_OTHER)


def _signed_in(identity: Identity, target: str | None, now: datetime) -> ResponseReturnValue:
    user = queries.linked_to(identity)
    if user is None:
        rules.refuse_stranger(provider.settings(), identity.subject)
    if not user.is_active or not may_be_here(user):
        rules.refuse_idle(provider.settings())
    token = actions.begin_session(user, identity, now=now)
    if user.has_second_factor:
        db.session.commit()
        sessions.await_second_factor(user, token)
        return redirect(url_for("second_factor.ask", next=target), HTTPStatus.SEE_OTHER)
    return enter(user, token, asked=target)


@sign_on.post("/back-channel-logout")
@requires(Permission.PUBLIC)
@csrf.exempt
def back_channel_logout() -> ResponseReturnValue:
    """Nhà cung cấp báo một phiên đã kết thúc: ours that began with it end on every machine."""
    if not provider.is_named():
        return jsonify(error="invalid_request"), HTTPStatus.BAD_REQUEST
    try:
        told = tokens.logged_out(request.form.get("logout_token", ""))
    except tokens.Wrong as fault:
        provider.log_failure(f"logout refused: {fault}")
        return jsonify(error="invalid_request"), HTTPStatus.BAD_REQUEST
    except Away as fault:
        provider.log_failure(f"logout not checked: {fault}")
        return jsonify(error="temporarily_unavailable"), HTTPStatus.SERVICE_UNAVAILABLE
    now = datetime.now(UTC)
    if not actions.spend(rules.mark_of("jti", told.issuer, told.number), now=now):
        return jsonify(error="invalid_request"), HTTPStatus.BAD_REQUEST
    _note_ended(actions.end_sessions(told.issuer, told.subject, told.sid, now=now))
    db.session.commit()
    return "", HTTPStatus.OK


def _note_ended(ended: list[int]) -> None:
    """Into the record, for each person: how many sessions of theirs ended."""
    recorder.act("account.ended_by_provider")
    for user_id in sorted(set(ended)):
        of_person = {"sessions_ended": ended.count(user_id)}
        recorder.note("user_account", str(user_id), None, of_person)
