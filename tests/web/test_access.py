"""The guard at the door: who is let in where, and who is sent elsewhere first."""

from http import HTTPStatus
from types import SimpleNamespace

import pytest
from flask import Flask, session
from flask_login import LoginManager
from sqlalchemy.dialects import postgresql

from campaign import database
from campaign.core.permissions import Permission, Role
from campaign.web import access
from campaign.web.access import Visitor, is_signed_in, needed_permission, requires, wants_json

WAYS = [
    ("open", "/open", Permission.PUBLIC),
    ("accounts.change_password", "/password", Permission.ACCOUNT_OWN),
    ("second_factor.show", "/second-factor", Permission.ACCOUNT_OWN),
    ("mark", "/mark", Permission.SHEET_MARK),
    ("rows", "/rows/<int:number>", Permission.PUBLIC),
    ("names", "/names/<name>", Permission.PUBLIC),
    ("undeclared", "/undeclared", None),
]
OFFICER = Role.UNIT_OFFICER


def _person(*rights, roles=(OFFICER,), **more):
    person = Visitor()
    person.__dict__ |= {
        "id": 7,
        "is_authenticated": True,
        "permissions": frozenset(rights),
        "roles": frozenset(roles),
        "full_name": "Lò Thị Mai",
        "role_summary": "Cán bộ đơn vị",
    } | more
    return person


@pytest.fixture
def store(monkeypatch):
    """What stands for the database: its kind, what it was asked, and who acts."""
    asked = []
    stands = SimpleNamespace(
        engine=SimpleNamespace(dialect=SimpleNamespace(name="sqlite")),
        session=SimpleNamespace(
            execute=asked.append, info={}, rollback=lambda: asked.append("rollback")
        ),
        asked=asked,
    )
    monkeypatch.setattr(access, "db", stands)
    return stands


@pytest.fixture
def door(monkeypatch, store):
    """A site of one page for each kind of right; `door.person` is who is at the screen."""
    monkeypatch.setattr(access.login_manager, "anonymous_user", None)
    site = Flask("door")
    site.person, site.chairs = None, set()
    access.init_app(site, is_chair=lambda number: number in site.chairs)
    manager = LoginManager(site)
    manager.anonymous_user = access.login_manager.anonymous_user
    manager.request_loader(lambda _request: site.person)

    def answer(**_given):
        return {"writes": database.writing.get()}

    for endpoint, path, right in WAYS:

        def view(**given):
            return answer(**given)

        site.add_url_rule(
            path,
            endpoint,
            requires(right)(view) if right else view,
            methods=["GET", "POST", "DELETE"],
        )
    return site


def _status(door, path, **options):
    return door.test_client().open(path, **options).status_code


@pytest.mark.parametrize(
    ("rights", "path", "status"),
    [
        (None, "/open", HTTPStatus.OK),
        (None, "/password", HTTPStatus.UNAUTHORIZED),
        (None, "/mark", HTTPStatus.UNAUTHORIZED),
        (None, "/undeclared", HTTPStatus.FORBIDDEN),
        (None, "/nowhere", HTTPStatus.NOT_FOUND),
        (None, "/static/nothing.css", HTTPStatus.NOT_FOUND),
        ([], "/open", HTTPStatus.OK),
        ([], "/mark", HTTPStatus.FORBIDDEN),
        ([], "/password", HTTPStatus.FORBIDDEN),
        ([Permission.ACCOUNT_OWN], "/password", HTTPStatus.OK),
        ([Permission.ACCOUNT_OWN], "/mark", HTTPStatus.FORBIDDEN),
        ([Permission.SHEET_MARK], "/mark", HTTPStatus.OK),
        (list(Permission), "/undeclared", HTTPStatus.FORBIDDEN),
    ],
)
def test_a_page_opens_only_to_whom_it_declares(door, rights, path, status):
    door.person = None if rights is None else _person(*rights)
    assert _status(door, path) == status


def test_the_declaration_stands_with_the_view(door):
    with door.app_context():
        declared = {name: needed_permission(name) for name, _path, _right in WAYS}
        assert declared == {name: right for name, _path, right in WAYS}
        assert needed_permission("nowhere") is None


@pytest.mark.parametrize(
    "path",
    ["/names/a%00b", "/open%00", "/open?x=%00", "/mark?x=a%00b", "/static/%00", "/nowhere%00"],
)
def test_a_character_no_database_takes_is_in_no_address(door, path):
    door.person = _person(Permission.SHEET_MARK)
    assert _status(door, path) == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("number", "status"),
    [("7", HTTPStatus.OK), ("9" * 10, HTTPStatus.OK), ("9" * 11, HTTPStatus.NOT_FOUND)],
)
def test_a_number_in_an_address_has_ten_digits_at_most(door, number, status):
    assert _status(door, f"/rows/{number}") == status


@pytest.mark.parametrize(("method", "writes"), [("GET", False), ("POST", True), ("DELETE", True)])
def test_only_what_may_change_something_is_said_to_write(door, method, writes):
    told = door.test_client().open("/open", method=method).json
    assert told == {"writes": writes}


@pytest.mark.parametrize(
    ("path", "goes"), [("/mark", "/password"), ("/password", None), ("/open", None)]
)
def test_whoever_must_change_their_password_does_so_first(door, path, goes):
    door.person = _person(*Permission, must_change_password=True)
    told = door.test_client().get(path)
    assert (told.status_code, told.location) == (
        HTTPStatus.SEE_OTHER if goes else HTTPStatus.OK,
        goes,
    )


