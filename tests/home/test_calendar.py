"""A person's own calendar: by an address that can be taken back, with their meetings and days."""

from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.meeting.models import Attendance
from campaign.notices import events
from campaign.notices.models import CalendarFeed
from campaign.planning.rules import Phase
from campaign.reporting.models import Extension
from campaign.reporting.rules import ReportState
from tests import build

SETTINGS = "/notices/settings"


@pytest.fixture
def office(app):
    """A campaign in which the officer's unit reports twice, and another unit once."""
    campaign = build.campaign(phase=Phase.REPORTING)
    unit, block = build.unit(name="Sở An"), build.block(campaign)
    entry = build.participation(campaign, unit=unit, block=block)
    build.participation(campaign, unit=build.unit(name="Sở Bình"), block=block)
    first = build.period(campaign, name="Kỳ 1", is_final=False, due_on=date(2021, 3, 31))
    build.period(campaign, name="Kỳ 2")
    build.report(of=entry, period=first, state=ReportState.SUBMITTED)
    return campaign, entry, first, build.user(Role.UNIT_OFFICER, at=unit)


def _made(browser, page):
    shown = page(browser.post(f"{SETTINGS}/calendar"))
    return shown.tree.cssselect("#feed")[0].get("value").removeprefix("http://localhost")


def _lines(answer):
    assert answer.mimetype == "text/calendar"
    return answer.text.replace("\r\n ", "").split("\r\n")


def _starting(lines, *beginnings):
    return [line for line in lines if line.startswith(beginnings)]


def test_the_days_of_ones_own_reports_are_read_without_signing_in(office, sign_in, client, page):
    _, entry, first, officer = office
    address = _made(sign_in(officer), page)
    lines = _lines(client.get(address))
    assert lines[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ngon Co//VI",
        "METHOD:PUBLISH",
    ]
    assert _starting(lines, "DTSTART", "SUMMARY", "SEQUENCE", "UID")[:4] == [
        f"UID:report-{entry.id}-{first.id}@localhost",
        "SEQUENCE:67",
        "DTSTART;VALUE=DATE:20210331",
        "SUMMARY:Đã nộp báo cáo Kỳ 1 – Sở An",
    ]
    assert _starting(lines, "SUMMARY")[1:] == ["SUMMARY:Hạn nộp báo cáo Kỳ 2 – Sở An"]
    later = {"due_on": date(2021, 4, 2), "locks_on": date(2021, 5, 5)}
    who = {"reason": "Bão", "at": build.NOW, "by_id": officer.id}
    db.session.add(Extension(participation_id=entry.id, period_id=first.id, **later, **who))
    db.session.commit()
    moved = _lines(client.get(address))
    assert _starting(moved, "DTSTART", "SEQUENCE")[:2] == [
        "SEQUENCE:71",
        "DTSTART;VALUE=DATE:20210402",
    ]


def test_a_meeting_stands_under_the_uid_of_its_invitation_with_its_sequence(
    app, sign_in, client, page
):
    campaign = build.campaign(phase=Phase.MEETING)
    user = build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=user)
    other = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    meeting = build.meeting(campaign, chair=member, secretary=other)
    if db.session.get(Attendance, (meeting.id, member.id)) is None:
        db.session.add(Attendance(meeting_id=meeting.id, member_id=member.id))
    starts_at = datetime(2021, 5, 11, 1, 30, tzinfo=UTC)
    with app.test_request_context():
        for place in ("Tầng 2", "Tầng 3"):
            call = events.Call(campaign.id, meeting.id, starts_at, place)
            events.meeting_called(call, [user.id], at=build.NOW)
            db.session.flush()
    lines = _lines(client.get(_made(sign_in(user), page)))
    assert _starting(lines, "UID", "SEQUENCE") == [
        f"UID:meeting-{meeting.id}@localhost",
        "SEQUENCE:1",
    ]


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(
    office, sign_in, client, page
):
    officer = office[-1]
    browser = sign_in(officer)
    old = _made(browser, page)
    assert old.endswith(".ics")
    new = _made(browser, page)
    kept = db.session.scalars(db.select(CalendarFeed)).one().token_hash
    assert kept not in new
    codes = [client.get(address).status_code for address in (old, new, "/calendar/x.ics")]
    assert codes == [HTTPStatus.NOT_FOUND, HTTPStatus.OK, HTTPStatus.NOT_FOUND]
    browser.post(f"{SETTINGS}/calendar/revoke")
    assert client.get(new).status_code == HTTPStatus.NOT_FOUND
    new = _made(browser, page)
    officer.is_active = False
    db.session.commit()
    assert client.get(new).status_code == HTTPStatus.NOT_FOUND
