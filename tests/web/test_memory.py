"""What a worker remembers between pages is never older than the record, and rights are never among
it: each change that counts is seen by the very next page.
"""

import ast
import dataclasses
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import text

import campaign as campaign_package
from campaign.accounts.models import RoleGrant
from campaign.audit import memory
from campaign.core.permissions import Role
from campaign.database import Base, writing
from campaign.extensions import db
from campaign.planning.models import Task
from campaign.planning.rules import Phase
from campaign.scoring.models import Mark, ScoreSheet
from tests import build

PACKAGE = Path(campaign_package.__file__).parent


def _values(shown):
    return [box.get("value") for box in shown.tree.cssselect("input.cell")]


class Council:
    """A member before a block of two verified units, and their browser."""

    def __init__(self, sign_in):
        self.campaign = build.campaign(phase=Phase.SCORING)
        self.block, self.criterion = build.block(self.campaign), build.criterion(self.campaign)
        period, secretary = build.period(self.campaign), build.user(Role.SECRETARIAT)
        self.entries = [
            build.participation(self.campaign, unit=build.unit(name=name), block=self.block)
            for name in ("A", "B")
        ]
        self.done = [
            build.verified(of=entry, period=period, by=secretary) for entry in self.entries
        ]
        self.user = build.user(Role.COUNCIL_MEMBER)
        self.member = build.member(self.campaign, user=self.user)
        self.browser, self.grid = (
            sign_in(self.user),
            f"/campaigns/{self.campaign.id}/scoring/{self.block.id}",
        )

    def type(self, entry, value, base=""):
        values = {"field": f"m:{entry.id}:{self.criterion.id}", "value": value, "base": base}
        return self.browser.post(f"{self.grid}/fields", data=values).status_code


@pytest.fixture
def council(app, sign_in):
    return Council(sign_in)


def test_each_mark_is_counted_at_once_on_a_page_that_was_open(council, page):
    seen = []
    for entry, value in ((council.entries[0], "5"), (council.entries[1], "6")):
        council.type(entry, value)
        shown = page(council.browser.get(council.grid))
        seen.append((shown.one("[data-cells-done]"), _values(shown)))
    assert seen == [("1", ["5", ""]), ("2", ["5", "6"])]


def test_a_verification_that_is_opened_again_takes_its_cells_off_the_grid(council, page):
    council.type(council.entries[0], "5")
    assert page(council.browser.get(council.grid)).one("[data-cells-done]") == "1"
    council.done[0].finished_at = council.done[0].finished_by_id = None
    shown = page(council.browser.get(council.grid))
    assert (shown.one("[data-cells-done]"), _values(shown)) == ("0", [""])


def test_a_member_who_is_kept_from_a_unit_no_longer_finds_it(council):
    sheet = f"{council.grid}/units/{council.entries[0].id}"
    assert council.browser.get(sheet).status_code == HTTPStatus.OK
    council.user.unit_id = council.entries[0].unit_id
    assert council.browser.get(sheet).status_code == HTTPStatus.NOT_FOUND


def test_a_member_who_left_no_longer_finds_his_block(council):
    assert council.browser.get(council.grid).status_code == HTTPStatus.OK
    council.member.left_on, council.member.leaving_reason = build.NOW.date(), "Chuyển công tác"
    assert council.browser.get(council.grid).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.both_databases
def test_whoever_is_closed_out_or_loses_a_role_meets_it_at_his_next_page(app, sign_in):
    person, other = build.user(Role.SECRETARIAT), build.user(Role.SECRETARIAT, Role.ADMIN)
    campaign = build.campaign(phase=Phase.REPORTING)
    board, people = f"/campaigns/{campaign.id}/verification/", "/account/users"
    browser, second = sign_in(person), sign_in(other)
    assert [browser.get(board).status_code, second.get(people).status_code] == [
        HTTPStatus.OK,
        HTTPStatus.OK,
    ]
    person.is_active = False
    db.session.delete(
        db.session.query(RoleGrant).filter_by(user_id=other.id, role=Role.ADMIN).one()
    )
    assert [browser.get(board).status_code, second.get(people).status_code] == [
        HTTPStatus.SEE_OTHER,
        HTTPStatus.FORBIDDEN,
    ]


