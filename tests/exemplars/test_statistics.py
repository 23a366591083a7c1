"""Good examples counted by block, step and whom they are."""

from campaign.core.permissions import Role
from campaign.exemplars.rules import Standing, State, Step, Subject
from campaign.exemplars.statistics import Counted, tallies
from tests import build
from tests.exemplars.test_views import Register

PERSON, TEAM, HOME = Subject.PERSON, Subject.COLLECTIVE, Subject.HOUSEHOLD


def test_registered_ones_are_counted_by_block_and_all_together():
    rows = [
        Counted("Khối I", State.REGISTERED, Step.FOUND, PERSON, Standing.WORKER),
        Counted("Khối I", State.REGISTERED, Step.FOLLOWED, PERSON, Standing.LEADER),
        Counted("Khối I", State.PROPOSED, Step.FOUND, TEAM, None),
        Counted("Khối II", State.REGISTERED, Step.FOUND, HOME, None),
        Counted("", State.REGISTERED, Step.HELPED, TEAM, None),
    ]
    told = [
        (row.name, [*row.steps.values()], row.total, *row[2:])
        for row in tallies(rows, ["Khối I", "Khối II"])
    ]
    assert told == [
        ("Khối I", [1, 0, 0, 1], 2, 0, 0, 1, 1),
        ("Khối II", [1, 0, 0, 0], 1, 0, 1, 0, 0),
        ("Tất cả", [2, 1, 0, 1], 4, 1, 1, 1, 1),
    ]


def test_a_page_tells_the_counts_of_what_one_sees_and_excel_too(app, sign_in, page):
    register = Register()
    register.have(step=Step.HELPED)
    register.have(subject=PERSON, standing=Standing.WORKER)
    browser = sign_in(register.secretary)
    shown = page(browser.get(f"{register.address}/statistics"))
    assert shown.all("tbody tr:last-child td") == ["1", "1", "0", "0", "2", "1", "0", "0", "1"]
    assert browser.get(f"{register.address}/statistics/excel").data[:2] == b"PK"
    stranger = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    seen = page(stranger.get(f"{register.address}/statistics"))
    assert seen.all("tbody tr:last-child td") == ["0"] * 9
