"""Khoá giao diện: the administrator's page."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.api.keys import actions, queries
from campaign.api.keys.forms import KeyForm
from campaign.api.models import ApiKey
from campaign.api.rules import Scope
from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.origin import public_url
from campaign.web.pages import form_page, tell_refusal

keys = Blueprint("api_keys", __name__)
LABELS = {scope.value: scope.label for scope in Scope}


@keys.route("/", methods=["GET", "POST"])
@requires(Permission.SYSTEM_OPERATE)
def index() -> ResponseReturnValue:
    """Các khoá giao diện, and one more; what is handed over is shown once."""
    form = KeyForm()
    if form.validate_on_submit():
        try:
            row, token = _given(form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return render_template("api/given.html", key=row, token=token, address=_address())
    return _keys_page(form)


def _given(form: KeyForm) -> tuple[ApiKey, str]:
    """The key as it was asked for, and what is handed over."""
    row, token = actions.give(
        name=form.name.data,
        scopes=[scope for scope in Scope if form[scope.value].data],
        expires_on=form.expires_on.data,
        by=current_user,
        at=datetime.now(UTC),
        today=clock.today(),
    )
    recorder.act("api_key.give")
    db.session.commit()
    return row, token


def _keys_page(form: KeyForm) -> ResponseReturnValue:
    """The keys there are, with what was typed."""
    return form_page(
        "api/keys.html",
        form,
        rows=queries.keys(),
        labels=LABELS,
        today=clock.today(),
        address=_address(),
    )


def _address() -> str:
    return public_url("api.description")


@keys.post("/<int:key_id>/revoke")
@requires(Permission.SYSTEM_OPERATE)
def revoke(key_id: int) -> ResponseReturnValue:
    """Thu hồi một khoá."""
    row = queries.key(key_id)
    actions.revoke(row, by=current_user, at=datetime.now(UTC))
    recorder.act("api_key.revoke")
    db.session.commit()
    flash(f"Đã thu hồi khoá của “{row.name}”.", "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