def test_a_step_of_the_campaign_is_seen_by_the_next_page(council, page):
    assert page(council.browser.get(council.grid)).all("[data-autosave-status]") == [
        "Tự lưu từng ô"
    ]
    council.campaign.phase = Phase.MEETING
    assert page(council.browser.get(council.grid)).all("[data-autosave-status]") == []


def test_a_new_task_is_asked_of_a_unit_whose_page_was_open(app, sign_in, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    build.task(campaign, name="Việc cũ")
    unit = build.unit()
    entry = build.participation(campaign, unit=unit, block=build.block(campaign))
    report = build.report(
        of=entry, period=build.period(campaign, due_on=date(2099, 4, 30), locks_on=date(2099, 5, 5))
    )
    browser, address = (
        sign_in(build.user(Role.UNIT_HEAD, at=unit)),
        f"/campaigns/{campaign.id}/reports/{report.id}",
    )
    before = page(browser.get(address)).all("label[for^='n-']")
    db.session.add(Task(campaign_id=campaign.id, name="Việc mới", guidance="", position=2))
    assert (before, page(browser.get(address)).all("label[for^='n-']")) == (
        ["Việc cũ"],
        ["Việc cũ", "Việc mới"],
    )


def test_one_person_never_gets_the_page_of_another(council, sign_in, page):
    council.type(council.entries[0], "5")
    colleague = build.user(Role.COUNCIL_MEMBER)
    build.member(council.campaign, user=colleague)
    first = _values(page(council.browser.get(council.grid)))
    assert (first, _values(page(sign_in(colleague).get(council.grid)))) == (["5", ""], ["", ""])


def _leaves(council):
    council.member.left_on, council.member.leaving_reason = build.NOW.date(), "Chuyển công tác"


def _joins_the_unit(council):
    council.user.unit_id = council.entries[0].unit_id


def _is_closed_out(council):
    council.user.is_active = False


def _loses_the_role(council):
    db.session.delete(db.session.query(RoleGrant).filter_by(user_id=council.user.id).one())


def _closes_scoring(council):
    council.campaign.phase = Phase.MEETING


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("change", "status"),
    [
        (_leaves, HTTPStatus.NOT_FOUND),
        (_joins_the_unit, HTTPStatus.NOT_FOUND),
        (_is_closed_out, HTTPStatus.UNAUTHORIZED),
        (_loses_the_role, HTTPStatus.FORBIDDEN),
        (_closes_scoring, HTTPStatus.UNPROCESSABLE_ENTITY),
    ],
)
def test_a_cell_is_typed_by_what_stands_then_not_by_what_stood_before(council, change, status):
    entry = council.entries[0]
    assert [council.type(entry, "5"), council.type(entry, "6", "5")] == [
        HTTPStatus.OK,
        HTTPStatus.OK,
    ]
    change(council)
    values = {"field": f"m:{entry.id}:{council.criterion.id}", "value": "7", "base": "6"}
    answer = council.browser.post(
        f"{council.grid}/fields", data=values, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, [row.points for row in db.session.query(Mark)]) == (
        status,
        [Decimal(6)],
    )


def _by_sql(*statements, **values):
    """Change rows past the application, as whoever has the database may."""
    db.session.commit()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("UPDATE user_account SET is_active = false WHERE id = :user", HTTPStatus.SEE_OTHER),
        ("UPDATE user_account SET session_version = 9 WHERE id = :user", HTTPStatus.SEE_OTHER),
        ("INSERT INTO ended_session VALUES ('a-token', :now)", HTTPStatus.SEE_OTHER),
        ("DELETE FROM role_grant WHERE user_id = :user", HTTPStatus.FORBIDDEN),
        ("UPDATE council_member SET term_to = '2000-01-01'", HTTPStatus.NOT_FOUND),
        ("UPDATE user_account SET unit_id = :unit WHERE id = :user", HTTPStatus.NOT_FOUND),
    ],
)
def test_what_is_taken_by_sql_is_gone_with_the_next_request(council, change, status):
    with council.browser.session_transaction() as cookie:
        cookie["_user_id"] += ".a-token"
    sheet = f"{council.grid}/units/{council.entries[0].id}"
    known = {
        "user": council.user.id,
        "unit": council.entries[0].unit_id,
        "now": build.NOW.replace(tzinfo=None),
    }
    before = council.browser.get(sheet).status_code
    _by_sql(change, **{name: known[name] for name in known if f":{name}" in change})
    assert (before, council.browser.get(sheet).status_code) == (HTTPStatus.OK, status)