def test_somebody_waits_for_what_is_asked_at_the_door(door):
    @requires(Permission.PUBLIC)
    def waiting():
        return {"is_awaited": database.is_awaited.get()}

    door.add_url_rule("/waiting", "waiting", waiting)
    database.is_awaited.set(False)
    assert door.test_client().get("/waiting").json == {"is_awaited": True}


MEMBER = Role.COUNCIL_MEMBER


@pytest.mark.parametrize(
    ("demanding", "roles", "chairs", "needs"),
    [
        (None, [OFFICER], [], False),
        ([], [OFFICER], [7], False),
        (["unit_officer"], [OFFICER], [], True),
        (["admin"], [OFFICER], [7], False),
        (["admin", "unit_officer"], [OFFICER, MEMBER], [], True),
        (["admin"], [MEMBER], [7], False),
        (["chair"], [MEMBER], [7], True),
        (["chair"], [MEMBER], [8], False),
        (["chair"], [OFFICER], [7], False),
        (["chair", "admin"], [OFFICER, MEMBER], [7], True),
    ],
)
def test_a_second_factor_is_demanded_of_the_roles_that_are_named_and_of_the_chair(
    door, demanding, roles, chairs, needs
):
    if demanding is not None:
        door.config["REQUIRE_SECOND_FACTOR"] = frozenset(demanding)
    door.chairs = set(chairs)
    door.person = _person(*Permission, roles=roles)
    told = door.test_client().get("/mark")
    assert (told.status_code, told.location) == (
        (HTTPStatus.SEE_OTHER, "/second-factor") if needs else (HTTPStatus.OK, None)
    )
    assert _status(door, "/second-factor") == HTTPStatus.OK
    door.person = _person(*Permission, roles=roles, has_second_factor=True)
    assert _status(door, "/mark") == HTTPStatus.OK


def test_who_acts_is_noted_where_somebody_was_let_in(door, store, monkeypatch):
    monkeypatch.setattr(access, "request_id", lambda: "ab12")
    door.person = _person(Permission.ACCOUNT_OWN)
    assert (_status(door, "/mark"), _status(door, "/open")) == (
        HTTPStatus.FORBIDDEN,
        HTTPStatus.OK,
    )
    assert store.session.info == {"request_id": "ab12"}
    assert _status(door, "/password") == HTTPStatus.OK
    assert store.session.info == {
        "request_id": "ab12",
        "actor": (7, "Lò Thị Mai (Cán bộ đơn vị)"),
    }


JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("many_write", "path", "options", "waits"),
    [
        (True, "/mark", {"method": "POST"}, True),
        (True, "/mark", {"method": "POST", "headers": JSON}, False),
        (True, "/mark", {"method": "GET"}, False),
        (True, "/mark", {"method": "DELETE"}, False),
        (True, "/open", {"method": "POST"}, False),
        (True, "/undeclared", {"method": "POST"}, False),
        (False, "/mark", {"method": "POST"}, False),
    ],
)
def test_of_two_who_send_the_same_form_at_once_the_second_waits(
    door, store, many_write, path, options, waits
):
    store.engine.dialect.name = "postgresql" if many_write else "sqlite"
    door.person = _person(*Permission)
    door.test_client().open(path, **options)
    asked = [
        str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
        for statement in store.asked
    ]
    assert asked == (
        ["SELECT pg_advisory_xact_lock(hashtextextended('/mark', 0)) AS pg_advisory_xact_lock_1"]
        if waits
        else []
    )


@pytest.mark.parametrize(
    ("accepts", "wants"),
    [
        ("application/json", True),
        ("text/html, application/json;q=0.5", False),
        ("text/html", False),
        (None, False),
    ],
)
def test_a_pages_own_script_asks_for_json(door, accepts, wants):
    headers = {"Accept": accepts} if accepts else {}
    with door.test_request_context("/open", headers=headers):
        assert wants_json() is wants


def test_a_session_says_that_somebody_signed_in(door):
    door.secret_key = "only-for-tests"  # noqa: S105 - a test's own
    with door.test_request_context("/open"):
        assert not is_signed_in()
        session["_user_id"] = "7"
        assert is_signed_in()


def test_a_visitor_may_do_nothing():
    visitor = Visitor()
    assert (visitor.get_id(), visitor.id, visitor.permissions, visitor.roles) == (
        None,
        None,
        frozenset(),
        frozenset(),
    )
    assert (visitor.is_authenticated, visitor.is_active) == (False, False)


def test_a_page_that_looks_first_writes_between_where_it_says_so_and_where_it_says_the_end(
    door, store
):
    seen = []

    @requires(Permission.PUBLIC)
    @access.looks_first
    def looking():
        seen.append(database.writing.get())
        store.asked.clear()
        access.begin_writing()
        seen.append((database.writing.get(), [*store.asked]))
        access.end_writing()
        seen.append(database.writing.get())
        return {}

    door.add_url_rule("/looking", "looking", looking, methods=["POST"])
    assert _status(door, "/looking", method="POST") == HTTPStatus.OK
    assert seen == [False, (True, ["rollback"]), False]
