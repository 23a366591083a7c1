"""What a reader learns of how a nominee fares."""

from datetime import date
from http import HTTPStatus
from types import SimpleNamespace

import pytest

from campaign.core.permissions import Role
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.nomination.course import SEALED, Course, course_of
from campaign.nomination.models import AwardKind
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.voting.rules import Outcome
from tests import build

SIGNED, PROPOSED, DRAFT = NomineeState.SIGNED, NomineeState.PROPOSED, NomineeState.DRAFT
YES, LEFT_OUT = Outcome.ELECTED, NomineeState.LEFT_OUT


def _row(state, reason="", added=""):
    return SimpleNamespace(state=state, state_reason=reason, added_reason=added, is_tied=True)


@pytest.mark.parametrize(
    ("row", "rank", "course", "shown"),
    [
        (
            _row(PROPOSED, "hạng 1"),
            False,
            False,
            Course(PROPOSED, "hạng 1", is_tied=True, outcome=YES),
        ),
        (
            _row(SIGNED, added="bổ sung"),
            False,
            False,
            Course(SIGNED, "bổ sung", is_tied=True, outcome=YES),
        ),
        (
            _row(PROPOSED, "hạng 1"),
            True,
            False,
            Course(PROPOSED, SEALED, outcome=YES, tells_changes=False),
        ),
        (
            _row(SIGNED, added="bổ sung"),
            True,
            False,
            Course(SIGNED, "bổ sung", outcome=YES, tells_changes=False),
        ),
        (_row(PROPOSED, "hạng 1"), True, True, Course(SIGNED, SEALED, tells_changes=False)),
        (_row(LEFT_OUT, "hạng 9"), True, True, Course(SIGNED, SEALED, tells_changes=False)),
        (_row(DRAFT), True, True, Course(DRAFT, tells_changes=False)),
    ],
)
def test_a_course_is_told_as_far_as_the_reader_may_know_it(row, rank, course, shown):
    assert course_of(row, YES, hides_rank=rank, hides_course=course) == shown


def _proposed(phase):
    campaign = build.campaign(phase=phase)
    unit = build.unit()
    entry = build.participation(campaign, unit=unit, block=build.block(campaign))
    row = build.nominee(campaign, of=entry, kind=build.award_kind(campaign))
    row.state, row.state_reason = PROPOSED, "hạng 1, trong chỉ tiêu 2"
    db.session.flush()
    return campaign, unit, row


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.MEETING, ["thủ trưởng đã ký", SEALED]),
        (Phase.DECIDING, ["thủ trưởng đã ký", SEALED]),
        (Phase.PUBLISHED, ["đề xuất Hội đồng", "hạng 1, trong chỉ tiêu 2"]),
    ],
)
@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_OFFICER])
def test_a_unit_learns_how_its_nominee_fares_when_the_result_is_published(
    app, sign_in, page, role, phase, words
):
    campaign, unit, _ = _proposed(phase)
    browser = sign_in(build.user(role, at=unit))
    shown = page(browser.get(f"/campaigns/{campaign.id}/awards/"))
    assert shown.all("td[data-label='Trạng thái'], td[data-label='Lý do']") == words


@pytest.mark.parametrize(
    ("phase", "state"), [(Phase.DECIDING, SIGNED), (Phase.PUBLISHED, PROPOSED)]
)
def test_a_list_narrowed_by_state_or_sorted_by_it_tells_a_unit_no_more(
    app, sign_in, page, phase, state
):
    campaign, unit, row = _proposed(phase)
    browser = sign_in(build.user(Role.UNIT_HEAD, at=unit))
    found = [
        asked
        for asked in NomineeState
        if row.name
        in page(browser.get(f"/campaigns/{campaign.id}/awards/?state={asked}")).one("main")
    ]
    assert found == [state]


@pytest.mark.parametrize(
    ("phase", "status"),
    [
        (Phase.MEETING, HTTPStatus.NOT_FOUND),
        (Phase.DECIDING, HTTPStatus.NOT_FOUND),
        (Phase.PUBLISHED, HTTPStatus.OK),
    ],
)
def test_a_member_is_kept_from_a_nominee_of_his_unit_until_publication(app, sign_in, phase, status):
    campaign, unit, row = _proposed(phase)
    user = build.user(Role.COUNCIL_MEMBER, at=unit)
    build.member(campaign, user=user)
    address = f"/campaigns/{campaign.id}/awards/nominees/{row.id}"
    assert sign_in(user).get(address).status_code == status


@pytest.mark.parametrize(
    ("state", "status"),
    [(DecisionState.DRAFT, HTTPStatus.NOT_FOUND), (DecisionState.POSTED, HTTPStatus.OK)],
)
@pytest.mark.parametrize("place", ["", "/excel"])
def test_a_member_reads_a_draft_with_his_unit_when_it_is_posted(app, sign_in, state, status, place):
    campaign, unit, row = _proposed(Phase.DECIDING)
    decision = build.decision(campaign)
    build.decision_line(decision, nominee=row, kind=db.session.get(AwardKind, row.kind_id))
    if state is DecisionState.POSTED:
        decision.state, decision.posted_on = state, date(2021, 5, 12)
        decision.notice_until = date(2021, 5, 14)
    user = build.user(Role.COUNCIL_MEMBER, at=unit)
    build.member(campaign, user=user)
    address = f"/campaigns/{campaign.id}/decisions/{decision.id}{place}"
    assert sign_in(user).get(address).status_code == status
    other = build.user(Role.COUNCIL_MEMBER, at=build.unit())
    build.member(campaign, user=other)
    assert sign_in(other).get(address).status_code == HTTPStatus.OK
