"""Phiếu chấm ngoài mạng: a member's own sheet comes back as filled in; others' is not on it."""

import io
from decimal import Decimal
from http import HTTPStatus

import pytest
from openpyxl import load_workbook

from campaign.audit import queries as audit
from campaign.core.numbers import format_decimal
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import RecusalOrigin
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scoring import queries
from campaign.scoring.models import ScoreSheet
from tests import build
from tests.offline import HOSTILE, edited, filled, hostile


class Room:
    """Two units of a block, both verified, and a member who marks one criterion."""

    def __init__(self, sign_in):
        self.campaign = build.campaign(phase=Phase.SCORING)
        self.block, period = build.block(self.campaign), build.period(self.campaign)
        self.criterion = build.criterion(self.campaign)
        secretary = build.user(Role.SECRETARIAT)
        self.units = [build.unit(name=name) for name in ("Phòng An", "Phòng Bình")]
        self.entries = [
            build.participation(self.campaign, unit=unit, block=self.block, by=secretary)
            for unit in self.units
        ]
        for entry in self.entries:
            build.verified(of=entry, period=period, by=secretary)
        self.user = build.user(Role.COUNCIL_MEMBER)
        self.member = build.member(self.campaign, user=self.user)
        self.base = f"/campaigns/{self.campaign.id}/scoring/{self.block.id}/offline"
        self.fields = [f"m:{entry.id}:{self.criterion.id}" for entry in self.entries]
        self.note = self.fields[0].replace("m:", "n:")
        self.browser = sign_in(self.user)

    def form(self):
        with self.browser.get(f"{self.base}/form") as answer:
            return answer.data

    def send(self, content):
        return self.browser.post(self.base, data={"file": (io.BytesIO(content), "phieu.xlsx")})

    def write(self, page):
        inputs = {
            one.get("name"): one.get("value", "")
            for one in page.tree.cssselect("form[action$=write] input[type=hidden]")
        }
        ticked = [
            one.get("value")
            for one in page.tree.cssselect("form[action$=write] input[type=checkbox][checked]")
        ]
        return self.browser.post(f"{self.base}/write", data={**inputs, "field": ticked})

    @property
    def marks(self):
        db.session.expire_all()
        sheet = queries.sheet_of(self.member.id, self.block.id)
        return (
            {key[0]: (cell.points, cell.note) for key, cell in queries.marks_of(sheet.id).items()}
            if sheet
            else {}
        )


@pytest.fixture
def room(app, sign_in):
    return Room(sign_in)


def test_a_sheet_filled_offline_comes_back(room, page):
    sent = filled(room.form(), {room.fields[0]: 8.5, room.fields[1]: "9,5", room.note: "Tốt"})
    preview = room.send(sent)
    assert (preview.status_code, room.marks) == (HTTPStatus.OK, {})
    assert room.write(page(preview)).status_code == HTTPStatus.SEE_OTHER
    assert room.marks == {
        room.entries[0].id: (Decimal("8.5"), "Tốt"),
        room.entries[1].id: (Decimal("9.5"), ""),
    }
    after = audit.head()
    assert "Biểu không khác gì" in room.send(sent).get_data(as_text=True)
    assert audit.head() == after


def test_marks_with_three_decimals_go_out_and_come_back_as_they_were(room, page):
    room.campaign.points_places, room.campaign.mark_step = 3, Decimal("0.001")
    db.session.commit()
    room.write(page(room.send(filled(room.form(), {room.fields[0]: 8.125, room.fields[1]: 9.5}))))
    assert [points for points, _ in room.marks.values()] == [Decimal("8.125"), Decimal("9.5")]
    again = room.form()
    assert "Biểu không khác gì" in room.send(again).get_data(as_text=True)
    room.write(page(room.send(filled(again, {room.fields[0]: 7.375}))))
    assert room.marks[room.entries[0].id] == (Decimal("7.375"), "")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (11, "Điểm phải từ 0 đến 10"),
        (8.3, "bước"),
        ("8.5", "có phải là “8,5” không?"),
        ("tốt", "không phải là số"),
    ],
)
def test_a_wrong_mark_is_named_and_nothing_is_written(room, page, value, sentence):
    answer = room.send(filled(room.form(), {room.fields[0]: value, room.fields[1]: 9}))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.get_data(as_text=True)
    assert (page(answer).all("form[action$=write] button"), room.marks) == ([], {})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_and_changes_nothing(room, name):
    content, sentence = hostile(room.form(), name)[name]
    answer = room.send(content)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.get_data(as_text=True)
    assert (room.marks, db.session.query(ScoreSheet).count()) == ({}, 0)


def test_a_unit_he_is_kept_away_from_is_not_on_the_form_nor_written(room):
    form = room.form()
    council.recuse(
        room.campaign,
        room.member,
        room.units[0].id,
        origin=RecusalOrigin.DECLARED,
        reason="người thân",
        by=room.user,
        at=build.NOW,
    )
    db.session.commit()
    words = [
        cell.value
        for sheet in load_workbook(io.BytesIO(room.form()))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert ("Phòng An" in words, "Phòng Bình" in words) == (False, True)
    answer = room.send(filled(form, {room.fields[0]: 8}))
    assert "không khác gì" in answer.get_data(as_text=True)
    written = room.browser.post(
        f"{room.base}/write", data={"field": room.fields[0], f"value-{room.fields[0]}": "8"}
    )
    assert (written.status_code, room.marks) == (HTTPStatus.NOT_FOUND, {})


def test_a_locked_sheet_and_another_members_form_are_refused(room, sign_in):
    form = room.form()
    other = build.user(Role.COUNCIL_MEMBER)
    build.member(room.campaign, user=other)
    answer = sign_in(other).post(room.base, data={"file": (io.BytesIO(form), "phieu.xlsx")})
    assert "Biểu này của đơn vị, kỳ hoặc phiếu khác." in answer.get_data(as_text=True)
    build.sheet(member=room.member, block=room.block, is_locked=True)
    db.session.commit()
    assert room.send(filled(form, {room.fields[0]: 8})).status_code != HTTPStatus.OK
    assert room.marks == {}


def test_a_column_taken_out_of_the_sheet_keeps_its_marks_and_is_told(room, page):
    room.write(page(room.send(filled(room.form(), {room.fields[0]: 8.5, room.note: "Tốt"}))))

    def cut(book):
        book["Điểm"].delete_cols(2)

    seen = page(room.send(edited(filled(room.form(), {room.note: "Khá"}), cut)))
    heading = f"{room.criterion.code} · tối đa {format_decimal(room.criterion.maximum)}"
    assert seen.all(".note--warn") == [
        f"Tệp không có các cột: «{heading}» (trang «Điểm»); phần đó giữ nguyên."
    ]
    room.write(seen)
    assert room.marks == {room.entries[0].id: (Decimal("8.5"), "Khá")}
