"""Rights as they must be, compared with what the views declare."""

from flask import Flask

from campaign.core.permissions import GRANTS, WITHOUT_ROLE, Permission, Role
from tests.shape.access import ACCESS, GRANTED, OWN
from tests.shape.walk import key_of


def declared(app: Flask, endpoint: str | None = None) -> dict[str, str]:
    """What the views demand, or one of them, by address."""
    demanded = {}
    for rule in app.url_map.iter_rules(endpoint):
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        needs = "static" if rule.endpoint == "static" else getattr(permission, "value", "nothing")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            demanded[key_of(method, rule.rule)] = "public" if needs == "public:read" else needs
    return demanded


def test_every_address_demands_the_permission_that_is_written_down(app):
    assert declared(app) == ACCESS


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


def test_every_address_that_is_opened_to_whoever_has_signed_in_is_noticed(app):
    guarded = {
        endpoint: view
        for endpoint, view in app.view_functions.items()
        if getattr(view, "permission", Permission.PUBLIC)
        not in {Permission.PUBLIC, Permission.ACCOUNT_OWN}
    }
    unnoticed = []
    for endpoint, view in guarded.items():
        demanded, view.permission = view.permission, Permission.ACCOUNT_OWN
        if declared(app, endpoint).items() <= ACCESS.items():
            unnoticed.append(endpoint)
        view.permission = demanded
    assert unnoticed == []
    assert len(guarded) > 200
    print(f"rights: {len(guarded)} of {len(guarded)} weakened ones noticed")  # noqa: T201
