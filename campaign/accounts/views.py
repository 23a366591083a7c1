"""Tài khoản: signing in, one's own account, and the administration of people."""

from datetime import UTC, datetime
from http import HTTPStatus

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
from flask_wtf.csrf import generate_csrf

from campaign.accounts import actions, devices, passwords, queries, sessions, workbook
from campaign.accounts.forms import ChangePasswordForm, NewPasswordForm, PersonForm, SignInForm
from campaign.accounts.listing import asked_people, statement
from campaign.accounts.models import User
from campaign.accounts.person_form import created_from, person_form, write_to
from campaign.accounts.rules import LINK_LIFETIME, WRONG_PASSWORD, safe_target
from campaign.accounts.sign_on import provider
from campaign.accounts.sign_on.queries import refuses_password
from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.origins import network
from campaign.core.permissions import Permission, Role
from campaign.extensions import db
from campaign.units import queries as units
from campaign.web.access import requires
from campaign.web.origin import public_url
from campaign.web.pages import tell_refusal
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

accounts = Blueprint("accounts", __name__)


@accounts.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Đăng nhập."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            user = _signed_in(form.user_name.data.lower(), form.password.data or "")
        except RuleViolation as violation:
            db.session.commit()
            form.add_violation(violation)
        else:
            return _after_password(user)
    return _sign_in_page(form)


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    """What to sign in with; a browser that was refused is known from then on."""
    named = provider.settings()
    page = render_template(
        "accounts/sign_in.html", form=form, sign_on=named.button if named.issuer else ""
    )
    if not form.errors:
        return page
    answer = make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
    devices.remember(answer)
    return answer


def _signed_in(user_name: str, password: str) -> User:
    """Whose password this is, or the sentence that says why not; no lock is held meanwhile."""
    now, user, device = datetime.now(UTC), queries.by_name(user_name), devices.name_here()
    address = "" if user and devices.is_known(user.id) else network(request.remote_addr or "")
    attempt = actions.begin_attempt(user_name, device=device, address=address, now=now)
    password_hash = user.password_hash if user and user.is_active else None
    db.session.commit()
    if not passwords.matches(password_hash, password):
        refuse(WRONG_PASSWORD)
    user = queries.by_name(user_name)
    if user is None or not may_be_here(user):
        refuse(WRONG_PASSWORD)
    actions.take_back_attempt(attempt)
    _refuse_single_sign_on(user)
    if not user.has_second_factor:
        actions.record_success(user, password, device=device)
    return user


def _refuse_single_sign_on(user: User) -> None:
    """Whoever must come by the provider is told so, once the password was right."""
    if provider.is_named() and refuses_password(user):
        named = provider.settings().button
        refuse(f"Tài khoản này không dùng mật khẩu. Hãy bấm “Đăng nhập bằng {named}”.")


def _after_password(user: User) -> ResponseReturnValue:
    """Into the system; where the person has a second factor, to its question first."""
    asked = request.args.get("next")
    if user.has_second_factor:
        db.session.commit()
        sessions.await_second_factor(user)
        return redirect(url_for("second_factor.ask", next=asked), HTTPStatus.SEE_OTHER)
    return enter(user)


def enter(user: User, token: str = "", *, asked: str | None = None) -> ResponseReturnValue:
    """Vào hệ thống: the session begins, the browser is known to this person from now on; `token`
    names a session that began with the provider.
    """
    recorder.acting_as(user.id, user.full_name)
    recorder.act("account.sign_on" if token else "account.sign_in")
    recorder.note("user_account", str(user.id), None, {"signed_in": True})
    db.session.commit()
    sessions.begin(user, token)
    target = safe_target(asked or request.args.get("next")) or url_for("home.index")
    if user.must_change_password:
        target = url_for("accounts.change_password")
    answer = redirect(target, HTTPStatus.SEE_OTHER)
    devices.remember(answer, user.id)
    return answer


def may_be_here(user: User) -> bool:
    """Người này được ở đây: demo people in demo mode only."""
    return not user.is_demo or bool(current_app.config["DEMO"])


