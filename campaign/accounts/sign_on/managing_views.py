"""Đăng nhập một lần của mọi người: the administrator links accounts and says who must use it."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as people
from campaign.accounts.models import User
from campaign.accounts.sign_on import actions, provider, queries
from campaign.accounts.sign_on.forms import DemandForm, LinkForm, WayForm
from campaign.accounts.sign_on.rules import Identity, SignInWay
from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.web.access import requires
from campaign.web.pages import tell_refusal

managing = Blueprint("managed_sign_on", __name__)


@managing.before_request
def _only_where_there_is_one() -> None:
    """Không có nhà cung cấp thì không có trang nào ở đây."""
    if not provider.is_named():
        raise NotVisible


@managing.route("/", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """Đăng nhập một lần: how many are linked, who keeps the password, and what holds for all."""
    form = DemandForm(data={"is_on": queries.is_demanded()})
    if form.validate_on_submit():
        try:
            actions.demand(is_on=form.is_on.data)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            recorder.act("account.demand_sign_on")
            db.session.commit()
            flash("Đã lưu quy định chung.", "success")
            return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    return _overview(form)


def _overview(form: DemandForm) -> ResponseReturnValue:
    """The page of what holds for all, with what was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "accounts/sign_on/managing.html",
        form=form,
        provider=provider.settings(),
        counts=queries.counts(),
        kept=queries.kept_on_password(),
        unlinked=queries.unlinked(),
    ), status


def _page(
    user_id: int, link_form: LinkForm | None = None, way_form: WayForm | None = None
) -> ResponseReturnValue:
    user = people.person(user_id)
    asked = [form for form in (link_form, way_form) if form and form.errors]
    return render_template(
        "accounts/sign_on/person.html",
        person=user,
        link=queries.link_of(user_id),
        link_form=link_form or LinkForm(formdata=None),
        way_form=way_form or WayForm(formdata=None, sign_in_way=user.sign_in_way.value),
        provider=provider.settings(),
        is_demanded=queries.is_demanded(),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if asked else HTTPStatus.OK


@managing.get("/<int:user_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(user_id: int) -> ResponseReturnValue:
    """Đăng nhập một lần của một người."""
    return _page(user_id)


def _saved(user: User, act: str, sentence: str) -> ResponseReturnValue:
    recorder.act(act)
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for(".show", user_id=user.id), HTTPStatus.SEE_OTHER)


@managing.post("/<int:user_id>/link")
@requires(Permission.ACCOUNT_MANAGE)
def link(user_id: int) -> ResponseReturnValue:
    """Liên kết một tài khoản với mã của người ấy ở nhà cung cấp."""
    form, user = LinkForm(), people.person(user_id)
    if not form.validate_on_submit():
        return _page(user_id, link_form=form)
    identity = Identity(provider.settings().issuer, form.subject.data or "")
    try:
        actions.link(user, identity, by_id=current_user.id, now=datetime.now(UTC))
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return _page(user_id, link_form=form)
    return _saved(user, "account.link", f"Đã liên kết tài khoản của {user.full_name}.")


@managing.post("/<int:user_id>/unlink")
@requires(Permission.ACCOUNT_MANAGE)
def unlink(user_id: int) -> ResponseReturnValue:
    """Bỏ liên kết của một người."""
    user = people.person(user_id)
    actions.unlink(user, now=datetime.now(UTC))
    return _saved(user, "account.unlink", f"Đã bỏ liên kết của {user.full_name}.")


@managing.post("/<int:user_id>/way")
@requires(Permission.ACCOUNT_MANAGE)
def choose_way(user_id: int) -> ResponseReturnValue:
    """Đặt cách đăng nhập của một người."""
    form, user = WayForm(), people.person(user_id)
    if not form.validate_on_submit():
        return _page(user_id, way_form=form)
    try:
        actions.choose_way(user, SignInWay(form.sign_in_way.data))
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return _page(user_id, way_form=form)
    return _saved(user, "account.sign_in_way", f"Đã lưu cách đăng nhập của {user.full_name}.")
