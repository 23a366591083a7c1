"""Units confirm that they worked through a directive; the secretariat sees who has not."""

from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.planning.models import Block
from campaign.planning.rules import Phase
from campaign.publicity.models import DirectiveStudy, Post
from campaign.publicity.rules import PostKind
from campaign.web import clock
from tests import build


@pytest.fixture
def drive(app, monkeypatch):
    """A campaign with two units on the 10th of April, and a directive that is a draft."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 4, 10, 3, tzinfo=UTC))
    campaign = build.campaign(phase=Phase.LAUNCHED)
    clerk, block = build.user(Role.SECRETARIAT), build.block(campaign, name="Khối sở")
    rows = []
    for name in ("Sở Một", "Sở Hai"):
        unit = build.unit(name=name)
        build.user(Role.UNIT_OFFICER, at=unit, name=f"Cán bộ {name}")
        rows.append(build.participation(campaign, unit=unit, block=block, by=clerk))
    post = Post(
        campaign_id=campaign.id, kind=PostKind.DIRECTIVE, title="Chỉ thị 05", body="Làm theo"
    )
    db.session.add(post)
    db.session.commit()
    return campaign, post, rows, clerk


def _officer(row):
    return db.session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.unit_id == row.unit_id)
    ).one()


def _todos(browser, page):
    return [text for text in page(browser.get("/home/")).all("main a") if "Quán triệt" in text]


def _study_url(campaign, post, row):
    return f"/campaigns/{campaign.id}/directives/{post.id}/units/{row.id}"


def test_a_directive_is_told_confirmed_and_counted(drive, sign_in, page):
    campaign, post, (one, two), clerk = drive
    office = sign_in(clerk)
    office.post(f"/campaigns/{campaign.id}/posts/{post.id}/publish")
    told = db.session.scalars(select(Notice).order_by(Notice.id)).all()
    assert [row.title for row in told] == ["Quán triệt “Chỉ thị 05”"] * 2
    unit = sign_in(_officer(one))
    address = _study_url(campaign, post, one)
    assert {row.url for row in told} == {address, _study_url(campaign, post, two)}
    assert len(_todos(unit, page)) == 1
    assert "chưa xác nhận đã quán triệt" in page(unit.get(f"/posts/{post.id}")).one(".note")
    answer = unit.post(address, data={"held_on": "09/04/2021", "attendees": "Toàn thể 42 người"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    study = db.session.scalars(select(DirectiveStudy)).one()
    assert (study.participation_id, study.held_on, study.attendees) == (
        one.id,
        date(2021, 4, 9),
        "Toàn thể 42 người",
    )
    assert _todos(unit, page) == []
    assert sorted(row.read_at is None for row in db.session.scalars(select(Notice))) == [
        False,
        True,
    ]
    board = f"/campaigns/{campaign.id}/directives/{post.id}"
    shown = page(office.get(board))
    assert "Đã quán triệt: 1/2 đơn vị" in shown.one(".page-head")
    assert shown.all("td[data-label='Ngày quán triệt']") == ["chưa xác nhận", "09/04/2021"]
    assert page(office.get(f"{board}?done=yes&q=so mot")).all("tbody tr th") == ["Sở Một"]
    listed = page(office.get(f"/campaigns/{campaign.id}/posts?kind=directive&state=published"))
    assert "1/2 đơn vị đã quán triệt" in listed.one("td[data-label=Loại]")
    assert office.get(f"{board}/excel").status_code == HTTPStatus.OK


def test_those_who_have_not_confirmed_are_reminded_once_a_day(drive, sign_in, page, monkeypatch):
    campaign, post, (one, two), clerk = drive
    office = sign_in(clerk)
    office.post(f"/campaigns/{campaign.id}/posts/{post.id}/publish")
    sign_in(_officer(one)).post(
        _study_url(campaign, post, one), data={"held_on": "10/04/2021", "attendees": "Tất cả"}
    )
    address = f"/campaigns/{campaign.id}/directives/{post.id}/remind"
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 4, 14, 3, tzinfo=UTC))
    assert page(office.get(address)).all("#ready li") == ["Sở Hai"]
    for _ in range(2):
        office.post(address, data={"row": [one.id, two.id]})
    keys = db.session.scalars(select(Notice.key).where(Notice.reason.startswith("Nhắc"))).all()
    assert keys == [f"directive:{post.id}:{two.id}:2021-04-14"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"held_on": "11/04/2021", "attendees": "x"}, "Ngày quán triệt không được sau hôm nay."),
        ({"held_on": "", "attendees": "x"}, "Hãy nhập ngày quán triệt."),
        ({"held_on": "10/04/2021", "attendees": " "}, "Hãy ghi ai đã tham dự."),
    ],
)
def test_what_a_unit_cannot_confirm_is_refused(drive, sign_in, page, sent, why):
    campaign, post, (one, _), _ = drive
    post.published_on = date(2021, 4, 10)
    db.session.commit()
    answer = page(sign_in(_officer(one)).post(_study_url(campaign, post, one), data=sent))
    assert (answer.status, answer.one(".field__error")) == (HTTPStatus.UNPROCESSABLE_ENTITY, why)


def test_another_unit_and_a_directive_that_is_not_out_do_not_exist(drive, sign_in, page):
    campaign, post, (one, two), _ = drive
    unit = sign_in(_officer(one))
    post.published_on = date(2021, 4, 11)
    db.session.commit()
    assert unit.get(_study_url(campaign, post, one)).status_code == HTTPStatus.NOT_FOUND
    assert _todos(unit, page) == []
    post.published_on = date(2021, 4, 10)
    db.session.commit()
    assert unit.get(_study_url(campaign, post, one)).status_code == HTTPStatus.OK
    assert unit.get(_study_url(campaign, post, two)).status_code == HTTPStatus.NOT_FOUND
    board = f"/campaigns/{campaign.id}/directives/{post.id}"
    assert unit.get(board).status_code == HTTPStatus.FORBIDDEN


def test_a_scheduled_directive_is_told_on_its_day_by_the_command(
    drive, app, client, sign_in, monkeypatch, tmp_path
):
    campaign, post, _, clerk = drive
    monkeypatch.setitem(app.config, "OUTBOX", str(tmp_path))
    office, address = sign_in(clerk), f"/campaigns/{campaign.id}/posts/{post.id}/schedule"
    office.post(address, data={"published_on": "12/04/2021", "withdrawn_on": "20/04/2021"})
    seen = []
    for day in (11, 12, 12, 20):
        at = datetime(2021, 4, day, 3, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        assert app.test_cli_runner().invoke(args=["remind"]).exit_code == 0
        status = client.get(f"/posts/{post.id}").status_code
        is_listed = "Chỉ thị 05" in client.get("/").get_data(as_text=True)
        seen.append((len(db.session.scalars(select(Notice)).all()), status, is_listed))
    assert seen == [(0, 404, False), (2, 200, True), (2, 200, True), (2, 404, False)]


def test_a_confirmed_directive_stays_one(drive, sign_in, page):
    campaign, post, (one, _), clerk = drive
    db.session.add(
        DirectiveStudy(
            post_id=post.id,
            participation_id=one.id,
            held_on=date(2021, 4, 9),
            attendees="Tất cả",
            at=build.NOW,
            by_id=clerk.id,
        )
    )
    db.session.commit()
    browser, address = sign_in(clerk), f"/campaigns/{campaign.id}/posts/{post.id}"
    sent = {"kind": "news", "title": "Chỉ thị 05", "body": "Làm theo", "source": ""}
    sent["opened"] = page(browser.get(address)).value("opened")
    answer = page(browser.post(address, data=sent))
    assert answer.one(".field__error") == (
        "Đã có đơn vị xác nhận quán triệt văn bản này, không đổi loại được nữa."
    )


def test_the_list_of_units_costs_the_same_for_two_and_for_five(drive, sign_in, count_queries):
    campaign, post, (one, _), clerk = drive
    browser, counts = sign_in(clerk), []
    for _ in range(2):
        browser.get(f"/campaigns/{campaign.id}/directives/{post.id}")
        with count_queries() as seen:
            browser.get(f"/campaigns/{campaign.id}/directives/{post.id}")
        counts.append(len(seen))
        for name in ("Sở Ba", "Sở Bốn", "Sở Năm"):
            unit = build.unit(name=name)
            row = build.participation(
                campaign, unit=unit, block=db.session.get(Block, one.block_id), by=clerk
            )
            db.session.add(
                DirectiveStudy(
                    post_id=post.id,
                    participation_id=row.id,
                    held_on=date(2021, 4, 9),
                    attendees="Tất cả",
                    at=build.NOW,
                    by_id=clerk.id,
                )
            )
        db.session.commit()
    assert counts[0] == counts[1]
