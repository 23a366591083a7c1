"""Đăng nhập một lần của mỗi người: linking one's own account, and setting it free."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as people
from campaign.accounts.sign_on import actions, provider, queries
from campaign.accounts.sign_on.forms import OwnPasswordForm
from campaign.accounts.sign_on.views import link_permit
from campaign.accounts.views import own_password
from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.web.access import requires

own_sign_on = Blueprint("own_sign_on", __name__)


@own_sign_on.before_request
def _only_where_there_is_one() -> None:
    """Không có nhà cung cấp thì không có trang nào ở đây."""
    if not provider.is_named():
        raise NotVisible


@own_sign_on.route("/", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Đăng nhập một lần của tôi: what is linked; else, for the own password, the way there."""
    form = OwnPasswordForm()
    permit = _permit(form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "accounts/sign_on/own.html",
        form=form,
        link=queries.link_of(current_user.id),
        permit=permit,
        must=queries.refuses_password(current_user),
        name=provider.settings().button,
    ), status


def _permit(form: OwnPasswordForm) -> str | None:
    """What the way to the provider is opened with, once the password was right."""
    if not form.validate_on_submit():
        return None
    try:
        own_password(form.current_password.data or "")
    except RuleViolation as violation:
        form.add_violation(violation)
        return None
    return link_permit(current_user)


@own_sign_on.post("/unlink")
@requires(Permission.ACCOUNT_OWN)
def unlink() -> ResponseReturnValue:
    """Bỏ liên kết của mình, for the password; not where the account must sign on so."""
    if queries.refuses_password(current_user):
        refuse("Tài khoản này phải đăng nhập một lần; chỉ quản trị hệ thống bỏ được liên kết.")
    own_password(OwnPasswordForm().current_password.data or "")
    actions.unlink(people.person(current_user.id), now=datetime.now(UTC))
    recorder.act("account.unlink")
    db.session.commit()
    flash("Đã bỏ liên kết. Từ nay Ông/Bà đăng nhập bằng mật khẩu.", "success")
    return redirect(url_for("accounts.profile"), HTTPStatus.SEE_OTHER)
