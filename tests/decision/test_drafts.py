"""A draft: its head, its lines, the law of its day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.law import law_warnings
from campaign.decision.rules import DecisionKind, Order
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.honours.rules import Rounding
from campaign.nomination import queries as nominations
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.units.models import Letterhead, Unit
from campaign.voting.rules import Choice, Outcome
from tests import build, worlds

NO_POWER = (
    "Căn cứ: chưa có văn bản quy định thẩm quyền của người ký, như quyết định quy định chức năng, "
    "nhiệm vụ của cơ quan."
)


def test_a_draft_takes_its_head_from_the_office_then_from_its_last_decision(field):
    office = build.unit(name="Sở Y tế tỉnh Cao Bằng", code="SYT")
    field.campaign.organiser_id = office.id
    head = db.session.get(Letterhead, 1)
    head.code, head.leader_name, head.leader_job = "", "Phạm Minh Đức", "Giám đốc"
    first = worlds.drafted(field)
    seen = [
        (decision.place, decision.symbol, decision.fund, decision.signer_job, decision.signer_name)
        for decision in [first]
    ]
    assert seen == [
        (
            "Cao Bằng",
            "QĐ-SYT",
            "Quỹ thi đua, khen thưởng của Sở Y tế tỉnh Cao Bằng",
            "Giám đốc",
            "Phạm Minh Đức",
        )
    ]
    head.place, head.code = "Thành phố Cao Bằng", "YT"
    assert [
        deciding._usual_head(build.campaign())[name] for name in ("place", "symbol", "fund")
    ] == ["Thành phố Cao Bằng", "QĐ-YT", ""]
    deciding.edit_decision(field.campaign, first, {"place": "Hà Nội", "fund": "Ngân sách tỉnh"})
    again = deciding._usual_head(build.campaign(organiser_id=office.id))
    assert (again["place"], again["fund"], again["symbol"]) == (
        "Hà Nội",
        "Ngân sách tỉnh",
        "QĐ-SYT",
    )


def test_a_decision_lists_the_elected_with_their_money(field, drafted):
    decision = drafted(2)
    assert [(line.amount, line.steps) for line in decisions.lines_of(decision.id)] == [
        (900_000, "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000")
    ] * 2
    assert decision.legal_basis == "Luật Thi đua, khen thưởng"


def test_without_an_elected_line_there_is_no_decision(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.PROPOSED
    )
    worlds.elect(field, Choice.NO)
    field.campaign.phase = Phase.DECIDING
    with pytest.raises(RuleViolation, match="Không có đề nghị nào đã được Hội đồng thông qua"):
        deciding.draft_decision(field.campaign, on=build.TODAY)


def test_what_was_revoked_does_not_come_back_in_the_next_draft(field, drafted):
    old = worlds.signed(field, drafted())
    line = decisions.lines_of(old.id)[0]
    worlds.signed(
        field,
        amending.amend(
            field.campaign,
            old,
            DecisionKind.REVOCATION,
            [line.nominee_id],
            reason="khai sai",
            on=build.TODAY,
        ),
        number="46",
    )
    with pytest.raises(
        RuleViolation,
        match="Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.",
    ):
        deciding.draft_decision(field.campaign, on=build.TODAY)


def test_the_results_tell_each_decision_by_its_kind_and_strike_the_award_that_was_revoked(
    field, drafted, client, sign_in, page
):
    old = worlds.signed(field, drafted(2))
    first, second = decisions.lines_of(old.id)
    revoked = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    corrected = amending.amend(
        field.campaign,
        old,
        DecisionKind.CORRECTION,
        [second.nominee_id],
        reason="ghi sai",
        on=build.TODAY,
    )
    was, form = second.name, second.form_name
    amending.correct_line(corrected, second.nominee_id, name="Tên đúng", honorific="", job="")
    worlds.signed(field, revoked, number="46")
    worlds.signed(field, corrected, number="47")
    field.campaign.phase, field.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    shown = page(client.get(f"/results/{field.campaign.id}"))
    assert [text for text in shown.all("h2") if "Quyết định" in text] == [
        "Khen thưởng theo Quyết định số 45/QĐ-SCT ngày 28/04/2021",
        "Thu hồi theo Quyết định số 46/QĐ-SCT ngày 28/04/2021",
        "Điều chỉnh theo Quyết định số 47/QĐ-SCT ngày 28/04/2021",
    ]
    assert shown.all("section.card ol li") == [
        f"{first.name}: {form} (đã thu hồi theo quyết định số 46/QĐ-SCT)",
        f"{was}: {form} (đã điều chỉnh theo quyết định số 47/QĐ-SCT)",
        f"{first.name}: {form}",
        f"Tên đúng: {form} tên: “{was}” nay sửa thành “Tên đúng”",
    ]
    assert shown.all("s") == [f"{first.name}: {form}", f"{was}: {form}"]
    again = amending.amend(
        field.campaign,
        corrected,
        DecisionKind.REVOCATION,
        [second.nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    worlds.signed(field, again, number="48")
    db.session.commit()
    assert page(client.get(f"/results/{field.campaign.id}")).all("section.card ol li")[1] == (
        f"{was}: {form} (đã điều chỉnh theo quyết định số 47/QĐ-SCT, nay đã thu hồi theo quyết "
        "định số 48/QĐ-SCT)"
    )
    unit = sign_in(
        build.user(Role.UNIT_HEAD, at=db.session.get_one(Unit, field.entries[0].unit_id))
    )
    assert "Kết quả của đơn vị" not in page(
        unit.get(f"/campaigns/{field.campaign.id}/awards/")
    ).all("h2")
    register = page(sign_in(build.user(Role.SECRETARIAT)).get("/awards/")).all(
        "table.cards tbody th"
    )
    assert register[-2:] == [
        f"{was} đã điều chỉnh theo quyết định số 47/QĐ-SCT",
        f"{first.name} đã thu hồi theo quyết định số 46/QĐ-SCT",
    ]


def test_the_rule_set_of_a_decision_follows_the_day_its_dossier_was_received(field, sign_in, page):
    rules = build.rule_set()
    rules.in_force_to = date(2021, 4, 27)
    newer = build.rule_set(
        code="RS-MOI",
        in_force_from=date(2021, 4, 28),
        legal_basis="Luật mới",
        rounding=Rounding.NONE,
    )
    form = db.session.get_one(AwardType, field.collective.form_id)
    db.session.add(
        AwardType(
            rule_set_code=newer.code,
            code=form.code,
            name=form.name,
            level=form.level,
            signatory=form.signatory,
            coefficient=Decimal("0.5"),
            vote=form.vote,
        )
    )
    decision = worlds.drafted(field)
    assert (decision.received_on, decision.rule_set_code, decision.legal_basis) == (
        build.TODAY,
        "RS-MOI",
        "Luật mới",
    )
    assert [line.amount for line in decisions.lines_of(decision.id)] == [1_490_000]
    assert law_warnings(decision) == [NO_POWER, "Căn cứ: Luật: thiếu ngày ban hành."]
    deciding.edit_decision(field.campaign, decision, {"received_on": date(2021, 4, 27)})
    assert (decision.rule_set_code, decision.legal_basis) == ("RS-THU", "Luật Thi đua, khen thưởng")
    assert [line.amount for line in decisions.lines_of(decision.id)] == [900_000]
    deciding.edit_decision(
        field.campaign, decision, {"rule_set_code": "RS-MOI", "legal_basis": "Luật của Sở"}
    )
    db.session.commit()
    warning = (
        "Bộ quy định RS-MOI có hiệu lực từ 28/04/2021, không gồm ngày nhận hồ sơ 27/04/2021; "
        "ngày đó theo RS-THU. "
        "Hồ sơ nhận trước ngày quy định mới có hiệu lực thì theo quy định cũ, trừ khi quy định "
        "mới có lợi hơn."
    )
    assert law_warnings(decision)[0] == warning
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert page(sign_in(field.by).get(address)).all("#law-warnings li")[0] == warning


def test_a_dossier_was_received_when_the_last_head_signed(field):
    for entry, moment in zip(
        field.entries[:2], ("2021-04-20T02:00", "2021-04-21T20:00"), strict=True
    ):
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
            signed_by_id=field.by.id,
            signed_at=datetime.fromisoformat(moment).replace(tzinfo=UTC),
        )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    assert deciding.draft_decision(field.campaign, on=build.TODAY).received_on == date(2021, 4, 22)


def test_a_basis_younger_than_the_decision_is_warned_of_before_it_is_signed(field, drafted):
    decision = drafted()
    text = (
        "Quyết định số 9/QĐ-UBND ngày 29 tháng 4 năm 2021 của Uỷ ban nhân dân tỉnh về khen thưởng"
    )
    deciding.edit_decision(field.campaign, decision, {"legal_basis": text})
    assert law_warnings(decision) == [
        NO_POWER,
        "Căn cứ: Quyết định 9/QĐ-UBND ban hành ngày 29/04/2021, sau ngày 28/04/2021 của văn bản.",
    ]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (date(2025, 7, 15), ["Quyết định của tỉnh", "Luật", "Thông tư cũ"]),
        (date(2025, 8, 5), ["Quyết định của tỉnh", "Luật", "Thông tư mới"]),
        (date(2026, 12, 1), ["Quyết định của tỉnh", "Luật", "Thông tư mới"]),
    ],
)
def test_a_draft_cites_what_stands_on_its_day_and_the_power_to_sign_first(app, day, lines):
    rules = build.rule_set(
        power_basis="Quyết định của tỉnh",
        in_force_to=date(2026, 9, 30),
        legal_basis="Luật\nThông tư cũ (đến 04/08/2025)\nThông tư mới (từ 05/08/2025)",
    )
    assert deciding.drafted_basis(rules, day).splitlines() == lines


def test_outcomes_reach_the_unit(field, drafted):
    decision = worlds.signed(field, drafted())
    assert decisions.outcome_for_unit(field.campaign.id, [field.entries[0].unit_id]) == list(
        decisions.lines_of(decision.id)
    )
    assert decisions.outcome_for_unit(field.campaign.id, [field.entries[1].unit_id]) == []
    assert set(
        nominations.council_says(
            field.campaign.id, nominations.nominees(field.campaign.id)
        ).values()
    ) == {Outcome.ELECTED}


def test_people_stand_by_name_where_the_draft_says_so(field):
    for name, entry in (("Lê Yên", field.entries[0]), ("Trần An", field.entries[1])):
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.person,
            name=name,
            honorific="Ông",
            state=NomineeState.PROPOSED,
        )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert [line.name for line in decisions.lines_of(decision.id)] == ["Lê Yên", "Trần An"]
    deciding.edit_decision(field.campaign, decision, {"order": Order.NAME})
    assert [line.name for line in decisions.lines_of(decision.id)] == ["Trần An", "Lê Yên"]


def test_drafting_twice_gives_one_decision(field, drafted):
    drafted()
    with pytest.raises(
        RuleViolation,
        match="Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.",
    ):
        deciding.draft_decision(field.campaign, on=build.TODAY)


def test_the_second_who_saves_the_head_of_a_decision_sees_both_texts(field, drafted, sign_in, page):
    decision = drafted()
    browser, url = sign_in(field.by), f"/campaigns/{field.campaign.id}/decisions/{decision.id}/edit"
    opened = page(browser.get(url)).value("opened")
    head = {
        "opened": opened,
        "symbol": "QĐ-SCT",
        "planned_on": "28/04/2021",
        "signer_form": "self",
        "signer_job": "Giám đốc",
        "signer_name": "Phạm Minh Đức",
        "order": "rank",
        "notice_days": "0",
    }
    assert (
        browser.post(url, data={**head, "legal_basis": "Căn cứ của người trước"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    shown = page(browser.post(url, data={**head, "legal_basis": "Căn cứ của người sau"}))
    assert (shown.status, shown.all(".conflict__text"), shown.value("legal_basis")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Căn cứ của người sau", "Căn cứ của người trước"],
        "Căn cứ của người sau",
    )


def test_a_draft_is_read_by_the_council_of_its_campaign_and_by_no_other(field, drafted, sign_in):
    decision = drafted()
    member, elsewhere = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    build.member(field.campaign, user=member)
    build.member(build.campaign(), user=elsewhere)
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert [sign_in(person).get(address).status_code for person in (member, elsewhere)] == [
        HTTPStatus.OK,
        HTTPStatus.NOT_FOUND,
    ]
