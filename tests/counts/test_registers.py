"""A criterion that takes its count from a register: what is taken, shown first, never twice."""

from datetime import date, timedelta
from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.exemplars.models import ExemplarMove, ExemplarUse
from campaign.exemplars.rules import State, Step
from campaign.extensions import db
from campaign.planning.models import Block
from campaign.publicity.models import DirectiveStudy, Post
from campaign.publicity.rules import PostKind
from campaign.reporting.models import Occurrence
from campaign.reporting.rules import ReportState
from campaign.scheme.models import Criterion
from campaign.scheme.rules.counts import CountRule, CountSource
from campaign.scheme.rules.terms import JudgedBy
from tests import build
from tests.build.base import saved
from tests.worlds import World

OPEN = {"due_on": date(2099, 1, 1), "locks_on": date(2099, 1, 2)}


def _taking(world, source, code="S1", **more):
    rule = CountRule(each=D(1), source=source, **more)
    row = build.criterion(
        world.campaign, judged_by=JudgedBy.COUNT, count_rule=rule.to_data(), maximum="5", code=code
    )
    db.session.commit()
    return f"/campaigns/{world.campaign.id}/reports/{world.report.id}/counts/{row.id}"


def _taken(browser, page, at):
    """What is offered, then taken."""
    offered = page(browser.get(f"{at}/from-register")).all("section.card li")
    browser.post(f"{at}/from-register")
    db.session.expire_all()
    return offered


def _use(example, entry, by, on=build.TODAY):
    row = ExemplarUse(
        exemplar_id=example.id,
        participation_id=entry.id,
        used_on=on,
        sentence="Đã làm theo",
        at=build.NOW,
        by_id=by.id,
    )
    return saved(row)


def test_the_plan_says_where_occurrences_come_from(app, sign_in, page):
    campaign = build.campaign()
    group = build.group(campaign)
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/criteria"
    typed = {
        "group_id": str(group.id),
        "code": "S1",
        "name": "Quán triệt",
        "maximum": "5",
        "judged_by": "count",
        "count_kind": "times",
        "count_each": "1",
        "count_source": "studied",
        "count_within": "10",
    }
    assert browser.post(f"{at}/new", data=typed).status_code == HTTPStatus.SEE_OTHER
    row = db.session.query(Criterion).one()
    assert (row.count_rule["source"], row.count_rule["within"]) == ("studied", "10")
    shown = page(browser.get(f"{at}/{row.id}"))
    assert (shown.value("count_source"), shown.value("count_within")) == ("studied", "10")


@pytest.mark.both_databases
def test_examples_that_others_follow_are_taken_with_the_names_and_once(app, sign_in, page):
    world = World(**OPEN)
    at = _taking(world, CountSource.FOLLOWED)
    example, _, _ = (
        build.exemplar(world.entry, by=world.secretary, name=name, **more)
        for name, more in (
            ("Tổ Mẫu", {"step": Step.FOLLOWED}),
            ("Tổ Lẻ", {"step": Step.FOLLOWED}),
            ("Tổ Chờ", {"state": State.PROPOSED, "decided_at": None, "decided_by_id": None}),
        )
    )
    others = [
        build.participation(
            world.campaign,
            unit=build.unit(name=name),
            block=db.session.get(Block, world.entry.block_id),
            by=world.secretary,
        )
        for name in ("Phòng Hai", "Phòng Ba")
    ]
    _use(example, others[0], world.secretary)
    browser = sign_in(world.officer)
    words = "Điển hình “Tổ Mẫu” (tập thể), {} đơn vị xác nhận áp dụng: {}"
    told = f"28/04/2021: {words.format(1, 'Phòng Hai')}"
    assert _taken(browser, page, at) == [told]
    assert _taken(browser, page, at) == []
    _use(example, others[1], world.secretary)
    assert _taken(browser, page, at) == [f"28/04/2021: {words.format(2, 'Phòng Hai, Phòng Ba')}"]
    (row,) = db.session.query(Occurrence).all()
    last = words.format(2, "Phòng Hai, Phòng Ba")
    assert (row.origin, row.text) == (f"exemplar:{example.id}", last)
    example.step = Step.FOUND
    db.session.commit()
    assert _taken(browser, page, at) == [f"28/04/2021: {last}"]
    assert db.session.query(Occurrence).all() == []