@accounts.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    """Đăng xuất: in this browser and on the server; the person's other devices stay signed in."""
    user = queries.person(current_user.id)
    actions.end_session(
        user, sessions.end(), lifetime=current_app.permanent_session_lifetime, now=datetime.now(UTC)
    )
    recorder.act("account.sign_out")
    recorder.note("user_account", str(user.id), None, {"signed_out": True})
    db.session.commit()
    return redirect(url_for("publicity.index"), HTTPStatus.SEE_OTHER)


@accounts.get("/profile")
@requires(Permission.ACCOUNT_OWN)
def profile() -> ResponseReturnValue:
    """Tài khoản của tôi."""
    return render_template(
        "accounts/profile.html",
        person=queries.person(current_user.id),
        signs_on=provider.is_named(),
    )


def own_password(typed: str) -> None:
    """Mật khẩu của chính mình, asked once more; guesses wait in this session alone."""
    user_id, kept_hash = current_user.id, current_user.password_hash
    attempt = actions.begin_attempt(
        current_user.user_name, device=f"session:{user_id}", address="", now=datetime.now(UTC)
    )
    db.session.commit()
    if not passwords.matches(kept_hash, typed):
        refuse("Mật khẩu hiện tại không đúng.", "current_password")
    actions.take_back_attempt(attempt)
    db.session.commit()


@accounts.route("/change-password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def change_password() -> ResponseReturnValue:
    """Đổi mật khẩu; on the first sign-in it comes before everything else."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        user_id, name = current_user.id, current_user.user_name
        try:
            own_password(form.current_password.data or "")
            new_hash = actions.new_password_hash(name, form.new_password.data or "")
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _password_changed(user_id, new_hash)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("accounts/change_password.html", form=form), status


def _password_changed(user_id: int, new_hash: str) -> ResponseReturnValue:
    """The new password is written; of all sessions this one goes on."""
    user = queries.person(user_id)
    actions.set_password(user, new_hash)
    recorder.act("account.change_password")
    db.session.commit()
    sessions.begin(user)
    flash("Đã đổi mật khẩu. Các phiên khác đã kết thúc.", "success")
    return redirect(url_for("home.index"), HTTPStatus.SEE_OTHER)


@accounts.route("/link/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def link(token: str) -> ResponseReturnValue:
    """Liên kết dùng một lần: opening it changes nothing; posting sets the password."""
    form = NewPasswordForm()
    now = datetime.now(UTC)
    user = queries.person(actions.usable_link(token, now=now).user_id)
    if form.validate_on_submit():
        name = user.user_name
        db.session.rollback()
        try:
            new_hash = actions.new_password_hash(name, form.new_password.data or "")
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _password_set(token, user, new_hash, now)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("accounts/link.html", form=form, person=user), status


def _password_set(token: str, user: User, new_hash: str, now: datetime) -> ResponseReturnValue:
    """The link, looked at once more, is used up; the browser is known to them from now on."""
    usable = actions.usable_link(token, now=now)
    recorder.acting_as(user.id, user.full_name)
    recorder.act("account.use_link")
    actions.use_link(usable, queries.person(user.id), new_hash, now=now)
    db.session.commit()
    flash("Đã đặt mật khẩu. Hãy đăng nhập.", "success")
    answer = redirect(url_for(".sign_in"), HTTPStatus.SEE_OTHER)
    devices.remember(answer, user.id)
    return answer


@accounts.get("/session")
@requires(Permission.PUBLIC)
def whoami() -> ResponseReturnValue:
    """Phiên hiện tại: who this browser is, and a fresh token for its forms."""
    user_id = current_user.id if current_user.is_authenticated else None
    return jsonify(user=user_id, csrf=generate_csrf())


@accounts.get("/users")
@requires(Permission.ACCOUNT_MANAGE)
def users() -> ResponseReturnValue:
    """Danh sách người dùng."""
    here = asked_people()
    page = paginate(statement(here), number=page_number())
    return render_template(
        "accounts/users.html", page=page, asked=here, signs_on=provider.is_named()
    )


@accounts.get("/users/excel")
@requires(Permission.ACCOUNT_MANAGE)
def spreadsheet() -> ResponseReturnValue:
    """Danh sách người dùng ra Excel, with the conditions of the page in force."""
    here = asked_people()
    role = here.chosen["role"]
    return send_tables(
        workbook.people(db.session.scalars(statement(here))),
        title="Người dùng",
        state="danh sách hiện có",
        name="nguoi-dung",
        notes=[
            ("Tên có", here.text or "tất cả"),
            ("Vai trò", Role(role).label if role else "mọi vai trò"),
        ],
    )


@accounts.route("/users/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def new_user() -> ResponseReturnValue:
    """Thêm người dùng, and show their one-time link."""
    form = person_form(None)
    if form.validate_on_submit():
        try:
            user = created_from(form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            token = actions.give_link(user, by_id=current_user.id, now=datetime.now(UTC))
            recorder.act("account.create")
            db.session.commit()
            _warn_of_namesakes(user)
            return _link_page(user, token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("accounts/edit_user.html", form=form, person=None), status


def _warn_of_namesakes(user: User) -> None:
    if twins := queries.namesakes(user):
        named = "; ".join(f"{twin.full_name} ({twin.user_name})" for twin in twins)
        flash(f"Đơn vị này đã có {named}: có phải một người không?", "warning")


@accounts.route("/users/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def edit_user(user_id: int) -> ResponseReturnValue:
    """Sửa người dùng và vai trò."""
    user = queries.person(user_id)
    form = person_form(user)
    del form.user_name
    if form.validate_on_submit():
        try:
            write_to(user, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            recorder.act("account.edit")
            db.session.commit()
            flash(f"Đã lưu {user.full_name}.", "success")
            return redirect(url_for(".users"), HTTPStatus.SEE_OTHER)
    return _person_page(user_id, form)


def _person_page(user_id: int, form: PersonForm) -> ResponseReturnValue:
    """The page of one person as they are, with what was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "accounts/edit_user.html",
        form=form,
        person=queries.person(user_id),
        signs_on=provider.is_named(),
    ), status


