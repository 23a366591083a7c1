"""A parameter shows nothing that its reader may not see without it."""

import re
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

import campaign
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.reporting.rules import ReportState
from tests import build
from tests.attack.walk import ASKED, ROWS, WORDS

PARAMETERS = {
    "a": "versions of a report",
    "b": "versions of a report",
    "act": "the record",
    "band": "the ranking",
    "block": "lists of those who read them all",
    "campaign": "the record",
    "correct": "who plans",
    "criterion": "who plans",
    "done": "who writes posts",
    "function": "the Council",
    "group": "who plans",
    "group_id": "who plans",
    "iss": "who signs on, as the seal of this server names the provider",
    "kind": "nominees one sees",
    "left": "the Council",
    "next": "an address of ours",
    "now": "the ranking",
    "of": "who plans",
    "opinion": "who reads what came in on a draft",
    "page": "lists of those who read them all",
    "parent": "who plans",
    "part": "who prints certificates",
    "period": "lists of those who read them all",
    "permit": "who signs on, with a seal of this server",
    "phase": "the list of campaigns",
    "q": "searches",
    "role": "who manages accounts",
    "row": "rows of those who decide about them",
    "sort": "lists of those who read them all",
    "stage": "explanation rounds one sees",
    "state": "lists of those who read them all",
    "step": "good examples one sees",
    "subject": "the register",
    "taken": "the secretariat, of what it took over itself",
    "trial_value": "who plans",
    "unit": "the plan",
    "v": "assets",
    "version": "versions of a report",
    "what": "the record",
    "whole": "who plans",
    "year": "the register",
}
"""Every parameter a page looks at, and whose rights it is subject to; each kind has its test below
or, of the ranking and the record, beside those pages.
"""


def test_every_parameter_is_known_and_asked_by_the_attack():
    sources = Path(campaign.__file__).parent.rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'request\.(?:args|values)\.get(?:list)?\(\s*"(\w+)"', text))
    named |= set(re.findall(r'"(\w+)" in request\.args', text))
    named |= set(re.findall(r'(?:\baddress\.get|\bFilter)\(\s*"(\w+)"', text))
    named |= set(re.findall(r'def (?:chosen_rows|page_number)\(name: str = "(\w+)"', text))
    assert sorted(named) == sorted(PARAMETERS)
    asked = {pair.partition("=")[0] for pair in ASKED.split("&")}
    assert set(PARAMETERS) - asked - {"v"} == set()


def _reported(state=ReportState.SUBMITTED):
    running = build.campaign(phase=Phase.REPORTING)
    author = build.user(Role.UNIT_OFFICER, at=build.unit())
    entry = build.participation(running, unit=build.unit(), block=build.block(running))
    report = build.report(of=entry, period=build.period(running), state=state)
    build.version(of=report, by=author)
    db.session.commit()
    return running, f"/campaigns/{running.id}/reports/{report.id}"


@pytest.mark.parametrize(
    "asked", ["/excel?version=1", "/compare?a=1&b=1", "/compare/excel?a=1&b=1", "/versions/1"]
)
def test_a_version_is_read_by_those_who_read_the_report(app, sign_in, asked):
    _, address = _reported()
    stranger = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert stranger.get(f"{address}{asked}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("asked", ["?version=1", "?version=2", "?version=99999999999"])
def test_a_version_that_is_not_there_is_not_the_draft(app, sign_in, asked):
    _, address = _reported(ReportState.RETURNED)
    status = sign_in(build.user(Role.DIRECTOR)).get(f"{address}/excel{asked}").status_code
    assert status == (HTTPStatus.OK if asked == "?version=1" else HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize(
    "asked", ["", "?block=1", "?period=1", "?state=returned", "?state=overdue"]
)
@pytest.mark.parametrize("place", ["", "excel"])
def test_the_board_of_all_reports_is_filtered_for_those_alone_who_read_it(
    app, sign_in, asked, place
):
    running, _ = _reported()
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    address = f"/campaigns/{running.id}/verification/{place}{asked}"
    assert browser.get(address).status_code == HTTPStatus.FORBIDDEN


def _rows(answer):
    book = load_workbook(BytesIO(answer.data))
    return {str(cell.value) for sheet in book for row in sheet for cell in row}


def test_a_search_finds_no_draft_of_a_campaign(app, sign_in, page):
    build.campaign(phase=Phase.DRAFT, title="Phong trào chưa phát động")
    browser = sign_in(build.user(Role.ADMIN))
    assert page(browser.get("/campaigns/?q=chưa phát động")).all("main tbody tr") == []
    rows = _rows(browser.get("/campaigns/excel?q=chưa phát động"))
    assert "Phong trào chưa phát động" not in rows


@pytest.mark.parametrize("asked", ["?q=giấu", "?block={block}", "?page=2"])
def test_a_search_among_enrolments_finds_only_units_one_sees(app, sign_in, page, asked):
    running = build.campaign(phase=Phase.REPORTING)
    block = build.block(running)
    build.participation(running, unit=build.unit(name="Đơn vị bị giấu"), block=block)
    browser = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    address = f"/campaigns/{running.id}/enrolment/"
    asked = asked.format(block=block.id)
    assert page(browser.get(f"{address}{asked}")).all("main tbody tr") == []
    assert "Đơn vị bị giấu" not in _rows(browser.get(f"{address}excel{asked}"))


@pytest.mark.parametrize("asked", ["?q=giấu", "?year=2021", "?subject=individual", "?page=1"])
def test_a_search_of_the_register_finds_no_decision_that_is_not_signed(app, sign_in, page, asked):
    running = build.campaign(phase=Phase.DECIDING)
    entry = build.participation(running, unit=build.unit(), block=build.block(running))
    kind = build.award_kind(running)
    nominee = build.nominee(running, of=entry, kind=kind)
    line = build.decision_line(build.decision(running), nominee=nominee, kind=kind)
    line.name, line.search_key = "Người bị giấu", "nguoi bi giau giấu"
    db.session.flush()
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert page(browser.get(f"/awards/{asked}")).all("main tbody th[scope='row']") == []
    assert "Người bị giấu" not in _rows(browser.get(f"/awards/excel{asked}"))


@pytest.mark.parametrize(
    "address",
    [
        "/account/users?q=a",
        "/account/users?role=admin",
        "/account/users/excel?role=admin",
        "/units/?q=a",
        "/units/excel?state=all",
    ],
)
def test_people_and_units_are_searched_by_those_who_manage_them(app, sign_in, address):
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert browser.get(address).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "address",
    [
        "indicators/trial?trial_value=1",
        "criteria/total?criterion=1&group_id=1&maximum=5",
        "indicators/1/allocations?correct=1",
    ],
)
def test_what_is_tried_on_a_plan_is_tried_by_those_who_plan(app, sign_in, address):
    running = build.campaign(phase=Phase.REPORTING)
    indicator = build.indicator(running)
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    address = address.replace("indicators/1/", f"indicators/{indicator.id}/")
    status = browser.get(f"/campaigns/{running.id}/{address}").status_code
    assert status == HTTPStatus.FORBIDDEN


def test_the_attack_knows_what_stands_in_every_part_of_an_address(app):
    by_the_row = {"number", "subject_id"}
    unknown = {
        f"{rule.rule}: {name}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for name in rule.arguments - ROWS.keys() - WORDS.keys() - by_the_row
    }
    assert unknown == set()
