"""Biểu mẫu của một người: as it is shown, and written from."""

from flask import current_app

from campaign.accounts import actions
from campaign.accounts.forms import PersonForm
from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.units import queries as units


def person_form(user: User | None) -> PersonForm:
    """Biểu mẫu của một người, filled in; empty for a new one."""
    form = PersonForm(
        obj=user,
        data={
            "officer_of": user.units_as(Role.UNIT_OFFICER),
            "head_of": user.units_as(Role.UNIT_HEAD),
        }
        if user
        else None,
    )
    choices = [(str(unit.id), unit.name) for unit in units.in_order()]
    form.unit_id.choices = [("", "— chưa chọn —"), *choices]
    form.officer_of.choices = form.head_of.choices = choices
    return form


def created_from(form: PersonForm) -> User:
    """Người mới như đã khai, with their roles."""
    user = actions.create_person(
        user_name=form.user_name.data,
        full_name=form.full_name.data,
        honorific=form.honorific.data,
        position=form.position.data,
        email=form.email.data,
        unit_id=form.unit_id.chosen,
    )
    _set_roles(user, form)
    return user


def write_to(user: User, form: PersonForm) -> None:
    """Sửa một người như đã khai, and their roles."""
    actions.describe(
        user,
        full_name=form.full_name.data,
        honorific=form.honorific.data,
        position=form.position.data,
        email=form.email.data,
        unit_id=form.unit_id.chosen,
    )
    _set_roles(user, form)


def _set_roles(user: User, form: PersonForm) -> None:
    """The roles that were chosen, and the right to sign in."""
    actions.set_roles(
        user,
        form.granted(),
        is_active=form.is_active.data,
        with_demo=current_app.config["DEMO"],
    )
