"""A campaign over the day on which the law changes: each dossier by the law of its day."""

from datetime import UTC, date, datetime

import pytest

from campaign.accounts import queries as accounts
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.law import law_warnings
from campaign.decision.rules import DecisionKind
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.nomination import proposals
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import NomineeState
from campaign.office.documents.achievements import achievement
from campaign.office.heads import Asker
from campaign.planning.rules import Phase
from campaign.reporting.queries import sight_of
from tests import build, worlds

BEFORE, AFTER = (datetime(2021, 4, day, 2, tzinfo=UTC) for day in (27, 28))


def _change_of_law(field, **newer):
    """The campaign's own rule set ends on 27/04, another follows with its twin of the award."""
    build.rule_set().in_force_to = date(2021, 4, 27)
    rules = build.rule_set(code="RS-MOI", in_force_from=date(2021, 4, 28), **newer)
    own = db.session.get_one(AwardType, field.collective.form_id)
    own.report_form = "Mẫu số 07"
    db.session.add(
        AwardType(
            rule_set_code=rules.code,
            code=own.code,
            name=own.name,
            level=own.level,
            signatory=own.signatory,
            coefficient=own.coefficient,
            vote=own.vote,
            report_form="Mẫu số 08",
        )
    )
    db.session.flush()
    return rules


def _named(field, entry, signed_at, **more):
    return build.nominee(
        field.campaign,
        of=entry,
        kind=field.collective,
        name=f"Đơn vị {entry.id}",
        **{"state": NomineeState.PROPOSED, "signed_at": signed_at, **more},
    )


def test_a_draft_with_dossiers_of_two_laws_says_whose(field, sign_in, page):
    _change_of_law(field)
    early, late = (
        _named(field, entry, at)
        for entry, at in zip(field.entries[:2], (BEFORE, AFTER), strict=True)
    )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert decision.rule_set_code == "RS-MOI"
    told = (
        f"Danh sách có hồ sơ nhận ngoài thời gian hiệu lực của RS-MOI: {early.name} (RS-THU). Hãy "
        "bỏ các dòng đó khỏi dự thảo và lập quyết định riêng, trừ khi quy định mới có lợi hơn."
    )
    assert told in law_warnings(decision)
    db.session.commit()
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
    assert told in page(sign_in(field.by).get(address)).all("#law-warnings li")
    deciding.remove_line(field.campaign, decision, early.id)
    assert told not in law_warnings(decision)
    other = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert (other.received_on, other.rule_set_code) == (date(2021, 4, 27), "RS-THU")
    assert [line.nominee_id for line in decisions.lines_of(decision.id)] == [late.id]


@pytest.mark.parametrize(
    ("signed_at", "form"), [(BEFORE, "Mẫu số 07"), (AFTER, "Mẫu số 08"), (None, "Mẫu số 08")]
)
def test_the_form_of_a_report_is_that_of_the_law_on_the_day_of_its_dossier(field, signed_at, form):
    _change_of_law(field)
    state = NomineeState.SIGNED if signed_at else NomineeState.DRAFT
    more = {} if signed_at else {"signed_by_id": None}
    row = _named(field, field.entries[0], signed_at, state=state, **more)
    by = accounts.person(field.by.id)
    asker = Asker(by, sight_of(by, field.campaign.id, build.TODAY), build.NOW)
    assert achievement(asker, field.campaign, row.id).fields["report_form"] == form
    field.campaign.published_at = BEFORE
    later = achievement(asker, field.campaign, row.id)
    assert later.fields["report_form"] == (form if signed_at else "Mẫu số 07")


@pytest.mark.parametrize(("signed_at", "is_first"), [(BEFORE, False), (AFTER, True)])
def test_women_stand_first_among_equals_by_the_law_of_the_dossiers(field, signed_at, is_first):
    _change_of_law(field, puts_women_first=True, women_source="NĐ 152/2025/NĐ-CP Điều 4 khoản 6")
    award_kinds.set_quota(field.collective, field.block.id, count=2, percent=None)
    for entry, women in zip(field.entries, (0, 7, 6), strict=True):
        _named(
            field,
            entry,
            signed_at,
            state=NomineeState.SIGNED,
            member_count=10,
            women_count=women,
        )
    proposals.propose_all(field.campaign, by=field.by, at=build.NOW)
    rows = sorted(nominations.nominees(field.campaign.id), key=lambda row: row.participation_id)
    assert ("nữ xếp trước" in rows[1].state_reason) is is_first
    assert (rows[2].state is NomineeState.PROPOSED) is not is_first


def test_what_the_day_of_signing_contradicts_is_asked_about(field, drafted, sign_in):
    decision = drafted()
    text = (
        "Quyết định số 3/QĐ-UBND ngày 04 tháng 01 năm 2021 của Uỷ ban nhân dân tỉnh quy định chức "
        "năng, nhiệm vụ của Sở\n"
        "Thông tư số 1/2021/TT-BNV ngày 29 tháng 4 năm 2021 của Bộ trưởng về khen thưởng"
    )
    deciding.edit_decision(
        field.campaign, decision, {"legal_basis": text, "planned_on": date(2021, 5, 4)}
    )
    assert law_warnings(decision) == []
    assert law_warnings(decision, date(2021, 4, 27))[0] == (
        "Ngày ký 27/04/2021 trước ngày nhận hồ sơ 28/04/2021."
    )
    db.session.commit()
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}/sign"
    browser = sign_in(build.user(Role.DIRECTOR))
    typed = {"number": "45", "signed_on": "28/04/2021"}
    asked = browser.post(address, data=typed)
    assert (
        "Căn cứ: Thông tư 1/2021/TT-BNV ban hành ngày 29/04/2021, sau ngày 28/04/2021 của văn bản. "
        "Hãy sửa dự thảo hoặc ngày ký; nếu văn bản đã ký đúng như vậy, hãy đánh dấu vào đây."
    ) in asked.get_data(as_text=True)
    assert browser.post(address, data=typed | {"heeds_law": "y"}).status_code == 303
    db.session.expire_all()
    assert decisions.decision(field.campaign.id, decision.id).signed_on == date(2021, 4, 28)


def test_a_decision_that_amends_cites_what_stands_on_its_own_day(field):
    build.rule_set().legal_basis = (
        "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2020\n"
        "Thông tư số 1/2021/TT-BNV ngày 01 tháng 4 năm 2021 của Bộ trưởng về khen thưởng "
        "(đến 30/04/2021)\n"
        "Thông tư số 2/2021/TT-BNV ngày 30 tháng 4 năm 2021 của Bộ trưởng về khen thưởng "
        "(từ 01/05/2021)"
    )
    old = worlds.signed(field, worlds.drafted(field))
    named = [line.nominee_id for line in decisions.lines_of(old.id)]

    def amended(kind):
        return amending.amend(
            field.campaign, old, kind, named, reason="Khai sai", on=date(2021, 5, 10)
        )

    made = amended(DecisionKind.REVOCATION)
    assert made.legal_basis.split("\n")[:2] == [
        "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2020",
        "Thông tư số 2/2021/TT-BNV ngày 30 tháng 4 năm 2021 của Bộ trưởng về khen thưởng",
    ]
    assert made.legal_basis.split("\n")[2].startswith(f"Quyết định số {old.cited}")
    assert made.received_on == old.received_on
    deciding.delete_decision(made)
    db.session.flush()
    old.legal_basis = "Luật của Sở"
    assert amended(DecisionKind.CORRECTION).legal_basis.startswith("Luật của Sở\n")
