"""Trang có biểu mẫu: drawn again with its errors, under the status that says so."""

from http import HTTPStatus
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.web.fields import VietnameseForm


def form_page(template: str, form: VietnameseForm, **values: Any) -> ResponseReturnValue:
    """Trang của một biểu mẫu; 422 where something typed was refused."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(template, form=form, **values), status


def tell_refusal(form: VietnameseForm, violation: RuleViolation) -> None:
    """Từ chối: nothing of it is kept, and the form says why; the page draws what stands anew."""
    db.session.rollback()
    form.add_violation(violation)
