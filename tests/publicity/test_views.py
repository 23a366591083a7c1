"""What citizens see: what was published, and no account data."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision.rules import DecisionState
from campaign.demo.stages import Stage
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import PlanCorrection
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.publicity import actions, queries
from campaign.publicity.models import Post
from campaign.scheme.rules.terms import TargetOf
from campaign.verification.models import VerifiedValue
from tests import build


def _post(campaign=None, **more):
    row = Post(
        **{
            "campaign_id": campaign.id if campaign else None,
            "title": "Tin",
            "body": "Nội dung",
            "source": "",
            **more,
        }
    )
    db.session.add(row)
    db.session.flush()
    return row


def test_a_draft_campaign_and_an_unpublished_post_are_not_public(app, client):
    draft, row = build.campaign(), _post()
    addresses = (f"/public/campaigns/{draft.id}", f"/results/{draft.id}", f"/posts/{row.id}")
    assert [client.get(address).status_code for address in addresses] == [HTTPStatus.NOT_FOUND] * 3


@pytest.mark.parametrize(("stage", "rows"), [(Stage.SCORING, 0), (Stage.PUBLISHED, 18)])
def test_results_are_told_only_after_publication(tell, client, page, stage, rows):
    campaign = tell(stage)
    assert len(page(client.get(f"/results/{campaign.id}")).all("tbody tr")) == rows


def test_no_public_page_names_an_account_but_whom_a_signed_decision_awards(tell, client):
    campaign = tell(Stage.PUBLISHED)
    awarded = set(db.session.scalars(db.text("SELECT name FROM decision_line")))
    names = [
        row
        for pair in db.session.execute(db.text("SELECT user_name, full_name FROM user_account"))
        for row in pair
        if row not in awarded
    ]
    assert len(awarded) == 13
    post = db.session.query(Post).first()
    for address in (
        "/",
        f"/public/campaigns/{campaign.id}",
        f"/results/{campaign.id}",
        f"/posts/{post.id}",
    ):
        text = client.get(address).get_data(as_text=True)
        assert [name for name in names if name in text] == [], address


def test_each_target_is_shown_with_its_source_and_no_mark(tell, client, page):
    campaign = tell(Stage.REPORTING)
    answer = page(client.get(f"/public/campaigns/{campaign.id}"))
    announced = "Thông báo phát động ngày 02/03/2021 của Sở Công Thương Hòa Bình"
    sources = answer.all("td[data-label='Nguồn']")
    assert len(sources) == 6
    assert sources[0] == announced
    assert "chưa đối chiếu" not in answer.one("main")
    assert [text for text in sources if not text.startswith(announced)] == []


def test_what_the_percentages_mean_stands_where_they_are(tell, client, page):
    campaign = tell(Stage.PUBLISHED)
    answer = page(client.get(f"/public/campaigns/{campaign.id}"))
    (card,) = [
        section
        for section in answer.tree.cssselect("section.card")
        if section.cssselect(".progress-row")
    ]
    assert "Phần trăm so với mức phải đạt đến kỳ báo cáo" in card.text_content()


def test_newer_and_older_posts_stand_beside_a_post(app, client, page):
    rows = [_post(title=f"Tin {day}", published_on=date(2021, 4, day)) for day in (1, 2, 2, 3)]
    shown = page(client.get(f"/posts/{rows[1].id}"))
    text = " ".join(shown.all("main"))
    assert text.index("Tin 3") > 0
    assert [post.id for post in queries.neighbours(rows[1], build.TODAY, newer=True)] == [
        rows[2].id,
        rows[3].id,
    ]
    assert [post.id for post in queries.neighbours(rows[1], build.TODAY, newer=False)] == [
        rows[0].id
    ]


def test_what_is_typed_into_a_post_stays_text(app, client):
    row = _post(
        title="<script>alert(1)</script>",
        body="# <b>Đầu</b>\n- <img src=x onerror=alert(1)>",
        published_on=build.TODAY,
    )
    text = client.get(f"/posts/{row.id}").get_data(as_text=True)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;b&gt;Đầu&lt;/b&gt;" in text


def test_an_announcement_is_made_once_and_stays(app):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    first = actions.announce(campaign, on=build.TODAY)
    assert actions.announce(campaign, on=build.TODAY).id == first.id
    with pytest.raises(RuleViolation, match="Thông báo phát động không gỡ được"):
        actions.unpublish(first)


def test_a_kept_public_page_changes_with_what_it_shows(app, client, sign_in, page):
    campaign = build.campaign(phase=Phase.LAUNCHED, title="Phong trào A")
    address = f"/public/campaigns/{campaign.id}"
    assert page(client.get(address)).one("h1") == "Phong trào A"
    tag = client.get(address).headers["ETag"]
    assert (
        client.get(address, headers={"If-None-Match": tag}).status_code == HTTPStatus.NOT_MODIFIED
    )
    campaign.title = "Phong trào B"
    db.session.commit()
    assert page(client.get(address, headers={"If-None-Match": tag})).one("h1") == "Phong trào B"
    assert sign_in(build.user(Role.SECRETARIAT)).get(address).status_code == HTTPStatus.OK


def test_pages_forbid_foreign_sources_and_framing(app, client):
    headers = client.get("/").headers
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert (policy["default-src"], policy["frame-ancestors"], policy["form-action"]) == (
        "'none'",
        "'none'",
        "'self'",
    )
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == (
        "nosniff",
        "same-origin",
    )


@pytest.mark.parametrize(("is_public", "shown"), [(True, ["Lê Thị An: Giấy khen"]), (False, [])])
def test_a_posted_draft_is_public_only_where_it_says_so(app, client, page, is_public, shown):
    campaign = build.campaign(phase=Phase.DECIDING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    decision = build.decision(
        campaign,
        state=DecisionState.POSTED,
        posted_on=build.TODAY,
        notice_until=build.TODAY,
        notice_is_public=is_public,
    )
    build.decision_line(
        decision, nominee=build.nominee(campaign, of=entry, kind=kind, name="Lê Thị An"), kind=kind
    )
    assert page(client.get(f"/results/{campaign.id}")).all("ol li") == shown
    links = page(client.get(f"/public/campaigns/{campaign.id}")).all(".page-head a.btn-primary")
    assert links == (["Dự thảo khen thưởng"] if is_public else [])


def test_nobody_reads_a_draft_in_public(app, client, page):
    campaign = build.campaign(phase=Phase.DECIDING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    build.decision_line(
        build.decision(campaign), nominee=build.nominee(campaign, of=entry, kind=kind), kind=kind
    )
    assert page(client.get(f"/results/{campaign.id}")).all("ol li") == []


def test_the_second_of_two_who_save_one_post_sees_both_texts(app, sign_in, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    row = _post(campaign)
    db.session.commit()
    browser, address = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/posts/{row.id}",
    )
    opened = page(browser.get(address)).value("opened")
    sent = {"kind": "news", "title": "Tin", "source": ""}
    answers = [
        page(browser.post(address, data={**sent, "opened": opened, "body": text}))
        for text in ("Bản thứ nhất", "Bản thứ hai")
    ]
    assert [answer.status for answer in answers] == [
        HTTPStatus.SEE_OTHER,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ]
    assert "Người khác vừa sửa nội dung này." in answers[1].one(".error-summary li")
    assert answers[1].value("body") == "Bản thứ hai"
    assert "Bản thứ nhất" in answers[1].one("main")
    again = browser.post(
        address,
        data={**sent, "opened": answers[1].value("opened"), "body": "Cả hai"},
    )
    assert (again.status_code, db.session.get(Post, row.id).body) == (
        HTTPStatus.SEE_OTHER,
        "Cả hai",
    )


def test_the_front_page_has_the_earlier_campaigns_by_year(app, client, page):
    for year, month in ((2019, 2), (2020, 2), (2020, 9), (2021, 2)):
        build.campaign(
            title=f"Thi đua {month}/{year}",
            phase=Phase.PUBLISHED,
            starts_on=date(year, month, 1),
            ends_on=date(year, month, 28),
        )
    db.session.commit()
    shown = page(client.get("/"))
    told = shown.tree.cssselect(".card h3, .history li > a:first-child")
    assert [node.text_content() for node in told] == [
        "Năm 2020",
        "Thi đua 9/2020",
        "Thi đua 2/2020",
        "Năm 2019",
        "Thi đua 2/2019",
    ]


def test_the_dates_of_a_campaign_stand_in_the_order_of_their_days(app, client, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    build.period(campaign, name="Cuối", due_on=date(2021, 5, 5))
    build.period(
        campaign, name="Tháng 3", is_final=False, due_on=date(2021, 4, 5), ends_on=date(2021, 3, 31)
    )
    db.session.commit()
    shown = page(client.get(f"/public/campaigns/{campaign.id}"))
    assert shown.all(".history li") == [
        "26/02/2021Bắt đầu",
        "05/04/2021Hạn nộp: Tháng 3",
        "30/04/2021Kết thúc",
        "05/05/2021Hạn nộp: Cuối",
    ]


def test_progress_is_in_sight_and_corrections_are_told_with_their_day(app, client, page):
    campaign, by = build.campaign(phase=Phase.REPORTING, progress_is_public=True), build.user()
    indicator, unit = build.indicator(campaign, name="Hộ dùng điện"), build.unit(name="Huyện A")
    verification = build.verified(
        of=build.participation(campaign, unit=unit, block=build.block(campaign)),
        period=build.period(campaign),
        by=by,
    )
    db.session.add_all(
        [
            VerifiedValue(
                verification_id=verification.id,
                indicator_id=indicator.id,
                value=Decimal(100),
                official_source="",
                comment="",
                not_applicable_reason="",
                updated_at=build.NOW,
                updated_by_id=by.id,
            ),
            PlanCorrection(
                campaign_id=campaign.id,
                subject="Nội dung phát động",
                before="a",
                after="b",
                reason="sai chữ",
                at=build.NOW,
                by_id=by.id,
            ),
        ]
    )
    db.session.commit()
    shown = page(client.get(f"/public/campaigns/{campaign.id}"))
    assert shown.all(".progress-row details") == []
    assert shown.one(".progress-row p") == "1/1 đơn vị đạt mức phải đạt:"
    assert shown.one(".progress-row li").startswith("Huyện A: 100 đạt 100")
    assert "28/04/2021Nội dung phát độngLý do: sai chữ" in shown.all(".history li")


def test_a_unit_that_left_is_told_of_no_more(app, client, page):
    campaign, by = build.campaign(phase=Phase.REPORTING, progress_is_public=True), build.user()
    indicator, block = build.indicator(campaign), build.block(campaign)
    period, left = build.period(campaign), {"withdrawal_reason": "Sáp nhập"}
    for name, value, entry in (
        ("Huyện A", 100, {}),
        ("Huyện B", 90, {"state": ParticipationState.WITHDRAWN, **left}),
        ("Huyện C", 90, {}),
    ):
        verification = build.verified(
            of=build.participation(campaign, unit=build.unit(name=name), block=block, **entry),
            period=period,
            by=by,
        )
        db.session.add(
            VerifiedValue(
                verification_id=verification.id,
                indicator_id=indicator.id,
                value=Decimal(value),
                official_source="",
                comment="",
                not_applicable_reason="",
                updated_at=build.NOW,
                updated_by_id=by.id,
            )
        )
    db.session.commit()
    shown = page(client.get(f"/public/campaigns/{campaign.id}"))
    assert shown.one(".progress-row p") == "1/2 đơn vị đạt mức phải đạt:"
    assert "Huyện B" not in shown.tree.text_content()
    told = queries.progress(campaign, scheme_of(campaign.id).indicators).newest
    assert [row.unit for row in told[indicator.id]] == ["Huyện A", "Huyện C"]


def test_what_does_not_apply_to_a_unit_is_no_progress_not_even_that_of_an_earlier_period(
    app, client, page
):
    campaign, by = build.campaign(phase=Phase.REPORTING, progress_is_public=True), build.user()
    indicator, entry = (
        build.indicator(campaign),
        build.participation(campaign, unit=build.unit(name="Huyện A"), block=build.block(campaign)),
    )
    for ends_on, reason in (
        (date(2021, 3, 31), ""),
        (date(2021, 4, 30), "Không có hộ chưa có điện"),
    ):
        verification = build.verified(
            of=entry, period=build.period(campaign, is_final=bool(reason), ends_on=ends_on), by=by
        )
        db.session.add(
            VerifiedValue(
                verification_id=verification.id,
                indicator_id=indicator.id,
                value=Decimal(100),
                official_source="",
                comment="",
                not_applicable_reason=reason,
                updated_at=build.NOW,
                updated_by_id=by.id,
            )
        )
    db.session.commit()
    shown = page(client.get(f"/public/campaigns/{campaign.id}"))
    assert (shown.all(".progress-row"), shown.all("h1")) == ([], [campaign.title])


def test_a_public_target_of_the_whole_campaign_says_so(app, client, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    build.indicator(campaign, target_of=TargetOf.CAMPAIGN, year_target=Decimal(9_000))
    db.session.commit()
    shown = page(client.get(f"/public/campaigns/{campaign.id}"))
    assert shown.all("td[data-label='Mục tiêu']") == ["9.000 % cả phong trào"]


def test_where_the_targets_stand_is_drawn_and_said_on_both_public_pages(tell, client, page):
    campaign = tell(Stage.PUBLISHED)
    front, shown = (
        page(client.get(address)) for address in ("/", f"/public/campaigns/{campaign.id}")
    )
    finding = "4 trong 6 mục tiêu đã đạt tiến độ"
    assert front.one("figure .chart__finding") == finding
    assert finding in shown.all("figure .chart__finding")
    for answer in (front, shown):
        (drawing, *_) = answer.tree.cssselect("svg[role=img].chart__picture")
        title, about = drawing.get("aria-labelledby").split()
        assert drawing.cssselect(f"title#{title}")[0].text_content() == finding
        assert "vạch đen là mức phải đạt" in drawing.cssselect(f"desc#{about}")[0].text_content()
        assert answer.tree.cssselect("[style]") == []
    assert [row for row in front.all("figure td") if row.startswith("331,2")] == [
        "331,2 triệu USD, đạt"
    ]
    assert len(front.all(".leaders li")) == 2


def test_nobody_leads_a_block_in_public_before_publication(tell, client, page):
    campaign = tell(Stage.MEETING)
    for address in ("/", f"/public/campaigns/{campaign.id}"):
        answer = page(client.get(address))
        assert answer.all(".leaders li") == []
        assert "dẫn đầu" not in answer.one("main")


def test_a_link_that_is_passed_on_shows_a_picture_whose_address_no_visitor_chose(app, client, page):
    campaign = build.campaign(phase=Phase.REPORTING, title="Thi đua A")
    draft = build.campaign(title="Thi đua B")
    db.session.commit()
    address = f"/public/campaigns/{campaign.id}"
    shown = page(client.get(address, headers={"Host": "evil.example"}))
    (image,) = shown.tree.cssselect("meta[property='og:image']")
    assert image.get("content") == f"{app.config['PUBLIC_URL']}{address}/picture"
    answer = client.get(f"{address}/picture")
    assert (answer.content_type, answer.data[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert (answer.data[16:20], answer.data[20:24]) == (
        (1200).to_bytes(4, "big"),
        (630).to_bytes(4, "big"),
    )
    assert client.get(f"/public/campaigns/{draft.id}/picture").status_code == HTTPStatus.NOT_FOUND
