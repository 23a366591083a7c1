"""Marks far apart: the members say a word to their own, the chair decides, nobody's sheet opens."""

from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.divergence.queries import minuted
from campaign.extensions import db
from campaign.meeting.rules import MeetingState
from campaign.planning.queries import scheme_of
from campaign.planning.rules import DivergenceEnd, Phase
from campaign.ranking import queries as ranking
from campaign.scoring.divergent.queries import open_cells
from campaign.scoring.models import Mark
from campaign.units.models import Unit
from campaign.web import clock
from tests import build
from tests.ranked_world import Scored

pytestmark = pytest.mark.usefixtures("app")
SAID = "có biên bản kiểm tra"


class Room(Scored):
    """Four members, the first the chair, of whom the second marked the first unit 5, the rest 9."""

    def __init__(self, ended_by=DivergenceEnd.MEMBERS, second="5"):
        super().__init__(Phase.SCORING, members=4)
        self.campaign.divergence_points, self.campaign.divergence_ended_by = D(3), ended_by
        self.mark(1).points = D(second)
        self.address = f"/campaigns/{self.campaign.id}/divergence/"
        self.cell = f"{self.address}{self.entries[0].id}/{self.criterion.id}"
        self.key = f"c{self.entries[0].id}-{self.criterion.id}"
        db.session.commit()

    def mark(self, place):
        place = (self.entries[0].id, self.criterion.id, self.sheets[place].id)
        return db.session.get_one(Mark, place)

    def answer(self, browser, points, sentence=SAID):
        sent = {f"{self.key}-points": points, f"{self.key}-sentence": sentence}
        return browser.post(f"{self.cell}/answer", data=sent)

    def decide(self, browser, points, reason=SAID):
        sent = {f"{self.key}-d-points": points, f"{self.key}-d-reason": reason}
        return browser.post(f"{self.cell}/decide", data=sent)

    @property
    def unit_name(self):
        return db.session.get_one(Unit, self.entries[0].unit_id).short_name

    @property
    def closing(self):
        db.session.expire_all()
        shown = problems(self.campaign, Step.CLOSE_SCORING, clock.today())
        return [row.sentence for row in shown if row.is_blocking]

    @property
    def total(self):
        table = ranking.table(self.campaign, self.block)
        return {row.id: row.total for row in table.ranked}[self.entries[0].id]


def test_members_keep_or_change_their_own_mark_and_closing_waits_for_them(sign_in, page):
    room = Room()
    name = room.unit_name
    assert room.closing == [
        f"Còn 1 ô điểm chênh lệch chưa xem lại xong (1 ô chờ thành viên đã chấm): {name} "
        f"({room.criterion.code})."
    ]
    second = sign_in(room.users[1])
    assert room.address in page(second.get("/home/")).links(".todo a")
    shown = page(second.get(room.address))
    assert shown.value(f"{room.key}-points") == "5"
    assert shown.one(f"#{room.key}") == (
        f"{name}: {room.criterion.code}. {room.criterion.name} chờ Ông/Bà xem lại Điểm của tôi "
        "Tối đa 10; để nguyên là giữ điểm. Một câu nêu lý do Ghi ý kiếnXem lại phiếu của đơn vị"
    )
    assert room.answer(second, "4,9").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    refused = page(room.answer(second, "11"))
    assert refused.one(f"#{room.key}-points-error") == "Điểm phải từ 0 đến 10."
    assert page(room.answer(second, "5", " ")).one(f"#{room.key}-sentence-error") == (
        "Hãy ghi một câu nêu lý do."
    )
    room.answer(second, "5")
    assert (room.mark(1).points, len(room.closing)) == (D(5), 1)
    again = room.answer(second, "6")
    assert page(again).status == HTTPStatus.UNPROCESSABLE_ENTITY
    for place in (0, 2):
        room.answer(sign_in(room.users[place]), "9")
    assert len(room.closing) == 1
    room.answer(sign_in(room.users[3]), "8")
    assert (room.closing, room.mark(3).points, room.sheets[3].locked_at) == ([], D(8), build.NOW)
    overseen = page(sign_in(room.by).get(room.address))
    assert overseen.all("tbody td") == [
        f"{room.criterion.code}. {room.criterion.name}",
        "4",
        "4",
        "đã xem lại xong",
    ]
    assert minuted(room.campaign, scheme_of(room.campaign.id)) == [
        f"{name}, tiêu chí {room.criterion.code}: 3 người giữ điểm, 1 người đổi điểm."
    ]


