"""A criterion given to named members: on their sheets to mark, on the others' as given."""

from decimal import Decimal as D
from http import HTTPStatus
from io import BytesIO

from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.ranking.queries import table
from campaign.ranking.tallies import marks_of, member_totals, tallies
from campaign.scheme.models import CriterionMarker
from campaign.scoring import progress
from campaign.scoring.models import ScoreSheet
from campaign.verification.queries import verified_results
from tests import build


class Room:
    """Chair and member before one verified unit; criterion B2 is given to the chair."""

    def __init__(self, phase=Phase.SCORING, minimum=2, *, all_given=False):
        self.campaign = build.campaign(phase=phase, minimum_marks=minimum)
        self.block = build.block(self.campaign)
        group = build.group(self.campaign, code="B")
        self.all = build.criterion(self.campaign, within=group, code="B1")
        self.given = build.criterion(self.campaign, within=group, code="B2")
        for criterion in (self.all, self.given) if all_given else (self.given,):
            db.session.add(CriterionMarker(criterion_id=criterion.id, function="chair"))
        self.entry = build.participation(self.campaign, unit=build.unit(), block=self.block)
        self.version = build.verified(
            of=self.entry,
            period=build.period(self.campaign),
            by=build.user(Role.SECRETARIAT),
        ).version_id
        self.people = [build.user(Role.COUNCIL_MEMBER) for _ in range(2)]
        functions = (CouncilFunction.CHAIR, CouncilFunction.MEMBER)
        self.chair, self.member = (
            build.member(self.campaign, user=user, function=function)
            for user, function in zip(self.people, functions, strict=True)
        )
        db.session.commit()
        self.at = f"/campaigns/{self.campaign.id}/scoring/{self.block.id}"

    def field(self, criterion):
        return f"m:{self.entry.id}:{criterion.id}"

    def mark(self, browser, criterion, points="8"):
        sent = {"field": self.field(criterion), "value": points, "base": ""}
        return browser.post(f"{self.at}/fields", data=sent).status_code

    def lock(self, member, **marks):
        sheet = build.sheet(member=member, block=self.block, is_locked=True)
        for code, points in marks.items():
            criterion = self.all if code == "B1" else self.given
            build.mark(
                sheet=sheet,
                of=self.entry,
                criterion=criterion,
                points=points,
                version=self.version,
            )
        return sheet

    @property
    def row(self):
        ranking = table(self.campaign, self.block)
        (row,) = [*ranking.ranked, *ranking.unranked]
        return row


def test_the_others_see_it_as_given_mark_the_rest_and_lock(app, sign_in, page):
    room = Room()
    browser = sign_in(room.people[1])
    grid = page(browser.get(room.at))
    assert "B2người được giao chấm" in grid.all("th.num.given")
    assert [field.get("name") for field in grid.tree.cssselect("td input")] == [
        room.field(room.all)
    ]
    unit = page(browser.get(f"{room.at}/units/{room.entry.id}"))
    assert unit.all("[name^='m:']") == [""]
    assert "Hội đồng giao cho Chủ tịch Hội đồng chấm; Ông/Bà không chấm tiêu chí này." in " ".join(
        unit.tree.text_content().split()
    )
    with browser.get(f"{room.at}/offline/form") as answer:
        sheet = load_workbook(BytesIO(answer.get_data()))["Điểm"]
    heads = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert [text for text in heads if str(text).startswith("B")] == ["B1 · tối đa 10"]
    assert room.mark(browser, room.given) == HTTPStatus.NOT_FOUND
    assert room.mark(browser, room.all) == HTTPStatus.OK
    browser.post(f"{room.at}/lock")
    db.session.expire_all()
    assert db.session.query(ScoreSheet).one().locked_at is not None
    chair = sign_in(room.people[0])
    assert [room.mark(chair, criterion) for criterion in (room.all, room.given)] == [
        HTTPStatus.OK,
        HTTPStatus.OK,
    ]


def test_progress_asks_each_for_their_own_cells(app):
    room = Room()
    rows = progress.progress(room.campaign.id, scheme_of(room.campaign.id))
    assert {row.function: row.asked for row in rows} == {
        CouncilFunction.CHAIR: 2,
        CouncilFunction.MEMBER: 1,
    }


def test_whoever_marks_no_criterion_has_no_sheet_to_close(app):
    room = Room(all_given=True)
    scheme = scheme_of(room.campaign.id)
    assert [row.function for row in progress.progress(room.campaign.id, scheme)] == [
        CouncilFunction.CHAIR
    ]
    assert progress.unlocked_sheets(room.campaign.id, scheme) == 1


def test_the_only_named_mark_is_enough_and_a_mark_of_others_does_not_count(app):
    room = Room(Phase.MEETING)
    room.lock(room.chair, B1="8", B2="6")
    room.lock(room.member, B1="9", B2="10")
    assert {key: row.points for key, row in room.row.lines.items()} == {
        room.all.id: D("8.50"),
        room.given.id: D("6.00"),
    }
    assert marks_of(room.block.id, room.entry.id) == {
        room.all.id: [D(8), D(9)],
        room.given.id: [D(6)],
    }
    assert {
        key: tally.marks for key, tally in tallies(room.block.id, room.campaign.aggregation).items()
    } == {(room.entry.id, room.all.id): 2, (room.entry.id, room.given.id): 1}


def test_the_order_of_members_is_compared_by_what_all_of_them_mark(app):
    room = Room(Phase.MEETING)
    room.lock(room.chair, B1="8", B2="6")
    room.lock(room.member, B1="9")
    scheme = scheme_of(room.campaign.id)
    results = verified_results(room.campaign.id, scheme)
    totals = member_totals(scheme, room.block.id, results)
    assert {key: set(row) for key, row in totals.items()} == {
        room.chair.id: {room.entry.id},
        room.member.id: {room.entry.id},
    }


def test_a_unit_that_no_named_member_may_mark_has_no_rank_and_the_reason(app):
    room = Room(Phase.MEETING, minimum=1)
    room.lock(room.chair, B1="8", B2="6")
    room.lock(room.member, B1="9")
    build.kept_away(room.chair, room.entry.unit_id)
    assert room.row.reason == "chưa đủ phiếu chấm: B2 có 0/1"
