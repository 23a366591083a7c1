"""Search without tones: what is public for everybody, one's own work for who signed in."""

from datetime import date

import pytest

from campaign.core.permissions import Role
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.publicity.models import Post
from campaign.publicity.searching.rules import (
    Searchable,
    found,
    is_long_enough,
    searchable,
)
from campaign.web import clock
from tests import build


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("tiet kiem", ["Thi đua tiết kiệm", "Hội nghị"]),
        ("TIẾT  điện", ["Thi đua tiết kiệm"]),
        ("hội nghị", ["Hội nghị"]),
        ("tiết kiệm nước", []),
    ],
)
def test_all_words_are_found_without_tones_those_in_titles_first(text, titles):
    rows = [
        searchable("Hội nghị", "/1", "", "Bàn việc tiết kiệm", day=date(2021, 5, 1)),
        searchable("Thi đua tiết kiệm", "/2", "", "Giảm điện", day=date(2021, 4, 1)),
    ]
    hits = found("Bài viết", rows, text)
    assert hits.heading == "Bài viết"
    assert ([row.title for row in hits.hits], hits.total) == (titles, len(titles))


def test_what_is_found_leads_to_its_page_and_is_sought_by_its_words_alone():
    day = date(2021, 5, 1)
    assert searchable("Hội nghị", "/1", "Tin tức", "Bàn việc", "Tiết kiệm", day=day) == Searchable(
        "Hội nghị", "/1", "Tin tức", "hoi nghi ban viec tiet kiem", day
    )


def test_of_those_found_alike_the_newest_stand_first_and_those_without_a_day_last():
    days = {"Tin cũ": date(2021, 4, 1), "Tin không ngày": None, "Tin mới": date(2021, 5, 1)}
    rows = [searchable(title, "/", "", "", day=day) for title, day in days.items()]
    assert [row.title for row in found("Bài viết", rows, "tin").hits] == [
        "Tin mới",
        "Tin cũ",
        "Tin không ngày",
    ]


@pytest.mark.parametrize(("text", "is_enough"), [("", False), ("đ", False), ("đi", True)])
def test_one_letter_is_not_sought(text, is_enough):
    assert is_long_enough(text) is is_enough


@pytest.fixture
def office(app, monkeypatch):
    """Two campaigns, one a draft; a post that is out, two that are not; two units with reports."""
    monkeypatch.setattr(clock, "today", lambda: date(2021, 4, 10))
    campaign = build.campaign(phase=Phase.REPORTING, title="Phong trào Điện sáng")
    build.campaign(title="Phong trào Điện ngầm")
    db.session.add_all(
        Post(campaign_id=campaign.id, title=title, body="Bài", published_on=day, withdrawn_on=until)
        for title, day, until in (
            ("Điện đã về bản", date(2021, 4, 10), None),
            ("Điện sắp về bản", date(2021, 4, 11), None),
            ("Điện từng về bản", date(2021, 4, 1), date(2021, 4, 10)),
        )
    )
    period, block = build.period(campaign, name="Kỳ điện"), build.block(campaign)
    units = [build.unit(name=name) for name in ("Sở Điện Một", "Sở Điện Hai")]
    rows = [build.participation(campaign, unit=unit, block=block) for unit in units]
    for row in rows:
        build.report(of=row, period=period)
    db.session.commit()
    return campaign, units, rows


def _kind(campaign):
    return build.award_kind(campaign, of_type=build.award_type(name="Giấy khen Sở"))


def _titles(answer):
    return answer.all("main li a")


def test_a_visitor_finds_what_is_public_and_nothing_else(office, client, page):
    shown = page(client.get("/search?q=dien"))
    assert _titles(shown) == [
        "Điện đã về bản",
        "Phong trào Điện sáng",
        "Sở Điện Hai",
        "Sở Điện Một",
    ]
    assert "4 kết quả cho “dien”" in shown.one(".page-head")


def test_a_unit_finds_its_own_reports_too_and_no_others(office, sign_in, page):
    _, (one, _), _ = office
    shown = page(sign_in(build.user(Role.UNIT_OFFICER, at=one)).get("/search?q=bao cao dien"))
    assert _titles(shown) == ["Báo cáo Kỳ điện, Sở Điện Một"]
    assert "1 kết quả" in shown.one(".page-head")


def test_each_finds_in_the_register_and_among_nominations_what_they_may_see_and_no_more(
    office, sign_in, client, page
):
    campaign, units, rows = office
    clerk = build.user(Role.SECRETARIAT)
    build.exemplar(rows[0], by=clerk, name="Tổ Gương sáng", reason="Đường dây nóng")
    nominee = {"kind": _kind(campaign), "name": "Phòng Gương sáng"}
    build.nominee(campaign, of=rows[0], state=NomineeState.DRAFT, **nominee)
    heads = [build.user(Role.UNIT_HEAD, at=unit) for unit in units]
    kept_away, free = (build.user(Role.COUNCIL_MEMBER) for _ in range(2))
    build.kept_away(build.member(campaign, user=kept_away), units[0].id)
    build.member(campaign, user=free)
    db.session.commit()
    both = ["Tổ Gương sáng", "Phòng Gương sáng: Giấy khen Sở"]
    for user, titles in (
        (clerk, both),
        (heads[0], both),
        (heads[1], []),
        (kept_away, []),
        (free, both),
        (build.user(Role.INSPECTOR), ["Tổ Gương sáng"]),
    ):
        shown = page(sign_in(user).get("/search?q=guong sang"))
        assert _titles(shown) == titles
        assert f"{len(titles)} kết quả" in shown.one(".page-head")
    assert _titles(page(client.get("/search?q=guong sang"))) == []


def test_who_writes_and_plans_finds_what_is_not_out_yet(office, sign_in, page):
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get("/search?q=dien ve ban"))
    assert _titles(shown) == ["Điện sắp về bản", "Điện từng về bản", "Điện đã về bản"]
    drafts = page(sign_in(build.user(Role.SECRETARIAT)).get("/search?q=dien ngam"))
    assert _titles(drafts) == ["Phong trào Điện ngầm"]


def test_an_award_is_found_by_visitors_only_after_publication(office, client, sign_in, page):
    campaign, _, rows = office
    kind = _kind(campaign)
    decision = build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number="21",
        signed_on=date(2021, 4, 9),
        signed_at=build.NOW,
        signed_year=2021,
    )
    nominee = build.nominee(campaign, of=rows[0], kind=kind, name="Lê Thị An")
    build.decision_line(decision, nominee=nominee, kind=kind, register_year=2021, register_number=1)
    db.session.commit()
    assert _titles(page(client.get("/search?q=le thi an"))) == []
    registrar = sign_in(build.user(Role.SECRETARIAT))
    assert _titles(page(registrar.get("/search?q=le thi an"))) == [
        "Lê Thị An: Giấy khen Sở",
        "Lê Thị An: Giấy khen",
    ]
    campaign.phase, campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    assert _titles(page(client.get("/search?q=le thi an"))) == ["Lê Thị An: Giấy khen"]
    (form,) = page(client.get(f"/results/{campaign.id}")).tree.cssselect("form[role='search']")
    assert (form.get("action"), [one.name for one in form.inputs]) == ("/search", ["q"])


def test_too_short_a_search_says_so_and_a_vain_one_too(office, client, page):
    assert page(client.get("/search?q=a")).one("#q-error") == "Hãy nhập ít nhất hai ký tự."
    assert "Không tìm thấy" in page(client.get("/search?q=zzz")).one(".empty")
