"""Award kinds of a campaign and their quotas; each refusal."""

from datetime import date
from http import HTTPStatus

import pytest

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_to_data
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.honours.rules import Ground, Subject
from campaign.nomination import conditions
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import Gate, Strictness
from campaign.planning.queries import corrections
from campaign.planning.rules import Phase
from tests import build


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"is_annual": True}, "danh hiệu xét hằng năm"),
        ({"minimum_months": 36}, "từ 3 năm trở lên"),
        ({"by_launcher_only": True}, "do chính cấp đó tổ chức"),
        ({"for_collectives": False}, "không tặng tập thể"),
    ],
)
def test_a_kind_that_cannot_belong_to_the_campaign_is_refused_with_its_rule(field, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        award_kinds.save_kind(
            field.campaign,
            None,
            award_type=build.award_type(**more),
            subject=Subject.COLLECTIVE,
            vote=VoteRule(),
            leader_limit=None,
        )


def test_a_form_of_another_rule_set_is_refused(field):
    form = build.award_type()
    form.rule_set_code = build.rule_set(code="RS-KHAC").code
    with pytest.raises(RuleViolation, match="không thuộc bộ quy định của phong trào"):
        award_kinds.save_kind(
            field.campaign,
            None,
            award_type=form,
            subject=Subject.COLLECTIVE,
            vote=VoteRule(),
            leader_limit=None,
        )


def test_the_launch_asks_for_award_kinds_and_their_quotas_and_does_not_insist(field):
    def asked(campaign):
        told = problems(campaign, Step.LAUNCH, date(2021, 2, 26))
        return [one for one in told if one.endpoint == "kinds.index"]

    assert [one.sentence for one in asked(build.campaign())] == [
        "Chưa chọn hình thức khen thưởng của phong trào."
    ]
    before = asked(field.campaign)
    assert [one.is_blocking for one in before] == [False] * len(before)
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    db.session.flush()
    settled = {one.sentence for one in before} - {one.sentence for one in asked(field.campaign)}
    name = field.collective.award_type.name
    assert settled == {f"Chưa đặt chỉ tiêu cho {name}, tập thể: mọi khối không giới hạn."}


def test_a_quota_is_a_number_or_a_share_not_both(field):
    with pytest.raises(RuleViolation, match="Chỉ nhập số lượng hoặc tỷ lệ"):
        award_kinds.set_quota(field.collective, field.block.id, count=1, percent=1)
    award_kinds.set_quota(field.collective, field.block.id, count=None, percent=67)
    db.session.flush()
    panel = nominations.panels(field.campaign, [])[0]
    assert panel.limit == 2


def test_a_kind_says_that_its_majority_is_only_a_proposal(field, sign_in, page):
    shown = page(sign_in(field.by).get(f"/campaigns/{field.campaign.id}/awards/kinds")).all(
        ".proposal"
    )
    assert shown == ["Mức biểu quyết này là đề xuất, không phải quy định của pháp luật."] * 2
    field.collective.vote = rule_to_data(VoteRule(Mode.OPEN, Base.TOTAL, 2, 3))
    form = db.session.get_one(AwardType, field.person.form_id)
    form.vote_ground = Ground.LAW
    db.session.commit()
    assert (
        page(sign_in(field.by).get(f"/campaigns/{field.campaign.id}/awards/kinds")).all(".proposal")
        == []
    )


def test_gates_are_kept_as_they_were_chosen(field):
    how = dict.fromkeys(Gate, Strictness.OFF) | {Gate.REPORTED: Strictness.WARN}
    kind = award_kinds.save_kind(
        field.campaign,
        None,
        award_type=build.award_type(),
        subject=Subject.INDIVIDUAL,
        vote=VoteRule(),
        leader_limit=50,
        gates=how,
    )
    entry = build.participation(field.campaign, unit=build.unit(), block=field.block)
    row = build.nominee(field.campaign, of=entry, kind=kind)
    checks = conditions.gate_checks(field.campaign, nominations.nominees(field.campaign.id))[row.id]
    assert [(check.gate, check.verdict.value) for check in checks] == [(Gate.REPORTED, "warned")]


def test_a_fraction_is_typed_as_the_regulation_writes_it(field, sign_in, page):
    key = f"{field.collective.id}-{field.block.id}"
    place = f"/campaigns/{field.campaign.id}/awards/kinds"
    browser = sign_in(build.user(Role.SECRETARIAT))
    typed = {f"percent-{key}": "1/3", f"rounding-{key}": "half_up", "reason": "bổ sung"}
    assert browser.post(place, data=typed).status_code == 303
    assert page(browser.get(place)).value(f"percent-{key}") == "1/3"
    wrong = page(browser.post(place, data={f"percent-{key}": "4/3"}))
    assert (wrong.status, wrong.value(f"percent-{key}")) == (422, "4/3")
    assert "Hãy ghi phân số từ 0 đến 1, ví dụ 1/3." in wrong.all("p.cell-error")


def test_of_two_who_set_quotas_neither_takes_away_what_the_other_set(field, sign_in, page):
    at = f"/campaigns/{field.campaign.id}/awards/kinds"
    groups, people = (f"{kind.id}-{field.block.id}" for kind in (field.collective, field.person))
    field.campaign.phase = Phase.LAUNCHED
    db.session.commit()
    first, second = (sign_in(build.user(Role.SECRETARIAT)) for _ in range(2))
    sent = {"opened": page(second.get(at)).value("opened"), "reason": "bổ sung"} | {
        f"{name}-{key}": "down" if name == "rounding" else ""
        for name in ("count", "percent", "rounding")
        for key in (groups, people)
    }
    first.post(at, data=sent | {f"count-{groups}": "2"})
    answer = second.post(at, data=sent | {f"percent-{people}": "30"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    clash = page(second.post(at, data=sent | {f"count-{groups}": "3"}))
    assert (clash.status, clash.one(f"#error-{groups}"), clash.value(f"count-{groups}")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Người khác vừa ghi “2” vào ô này. Hãy xem lại rồi lưu.",
        "3",
    )
    quotas = nominations.quotas(field.campaign.id)
    assert {key: (row.count, row.percent) for key, row in quotas.items()} == {
        (field.collective.id, field.block.id): (2, None),
        (field.person.id, field.block.id): (None, 30),
    }


def test_quotas_changed_after_the_launch_are_a_correction_of_the_plan(field, sign_in, page):
    at = f"/campaigns/{field.campaign.id}/awards/kinds"
    key = f"{field.collective.id}-{field.block.id}"
    names = {row.id: row.award_type.name for row in nominations.kinds(field.campaign.id)}
    person = f"Hình thức khen thưởng “{names[field.person.id]}, cá nhân”"
    browser = sign_in(build.user(Role.SECRETARIAT))
    field.campaign.phase = Phase.LAUNCHED
    db.session.commit()
    assert browser.post(at, data={}).status_code == HTTPStatus.SEE_OTHER
    refused = page(browser.post(at, data={f"count-{key}": "2"}))
    assert (refused.status, refused.one("#reason-error"), refused.value(f"count-{key}")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Phong trào đã phát động: hãy ghi lý do đính chính.",
        "2",
    )
    assert nominations.quotas(field.campaign.id) == {}
    answer = browser.post(at, data={f"count-{key}": "2", "reason": "thêm suất"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    gone = browser.post(f"{at}/{field.person.id}/delete", data={"reason": "không xét cá nhân"})
    assert gone.status_code == HTTPStatus.SEE_OTHER
    assert [
        (row.subject, row.before, row.after, row.reason) for row in corrections(field.campaign.id)
    ] == [
        (person, "không giới hạn số lượng", "", "không xét cá nhân"),
        (
            f"Hình thức khen thưởng “{names[field.collective.id]}, tập thể”",
            "không giới hạn số lượng",
            f"{field.block.name} tối đa 2",
            "thêm suất",
        ),
    ]


@pytest.mark.parametrize("phase", [Phase.DECIDING, Phase.PUBLISHED])
def test_once_the_awards_are_decided_no_kind_or_quota_changes_and_none_is_offered_to(
    field, sign_in, page, phase
):
    at = f"/campaigns/{field.campaign.id}/awards/kinds"
    key = f"{field.collective.id}-{field.block.id}"
    browser = sign_in(build.user(Role.SECRETARIAT))
    field.campaign.phase, field.campaign.published_at = phase, build.NOW
    shown = page(browser.get(at))
    assert (shown.all("main button[type=submit]"), shown.all("fieldset[disabled]") != []) == (
        [],
        True,
    )
    assert f"{at}/new" not in shown.links()
    for address, data in (
        (at, {f"count-{key}": "2", "reason": "thêm suất"}),
        (f"{at}/{field.person.id}/delete", {"reason": "bỏ"}),
    ):
        browser.post(address, data=data)
    assert nominations.quotas(field.campaign.id) == {}
    assert field.person.id in {row.id for row in nominations.kinds(field.campaign.id)}
    assert list(corrections(field.campaign.id)) == []
