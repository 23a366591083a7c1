"""Ghi việc ký: number and symbol as they are typed, and the record of a signature that was
wrong.
"""

from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.audit.models import AuditEntry
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.decision.signing import actions as signing
from campaign.extensions import db
from campaign.honours.models import BaseSalary
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.register.certificates.printing import certificate_data
from tests import build

SIGNED = date(2021, 4, 20)


@pytest.fixture
def decision(app):
    """A draft with one line, its salary known."""
    del app
    db.session.add(BaseSalary(from_on=date(2019, 7, 1), amount=1_490_000, source="NĐ 38/2019"))
    db.session.add(BaseSalary(from_on=date(2021, 4, 25), amount=1_800_000, source="thử"))
    campaign = build.campaign(phase=Phase.DECIDING, rule_set_code=build.rule_set().code)
    kind = build.award_kind(campaign)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    nominee = build.nominee(campaign, of=entry, kind=kind, name="Phòng Kinh tế")
    made = build.decision(campaign, signer_name="Phạm Minh Đức")
    build.decision_line(made, nominee=nominee, kind=kind)
    db.session.commit()
    return made


def _campaign(decision):
    return db.session.get_one(Campaign, decision.campaign_id)


def _sign(browser, decision, **typed):
    address = f"/campaigns/{decision.campaign_id}/decisions/{decision.id}"
    return browser.post(f"{address}/sign", data={"number": "21", "signed_on": "20/04/2021"} | typed)


def test_the_symbol_typed_with_the_number_is_written_once(decision, sign_in, page):
    browser = sign_in(build.user(Role.DIRECTOR, Role.SECRETARIAT))
    assert _sign(browser, decision, number="5/qđ-sct").status_code == HTTPStatus.SEE_OTHER
    assert (decision.number, decision.symbol, decision.title) == ("05", "QĐ-SCT", "05/QĐ-SCT")
    campaign = _campaign(decision)
    assert (
        certificate_data(campaign, decision, decisions.lines_of(decision.id))["decision"]
        == "05/QĐ-SCT"
    )
    assert "05/QĐ-SCT" in page(browser.get("/awards/")).one("main")


def test_the_symbol_of_another_office_is_asked_about_before_it_is_signed(decision, sign_in, page):
    browser = sign_in(build.user(Role.DIRECTOR))
    asked = page(_sign(browser, decision, number="21/QĐ-UBND"))
    assert (asked.status, decision.state, asked.value("number")) == (
        422,
        DecisionState.DRAFT,
        "21/QĐ-UBND",
    )
    assert asked.one("#takes_other-error") == (
        "Ký hiệu “QĐ-UBND” khác ký hiệu “QĐ-SCT” của dự thảo. Nếu đúng là “QĐ-UBND”, hãy đánh "
        "dấu vào đây."
    )
    answer = _sign(browser, decision, number="21/QĐ-UBND", takes_other="y")
    assert (answer.status_code, decision.title) == (HTTPStatus.SEE_OTHER, "21/QĐ-UBND")


def test_a_number_with_a_zero_before_it_is_the_same_number(decision):
    campaign = _campaign(decision)
    build.decision(
        campaign, state=DecisionState.SIGNED, number="5", signed_on=SIGNED, signed_at=build.NOW
    )
    with pytest.raises(RuleViolation, match=r"Số quyết định này đã dùng trong năm\."):
        signing.sign(
            campaign,
            decision,
            number="05",
            signed_on=SIGNED,
            today=build.TODAY,
            at=build.NOW,
            scan=None,
            by=build.user(Role.DIRECTOR),
        )


def _signed(decision):
    signing.sign(
        _campaign(decision),
        decision,
        number="12",
        signed_on=SIGNED,
        today=build.TODAY,
        at=build.NOW,
        scan=None,
        by=build.user(Role.DIRECTOR),
    )
    db.session.commit()
    return decision