def test_who_has_not_locked_or_is_kept_away_learns_nothing(sign_in, page):
    room = Room()
    room.sheets[3].locked_at = None
    council.recuse(
        room.campaign,
        room.members[2],
        room.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="vợ làm ở đó",
        by=room.users[2],
        at=build.NOW,
    )
    db.session.commit()
    for place in (2, 3):
        browser = sign_in(room.users[place])
        assert page(browser.get(room.address)).all("section.card") == []
        assert room.answer(browser, "9").status_code == HTTPStatus.NOT_FOUND
    unit = sign_in(build.user())
    assert unit.get(room.address).status_code == HTTPStatus.FORBIDDEN


def test_marks_that_came_together_end_it_and_no_other_member_is_asked(sign_in):
    room = Room()
    room.answer(sign_in(room.users[1]), "7")
    assert room.closing == []
    refused = room.answer(sign_in(room.users[2]), "9")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_chair_sets_the_mark_that_counts_or_lets_the_marks_stand(sign_in, page):
    room = Room(DivergenceEnd.CHAIR)
    chair = sign_in(room.users[0])
    room.answer(sign_in(room.users[1]), "5", "thiếu minh chứng")
    assert page(chair.get(room.address)).all("section.card h2")[1:] == ["Các ô chênh lệch"]
    assert page(room.decide(chair, "7")).one(".error-summary li") == (
        "Hãy nêu ý kiến về điểm của mình trước khi quyết định."
    )
    room.answer(chair, "9", "đủ hồ sơ")
    shown = page(chair.get(room.address))
    assert shown.all(f"#{room.key}-d p")[0] == ("4 phiếu; các thành viên khác cho từ 5 đến 9 điểm.")
    assert shown.all(f"#{room.key}-d li") == ["giữ điểm: thiếu minh chứng", "giữ điểm: đủ hồ sơ"]
    assert room.decide(sign_in(room.users[1]), "7").status_code == HTTPStatus.NOT_FOUND
    assert page(room.decide(chair, "7", "")).one(f"#{room.key}-d-reason-error") == "Hãy ghi lý do."
    assert room.total == D(8)
    room.decide(chair, "6,5", "theo biên bản kiểm tra")
    assert (room.closing, room.total) == ([], D("6.5"))
    said = page(sign_in(room.users[1]).get(room.address)).one("section.card li")
    assert said.endswith("Chủ tịch Hội đồng quyết định 6,5 điểm, theo biên bản kiểm tra")
    room.campaign.phase = Phase.MEETING
    db.session.commit()
    explained = page(chair.get(f"/campaigns/{room.campaign.id}/ranking/units/{room.entries[0].id}"))
    for sentence in (
        "điểm được quyết định cho ô chênh lệch (4 phiếu): 6,50",
        "Các điểm chênh nhau từ 3 điểm nên ô được xem lại: 2 người giữ điểm.",
        "Chủ tịch Hội đồng quyết định 6,5 điểm: theo biên bản kiểm tra",
    ):
        assert sentence in explained.tree.text_content()
    assert room.decide(chair, "7").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    meeting = build.meeting(room.campaign, chair=room.members[0], secretary=room.members[1])
    meeting.opened_at, meeting.state = build.NOW, MeetingState.OPEN
    db.session.commit()
    minuted_at = f"/campaigns/{room.campaign.id}/meetings/{meeting.id}/minutes"
    told = (
        f"{room.unit_name}, tiêu chí {room.criterion.code}: 2 người giữ điểm; Chủ tịch Hội đồng "
        "quyết định điểm của ô."
    )
    assert told in page(chair.get(minuted_at)).all("main li")


