"""The pages of good examples: who proposes, decides, moves and follows, and what is refused."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.exemplars.models import Exemplar, ExemplarMove
from campaign.exemplars.queries import exemplars
from campaign.exemplars.rules import State, Step
from campaign.exemplars.sheets import row_cells
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.planning.rules import Phase
from campaign.reporting.queries import Sight
from campaign.web import clock
from tests import build

PROPOSED = {
    "subject": "person",
    "standing": "worker",
    "name": "Bà Bùi Thị Mẫu",
    "field": "Khuyến công",
    "reason": "Sáng kiến giảm một nửa thời gian",
    "found_by": "Trưởng phòng",
    "found_on": "01/04/2021",
}


class Register:
    """A campaign with two units, their heads, and a secretary."""

    def __init__(self):
        self.campaign = build.campaign(phase=Phase.REPORTING)
        block = build.block(self.campaign)
        self.secretary = build.user(Role.SECRETARIAT)
        self.units = [build.unit(name=name) for name in ("Phòng Một", "Phòng Hai")]
        self.entries = [
            build.participation(self.campaign, unit=unit, block=block, by=self.secretary)
            for unit in self.units
        ]
        self.heads = [build.user(Role.UNIT_HEAD, at=unit) for unit in self.units]
        self.address = f"/campaigns/{self.campaign.id}/exemplars"

    def have(self, **more):
        return build.exemplar(self.entries[0], by=self.secretary, **more)


@pytest.fixture
def register(app):
    return Register()


def test_neither_unit_nor_kind_of_an_example_is_the_first_of_its_list(register, sign_in, page):
    browser, at = sign_in(register.secretary), f"{register.address}/new"
    shown = page(browser.get(at))
    for name, sentence in (
        ("participation_id", "Hãy chọn đơn vị."),
        ("subject", "Hãy chọn tập thể, cá nhân hay hộ gia đình."),
    ):
        assert shown.tree.cssselect(f"[name={name}]")[0].value == ""
        sent = {**PROPOSED, "participation_id": register.entries[0].id, name: ""}
        assert page(browser.post(at, data=sent)).one(f"#{name}-error") == sentence
    assert db.session.scalars(select(Exemplar)).all() == []


def _text(shown):
    return shown.one("main")


def _told(user):
    return db.session.scalars(
        select(Notice.title).where(Notice.user_id == user.id, Notice.read_at.is_(None))
    ).all()


@pytest.mark.both_databases
def test_a_unit_proposes_the_secretariat_decides_and_both_are_told(register, sign_in, page):
    unit, staff = sign_in(register.heads[0]), sign_in(register.secretary)
    form = {**PROPOSED, "participation_id": register.entries[0].id}
    shown = page(unit.post(f"{register.address}/new", data=form, follow_redirects=True))
    assert (shown.one("h1"), shown.all(".page-head .chip")) == (
        "Bà Bùi Thị Mẫu",
        ["chờ quyết định"],
    )
    assert _told(register.secretary) == ["Phòng Một giới thiệu điển hình “Bà Bùi Thị Mẫu”"]
    row = db.session.scalars(select(Exemplar)).one()
    refused = staff.post(f"{register.address}/{row.id}/decide", data={"reason": " "})
    assert refused.status_code == HTTPStatus.SEE_OTHER
    staff.post(f"{register.address}/{row.id}/decide", data={"reason": "Chưa có số liệu"})
    assert _told(register.heads[0]) == ["Điển hình “Bà Bùi Thị Mẫu”: không đăng ký"]
    assert _told(register.secretary) == []
    unit.post(f"{register.address}/{row.id}/edit", data={**form, "field": "Công nghiệp"})
    assert len(_told(register.secretary)) == 1
    staff.post(f"{register.address}/{row.id}/decide", data={"registers": "yes"})
    db.session.refresh(row)
    assert (row.state, row.decline_reason, row.field) == (State.REGISTERED, "", "Công nghiệp")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Hãy ghi tên."),
        ({"standing": ""}, "Hãy chọn vị trí của cá nhân."),
        ({"subject": "household"}, "Chỉ cá nhân mới có vị trí; hãy để trống."),
        ({"found_on": "01/01/2031"}, "Ngày phát hiện không thể ở tương lai."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_stays(
    register, sign_in, page, change, sentence
):
    form = {**PROPOSED, "participation_id": register.entries[0].id, **change}
    answer = sign_in(register.heads[0]).post(f"{register.address}/new", data=form)
    shown = page(answer)
    assert (answer.status_code, shown.all(".field__error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        [sentence],
    )
    assert shown.value("field") == "Khuyến công"
    assert db.session.scalars(select(Exemplar)).all() == []


def test_a_unit_proposes_of_itself_alone_and_of_its_own_reports(register, sign_in, page):
    period = build.period(register.campaign)
    other = build.report(of=register.entries[1], period=period)
    browser = sign_in(register.heads[0])
    form = {**PROPOSED, "participation_id": register.entries[1].id, "place": f"r{other.id}"}
    shown = page(browser.post(f"{register.address}/new", data=form))
    assert shown.all(".field__error") == ["Hãy chọn trong danh sách."] * 2


@pytest.mark.both_databases
def test_it_moves_with_its_facts_and_back_with_a_reason_all_on_record(register, sign_in, page):
    row, staff = register.have(helper=""), sign_in(register.secretary)
    at = f"{register.address}/{row.id}"
    shown = page(staff.get(at))
    assert "Để chuyển sang Bồi dưỡng còn thiếu: ai theo dõi, bồi dưỡng." in _text(shown)
    staff.post(f"{at}/move", data={"to": "helped"})
    db.session.refresh(row)
    assert row.step is Step.FOUND
    row.helper = "Phòng Tổng hợp"
    db.session.commit()
    for to in ("helped", "summed_up", "followed"):
        staff.post(f"{at}/move", data={"to": to})
    staff.post(f"{at}/move", data={"to": "helped"})
    staff.post(f"{at}/move", data={"to": "helped", "reason": "Số liệu sai"})
    moves = db.session.scalars(select(ExemplarMove).order_by(ExemplarMove.id)).all()
    assert [(move.after, move.reason) for move in moves] == [
        (Step.HELPED, ""),
        (Step.SUMMED_UP, ""),
        (Step.FOLLOWED, ""),
        (Step.HELPED, "Số liệu sai"),
    ]
    assert _told(register.heads[1]) == [f"Học theo điển hình “{row.name}”"]
    assert _told(register.heads[0]) == []


def test_a_unit_writes_the_result_of_what_is_registered_and_nothing_else(register, sign_in, page):
    row, browser = register.have(), sign_in(register.heads[0])
    shown = page(browser.get(f"{register.address}/{row.id}/edit"))
    assert shown.one("h1") == "Kết quả của điển hình"
    browser.post(f"{register.address}/{row.id}/edit", data={"result": "Tăng 20 %", "name": "Khác"})
    db.session.refresh(row)
    assert (row.result, row.name == "Khác") == ("Tăng 20 %", False)


@pytest.mark.both_databases
def test_only_units_that_confirmed_count_and_others_see_it_when_it_is_to_be_followed(
    register, sign_in, page
):
    row, other = register.have(), sign_in(register.heads[1])
    at = f"{register.address}/{row.id}"
    assert other.get(at).status_code == HTTPStatus.NOT_FOUND
    row.step = Step.FOLLOWED
    db.session.commit()
    assert "Điển hình được nhân rộng" in _text(page(other.get("/home/")))
    assert "0 trong 1 đơn vị đã áp dụng" in _text(page(other.get(at)))
    use = {"participation_id": register.entries[1].id, "used_on": "28/04/2021"}
    assert page(other.post(f"{at}/uses", data=use)).all(".field__error") == ["Hãy ghi một câu."]
    early = {**use, "sentence": "Đã làm theo", "used_on": "01/01/2020"}
    assert page(other.post(f"{at}/uses", data=early)).all(".field__error") == [
        "Ngày áp dụng phải từ ngày phát hiện điển hình đến hôm nay."
    ]
    other.post(f"{at}/uses", data={**use, "sentence": "Đã làm theo"})
    shown = page(sign_in(register.secretary).get(f"{register.address}/"))
    assert shown.all("tbody td.num") == ["1 trong 1 đơn vị đã áp dụng"]
    own = sign_in(register.heads[0])
    own.post(f"{at}/uses", data={**use, "participation_id": row.participation_id, "sentence": "A"})
    assert "1 trong 1 đơn vị" in _text(page(own.get(at)))
    assert own.post(f"{at}/uses/1/withdraw").status_code == HTTPStatus.NOT_FOUND
    other.post(f"{at}/uses/1/withdraw")
    assert "0 trong 1 đơn vị" in _text(page(other.get(at)))


def test_what_does_not_move_for_thirty_days_stands_on_the_page_of_the_secretariat(
    register, sign_in, page
):
    row = register.have(moved_at=build.NOW - timedelta(days=30))
    register.have(moved_at=clock.now())
    browser = sign_in(register.secretary)
    assert "Điển hình quá 30 ngày chưa chuyển động" in _text(page(browser.get("/home/")))
    listed = page(browser.get(f"{register.address}/?state=still"))
    assert listed.all("tbody th") == [row.name]


def test_the_secretariat_is_told_once_in_thirty_days_what_stands_still_until_it_moves(
    register, app, sign_in, monkeypatch, tmp_path
):
    monkeypatch.setitem(app.config, "OUTBOX", str(tmp_path))
    row = register.have(name="Tổ Mẫu", moved_at=build.NOW, step=Step.HELPED)
    notices = select(Notice.title).where(
        Notice.user_id == register.secretary.id, Notice.key.like("model-still:%")
    )
    counts = []
    for days in (29, 30, 31, 59, 60):
        monkeypatch.setattr(clock, "now", lambda days=days: build.NOW + timedelta(days=days))
        assert app.test_cli_runner().invoke(args=["remind"]).exit_code == 0
        counts.append(len(db.session.scalars(notices).all()))
    assert counts == [0, 1, 1, 1, 2]
    unread = "Điển hình “Tổ Mẫu” không chuyển động từ ngày 28/04/2021"
    assert _told(register.secretary) == [unread]
    address = f"{register.address}/{row.id}/move"
    sign_in(register.secretary).post(address, data={"to": "summed_up"})
    assert _told(register.secretary) == []


def test_the_register_leaves_as_the_form_and_costs_the_same_for_one_and_for_three(
    register, sign_in, count_queries
):
    browser, counts = sign_in(register.secretary), []
    for more in (1, 2):
        for _ in range(more):
            register.have()
        db.session.commit()
        with count_queries() as seen:
            assert browser.get(f"{register.address}/").status_code == HTTPStatus.OK
        counts.append(len(seen))
    assert counts[0] == counts[1]
    answer = browser.get(f"{register.address}/excel")
    assert (answer.status_code, answer.data[:2]) == (HTTPStatus.OK, b"PK")


def test_the_register_is_printed_as_the_form(register, sign_in):
    register.have(step=Step.FOLLOWED)
    answer = sign_in(register.secretary).get(f"{register.address}/print")
    assert (answer.status_code, answer.data[:5]) == (HTTPStatus.OK, b"%PDF-")


def test_a_unit_that_follows_is_not_asked_to_any_more(register, sign_in):
    row = register.have(step=Step.SUMMED_UP, name="Tổ 1")
    at = f"{register.address}/{row.id}"
    sign_in(register.secretary).post(f"{at}/move", data={"to": "followed"})
    assert _told(register.heads[1]) == ["Học theo điển hình “Tổ 1”"]
    use = {"participation_id": register.entries[1].id, "used_on": "28/04/2021"}
    sign_in(register.heads[1]).post(f"{at}/uses", data={**use, "sentence": "Đã làm theo"})
    assert _told(register.heads[1]) == []


def test_a_printed_row_tells_who_found_it_who_helps_and_who_follows(register):
    row = register.have(step=Step.FOLLOWED, name="Tổ 1", goal="Tăng", awards="Giấy khen 2020")
    everything = Sight(frozenset(), sees_others=True)
    (listed,) = exemplars(register.campaign.id, everything)
    assert (listed.row is row, row_cells(listed)) == (
        True,
        {
            "name": "Tổ 1\ntập thể",
            "unit": "Phòng Một",
            "reason": "Vượt kế hoạch\n(Đoàn kiểm tra, 28/04/2021)",
            "goal": "Tăng",
            "help": "Phòng Tổng hợp\nHướng dẫn tại chỗ\nđến 28/04/2021",
            "step": "Nhân rộng",
            "result": "Tăng 10 %\nCách làm rõ",
            "spread": "Hội nghị chuyên đề\n0 trong 1 đơn vị đã áp dụng\nGiấy khen 2020",
        },
    )