def _by_sql(change, **values):
    """Change rows past the application, as whoever has the database may."""
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text(change), values)


@pytest.fixture
def ask(app):
    """A request that takes something from memory: what it gets where nothing is remembered."""

    def asked(made, *, writes=False, **under):
        with app.test_request_context("/"):
            token = writing.set(writes)
            try:
                return memory.remembered("a test", 1, lambda: made, **under)
            finally:
                db.session.rollback()
                writing.reset(token)

    return asked


@pytest.mark.both_databases
def test_what_is_remembered_stands_until_anybody_commits_anything(ask):
    campaign = build.campaign()
    db.session.commit()
    seen = [ask(1), ask(2)]
    campaign.title = "Tên mới"
    db.session.commit()
    assert (seen, [ask(3), ask(4)]) == ([1, 1], [3, 3])


def test_another_stamp_makes_it_anew_and_one_of_its_own_outlives_a_commit(ask):
    campaign = build.campaign()
    db.session.commit()
    seen = [ask(1, under="a"), ask(2, under="a"), ask(3, under="b"), ask(4, under="a")]
    campaign.title = "Tên mới"
    db.session.commit()
    assert (seen, ask(5, under="a")) == ([1, 1, 3, 4], 4)


def test_whoever_may_write_leaves_nothing_behind_and_takes_only_what_has_a_stamp_of_its_own(ask):
    build.campaign()
    db.session.commit()
    assert [ask(1, writes=True), ask(2), ask(3, writes=True), ask(4)] == [1, 2, 3, 2]
    assert [ask(n, writes=n == 1, under="a") for n in (1, 2)] == [1, 2]
    assert [ask(n, writes=n == 3, under="a") for n in (3, 4)] == [2, 2]


def test_before_anything_is_recorded_nothing_is_remembered(ask):
    assert [ask(1), ask(2)] == [1, 2]


def test_only_so_much_is_remembered_and_the_oldest_goes(app, ask):
    build.campaign()
    db.session.commit()
    with app.test_request_context("/"):
        token = writing.set(False)
        for number in range(memory.MOST + 3):
            memory.remembered("a test", number, lambda: "x")
        writing.reset(token)
    place = app.extensions[memory.PLACE]
    assert [key for _, key in place] == list(range(3, memory.MOST + 3))


def _parts(value):
    """Whatever a remembered value is made of."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        within = vars(value).values() if hasattr(value, "__dict__") else dataclasses.astuple(value)
    elif isinstance(value, dict):
        within = (*value.keys(), *value.values())
    elif isinstance(value, (list, tuple, set, frozenset)):
        within = value
    else:
        within = ()
    for part in within:
        yield from _parts(part)


def test_no_row_of_the_database_is_shared_between_requests(app, council, sign_in, client):
    council.type(council.entries[0], "5")
    council.campaign.frozen_at, council.campaign.phase = build.NOW, Phase.MEETING
    db.session.query(ScoreSheet).one().locked_at = build.NOW
    secretary = sign_in(build.user(Role.SECRETARIAT))
    ranking = f"/campaigns/{council.campaign.id}/ranking/"
    for browser, address in (
        (secretary, ranking),
        (secretary, f"{ranking}units/{council.entries[0].id}"),
        (council.browser, council.grid),
        (client, "/"),
        (client, f"/public/campaigns/{council.campaign.id}"),
    ):
        assert browser.get(address).status_code == HTTPStatus.OK
    place = app.extensions[memory.PLACE]
    assert {kind for kind, _ in place} == {
        "public page",
        "ranking table",
        "scheme",
        "standings",
    }
    assert [part for part in _parts(place) if isinstance(part, Base)] == []


def test_four_places_and_no_more_remember_anything():
    """What else is read, is read from the database; no function of the standard library keeps
    results either.
    """
    callers, keepers = set(), set()
    for file in PACKAGE.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if "remembered" not in source and "functools" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "remembered":
                callers.add((node.args[0].value, file.parent.name))
            if isinstance(node, ast.ImportFrom) and node.module == "functools":
                keepers |= {name.name for name in node.names} & {"cache", "lru_cache"}
    assert callers == {
        ("public page", "publicity"),
        ("ranking table", "ranking"),
        ("scheme", "planning"),
        ("standings", "ranking"),
    }
    assert keepers == set()
