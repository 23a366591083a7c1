"""Mail against a real server: once for each person, whatever happens to server and sender."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.extensions import db
from campaign.notices import actions, post
from campaign.notices.actions import About
from campaign.notices.models import Mail
from campaign.notices.post import compose, send_due
from campaign.notices.rules import MailChoice, MailState, NoticeKind
from tests import build

MONDAY = datetime(2021, 4, 5, 3, 0, tzinfo=UTC)


@pytest.fixture
def officer(app):
    """Somebody with an address."""
    user = build.user(name="Bùi Thị Dung")
    user.email = "dung@example.org"
    db.session.commit()
    return user


def _tell(user, key, kind=NoticeKind.VERIFIED, at=MONDAY):
    about = About(kind, key, f"Việc {key}", f"/campaigns/1/{key}", reason=f"Vì {key}.")
    actions.tell([user.id], about, at=at)
    db.session.commit()


def _mails():
    db.session.expire_all()
    return db.session.scalars(select(Mail).order_by(Mail.id)).all()


def test_what_one_person_is_to_be_told_is_one_mail_sent_once_however_often_it_is_run(
    letters, officer
):
    _tell(officer, "a")
    _tell(officer, "b")
    _tell(officer, "a")
    assert [send_due(MONDAY) for _ in range(20)] == [(1, 0), *[(0, 0)] * 19]
    (letter,) = letters.kept
    assert (letter["To"], letter["Subject"]) == ("dung@example.org", "Ngọn Cờ: 2 việc cần biết")
    lines = [line for line in letter.get_content().splitlines() if line]
    assert lines[1:7] == [
        "1. Việc a",
        "   Vì a.",
        "   http://localhost/campaigns/1/a",
        "2. Việc b",
        "   Vì b.",
        "   http://localhost/campaigns/1/b",
    ]
    (mail,) = _mails()
    assert (mail.state, mail.attempts, mail.detail) == (MailState.SENT, 1, "dung@example.org")


def test_more_of_the_same_day_waits_for_the_next_unless_it_binds_or_was_chosen_at_once(
    letters, officer
):
    _tell(officer, "a")
    send_due(MONDAY)
    _tell(officer, "b")
    send_due(MONDAY + timedelta(hours=1))
    assert len(letters.kept) == 1
    _tell(officer, "họp", NoticeKind.MEETING_CALLED)
    send_due(MONDAY + timedelta(hours=2))
    assert [letter["Subject"] for letter in letters.kept[1:]] == ["Ngọn Cờ: Việc họp"]
    actions.choose(officer, MailChoice.AT_ONCE)
    db.session.commit()
    send_due(MONDAY + timedelta(hours=3))
    assert [letter["Subject"] for letter in letters.kept[2:]] == ["Ngọn Cờ: Việc b"]


def test_what_was_read_or_is_no_more_goes_in_no_mail(letters, officer):
    _tell(officer, "a")
    actions.withdraw("a", at=MONDAY)
    db.session.commit()
    assert send_due(MONDAY) == (0, 0)
    assert _mails() == []


def test_a_server_that_says_later_is_asked_again_after_a_pause_under_the_same_name(
    letters, officer
):
    letters.answers = ["451 later", "250 OK"]
    _tell(officer, "a")
    assert send_due(MONDAY) == (0, 1)
    (mail,) = _mails()
    assert (mail.state, mail.detail) == (MailState.WAITING, "Máy chủ thư trả lời 451: later")
    assert not mail.was_unknown
    assert send_due(MONDAY + timedelta(minutes=4)) == (0, 0)
    assert send_due(MONDAY + timedelta(minutes=5)) == (1, 0)
    assert [letter["Message-ID"] for letter in letters.kept] == [mail.message_id]


def test_a_server_that_says_never_ends_it_until_somebody_sends_it_again(letters, officer):
    letters.answers = ["550 no such box"]
    _tell(officer, "a")
    assert send_due(MONDAY) == (0, 1)
    (mail,) = _mails()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert send_due(MONDAY + timedelta(days=1)) == (0, 0)
    actions.resend(mail, at=MONDAY)
    db.session.commit()
    assert send_due(MONDAY) == (1, 0)
    assert [letter["Message-ID"] for letter in letters.kept] == [mail.message_id]


def test_a_connection_that_breaks_while_it_hands_over_is_unknown_listed_and_goes_again(
    letters, officer
):
    letters.answers = ["break"]
    _tell(officer, "a")
    assert send_due(MONDAY) == (0, 1)
    (mail,) = _mails()
    assert (mail.state, mail.was_unknown) == (MailState.WAITING, True)
    assert send_due(MONDAY + timedelta(minutes=5)) == (1, 0)
    assert {letter["Message-ID"] for letter in letters.kept} == {mail.message_id}
    (mail,) = _mails()
    assert (mail.state, mail.was_unknown) == (MailState.SENT, True)


def test_a_server_that_is_away_costs_a_pause_and_after_the_last_the_mail_is_given_up(
    app, officer, monkeypatch
):
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    monkeypatch.setitem(app.config, "SMTP_PORT", 1)
    _tell(officer, "a")
    moment = MONDAY
    for _ in range(5):
        assert send_due(moment) == (0, 1)
        moment = max(moment, _mails()[0].next_at)
    assert [send_due(moment), send_due(MONDAY + timedelta(days=1))] == [(0, 0), (0, 1)]
    (mail,) = _mails()
    assert (mail.state, mail.attempts, mail.was_unknown) == (MailState.FAILED, 6, False)


def test_a_sender_that_was_killed_leaves_a_mail_that_goes_again_under_the_same_name(
    letters, officer
):
    _tell(officer, "a")
    compose(MONDAY)
    (mail,) = _mails()
    mail.state, mail.claimed_at, mail.attempts = MailState.SENDING, MONDAY, 1
    db.session.commit()
    assert send_due(MONDAY + timedelta(minutes=15)) == (0, 0)
    assert send_due(MONDAY + timedelta(minutes=16)) == (1, 0)
    (mail,) = _mails()
    assert (mail.state, mail.was_unknown) == (MailState.SENT, True)


def test_the_switch_stops_all_and_what_waits_goes_when_it_is_turned_back(letters, officer):
    _tell(officer, "a")
    actions.stop_mail("Đổi máy chủ thư", by=officer, at=MONDAY)
    db.session.commit()
    assert send_due(MONDAY) == (0, 0)
    actions.start_mail()
    db.session.commit()
    assert send_due(MONDAY) == (1, 0)


def test_what_waited_for_its_server_goes_at_no_night_and_on_a_day_off_only_if_it_binds(
    letters, officer
):
    letters.answers = ["451 later"] * 2
    friday = MONDAY + timedelta(days=4)
    _tell(officer, "a", at=friday)
    send_due(friday)
    other = build.user(email="khac@example.org")
    _tell(other, "họp", NoticeKind.MEETING_CALLED, at=friday)
    assert send_due(friday) == (0, 1)
    for moment in (friday + timedelta(hours=10), friday + timedelta(days=1)):
        send_due(moment)
    assert [letter["To"] for letter in letters.kept] == ["khac@example.org"]
    assert send_due(friday + timedelta(days=3)) == (1, 0)


def test_a_mail_that_waits_says_what_still_holds_and_goes_where_its_person_reads_today(
    letters, officer
):
    letters.answers = ["451 later"]
    _tell(officer, "a")
    _tell(officer, "b")
    send_due(MONDAY)
    actions.withdraw("a", at=MONDAY)
    officer.email = "moi@example.org"
    db.session.commit()
    assert send_due(MONDAY + timedelta(minutes=5)) == (1, 0)
    (letter,) = letters.kept
    assert (letter["To"], letter["Subject"]) == ("moi@example.org", "Ngọn Cờ: Việc b")
    assert "Việc a" not in letter.get_content()


@pytest.mark.parametrize("end", ["withdrawn", "left", "without address"])
def test_a_mail_of_which_nothing_holds_any_more_goes_to_nobody(letters, officer, end):
    letters.answers = ["451 later"]
    _tell(officer, "a")
    send_due(MONDAY)
    if end == "withdrawn":
        actions.withdraw("a", at=MONDAY)
    officer.is_active = end != "left"
    officer.email = "" if end == "without address" else officer.email
    db.session.commit()
    assert send_due(MONDAY + timedelta(minutes=5)) == (0, 0)
    (mail,) = _mails()
    assert (mail.state, mail.claimed_at, letters.kept) == (MailState.DROPPED, None, [])


def test_two_meetings_in_one_mail_are_two_invitations(letters, officer):
    for number in (1, 2):
        calendar = f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nUID:{number}\r\nEND:VCALENDAR\r\n"
        about = About(
            NoticeKind.MEETING_CALLED, f"meeting:{number}:0", "Họp", "/", calendar=calendar
        )
        actions.tell([officer.id], about, at=MONDAY)
    db.session.commit()
    assert send_due(MONDAY) == (1, 0)
    parts = [
        part.get_content()
        for part in letters.kept[0].walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert ["UID:1" in parts[0], "UID:2" in parts[1], len(parts)] == [True, True, 2]


def test_an_address_that_no_server_takes_holds_up_nobody_else(letters, officer):
    officer.email = "dũng@example.org"
    other = build.user(email="khac@example.org")
    for user in (officer, other):
        _tell(user, "a\nb")
    assert send_due(MONDAY) == (1, 1)
    assert [letter["Subject"] for letter in letters.kept] == ["Ngọn Cờ: Việc a b"]
    failed = _mails()[0]
    assert (failed.state, failed.detail) == (
        MailState.FAILED,
        "Địa chỉ dũng@example.org không gửi thư đến được.",
    )


def test_the_switch_holds_for_what_a_running_process_has_still_in_hand(
    letters, officer, monkeypatch
):
    other = build.user(email="khac@example.org")
    for user in (officer, other):
        _tell(user, "a")
    delivered = post.deliver

    def deliver_and_stop(message):
        actions.stop_mail("Đổi máy chủ thư", by=officer, at=MONDAY)
        db.session.commit()
        return delivered(message)

    monkeypatch.setattr(post, "deliver", deliver_and_stop)
    assert send_due(MONDAY) == (1, 0)
    assert [mail.state for mail in _mails()] == [MailState.SENT, MailState.WAITING]


def test_who_has_no_address_is_told_on_the_page_alone(letters, app):
    _tell(build.user(), "a")
    assert send_due(MONDAY) == (0, 0)
    assert _mails() == []


def test_without_a_server_the_mail_lies_in_the_outbox_for_its_owner_alone(app, officer):
    _tell(officer, "a")
    assert send_due(MONDAY) == (1, 0)
    (letter,) = Path(app.config["OUTBOX"]).glob("*.eml")
    assert _mails()[0].detail == f"outbox/{letter.name}"
    assert letter.stat().st_mode & 0o777 == 0o600
    letter.unlink()


def test_a_long_subject_arrives_as_it_was_written_wherever_it_is_broken(letters, officer):
    title = "Còn 3 ngày nộp báo cáo: Kỳ 1 – Sở Chậm"
    actions.tell([officer.id], About(NoticeKind.VERIFIED, "a", title, "/"), at=MONDAY)
    db.session.commit()
    send_due(MONDAY)
    assert letters.kept[0]["Subject"] == f"Ngọn Cờ: {title}"


def test_a_long_mail_goes_in_lines_that_a_server_takes(letters, officer):
    reason = ", ".join(f"Đơn vị {number}" for number in range(200))
    actions.tell([officer.id], About(NoticeKind.DIGEST, "a", "Dài", "/", reason), at=MONDAY)
    db.session.commit()
    assert send_due(MONDAY) == (1, 0)
    assert reason in letters.kept[0].get_content()
