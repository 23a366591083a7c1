"""Rights: what the roles grant together."""

import pytest

from campaign.core.permissions import Permission, Role, permissions_of


def test_without_a_role_there_is_only_the_own_account():
    assert permissions_of(frozenset()) == {Permission.ACCOUNT_OWN, Permission.HOME_READ}


def test_who_holds_two_roles_has_the_rights_of_both():
    officer = permissions_of(frozenset({Role.UNIT_OFFICER}))
    admin = permissions_of(frozenset({Role.ADMIN}))
    assert permissions_of(frozenset({Role.UNIT_OFFICER, Role.ADMIN})) == officer | admin
    assert Permission.REPORT_PREPARE in officer - admin
    assert Permission.ACCOUNT_MANAGE in admin - officer


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_heads_belong_to_a_unit(role):
    assert role.belongs_to_unit is (role.value in {"unit_officer", "unit_head"})


def test_a_role_is_its_value_and_knows_its_name():
    assert (Role("director"), Role.DIRECTOR.label) == ("director", "Giám đốc")