@accounts.post("/users/<int:user_id>/give-link")
@requires(Permission.ACCOUNT_MANAGE)
def give_link(user_id: int) -> ResponseReturnValue:
    """Cấp liên kết dùng một lần: shown on this answer only."""
    user = queries.person(user_id)
    token = actions.give_link(user, by_id=current_user.id, now=datetime.now(UTC))
    recorder.act("account.give_link")
    db.session.commit()
    return _link_page(user, token)


@accounts.post("/users/<int:user_id>/forgive")
@requires(Permission.ACCOUNT_MANAGE)
def forgive(user_id: int) -> ResponseReturnValue:
    """Bỏ thời gian chờ of a person after wrong passwords: at once."""
    user = queries.person(user_id)
    actions.forgive(user.user_name)
    recorder.act("account.forgive")
    recorder.note("user_account", str(user.id), None, {"waits": False})
    db.session.commit()
    flash(f"{user.full_name} đăng nhập lại được ngay.", "success")
    return redirect(url_for(".edit_user", user_id=user.id), HTTPStatus.SEE_OTHER)


def _link_page(user: User, token: str) -> ResponseReturnValue:
    address = public_url("accounts.link", token=token)
    hours = int(LINK_LIFETIME.total_seconds() // 3600)
    return render_template("accounts/give_link.html", person=user, address=address, hours=hours)


@accounts.get("/units/<int:unit_id>")
@requires(Permission.UNIT_MANAGE)
def unit_people(unit_id: int) -> ResponseReturnValue:
    """Thủ trưởng và cán bộ của một đơn vị."""
    unit = units.unit(unit_id)
    return render_template(
        "accounts/unit_people.html",
        unit=unit,
        grants=queries.grants_at(unit_id),
        staff=queries.staff_of(unit_id),
    )
