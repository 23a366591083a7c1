"""`flask remind` against a real mail server: a late unit is reminded, escalated, extended, left."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.notices import events
from campaign.notices.models import DayOff, Notice
from campaign.notices.rules import NoticeKind
from campaign.planning.rules import Phase
from campaign.reminders.actions import remind_campaign
from campaign.reminders.models import Reminder
from campaign.reporting.deadlines.actions import grant_extensions
from campaign.reporting.rules import ReportState
from campaign.units.models import Unit
from campaign.web import clock
from tests import build

DEPLOY = Path(__file__).parents[2] / "deploy"


def _moment(day, hour=3, month=4):
    """Ten in the morning in Vietnam, unless told otherwise."""
    return datetime(2021, month, day, hour, tzinfo=UTC)


@pytest.fixture
def office(app):
    """A campaign in which one unit reports until Friday the 9th of April, and one has reported."""
    campaign = build.campaign(phase=Phase.REPORTING)
    period = build.period(
        campaign, name="Kỳ 1", due_on=date(2021, 4, 9), locks_on=date(2021, 4, 20)
    )
    clerk = build.user(Role.SECRETARIAT, name="Vũ Thị Thư", email="thuong.truc@x.vn")
    block = build.block(campaign)
    rows = []
    for name in ("Sở Chậm", "Sở Nhanh"):
        unit = build.unit(name=name)
        build.user(Role.UNIT_OFFICER, at=unit, name=f"Cán bộ {name}", email=f"cb{unit.id}@x.vn")
        build.user(Role.UNIT_HEAD, at=unit, name=f"Thủ trưởng {name}", email=f"tt{unit.id}@x.vn")
        rows.append(build.participation(campaign, unit=unit, block=block, by=clerk))
    build.report(of=rows[1], period=period, state=ReportState.SUBMITTED)
    db.session.commit()
    return campaign, period, rows[0], clerk


@pytest.fixture
def remind(app, monkeypatch, tmp_path):
    """Run the command at a moment."""
    monkeypatch.setitem(app.config, "OUTBOX", str(tmp_path))

    def run(moment, times=1):
        monkeypatch.setattr(clock, "now", lambda: moment)
        for _ in range(times):
            answer = app.test_cli_runner().invoke(args=["remind"])
            assert answer.exit_code == 0, answer.output
        db.session.expire_all()
        return answer.output

    return run


def _told(letters):
    """What came to units since the last look: to whom, and under which subject."""
    told = sorted(
        (letter["To"].partition("@")[0][:2], letter["Subject"])
        for letter in letters.kept
        if not letter["To"].startswith("thuong.truc")
    )
    letters.kept.clear()
    return told


def _steps():
    return [row.step.value for row in db.session.scalars(select(Reminder).order_by(Reminder.id))]


def _open():
    """What units have not read and need to."""
    return db.session.scalars(
        select(Notice).where(Notice.read_at.is_(None), Notice.kind != NoticeKind.DIGEST)
    ).all()


def test_a_late_unit_is_reminded_escalated_extended_and_left_in_peace(letters, office, remind):
    campaign, period, slow, clerk = office
    assert remind(_moment(1)) == "Đã nhắc 0 báo cáo, gửi 1 thư, chưa gửi được 0.\n"
    assert remind(_moment(6)) == "Đã nhắc 1 báo cáo, gửi 1 thư, chưa gửi được 0.\n"
    letter = letters.kept[-1]
    lines = letter.get_content().splitlines()
    assert lines[2:6] == [
        "Còn 3 ngày nộp báo cáo: Kỳ 1 – Sở Chậm",
        "   Đơn vị chưa bắt đầu báo cáo.",
        "   Hạn: 09/04/2021.",
        f"   http://localhost/campaigns/{campaign.id}/reports/",
    ]
    assert _told(letters) == [("cb", "Ngọn Cờ: Còn 3 ngày nộp báo cáo: Kỳ 1 – Sở Chậm")]
    remind(_moment(9), times=20)
    last = "Ngọn Cờ: Hạn hôm nay: báo cáo Kỳ 1 – Sở Chậm"
    assert _told(letters) == [("cb", last), ("tt", last)]
    remind(_moment(11))
    assert _told(letters) == []
    remind(_moment(12), times=20)
    assert _told(letters) == [("cb", "Ngọn Cờ: Báo cáo quá hạn 3 ngày: Kỳ 1 – Sở Chậm")]
    remind(_moment(13), times=2)
    letter = next(one for one in letters.kept if one["To"].startswith("tt"))
    assert "Đã nhắc cán bộ Cán bộ Sở Chậm ngày 12/04/2021." in letter.get_content()
    assert _told(letters) == [("tt", "Ngọn Cờ: Báo cáo quá hạn 4 ngày: Kỳ 1 – Sở Chậm")]
    grant_extensions(
        [slow],
        period,
        due_on=date(2021, 4, 16),
        locks_on=date(2021, 4, 20),
        reason="Bão",
        by=clerk,
        at=_moment(13),
    )
    db.session.commit()
    remind(_moment(14))
    assert len(_open()) == 1
    assert _told(letters) == [("cb", "Ngọn Cờ: Còn 2 ngày nộp báo cáo: Kỳ 1 – Sở Chậm")]
    build.report(of=slow, period=period, state=ReportState.SUBMITTED)
    db.session.commit()
    for day in (16, 19, 20, 21, 22):
        remind(_moment(day))
    assert _told(letters) == []
    assert _steps() == ["three_days", "last_day", "to_officer", "to_head", "three_days"]
    assert _open() == []


def test_it_stops_after_the_secretariat_and_is_silent_at_night_and_on_days_off(office, remind):
    db.session.add(DayOff(day=date(2021, 4, 14), name="Giỗ Tổ"))
    db.session.commit()
    remind(_moment(12, hour=23))  # six in the morning of the 13th
    assert _steps() == []
    for day in (13, 14, 15, 16, 19, 20):
        remind(_moment(day))
    rows = db.session.scalars(select(Reminder).order_by(Reminder.id)).all()
    assert [(row.step.value, row.at.day, row.told) for row in rows] == [
        ("to_officer", 13, "Cán bộ Sở Chậm"),
        ("to_head", 15, "Thủ trưởng Sở Chậm"),
        ("to_secretariat", 16, ""),
    ]


def test_the_secretariat_gets_one_digest_a_day_with_names_and_none_without_news(
    letters, office, remind
):
    campaign, _, _, clerk = office
    campaign.title = "Thi đua"
    own = build.user(Role.SECRETARIAT, at=db.session.scalars(select(Unit)).all()[1], email="o@x.vn")
    db.session.commit()
    told = {}
    for day in (9, 12, 13, 14, 15):
        remind(_moment(day), times=3)
        told[day] = {
            letter["To"]: letter.get_content().splitlines()[2:4]
            for letter in letters.kept
            if letter["To"] in {clerk.email, own.email}
        }
        letters.kept.clear()
    assert told[9] == {
        clerk.email: ["Thi đua: 1 báo cáo chờ thẩm định", "   Chờ thẩm định – Kỳ 1: Sở Nhanh."]
    }
    late = "   Chậm – Kỳ 1: Sở Chậm."
    assert told[12] == {
        clerk.email: [
            "Thi đua: 1 báo cáo chậm, 1 báo cáo chờ thẩm định",
            f"{late} Chờ thẩm định – Kỳ 1: Sở Nhanh.",
        ],
        own.email: ["Thi đua: 1 báo cáo chậm", late],
    }
    assert told[13] == {}
    assert told[14][own.email][1] == (
        "   Chuyển Thường trực xử lý – Kỳ 1 – Sở Chậm (đã nhắc cán bộ Cán bộ Sở Chậm ngày "
        "12/04/2021, đã nhắc thủ trưởng Thủ trưởng Sở Chậm ngày 13/04/2021). Chậm – Kỳ 1: Sở Chậm."
    )
    assert told[15][own.email] == ["Thi đua: 1 báo cáo chậm", late]


def _withdrawn(campaign, slow):
    slow.state, slow.withdrawal_reason = ParticipationState.WITHDRAWN, "Giải thể"


def _closed(campaign, slow):
    campaign.phase = Phase.MEETING


@pytest.mark.parametrize("end", [_withdrawn, _closed])
def test_nobody_is_reminded_of_what_is_no_longer_expected(office, remind, end):
    campaign, _, slow, _ = office
    remind(_moment(12))
    assert len(_open()) == 1
    end(db.session.get_one(type(campaign), campaign.id), db.session.get_one(Participation, slow.id))
    db.session.commit()
    remind(_moment(13))
    assert _steps() == ["to_officer"]
    assert _open() == []


def test_whoever_holds_no_role_at_the_unit_any_more_learns_nothing_more_of_it(
    letters, office, remind
):
    remind(_moment(12))
    letters.kept.clear()
    grant = db.session.scalars(
        select(RoleGrant).join(User).where(User.full_name == "Cán bộ Sở Chậm")
    ).one()
    grant.unit_id = db.session.scalars(select(Unit.id).where(Unit.name == "Sở Nhanh")).one()
    db.session.commit()
    remind(_moment(13))
    assert ["4 ngày" in row.title for row in _open()] == [True]
    assert _told(letters) == [("tt", "Ngọn Cờ: Báo cáo quá hạn 4 ngày: Kỳ 1 – Sở Chậm")]


def test_a_unit_that_leaves_the_campaign_is_left_in_peace_at_once(office, remind, sign_in):
    campaign, _, slow, clerk = office
    remind(_moment(12))
    answer = sign_in(clerk).post(
        f"/campaigns/{campaign.id}/enrolment/{slow.id}/withdraw", data={"reason": "Giải thể"}
    )
    assert (answer.status_code, _open()) == (303, [])


def test_a_period_that_has_not_begun_asks_for_nothing(office, remind):
    _, period, _, _ = office
    period.starts_on = date(2021, 4, 13)
    period.ends_on = date(2021, 4, 30)
    db.session.commit()
    remind(_moment(12))
    assert _steps() == []


def test_of_two_processes_at_once_one_takes_the_step(office, monkeypatch):
    """The other had read that nothing was told before the first had told it."""
    campaign = office[0]
    assert remind_campaign(campaign, at=_moment(12)) == 1
    monkeypatch.setattr("campaign.reminders.queries.done_steps", lambda _id: {})
    assert remind_campaign(campaign, at=_moment(12)) == 0
    db.session.commit()
    assert len(db.session.scalars(select(Notice)).all()) == 1
    assert _steps() == ["to_officer"]


def test_a_fault_in_one_campaign_holds_up_nobodys_mail(app, letters, office, remind, monkeypatch):
    campaign, _, slow, _ = office
    with app.test_request_context():
        events.extended(campaign.id, 1, slow.unit_id, "Kỳ 1", date(2021, 4, 16), at=_moment(12))
    db.session.commit()

    def fault(*_args, **_more):
        raise ValueError

    monkeypatch.setattr("campaign.reminders.actions.remind_campaign", fault)
    with pytest.raises(AssertionError, match="gửi 2 thư"):
        remind(_moment(12))
    assert [whom for whom, _ in _told(letters)] == ["cb", "tt"]


def test_only_who_rehearses_chooses_the_hour(app):
    answer = app.test_cli_runner().invoke(args=["remind", "--hour", "8"])
    assert (answer.exit_code, answer.output.strip()) == (
        1,
        "Chỉ ở chế độ diễn tập mới chọn được giờ (--hour); ở đây giờ là giờ thật.",
    )


def test_the_shipped_examples_run_this_very_command():
    unit = (DEPLOY / "systemd" / "ngonco-remind.service").read_text(encoding="utf-8")
    assert "ExecStart=/srv/ngonco/.venv/bin/flask remind\n" in unit
    cron = (DEPLOY / "ngonco-remind.cron").read_text(encoding="utf-8").splitlines()[-1]
    assert cron.split()[:6] == ["*/5", "*", "*", "*", "*", "ngonco"]
    assert ".venv/bin/flask remind" in cron
