"""Views count people a day: no reload, no robot, no cookie, no address."""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from campaign.extensions import db
from campaign.publicity import queries, readers, views
from campaign.publicity.models import Post, PostReader, ViewKey
from tests.build.base import saved

DAY, NEXT = date(2021, 4, 10), date(2021, 4, 11)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def post(app):
    return saved(Post(title="Tin", body="Nội dung", published_on=DAY))


@pytest.mark.both_databases
def test_a_person_counts_once_a_day_and_a_network_so_often(post):
    def come(address, browser, day=DAY):
        return readers.count_reader(post.id, address=address, browser=browser, day=day)

    assert [come("203.0.113.9", FIREFOX) for _ in range(3)] == [True, False, False]
    assert come("203.0.113.9", "Mozilla/5.0 Chrome/126") is True
    assert come("203.0.113.10", FIREFOX) is True
    assert sum(come("203.0.113.9", f"{FIREFOX} {number}") for number in range(30)) == 18
    assert queries.views_of(post.id) == 21
    assert come("203.0.113.9", FIREFOX, NEXT) is True
    assert queries.views_of(post.id) == 22


def test_the_key_of_a_day_and_its_marks_are_gone_the_day_after(post):
    readers.count_reader(post.id, address="203.0.113.9", browser=FIREFOX, day=DAY)
    key = db.session.scalars(select(ViewKey.key)).one()
    marks = set(db.session.scalars(select(PostReader.reader)))
    assert (len(key), [len(mark) for mark in marks]) == (64, [32, 32])
    readers.count_reader(post.id, address="203.0.113.9", browser=FIREFOX, day=NEXT)
    assert db.session.execute(select(ViewKey.day)).scalars().all() == [NEXT]
    assert db.session.scalars(select(ViewKey.key)).one() != key
    assert marks & set(db.session.scalars(select(PostReader.reader))) == set()


@pytest.mark.parametrize(
    "browser", ["", "Googlebot/2.1", "curl/8.5", "python-requests/2.32", "facebookexternalhit/1.1"]
)
def test_a_robot_is_no_reader(browser):
    assert readers.is_robot(browser)
    assert not readers.is_robot(FIREFOX)


def test_reading_sets_no_cookie_and_a_count_that_fails_is_no_fault(post, app, monkeypatch):
    browser, address = app.test_client(), f"/posts/{post.id}/views"
    monkeypatch.setattr(views.clock, "today", lambda: DAY)
    assert browser.get(f"/posts/{post.id}").status_code == HTTPStatus.OK
    assert queries.views_of(post.id) == 0
    foreign = {"Sec-Fetch-Site": "cross-site"}
    browser.post(address, headers=foreign, token=False)
    assert queries.views_of(post.id) == 0
    answer = browser.post(address, token=False)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (HTTPStatus.NO_CONTENT, [])
    assert queries.views_of(post.id) == 1

    def locked(*_args, **_more):
        raise OperationalError(str(_args), {}, TimeoutError())

    monkeypatch.setattr(views, "count_reader", locked)
    assert browser.post(address, token=False).status_code == HTTPStatus.NO_CONTENT
