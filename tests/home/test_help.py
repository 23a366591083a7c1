"""Trợ giúp: a page for each role, open to everybody, and three things on the first day."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from campaign.core.permissions import GRANTS, Role
from campaign.home.guides import GUIDES, first_stops
from campaign.home.help_pictures import ALTS
from campaign.planning.rules import Phase
from campaign.web.access import needed_permission
from tests import build

PICTURES = Path(__file__).parents[2] / "static" / "help"


def test_each_role_has_one_guide_of_pages_it_may_open(app):
    assert {row.role for row in GUIDES} == set(Role)
    assert len({row.slug for row in GUIDES}) == len(GUIDES)
    closed = [
        (row.slug, stop.endpoint)
        for row in GUIDES
        for stop in row.stops
        if needed_permission(stop.endpoint) not in GRANTS[row.role]
    ]
    assert closed == []


def test_whoever_holds_two_roles_begins_with_the_first_step_of_each():
    roles = {Role.UNIT_HEAD, Role.COUNCIL_MEMBER}
    assert [stop.title for stop in first_stops(roles)] == [
        "Đăng ký tham gia",
        "Khai việc không chấm",
        "Xem báo cáo cán bộ trình",
    ]
    assert first_stops(()) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_is_read_without_signing_in(app, client, page, guide):
    shown = page(client.get(f"/help/{guide.slug}"))
    assert shown.all("main li b") == [f"{stop.title}." for stop in guide.stops]
    assert shown.all("main li a") == []
    assert page(client.get("/help/")).tree.xpath(f"//a[@href='/help/{guide.slug}']")


def test_there_is_no_guide_of_another_name(app, client):
    assert client.get("/help/khong-co").status_code == HTTPStatus.NOT_FOUND


def test_a_guide_leads_whoever_has_signed_in_to_the_pages(app, sign_in, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    officer = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    shown = page(officer.get("/help/unit-officer"))
    assert f"/campaigns/{campaign.id}/reports/" in shown.tree.xpath("//main//li/a/@href")
    other = page(officer.get("/help/secretariat"))
    assert f"/campaigns/{campaign.id}/conduct/" not in other.tree.xpath("//main//li/a/@href")
    menu = page(officer.get("/home/"))
    assert "/help/" in menu.tree.xpath("//header//a/@href")


def test_the_first_day_shows_three_things_to_do_and_the_next_does_not(
    app, sign_in, page, monkeypatch
):
    build.campaign(phase=Phase.REPORTING)
    person = build.user(Role.SECRETARIAT)
    browser = sign_in(person)
    for _ in range(2):
        shown = page(browser.get("/home/"))
        assert "Ba việc đầu tiên" in shown.all("h2")
    assert shown.all("main ol a") == [
        "Lập kế hoạch và phát động",
        "Xác nhận đơn vị tham gia",
        "Theo dõi báo cáo",
    ]
    tomorrow = build.TODAY + timedelta(days=1)
    monkeypatch.setattr("campaign.web.clock.today", lambda: tomorrow)
    assert "Ba việc đầu tiên" not in page(browser.get("/home/")).all("h2")


def test_each_picture_is_there_shown_somewhere_and_told_in_words(app):
    shown = {stop.picture for row in GUIDES for stop in row.stops} - {""}
    assert shown == set(ALTS) == {file.stem for file in PICTURES.glob("*.png")}
    assert all(row.stops and any(stop.alt for stop in row.stops) for row in GUIDES)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_shown_its_three_first_things_whose_pages_open(app, sign_in, page, role):
    campaign = build.campaign(phase=Phase.REPORTING)
    unit = build.unit()
    build.participation(campaign, unit=unit, block=build.block(campaign))
    person = build.user(role, at=unit if role.belongs_to_unit else None)
    if role is Role.COUNCIL_MEMBER:
        build.member(campaign, user=person)
    browser = sign_in(person)
    shown = page(browser.get("/home/"))
    (steps,) = shown.tree.xpath("//h2[.='Ba việc đầu tiên']/following::ol[1]")
    (guide,) = (row for row in GUIDES if row.role is role)
    links = steps.xpath(".//a")
    assert [link.text for link in links] == [stop.title for stop in guide.first]
    assert {browser.get(link.get("href")).status_code for link in links} == {HTTPStatus.OK}


def test_who_has_no_role_yet_is_led_to_help_and_to_no_first_things(app, sign_in, page):
    shown = page(sign_in(build.user()).get("/home/"))
    assert "Ba việc đầu tiên" not in shown.all("h2")
    assert "/help/" in shown.tree.xpath("//header//a/@href")