def test_a_step_counts_on_the_day_it_was_reached(app, sign_in, page):
    world = World(**OPEN)
    at = _taking(world, CountSource.HELPED)
    example = build.exemplar(world.entry, by=world.secretary, name="Tổ 1", step=Step.SUMMED_UP)
    build.exemplar(world.entry, by=world.secretary, name="Tổ 2")
    for before, after, days in ((Step.FOUND, Step.HELPED, -9), (Step.HELPED, Step.SUMMED_UP, -2)):
        db.session.add(
            ExemplarMove(
                exemplar_id=example.id,
                before=before,
                after=after,
                is_back=False,
                at=build.NOW + timedelta(days=days),
                by_id=world.secretary.id,
            )
        )
    db.session.commit()
    assert _taken(sign_in(world.officer), page, at) == [
        "19/04/2021: Điển hình “Tổ 1” (tập thể), bước Tổng kết"
    ]


def test_a_directive_counts_where_it_was_worked_through_in_time(app, sign_in, page):
    world = World(**OPEN)
    at = _taking(world, CountSource.STUDIED, within=10)
    for title, held_on in (("Chỉ thị 05", 11), ("Chỉ thị 06", 12)):
        post = saved(
            Post(
                campaign_id=world.campaign.id,
                kind=PostKind.DIRECTIVE,
                title=title,
                body="Làm theo",
                published_on=date(2021, 4, 1),
            )
        )
        saved(
            DirectiveStudy(
                post_id=post.id,
                participation_id=world.entry.id,
                held_on=date(2021, 4, held_on),
                attendees="Tất cả",
                at=build.NOW,
                by_id=world.officer.id,
            )
        )
    assert _taken(sign_in(world.officer), page, at) == [
        "11/04/2021: Quán triệt “Chỉ thị 05”, đăng ngày 01/04/2021"
    ]


def test_nothing_is_listed_by_hand_beside_a_register_nor_taken_where_there_is_none(
    app, sign_in, page
):
    world = World(**OPEN)
    by_hand = _taking(world, CountSource.LISTED, code="S2")
    at = _taking(world, CountSource.FOUND)
    browser = sign_in(world.officer)
    sent = {"held_on": "12/03/2021", "text": "Hội thi"}
    for address in (f"{at}/new", f"{at}/import/"):
        browser.post(address, data=sent)
    assert db.session.query(Occurrence).all() == []
    links = page(browser.get(at)).links("main a")
    assert [link for link in links if link.startswith(at)] == [f"{at}/excel", f"{at}/from-register"]
    assert browser.get(f"{by_hand}/from-register").status_code == HTTPStatus.NOT_FOUND
    world.report.state = ReportState.AWAITING_SIGNATURE
    build.exemplar(world.entry, by=world.secretary)
    db.session.commit()
    assert browser.post(f"{at}/from-register").status_code == HTTPStatus.SEE_OTHER
    assert db.session.query(Occurrence).all() == []


def test_what_was_taken_is_verified_as_the_rest_and_never_taken_again(app, sign_in, page):
    world = World(**OPEN)
    at = _taking(world, CountSource.FOUND)
    build.exemplar(world.entry, by=world.secretary, name="Tổ Mẫu")
    browser = sign_in(world.officer)
    _taken(browser, page, at)
    row = db.session.query(Occurrence).one()
    by = world.secretary.id
    row.state, row.reason, row.decided_at, row.decided_by_id = "struck", "trùng", build.NOW, by
    db.session.commit()
    assert _taken(browser, page, at) == []
    assert db.session.query(Occurrence).one().reason == "trùng"
    assert "Tổ Mẫu" in page(browser.get(at)).one("tbody")