def test_before_his_own_sheet_is_locked_the_chair_sees_neither_span_nor_words(sign_in, page):
    room = Room(DivergenceEnd.CHAIR)
    room.answer(sign_in(room.users[1]), "5", "thiếu minh chứng")
    room.sheets[0].locked_at = None
    db.session.commit()
    shown = page(sign_in(room.users[0]).get(room.address))
    assert shown.all(f"#{room.key}-d p")[0] == (
        "3 phiếu; khoảng điểm và ý kiến của thành viên hiện ra khi Ông/Bà đã khoá phiếu của khối "
        "này."
    )
    assert shown.all(f"#{room.key}-d li") == []


def test_a_deputy_decides_of_the_unit_the_chair_is_kept_away_from(sign_in):
    room = Room(DivergenceEnd.CHAIR)
    room.members[3].function = CouncilFunction.VICE_CHAIR
    council.recuse(
        room.campaign,
        room.members[0],
        room.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="vợ làm ở đó",
        by=room.users[0],
        at=build.NOW,
    )
    db.session.commit()
    assert room.decide(sign_in(room.users[0]), "7").status_code == HTTPStatus.NOT_FOUND
    deputy = sign_in(room.users[3])
    room.answer(deputy, "9")
    assert room.decide(deputy, "").status_code == HTTPStatus.SEE_OTHER
    assert (room.closing, room.total) == ([], D("7.67"))


def test_a_plan_names_points_or_a_share_never_both(sign_in, page):
    campaign, browser = build.campaign(), sign_in(build.user(Role.SECRETARIAT))
    sent = {
        "aggregation": "mean",
        "scale": "100",
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
    }
    both = {"divergence_points": "3", "divergence_percent": "30"}
    address = f"/campaigns/{campaign.id}/settings"
    assert page(browser.post(address, data=sent | both)).one("#divergence_percent-error") == (
        "Chỉ chọn một: chênh lệch theo điểm hoặc theo %."
    )
    browser.post(address, data=sent | {"divergence_percent": "30", "divergence_ended_by": "chair"})
    assert (
        "xem lại khi chênh từ 30 % điểm tối đa; thành viên giữ hoặc đổi điểm, kèm một câu, rồi "
        "Chủ tịch Hội đồng quyết định"
    ) in page(browser.get(f"/campaigns/{campaign.id}/")).all("dl.facts dd")


@pytest.mark.both_databases
@pytest.mark.parametrize(("percent", "cells"), [(40, 1), (41, 0)])
def test_the_database_finds_what_the_rule_of_a_share_finds(percent, cells):
    room = Room()
    room.campaign.divergence_points, room.campaign.divergence_percent = None, percent
    room.campaign.recuses_block = True
    db.session.commit()
    assert len(open_cells(room.campaign, clock.today())) == cells


def test_the_page_costs_the_same_for_one_cell_and_for_three(sign_in, count_queries):
    room = Room()
    browser, costs = sign_in(room.by), []
    browser.get(room.address)
    for criterion in (None, build.criterion(room.campaign), build.criterion(room.campaign)):
        if criterion is not None:
            for sheet, points in zip(room.sheets, ("9", "5", "9", "9"), strict=True):
                build.mark(
                    sheet=sheet,
                    of=room.entries[0],
                    criterion=criterion,
                    points=points,
                    version=room.mark(0).version_id,
                )
        db.session.commit()
        with count_queries() as seen:
            assert browser.get(room.address).status_code == HTTPStatus.OK
        costs.append(len(seen))
    assert len(set(costs)) == 1
