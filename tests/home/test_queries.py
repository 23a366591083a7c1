"""What is due, overdue, waiting and returned, for each person."""

from datetime import date

import pytest
from flask import url_for

from campaign.core.permissions import Role
from campaign.council.actions import recuse
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.home.queries import drafts, running_campaigns, todos
from campaign.meeting.rules import MeetingState
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState
from campaign.reporting.wishes.actions import ask
from tests import build


@pytest.fixture
def texts(sign_in, page):
    """The things to do on somebody's first page."""
    return lambda user: page(sign_in(user).get("/home/")).all(
        ".todo__text b, .todo__text strong, .todo__text > :first-child"
    )


def _told(texts, user):
    return " | ".join(texts(user))


def test_a_head_is_asked_to_sign_his_units_nominations(app, texts):
    office = build.unit()
    head = build.user(Role.UNIT_HEAD, at=office)
    campaign = build.campaign(phase=Phase.MEETING)
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    build.nominee(campaign, of=entry, kind=build.award_kind(campaign), state=NomineeState.DRAFT)
    assert "Ký đề nghị khen thưởng" in _told(texts, head)
    assert "Ký đề nghị khen thưởng" not in _told(texts, build.user(Role.UNIT_HEAD, at=build.unit()))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (MeetingState.CALLED, "Họp Hội đồng"),
        (MeetingState.OPEN, "Vào phòng họp Hội đồng"),
        (MeetingState.CLOSED, "Xác nhận biên bản cuộc họp"),
    ],
)
def test_the_chair_finds_his_meeting(app, texts, state, expected):
    campaign = build.campaign(phase=Phase.MEETING)
    chair = build.member(
        campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.CHAIR
    )
    other = build.member(
        campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.SECRETARY
    )
    meeting = build.meeting(campaign, chair=chair, secretary=other)
    meeting.opened_at = None if state is MeetingState.CALLED else build.NOW
    meeting.closed_at = build.NOW if state is MeetingState.CLOSED else None
    meeting.state = state
    users = chair.user_id
    db.session.commit()
    assert expected in _told(texts, build.found_user(users))


def test_an_unsigned_decision_waits_for_the_director(app, texts):
    campaign = build.campaign(phase=Phase.DECIDING)
    build.decision(campaign)
    assert "Quyết định khen thưởng dự thảo" in _told(texts, build.user(Role.DIRECTOR))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2021, 4, 28),
            [("Viết tiếp báo cáo: Cuối kỳ – Văn phòng", "còn 2 ngày, hạn 30/04/2021", "đến hạn")],
        ),
        (
            date(2021, 5, 2),
            [("Viết tiếp báo cáo: Cuối kỳ – Văn phòng", "quá hạn 2 ngày", "quá hạn")],
        ),
        (
            date(2021, 5, 6),
            [
                (
                    "Đã đóng nhận mà chưa nộp: Cuối kỳ – Văn phòng",
                    "đóng nhận báo cáo sau 05/05/2021; muốn nộp, hãy xin Thường trực gia hạn",
                    "quá hạn",
                )
            ],
        ),
    ],
)
def test_a_report_not_handed_in_is_told_to_its_unit_after_the_lock_too(app, today, expected):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(short_name="Văn phòng")
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    build.report(of=entry, period=build.period(campaign, name="Cuối kỳ"))
    officer = build.user(Role.UNIT_OFFICER, at=office)
    with app.test_request_context():
        assert [
            (row.text, row.note, row.word) for row in todos(officer, campaign, today)
        ] == expected