def test_the_record_of_a_signature_is_corrected_with_a_reason_everywhere(decision, sign_in, page):
    old_hash = _signed(decision).sha256
    campaign = _campaign(decision)
    draft = amending.amend(
        campaign,
        decision,
        DecisionKind.CORRECTION,
        [decisions.lines_of(decision.id)[0].nominee_id],
        reason="sai tên",
        on=build.TODAY,
    )
    db.session.commit()
    director = build.user(Role.DIRECTOR, Role.SECRETARIAT)
    browser, address = sign_in(director), f"/campaigns/{campaign.id}/decisions/{decision.id}"
    assert f"{address}/signature" in page(browser.get(address)).links()
    typed = {"number": "21/QĐ-SCT", "symbol": "QĐ-SCT", "signed_on": "21/04/2021", "reason": ""}
    refused = page(browser.post(f"{address}/signature", data=typed))
    assert (refused.status, decision.title) == (422, "12/QĐ-SCT")
    answer = browser.post(
        f"{address}/signature", data=typed | {"reason": "ghi nhầm số của văn thư"}
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert (decision.title, decision.signed_on, decision.sha256 != old_hash) == (
        "21/QĐ-SCT",
        date(2021, 4, 21),
        True,
    )
    assert draft.legal_basis.splitlines()[-1] == (
        "Quyết định số 21/QĐ-SCT ngày 21 tháng 4 năm 2021 của Giám đốc về việc tặng Giấy khen "
        f"trong {campaign.title.lower()}"
    )
    shown = page(browser.get(address))
    assert shown.one("h1") == "Quyết định khen thưởng số 21/QĐ-SCT"
    assert shown.all(".history li b") == ["Trước đó ghi số 12/QĐ-SCT ngày 20/04/2021"]
    assert (
        certificate_data(campaign, decision, decisions.lines_of(decision.id))["decision"]
        == "21/QĐ-SCT"
    )
    assert "21/QĐ-SCT" in page(browser.get("/awards/")).one("main")
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (last.act, last.actor_id) == ("decision.correct_signature", director.id)


def test_a_symbol_is_cited_letter_by_letter_whatever_stands_in_it(decision):
    campaign = _campaign(_signed(decision))
    draft = amending.amend(
        campaign,
        decision,
        DecisionKind.REVOCATION,
        [decisions.lines_of(decision.id)[0].nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    signing.correct_signature(
        decision,
        number="21",
        symbol=r"QĐ\SCT\1",
        signed_on=SIGNED,
        reason="ghi nhầm số của văn thư",
        by=build.user(Role.DIRECTOR),
        at=build.NOW,
        today=build.TODAY,
    )
    assert r"Quyết định số 21/QĐ\SCT\1 ngày 20 tháng 4" in draft.legal_basis


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number": "12"}, "number", "Số, ký hiệu, ngày ký vẫn như đã ghi."),
        ({"symbol": "21/QĐ-SCT"}, "symbol", "Chỉ ghi ký hiệu, ví dụ QĐ-SCT; số được ghi khi ký."),
        ({"signed_on": "31/12/2199"}, "signed_on", "Ngày ký không được ở tương lai."),
        (
            {"signed_on": "26/04/2021"},
            "signed_on",
            "Ngày này áp dụng mức lương cơ sở khác nên tiền thưởng cũng khác; "
            "hãy ban hành quyết định điều chỉnh.",
        ),
        (
            {"signed_on": "31/12/2020"},
            "signed_on",
            "Ngày ký thuộc năm khác thì số vào sổ cũng phải khác; "
            "hãy thu hồi và ban hành lại quyết định.",
        ),
        ({"number": "13/QĐ-SCT"}, "number", "Số quyết định này đã dùng trong năm."),
    ],
)
def test_a_correction_that_is_none_is_refused_beside_its_field(
    decision, sign_in, page, typed, field, sentence
):
    campaign = _campaign(_signed(decision))
    build.decision(
        campaign, state=DecisionState.SIGNED, number="13", signed_on=SIGNED, signed_at=build.NOW
    )
    db.session.commit()
    browser = sign_in(build.user(Role.DIRECTOR))
    sent = {"number": "21", "symbol": "QĐ-SCT", "signed_on": "20/04/2021", "reason": "nhầm"}
    if field != "number":
        sent["number"] = "12"
    shown = page(
        browser.post(
            f"/campaigns/{campaign.id}/decisions/{decision.id}/signature", data=sent | typed
        )
    )
    assert (shown.status, shown.one(f"#{field}-error"), decision.title) == (
        422,
        sentence,
        "12/QĐ-SCT",
    )


def test_only_who_may_sign_corrects_and_only_what_was_signed(decision, sign_in):
    address = f"/campaigns/{decision.campaign_id}/decisions/{decision.id}/signature"
    director = sign_in(build.user(Role.DIRECTOR))
    assert director.get(address).status_code == HTTPStatus.NOT_FOUND
    _signed(decision)
    assert director.get(address).status_code == HTTPStatus.OK
    assert sign_in(build.user(Role.COUNCIL_MEMBER)).get(address).status_code == HTTPStatus.FORBIDDEN
    draft = build.decision(_campaign(decision))
    with pytest.raises(RuleViolation, match=r"Chỉ sửa được bản ghi của quyết định đã ký\."):
        signing.correct_signature(
            draft,
            number="21",
            symbol="QĐ-SCT",
            signed_on=SIGNED,
            reason="nhầm",
            by=build.user(),
            at=build.NOW,
            today=build.TODAY,
        )


def test_no_award_is_dated_after_what_revokes_it(decision):
    campaign = _campaign(_signed(decision))
    made = amending.amend(
        campaign,
        decision,
        DecisionKind.REVOCATION,
        [decisions.lines_of(decision.id)[0].nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    director = build.user(Role.DIRECTOR)
    signing.sign(
        campaign,
        made,
        number="13",
        signed_on=date(2021, 4, 22),
        today=build.TODAY,
        at=build.NOW,
        scan=None,
        by=director,
    )
    corrected = {
        "number": "12",
        "symbol": "QĐ-SCT",
        "reason": "ghi nhầm ngày",
        "by": director,
        "at": build.NOW,
        "today": build.TODAY,
    }
    with pytest.raises(
        RuleViolation,
        match=r"Ngày ký không được sau ngày 22/04/2021: là ngày ký quyết định thu hồi số 13/",
    ) as refused:
        signing.correct_signature(decision, signed_on=date(2021, 4, 23), **corrected)
    assert refused.value.field == "signed_on"
    signing.correct_signature(decision, signed_on=date(2021, 4, 22), **corrected)
    assert decision.signed_on == date(2021, 4, 22)
