"""What the pictures of a ranking show, and to whom."""

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from tests import build
from tests.ranking.test_withheld import Council

FINDING = ".chart__finding"


def test_the_secretariat_sees_the_block_as_dots_frozen_and_as_it_stands_now(app, sign_in, page):
    council = Council(more=2)
    browser = sign_in(build.user(Role.SECRETARIAT))
    frozen, now = (page(browser.get(f"{council.at}/{more}")) for more in ("", "?now=1"))
    (said,) = frozen.all(FINDING)
    assert "dẫn đầu với" in said or "bằng nhau" in said
    assert now.all(FINDING)[0] == said
    assert [len(answer.tree.cssselect("circle.chart__dot")) for answer in (frozen, now)] == [2, 2]
    unit = page(browser.get(f"{council.at}/units/{council.entries[0].id}"))
    assert len(unit.tree.cssselect("circle.chart__dot--own")) == 1
    assert "trung vị của khối" in unit.one(FINDING)


def test_a_sealed_block_has_no_picture(app, sign_in, page):
    council = Council(more=2)
    browser = sign_in(council.member_of_unit())
    assert page(browser.get(f"{council.at}/")).all(FINDING) == []


def test_of_a_block_that_is_not_shown_whole_nobody_is_said_to_lead_it(app, sign_in, page):
    council = Council(more=2)
    browser = sign_in(
        build.user(Role.SECRETARIAT, at=db.session.get(Unit, council.entries[0].unit_id))
    )
    answer = page(browser.get(f"{council.at}/"))
    assert answer.one(FINDING).startswith("Trong các đơn vị Ông/Bà được xem: ")
    assert len(answer.tree.cssselect("circle.chart__dot")) == 1


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.UNIT_HEAD])
def test_after_publication_a_unit_sees_itself_beside_its_block(app, sign_in, page, role):
    council = Council(more=2, phase=Phase.PUBLISHED)
    browser = sign_in(build.user(role, at=db.session.get(Unit, council.entries[1].unit_id)))
    answer = page(browser.get(f"{council.at}/units/{council.entries[1].id}"))
    assert len(answer.tree.cssselect("circle.chart__dot")) == 2


def test_how_far_marks_lie_apart_is_drawn_for_those_alone_who_read_every_mark(app, sign_in, page):
    scored = Council(more=2)
    address = f"/campaigns/{scored.campaign.id}/scoring/{scored.block.id}/matrix"
    chair, other = (page(sign_in(user).get(address)) for user in scored.users[:2])
    assert len(chair.tree.cssselect("rect.chart__box")) == len(chair.all(FINDING)) == 1
    assert other.all(FINDING) == []