def test_a_wish_for_more_time_that_waits_stands_beside_the_report_it_is_of(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(short_name="Văn phòng")
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    officer, period = build.user(Role.UNIT_OFFICER, at=office), build.period(campaign, name="Kỳ 1")
    wished = {"wished_on": date(2021, 5, 10), "reason": "Bão", "by": officer, "at": build.NOW}
    ask(campaign, entry, period, **wished)
    with app.test_request_context():
        (row,) = todos(officer, campaign, date(2021, 5, 2))
    assert row.note == "quá hạn 2 ngày; đã xin gia hạn đến hết 10/05/2021, chờ trả lời"


def test_a_returned_report_says_so_and_stands_among_the_urgent(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    office, final = build.unit(short_name="Văn phòng"), build.period(campaign, name="Cuối kỳ")
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    build.report(of=entry, period=build.period(campaign, name="Tháng 3", is_final=False))
    build.report(of=entry, period=final, state=ReportState.RETURNED)
    officer = build.user(Role.UNIT_OFFICER, at=office)
    with app.test_request_context():
        rows = [(row.text, row.word, row.tone) for row in todos(officer, campaign, build.TODAY)]
    assert rows == [
        ("Sửa báo cáo bị trả lại: Cuối kỳ – Văn phòng", "bị trả lại", "bad"),
        ("Viết tiếp báo cáo: Tháng 3 – Văn phòng", "đến hạn", "warn"),
    ]


def test_the_secretariat_counts_what_is_overdue_waiting_and_returned(app):
    campaign = build.campaign(phase=Phase.VERIFYING)
    block, period, by = build.block(campaign), build.period(campaign), build.user(Role.SECRETARIAT)
    left = {"state": ParticipationState.WITHDRAWN, "withdrawal_reason": "Sáp nhập"}
    made = {}
    for state, entry in (
        (ReportState.SUBMITTED, left),
        (ReportState.RETURNED, left),
        (ReportState.SUBMITTED, {}),
        (ReportState.RETURNED, {}),
        (ReportState.DRAFT, {}),
    ):
        made[state] = build.report(
            of=build.participation(campaign, unit=build.unit(), block=block, **entry),
            period=period,
            state=state,
        )
        if state is not ReportState.DRAFT:
            build.version(of=made[state], by=by)
    with app.test_request_context():
        rows = list(todos(by, campaign, date(2021, 5, 2)))
        first = url_for(
            "verification.show",
            campaign_id=campaign.id,
            report_id=made[ReportState.SUBMITTED].id,
        )
    counts = {row.text: row.count for row in rows}
    assert [row.url for row in rows if row.text == "Báo cáo đã nộp chờ thẩm định"] == [first]
    assert counts == {
        "Báo cáo quá hạn chưa nộp": 2,
        "Báo cáo đã nộp chờ thẩm định": 1,
        "Báo cáo đã trả lại, chờ đơn vị sửa": 1,
        "Phong trào đang ở bước “Thẩm định”": 0,
    }


@pytest.mark.parametrize(
    ("is_locked", "marked", "verified", "expected"),
    [
        (False, 0, 1, {"Ô điểm chưa chấm": 1}),
        (False, 1, 1, {"Phiếu đã chấm đủ, chưa khoá": 1}),
        (True, 1, 1, {"Không còn ô nào phải chấm": 0}),
        (True, 1, 2, {"Ô mở chấm sau khi Ông/Bà khoá phiếu": 1}),
    ],
)
def test_a_member_is_told_what_to_mark_what_to_lock_and_what_came_after_he_locked(
    app, is_locked, marked, verified, expected
):
    campaign = build.campaign(phase=Phase.SCORING)
    block, period, criterion, by = (
        build.block(campaign),
        build.period(campaign),
        build.criterion(campaign),
        build.user(Role.SECRETARIAT),
    )
    done = [
        build.verified(
            of=build.participation(campaign, unit=build.unit(), block=block), period=period, by=by
        )
        for _ in range(verified)
    ]
    member = build.user(Role.COUNCIL_MEMBER)
    sheet = build.sheet(
        member=build.member(campaign, user=member), block=block, is_locked=is_locked
    )
    for verification in done[:marked]:
        build.mark(
            sheet=sheet,
            of=db.session.get(
                Participation, db.session.get(Report, verification.report_id).participation_id
            ),
            criterion=criterion,
            points="9",
            version=verification.version_id,
        )
    with app.test_request_context():
        assert {row.text: row.count for row in todos(member, campaign, build.TODAY)} == expected


def test_the_office_finds_what_it_prepares_while_nothing_runs_yet_and_nobody_else_does(app, texts):
    build.campaign(title="Phong trào 2026")
    assert _told(texts, build.user(Role.SECRETARIAT)) == "Chuẩn bị phát động “Phong trào 2026”"
    assert _told(texts, build.user(Role.DIRECTOR)) == ""


@pytest.mark.parametrize(
    ("today", "urgency", "note"),
    [
        (date(2021, 2, 11), 2, "bắt đầu ngày 26/02/2021"),
        (date(2021, 2, 12), 1, "bắt đầu ngày 26/02/2021"),
        (date(2021, 2, 26), 1, "bắt đầu ngày 26/02/2021"),
        (date(2021, 2, 27), 0, "đã quá ngày 26/02/2021"),
    ],
)
def test_a_draft_grows_urgent_as_its_first_day_comes(app, today, urgency, note):
    build.campaign()
    with app.test_request_context():
        assert [(row.urgency, row.note) for row in drafts(today)] == [
            (urgency, f"{note}; xem các bước và việc còn thiếu")
        ]


def test_the_units_a_member_does_not_score_are_named_in_the_order_of_the_vietnamese_alphabet(
    app, sign_in, page
):
    campaign = build.campaign(phase=Phase.SCORING)
    user = build.user(Role.COUNCIL_MEMBER)
    member, block = build.member(campaign, user=user), build.block(campaign)
    for name in ("Yên Thủy", "Đà Bắc", "Cao Phong"):
        office = build.unit(name=name)
        build.participation(campaign, unit=office, block=block)
        recuse(
            campaign,
            member,
            office.id,
            origin=RecusalOrigin.DECLARED,
            reason="Họ hàng",
            by=user,
            at=build.NOW,
        )
    assert "Cao Phong, Đà Bắc, Yên Thủy" in " ".join(
        page(sign_in(user).get("/home/")).all(".todo__text")
    )


def test_whoever_holds_no_role_yet_is_told_whom_to_ask_and_sees_nothing_else(app, sign_in, page):
    build.campaign(phase=Phase.REPORTING, title="Phong trào đang chạy")
    build.user(Role.ADMIN, name="Bùi Thị Quản Trị", password_hash="x", email="quantri@example.org")
    build.user(Role.ADMIN, name="Người Chưa Vào Được")
    browser = sign_in(build.user())
    answer = page(browser.get("/home/"))
    assert (answer.status, answer.all("main h2")) == (200, ["Ông/Bà chưa được giao vai trò nào"])
    assert answer.all("main li") == ["Ông Bùi Thị Quản Trị, quantri@example.org"]
    assert "Phong trào đang chạy" not in answer.one("body")
    addresses = ("/campaigns/", "/campaigns/1/", "/account/profile", "/account/users")
    assert [browser.get(address).status_code for address in addresses] == [403, 403, 200, 403]


def test_of_two_reports_the_one_that_is_due_first_stands_first_and_a_distant_one_is_not_called_due(
    app,
):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(short_name="Văn phòng")
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    for name, due in (("Cuối kỳ", date(2021, 4, 30)), ("Tháng 3", date(2021, 4, 5))):
        build.report(
            of=entry,
            period=build.period(
                campaign,
                name=name,
                is_final=name == "Cuối kỳ",
                due_on=due,
                locks_on=date(2021, 5, 5),
            ),
        )
    officer = build.user(Role.UNIT_OFFICER, at=office)
    with app.test_request_context():
        rows = [(row.text, row.word) for row in todos(officer, campaign, date(2021, 4, 2))]
        near = [row.text for row in todos(officer, campaign, date(2021, 4, 4))]
    assert rows == [
        ("Viết tiếp báo cáo: Tháng 3 – Văn phòng", "đến hạn"),
        ("Viết tiếp báo cáo: Cuối kỳ – Văn phòng", "chưa đến hạn"),
    ]
    assert near[0] == "Viết tiếp báo cáo: Tháng 3 – Văn phòng"


def test_an_inspector_finds_what_may_be_inspected_and_what_was(app, texts):
    campaign = build.campaign(phase=Phase.VERIFYING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    build.report(of=entry, period=build.period(campaign), state=ReportState.SUBMITTED)
    assert [text for text in texts(build.user(Role.INSPECTOR)) if "kiểm tra" in text] == [
        "Báo cáo đã nộp, có thể kiểm tra thực tế",
        "Biên bản kiểm tra thực tế",
    ]


def test_among_many_campaigns_a_person_finds_their_own_first(app):
    """Of a hundred offices in one database an officer sees that of their unit."""
    office, chair = build.unit(), build.user(Role.COUNCIL_MEMBER)
    officer = build.user(Role.UNIT_OFFICER, at=office)
    own = build.campaign(phase=Phase.REPORTING, starts_on=date(2021, 1, 1))
    build.participation(own, unit=office, block=build.block(own))
    build.member(own, user=chair, function=CouncilFunction.CHAIR)
    past = build.campaign(phase=Phase.PUBLISHED, starts_on=date(2020, 1, 1))
    build.participation(past, unit=office, block=build.block(past))
    others = [
        build.campaign(phase=Phase.REPORTING, starts_on=date(2021, 2, day)) for day in (1, 2, 3)
    ]
    newest_first = [row.id for row in reversed(others)]
    told = {
        user.id: [row.id for row in running_campaigns(user)]
        for user in (officer, chair, build.user(Role.SECRETARIAT))
    }
    assert list(told.values()) == [
        [own.id, *newest_first[:2]],
        [own.id, *newest_first[:2]],
        newest_first,
    ]


def test_after_publication_an_officer_is_shown_why_their_units_have_their_points(app, texts):
    office = build.unit()
    campaign = build.campaign(phase=Phase.PUBLISHED)
    build.participation(campaign, unit=office, block=build.block(campaign))
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    assert texts(build.user(Role.UNIT_OFFICER, at=office)) == [
        f"Vì sao {office.short_name} được điểm này",
        "Xem kết quả đã công bố",
    ]
    assert texts(build.user(Role.INSPECTOR)) == ["Xem kết quả đã công bố"]
