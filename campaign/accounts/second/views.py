"""Yếu tố thứ hai: the question for a code after the password, and each person's own setting."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import actions, codes, devices, queries, second_factor, sessions
from campaign.accounts.forms import CodeForm, RemoveForm, SetUpForm
from campaign.accounts.models import User
from campaign.accounts.rules import safe_target
from campaign.accounts.views import enter, own_password
from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.web.access import needs_second_factor, requires
from campaign.web.fields import VietnameseForm
from campaign.web.pages import tell_refusal

second = Blueprint("second_factor", __name__)
SET_UP_SECONDS = 1800


def _answer(template: str, form: VietnameseForm, **values: object) -> ResponseReturnValue:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(template, form=form, **values), status


@second.route("/code", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def ask() -> ResponseReturnValue:
    """Hỏi mã, after the password was right."""
    waiting = sessions.awaited()
    target = safe_target(request.args.get("next"))
    if waiting is None:
        return redirect(url_for("accounts.sign_in", next=target), HTTPStatus.SEE_OTHER)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            user = _with_code(waiting.id, form.second_code.data)
        except RuleViolation as violation:
            db.session.commit()
            form.add_violation(violation)
        else:
            actions.forgive(user.user_name, device=devices.name_here())
            return enter(user, sessions.awaited_token())
    return _answer("accounts/ask_code.html", form, target=target)


def _with_code(user_id: int, code: str) -> User:
    """The person, if the code is right; wrong ones wait: a known browser alone, others together."""
    user, now = queries.person(user_id), datetime.now(UTC)
    device = devices.name_here() if devices.is_known(user_id) else "strangers"
    attempt = actions.begin_attempt(
        actions.code_attempts(user.user_name), device=device, address="", now=now
    )
    db.session.commit()
    user = queries.person(user_id)
    second_factor.check(user, code, now=now)
    actions.take_back_attempt(attempt)
    return user


@second.route("/", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Yếu tố thứ hai của tôi: what is set; where nothing is, the picture to set it up with."""
    if current_user.has_second_factor:
        return render_template(
            "accounts/second_factor.html",
            renew=CodeForm(),
            remove=RemoveForm(),
            left=queries.recovery_codes_left(current_user.id),
            is_demanded=needs_second_factor(),
        )
    return _setting_up()


def _setting_up() -> ResponseReturnValue:
    """The secret to set it up with stays the same while its owner types; then come the codes."""
    form = SetUpForm()
    set_up = codes.unsealed(form.sealed.data or "", seconds=SET_UP_SECONDS) or ""
    owner, _, secret = set_up.partition(":")
    if form.validate_on_submit() and owner == str(current_user.id):
        try:
            made = _set_up(form, secret)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _codes(made, "account.second_factor_on")
    if owner != str(current_user.id):
        secret = codes.new_secret()
        form.sealed.data = codes.sealed(f"{current_user.id}:{secret}")
    return _picture_page(form, secret)


def _set_up(form: SetUpForm, secret: str) -> list[str]:
    """The recovery codes, if password and code are right."""
    own_password(form.current_password.data or "")
    return second_factor.set_up(
        queries.person(current_user.id),
        secret,
        form.second_code.data,
        now=datetime.now(UTC),
    )


def _picture_page(form: SetUpForm, secret: str) -> ResponseReturnValue:
    """The secret as a picture for the other device, and the form for its first code."""
    return _answer(
        "accounts/set_up_second_factor.html",
        form,
        secret=secret,
        picture=codes.picture(secret, current_user.user_name),
        is_demanded=needs_second_factor(),
    )


def _codes(made: list[str], act: str) -> ResponseReturnValue:
    """The recovery codes, on this answer only."""
    recorder.act(act)
    db.session.commit()
    return render_template("accounts/recovery_codes.html", codes=made)


@second.post("/recovery-codes")
@requires(Permission.ACCOUNT_OWN)
def renew_codes() -> ResponseReturnValue:
    """Cấp mã khôi phục mới, for a code of now."""
    user = _with_code(current_user.id, CodeForm().second_code.data or "")
    return _codes(second_factor.renew_recovery_codes(user), "account.recovery_codes")


@second.post("/remove")
@requires(Permission.ACCOUNT_OWN)
def remove() -> ResponseReturnValue:
    """Tắt yếu tố thứ hai của mình, for the password and a code of now."""
    form = RemoveForm()
    if needs_second_factor():
        refuse("Vai trò của Ông/Bà phải có yếu tố thứ hai nên không tắt được.")
    own_password(form.current_password.data or "")
    user = _with_code(current_user.id, form.off_code.data or "")
    second_factor.take_away(user)
    recorder.act("account.second_factor_off")
    db.session.commit()
    flash("Đã tắt yếu tố thứ hai.", "success")
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@second.post("/reset/<int:user_id>")
@requires(Permission.ACCOUNT_MANAGE)
def reset(user_id: int) -> ResponseReturnValue:
    """Đặt lại yếu tố thứ hai của một người, with the reason; sessions of this person end."""
    user = queries.person(user_id)
    second_factor.reset(user, request.form.get("reason", ""))
    actions.forgive(user.user_name)
    recorder.act("account.second_factor_reset")
    db.session.commit()
    flash(
        f"Đã đặt lại yếu tố thứ hai của {user.full_name}; các phiên của người này đã kết thúc.",
        "success",
    )
    return redirect(url_for("accounts.edit_user", user_id=user_id), HTTPStatus.SEE_OTHER)
