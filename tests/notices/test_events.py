"""What people do is told to those whom it concerns, and to nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.conduct import actions as conduct
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.notices import events
from campaign.notices.models import Notice
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState
from tests import build


def _told():
    """Who was told what, by name."""
    db.session.expire_all()
    rows = db.session.execute(
        select(User.user_name, Notice.title)
        .join(Notice, Notice.user_id == User.id)
        .order_by(User.user_name, Notice.id)
    )
    return [tuple(row) for row in rows]


def _user(name):
    return db.session.scalars(select(User).where(User.user_name == name)).one()


def test_a_report_that_is_returned_is_told_to_its_unit_with_the_day(app, tell, sign_in):
    campaign = tell(Stage.SCORING)
    report = db.session.scalars(select(Report).where(Report.state == ReportState.SUBMITTED)).first()
    clerk = sign_in(_user("thuong-truc"))
    base = f"/campaigns/{campaign.id}/verification/{report.id}"
    clerk.post(f"{base}/return", data={"reason": "Thiếu nguồn", "due_on": "30/04/2021"})
    told = db.session.scalars(select(Notice)).all()
    assert {row.title for row in told} == {"Báo cáo bị trả lại để sửa"}
    assert {row.due_on for row in told} == {date(2021, 4, 30)}
    assert {name.partition(".")[0] for name, _ in _told()} == {"canbo", "truong"}
    assert len({name.partition(".")[2] for name, _ in _told()}) == 1


def test_a_meeting_that_moves_is_told_to_its_roll_with_the_sequence_raised(app, tell, sign_in):
    campaign = tell(Stage.MEETING)
    meeting = db.session.scalars(select(Meeting)).one()
    clerk = sign_in(_user("thuong-truc"))
    form = {"starts_at": "09:00 12/05/2021", "place": "Tầng 3", "agenda": meeting.agenda}
    base = f"/campaigns/{campaign.id}/meetings/{meeting.id}/edit"
    clerk.post(base, data=form)
    clerk.post(base, data=form)
    clerk.post(base, data=form | {"place": "Tầng 2"})
    rows = db.session.scalars(select(Notice).order_by(Notice.id)).all()
    assert len(rows) == 18
    assert [row.title for row in (rows[0], rows[-1])] == [
        "Mời họp Hội đồng: 09:00 12/05/2021, Tầng 3",
        "Giấy mời họp Hội đồng đã đổi: 09:00 12/05/2021, Tầng 2",
    ]
    assert ["SEQUENCE:0" in rows[0].calendar, "SEQUENCE:1" in rows[-1].calendar] == [True, True]
    assert {"UID:meeting-1@" in row.calendar for row in rows} == {True}


@pytest.fixture
def unit(app):
    return build.unit(code="DB")


def test_each_event_is_told_to_whom_it_concerns(app, unit):
    campaign = build.campaign()
    head = build.user(Role.UNIT_HEAD, at=unit)
    officer = build.user(Role.UNIT_OFFICER, at=unit)
    build.user(Role.UNIT_HEAD, at=build.unit())
    member = build.user(Role.COUNCIL_MEMBER)
    db.session.commit()
    with app.test_request_context():
        events.enrolled(campaign.id, unit.id, "Khối Sở", at=build.NOW)
        events.clarification_opened(campaign.id, 3, unit.id, date(2021, 5, 4), at=build.NOW)
        events.decision_signed(campaign.id, 5, "12/QĐ-SCT", [unit.id], at=build.NOW)
        events.objection_answered(campaign.id, 5, 8, unit.id, at=build.NOW)
        events.award_notice(campaign.id, 5, "Giấy khen", [unit.id], None, at=build.NOW)
        events.scoring_opened(campaign.id, "Đợt", [member.id], at=build.NOW)
        events.minutes_to_confirm(campaign.id, 4, member.id, at=build.NOW)
    db.session.commit()
    titles = [
        "Đăng ký của đơn vị đã được xác nhận, xếp vào Khối Sở",
        "Xem kết quả thẩm định, chấp nhận hoặc giải trình",
        "Đã ký quyết định khen thưởng số 12/QĐ-SCT",
        "Ý kiến của đơn vị về dự thảo quyết định đã được trả lời",
        "Cho ý kiến về dự thảo quyết định Giấy khen",
    ]
    told = _told()
    assert [title for name, title in told if name == head.user_name] == titles
    assert [title for name, title in told if name == officer.user_name] == titles
    assert [title for name, title in told if name == member.user_name] == [
        "Mở chấm điểm “Đợt”",
        "Xác nhận biên bản cuộc họp Hội đồng",
    ]
    assert len(told) == 12


def _unread():
    rows = db.session.execute(
        select(User.user_name, Notice.title)
        .join(Notice, Notice.user_id == User.id)
        .where(Notice.read_at.is_(None))
    )
    return sorted(tuple(row) for row in rows)


def test_a_launch_that_is_taken_back_is_told_to_nobody_any_more_and_the_next_one_is(
    app, unit, sign_in
):
    campaign = build.campaign(phase=Phase.LAUNCHED, title="Thi đua")
    head = build.user(Role.UNIT_HEAD, at=unit)
    with app.test_request_context():
        events.launched(campaign.id, campaign.title, at=build.NOW)
    db.session.commit()
    told = [(head.user_name, "Đã phát động “Thi đua”")]
    assert _unread() == told
    back = {"expected": "launched", "reason": "Sửa bảng điểm", "seen": "1"}
    clerk = sign_in(build.user(Role.SECRETARIAT))
    clerk.post(f"/campaigns/{campaign.id}/conduct/back", data=back)
    assert (db.session.get_one(Campaign, campaign.id).phase, _unread()) == (Phase.DRAFT, [])
    with app.test_request_context():
        events.launched(campaign.id, campaign.title, at=build.NOW + timedelta(hours=1))
    db.session.commit()
    assert _unread() == told


def test_results_are_told_to_the_units_that_took_part_and_to_the_council(
    app, unit, sign_in, monkeypatch
):
    campaign = build.campaign(phase=Phase.DECIDING, title="Thi đua")
    build.participation(campaign, unit=unit, block=build.block(campaign))
    head, member = build.user(Role.UNIT_HEAD, at=unit), build.user(Role.COUNCIL_MEMBER)
    build.user(Role.UNIT_HEAD, at=build.unit())
    build.member(campaign, user=member)
    db.session.commit()
    monkeypatch.setattr(conduct, "move", lambda *_given, **_more: None)
    sign_in(build.user(Role.SECRETARIAT)).post(
        f"/campaigns/{campaign.id}/conduct/publish", data={"expected": "deciding"}
    )
    assert _unread() == [
        (name, "Đã công bố kết quả “Thi đua”") for name in (head.user_name, member.user_name)
    ]
