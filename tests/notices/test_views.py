"""What a person has to know, how they want to be told, and the outbox behind it."""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices import actions, queries
from campaign.notices.actions import About
from campaign.notices.models import DayOff, Mail, Notice
from campaign.notices.rules import MailChoice, MailState, NoticeKind
from campaign.web import clock
from tests import build

BELL = "a.bell"


def _tell(user, key, **more):
    about = About(NoticeKind.VERIFIED, key, f"Việc {key}", "/home/", **more)
    actions.tell([user.id], about, at=build.NOW)
    db.session.commit()


@pytest.fixture
def officer(app):
    return build.user(Role.UNIT_OFFICER, at=build.unit())


def test_the_bell_counts_what_is_not_read_and_opening_it_reads_it(officer, sign_in, page):
    browser = sign_in(officer)
    assert page(browser.get("/home/")).one(BELL) == ""
    _tell(officer, "a", reason="Vì sao.", due_on=date(2021, 4, 30))
    _tell(officer, "b")
    shown = page(browser.get("/notices/"))
    assert shown.one(BELL) == "2"
    assert shown.tree.cssselect(BELL)[0].get("aria-label") == "Nhắc việc, 2 chưa đọc"
    assert shown.all("tbody th")[1] == "Việc a chưa đọcVì sao."
    assert shown.all("tbody td[data-label=Hạn]") == ["—", "30/04/2021"]
    first = db.session.scalars(select(Notice).where(Notice.key == "a")).one()
    answer = browser.post(f"/notices/{first.id}/open")
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, "/home/")
    assert page(browser.get("/home/")).one(BELL) == "1"
    browser.post("/notices/read-all")
    assert page(browser.get("/home/")).one(BELL) == ""


def test_a_notice_of_another_person_does_not_exist(officer, sign_in):
    _tell(officer, "a")
    number = db.session.scalars(select(Notice.id)).one()
    other = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert other.post(f"/notices/{number}/open").status_code == HTTPStatus.NOT_FOUND
    assert queries.unread_count(officer.id) == 1


def test_a_person_chooses_how_to_be_told_and_is_told_what_always_comes(officer, sign_in, page):
    browser = sign_in(officer)
    shown = page(browser.get("/notices/settings"))
    assert "Mời họp Hội đồng" in shown.one("main")
    assert shown.value("choice") == "daily"
    browser.post("/notices/settings", data={"choice": "none"})
    assert queries.choice_of(officer.id) is MailChoice.NONE
    wrong = browser.post("/notices/settings", data={"choice": "often"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert queries.choice_of(officer.id) is MailChoice.NONE


def test_who_is_told_twice_of_one_thing_is_told_once(officer):
    _tell(officer, "a")
    _tell(officer, "a")
    assert queries.unread_count(officer.id) == 1


@pytest.fixture
def clerk(app, sign_in):
    return sign_in(build.user(Role.SECRETARIAT))


def _mail(user, state=MailState.FAILED, **more):
    row = Mail(
        user_id=user.id,
        address="a@example.org",
        subject="Ngọn Cờ: Việc a",
        body="",
        message_id=f"<{more.get('detail', '')}@ngonco>",
        at=build.NOW,
        next_at=build.NOW,
        state=state,
        **more,
    )
    db.session.add(row)
    db.session.flush()
    return row


def test_the_outbox_says_what_failed_and_sends_it_again(clerk, officer, page):
    mail = _mail(officer, detail="Máy chủ thư trả lời 550: no", attempts=1)
    _mail(officer, MailState.WAITING, was_unknown=True, detail="khác")
    db.session.commit()
    failed = page(clerk.get("/outbox/?state=failed"))
    assert failed.all("tbody td[data-label='Trạng thái']") == [
        "không gửi được Máy chủ thư trả lời 550: no"
    ]
    unknown = page(clerk.get("/outbox/?state=unknown"))
    assert unknown.all("tbody td[data-label='Trạng thái']") == ["chờ gửi không rõ đã nhận chưakhác"]
    clerk.post(f"/outbox/{mail.id}/resend")
    db.session.expire_all()
    assert (mail.state, mail.attempts, mail.detail) == (MailState.WAITING, 0, "")
    again = clerk.post(f"/outbox/{mail.id}/resend", follow_redirects=True)
    assert "Chỉ gửi lại được thư không gửi được." in again.get_data(as_text=True)
    assert clerk.post("/outbox/999/resend").status_code == HTTPStatus.NOT_FOUND


def test_the_outbox_says_why_each_mail_went_and_which_days_off_lack(
    clerk, officer, page, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: build.TODAY)
    mail = _mail(officer, MailState.WAITING)
    for number, kind in enumerate((NoticeKind.REPORT_DUE, NoticeKind.EXTENSION)):
        actions.tell([officer.id], About(kind, str(number), "Việc", "/"), at=build.NOW)
    db.session.flush()
    for row in db.session.scalars(select(Notice)):
        row.mail_id = mail.id
    db.session.commit()
    shown = page(clerk.get("/outbox/"))
    assert "Vì: Gia hạn báo cáo; Báo cáo đến hạn" in shown.one("tbody th")
    lack = f"Chưa ghi ngày nghỉ nào của năm {build.TODAY.year}"
    assert lack in shown.one("main")
    clerk.post("/outbox/days-off", data={"day": f"12/02/{build.TODAY.year}", "name": "Tết"})
    assert lack not in page(clerk.get("/outbox/")).one("main")


def test_the_switch_asks_for_a_reason_and_says_who_turned_it(clerk, page):
    refused = page(clerk.post("/outbox/stop", data={"reason": " "}))
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Hãy ghi lý do ngừng gửi thư." in refused.one("main")
    clerk.post("/outbox/stop", data={"reason": "Đổi máy chủ"})
    assert "Đổi máy chủ" in page(clerk.get("/outbox/")).one("main")
    again = clerk.post("/outbox/stop", data={"reason": "Nữa"}, follow_redirects=True)
    assert "Thư đang ngừng gửi rồi." in again.get_data(as_text=True)
    clerk.post("/outbox/start")
    assert queries.mail_stop() is None


def test_days_off_are_a_list_of_the_office(clerk, page):
    clerk.post("/outbox/days-off", data={"day": "12/02/2021", "name": "Tết Tân Sửu"})
    assert db.session.scalars(select(DayOff.name)).all() == ["Tết Tân Sửu"]
    twice = page(clerk.post("/outbox/days-off", data={"day": "12/02/2021", "name": "Tết"}))
    assert "Ngày này đã có trong danh sách ngày nghỉ." in twice.one("main")
    wrong = page(clerk.post("/outbox/days-off", data={"day": "mai", "name": "Tết"}))
    assert "Hãy nhập ngày như 26/02/2021." in wrong.one("main")
    assert clerk.post("/outbox/days-off/2021-02-13/remove").status_code == HTTPStatus.NOT_FOUND
    clerk.post("/outbox/days-off/2021-02-12/remove")
    assert db.session.scalars(select(DayOff.name)).all() == []
