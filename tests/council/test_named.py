"""Named members judge a criterion: who they are, who takes over, and how many marks are needed."""

from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.permissions import Role
from campaign.council.named import RequiredMarks, markers_words
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.copying import copy_campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import CriterionMarker
from campaign.scheme.rules.markers import EVERYBODY, Markers
from campaign.scheme.rules.terms import JudgedBy
from tests import build


@pytest.mark.parametrize(
    ("markers", "admitted"),
    [
        (EVERYBODY, [True, True]),
        (Markers(frozenset({"chair"})), [True, False]),
        (Markers(people=frozenset({8})), [False, True]),
        (Markers(frozenset({"chair"}), frozenset({8})), [True, True]),
        (Markers(frozenset({"secretary"})), [False, False]),
    ],
)
def test_who_is_named_by_function_or_in_person_marks_it(markers, admitted):
    assert [markers.admits("chair", 7), markers.admits("member", 8)] == admitted


@pytest.mark.parametrize(
    ("minimum", "criterion", "unit", "needed"),
    [(3, 1, 9, 3), (3, 2, 9, 2), (1, 2, 9, 1), (3, 2, 5, 1), (3, 3, 5, 1), (3, 3, 9, 1)],
)
def test_as_many_marks_are_needed_as_named_members_may_give(minimum, criterion, unit, needed):
    required = RequiredMarks(minimum, {2: frozenset({10, 11}), 3: frozenset({10})}, {10: {5}})
    assert required.of(criterion, unit) == needed


def test_the_named_are_told_by_function_then_by_name():
    markers = Markers(frozenset({"secretary", "chair"}), frozenset({4, 3}))
    assert markers_words(markers, {3: "Lê B", 4: "Lê A"}) == (
        "Chủ tịch Hội đồng, Thư ký Hội đồng, Lê A, Lê B"
    )
    assert markers_words(EVERYBODY, {}) == ""


class Plan:
    """A plan with two criteria of the council, the second to be given to some of its members."""

    def __init__(self, phase=Phase.DRAFT):
        self.campaign = build.campaign(phase=phase, minimum_marks=1)
        build.criterion(self.campaign, code="A1")
        self.criterion = build.criterion(self.campaign, code="B2")
        self.people = [build.user(Role.COUNCIL_MEMBER) for _ in range(3)]
        functions = (CouncilFunction.CHAIR, CouncilFunction.SECRETARY, CouncilFunction.MEMBER)
        self.chair, self.secretary, self.member = (
            build.member(self.campaign, user=user, function=function)
            for user, function in zip(self.people, functions, strict=True)
        )
        self.at = f"/campaigns/{self.campaign.id}/council/markers/{self.criterion.id}"

    def name(self, **who):
        db.session.add(CriterionMarker(criterion_id=self.criterion.id, **who))
        db.session.flush()

    @property
    def markers(self):
        db.session.expire_all()
        return next(row.markers for row in scheme_of(self.campaign.id).criteria if row.code == "B2")

    def told(self, step):
        return [
            (row.sentence, row.is_blocking)
            for row in problems(self.campaign, step, build.TODAY)
            if row.endpoint == "markers.edit"
        ]


def test_markers_are_named_on_their_page_shown_again_printed_and_copied(app, sign_in, page):
    plan = Plan()
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert plan.at in page(browser.get(f"/campaigns/{plan.campaign.id}/criteria/")).links()
    person = plan.people[2]
    sent = browser.post(plan.at, data={"markers": ["f-chair", f"u-{person.id}"]})
    assert sent.status_code == HTTPStatus.SEE_OTHER
    named = Markers(frozenset({"chair"}), frozenset({person.id}))
    assert plan.markers == named
    shown = page(browser.get(plan.at))
    assert f"Hiện nay: Chủ tịch Hội đồng, {person.full_name}." in shown.tree.text_content()
    assert len(shown.tree.cssselect("input[name=markers][checked]")) == 2
    copied = copy_campaign(plan.campaign, title="Năm sau", months=12).campaign
    assert [row.markers for row in scheme_of(copied.id).criteria] == [EVERYBODY, named]
    browser.post(plan.at, data={"nobody": "1"})
    assert plan.markers == EVERYBODY


def test_only_a_criterion_of_the_council_in_a_draft_is_given_to_somebody(app, sign_in):
    plan = Plan()
    other = build.criterion(plan.campaign, judged_by=JudgedBy.SECRETARIAT)
    browser = sign_in(build.user(Role.SECRETARIAT))
    address = plan.at.replace(str(plan.criterion.id), str(other.id))
    assert browser.get(address).status_code == HTTPStatus.NOT_FOUND
    launched = Plan(Phase.LAUNCHED)
    browser.post(launched.at, data={"markers": ["f-chair"]})
    assert launched.markers == EVERYBODY


def test_a_replacement_takes_over_from_who_is_no_member_any_more(app, sign_in, page):
    plan = Plan(Phase.SCORING)
    plan.name(user_id=plan.people[1].id)
    browser = sign_in(build.user(Role.SECRETARIAT))
    new, old = plan.people[2], plan.people[1]
    swap = {"gone_id": str(old.id), "user_id": str(new.id)}
    refused = browser.post(f"{plan.at}/replace", data=swap)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    plan.secretary.left_on, plan.secretary.leaving_reason = build.TODAY, "Nghỉ hưu"
    db.session.commit()
    assert plan.told(Step.CLOSE_SCORING) == [
        (
            f"Tiêu chí B2 giao cho {old.full_name}, không phải thành viên Hội đồng lúc này; hãy "
            "giao người thay.",
            False,
        ),
        (f"Tiêu chí B2 giao cho {old.full_name}, mà trong Hội đồng chưa có ai.", True),
    ]
    browser.post(f"{plan.at}/replace", data=swap)
    assert plan.markers == Markers(people=frozenset({new.id}))
    assert plan.told(Step.CLOSE_SCORING) == []


@pytest.mark.parametrize("step", [Step.LAUNCH, Step.CLOSE_SCORING])
def test_where_all_who_are_named_are_kept_away_from_a_unit_it_is_said(app, step):
    plan = Plan()
    plan.name(function="secretary")
    unit = build.unit(name="Sở Y tế")
    build.participation(plan.campaign, unit=unit, block=build.block(plan.campaign))
    assert plan.told(step) == []
    build.kept_away(plan.secretary, unit.id)
    assert plan.told(step) == [
        (
            f"Tiêu chí B2: mọi người được giao chấm đều không được chấm {unit.short_name}, nên "
            "không ai chấm tiêu chí này cho đơn vị ấy.",
            False,
        )
    ]


def test_a_criterion_that_leaves_the_council_is_given_to_nobody(app, sign_in):
    plan = Plan()
    plan.name(function="chair")
    browser = sign_in(build.user(Role.SECRETARIAT))
    browser.post(
        f"/campaigns/{plan.campaign.id}/criteria/{plan.criterion.id}",
        data={
            "group_id": str(plan.criterion.group_id),
            "code": "B2",
            "name": "Y đức",
            "maximum": "10",
            "judged_by": "secretariat",
        },
    )
    assert db.session.scalars(select(CriterionMarker)).all() == []
