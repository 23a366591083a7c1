"""What is kept between pages is never older than the record: each change that counts is seen by the
very next page.
"""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.accounts.models import RoleGrant
from campaign.audit import queries as audit
from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Task
from campaign.planning.rules import Phase
from campaign.scoring.models import Mark, ScoreSheet
from tests import build


def _stamps():
    db.session.commit()
    return audit.stamps()


def _values(shown):
    return [box.get("value") for box in shown.tree.cssselect("input.cell")]


class Council:
    """A member before a block of two verified units, and his browser."""

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


@pytest.mark.both_databases
def test_a_typed_cell_moves_the_head_of_the_record_and_settles_nothing(council):
    council.type(council.entries[0], "5")  # begins the sheet, which settles something
    before = _stamps()
    assert council.type(council.entries[0], "6", "5") == HTTPStatus.OK
    after = _stamps()
    assert (after.head != before.head, after.settled) == (True, before.settled)
    assert [row.settles for row in db.session.query(AuditEntry).order_by(AuditEntry.number)][
        -2:
    ] == [True, False]


@pytest.mark.both_databases
def test_locking_a_sheet_settles(council):
    council.type(council.entries[0], "5")
    before = _stamps()
    db.session.query(ScoreSheet).one().locked_at = build.NOW
    after = _stamps()
    assert after.settled == after.head != before.settled


def test_an_empty_record_has_no_stamp_and_nothing_is_kept_under_it(app):
    assert audit.stamps() == ("", "")


def test_each_mark_is_counted_at_once_on_a_page_that_was_kept(council, page):
    seen = []
    for entry, value in ((council.entries[0], "5"), (council.entries[1], "6")):
        council.type(entry, value)
        shown = page(council.browser.get(council.grid))
        seen.append((shown.one("[data-cells-done]"), _values(shown)))
    assert seen == [("1", ["5", ""]), ("2", ["5", "6"])]


def test_a_verification_that_is_opened_again_takes_its_cells_off_the_kept_grid(council, page):
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


def test_one_person_never_gets_the_page_kept_for_another(council, sign_in, page):
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
def test_a_cell_is_typed_by_what_stands_then_not_by_what_was_kept(council, change, status):
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


def test_to_type_a_cell_costs_no_statement_about_what_is_settled(council, count_queries):
    entry = council.entries[0]
    council.type(entry, "5")
    council.type(entry, "6", "5")
    with count_queries() as seen:
        council.type(entry, "7", "6")
    assert [
        table
        for table in ("user_account", "recusal", "reporting_period JOIN", "rehearsal_clock")
        if any(f"FROM {table}" in one for one in seen)
    ] == []
