"""Nominations that rest on a good example: linked both ways, told to nobody who may not know."""

from http import HTTPStatus

import pytest
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.decision.rules import DecisionState
from campaign.exemplars.rules import State, Step
from campaign.extensions import db
from campaign.nomination.models import Nominee
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from tests import build

CARD = "Đề nghị và khen thưởng"


@pytest.fixture
def told(field):
    """An example of the first unit that all follow, and heads of two units."""
    field.example = build.exemplar(field.entries[0], by=field.by, step=Step.FOLLOWED, name="Tổ Mẫu")
    units = [db.session.get(Unit, entry.unit_id) for entry in field.entries[:2]]
    field.heads = [build.user(Role.UNIT_HEAD, at=unit) for unit in units]
    field.address = f"/campaigns/{field.campaign.id}/awards/nominees"
    field.page = f"/campaigns/{field.campaign.id}/exemplars/{field.example.id}"
    return field


def _form(told, **more):
    return {
        "participation_id": told.entries[0].id,
        "kind_id": told.collective.id,
        "name": "Tổ Mẫu",
        "exemplar_id": told.example.id,
        **more,
    }


def _cards(shown):
    return shown.all("h2")


@pytest.mark.both_databases
def test_a_unit_nominates_its_example_and_each_page_leads_to_the_other(told, sign_in, page):
    browser = sign_in(told.heads[0])
    shown = page(browser.post(f"{told.address}/new", data=_form(told), follow_redirects=True))
    assert "Tổ Mẫu: bước Nhân rộng; đề nghị này khen điển hình này" in shown.one("main")
    row = db.session.scalars(select(Nominee)).one()
    assert row.exemplar_id == told.example.id
    links = page(browser.get(told.page)).links("main a")
    assert f"{told.address}/{row.id}" in links


def test_another_units_example_or_one_that_is_not_registered_is_refused(told, sign_in, page):
    waiting = build.exemplar(
        told.entries[0], by=told.by, state=State.PROPOSED, decided_at=None, decided_by_id=None
    )
    other = build.exemplar(told.entries[1], by=told.by)
    browser = sign_in(told.by)
    for row, sentence in (
        (other, "Hãy chọn điển hình đã đăng ký của chính đơn vị này."),
        (waiting, "Hãy chọn trong danh sách."),
    ):
        form = _form(told, exemplar_id=row.id, added_reason="Vượt kế hoạch")
        answer = browser.post(f"{told.address}/new", data=form)
        shown = page(answer)
        assert (answer.status_code, shown.all(".field__error")) == (
            HTTPStatus.UNPROCESSABLE_ENTITY,
            [sentence],
        )
    assert db.session.scalars(select(Nominee)).all() == []


def test_another_unit_learns_of_no_nomination_and_of_awards_once_results_are_out(
    told, sign_in, page
):
    row = build.nominee(
        told.campaign,
        of=told.entries[0],
        kind=told.collective,
        state=NomineeState.DRAFT,
        exemplar_id=told.example.id,
    )
    mine, other, inspector, staff = (
        sign_in(user) for user in (*told.heads, build.user(Role.INSPECTOR), told.by)
    )
    for browser, sees in ((mine, True), (other, False), (inspector, False), (staff, True)):
        assert (CARD in _cards(page(browser.get(told.page)))) is sees
    signed = build.decision(
        told.campaign,
        state=DecisionState.SIGNED,
        number="7",
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    build.decision_line(signed, nominee=row, kind=told.collective)
    db.session.commit()
    assert CARD not in _cards(page(other.get(told.page)))
    told.campaign.phase, told.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    text = page(other.get(told.page)).one("main")
    assert "Giấy khen, quyết định số 07/QĐ-SCT" in text
    assert "đề nghị" not in text.split(CARD)[1].split("Các lần")[0]
