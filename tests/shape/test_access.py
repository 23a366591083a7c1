"""Rights as they must be, compared with what the views declare."""

import re

from flask import Flask

from campaign.core.permissions import GRANTS, WITHOUT_ROLE, Permission, Role
from tests.shape.access import ACCESS, GRANTED, OWN


def _declared(app: Flask) -> dict[str, str]:
    declared = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        needs = "static" if rule.endpoint == "static" else getattr(permission, "value", "nothing")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            address = re.sub(r"<(?:\w+:)?(\w+?)(?:_id)?>", r"<\1>", rule.rule)
            declared[f"{method} {address}"] = "public" if needs == "public:read" else needs
    return declared


def test_every_address_demands_the_permission_that_is_written_down(app):
    assert _declared(app) == ACCESS


def test_every_role_holds_the_permissions_that_are_written_down():
    held = {role.value: sorted(right.value for right in GRANTS[role]) for role in Role}
    assert held == GRANTED


def test_an_account_without_a_role_holds_its_own_page_alone():
    assert sorted(right.value for right in WITHOUT_ROLE) == OWN


def test_every_permission_is_held_by_somebody_and_guards_something():
    rights = {right.value for right in Permission} - {"public:read"}
    held = {right for role in GRANTED.values() for right in role}
    assert rights - held == set()
    assert rights - set(ACCESS.values()) == set()
