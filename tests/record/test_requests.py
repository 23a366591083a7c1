"""Who finds what is held of them wrong says so, and is answered with a reason."""

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.record.own.models import CorrectionRequest
from campaign.record.own.rules import Answer, demand_answerable, demand_askable
from tests import build


def _refusal(demand, *args, **told):
    with pytest.raises(RuleViolation) as refused:
        demand(*args, **told)
    return str(refused.value), refused.value.field


@pytest.mark.parametrize(
    ("wish", "count", "said"),
    [
        ("", 0, "Hãy ghi điều sai và điều đúng."),
        ("Sai", 10, "Ông/Bà đang có 10 yêu cầu chờ trả lời; hãy chờ trả lời trước."),
    ],
)
def test_a_wish_says_something_and_not_too_many_wait(wish, count, said):
    assert _refusal(demand_askable, wish, count) == (said, "wish")
    demand_askable("Sai", 9)


def test_a_wish_is_answered_once_and_with_a_reason():
    assert _refusal(demand_answerable, is_answered=True, reason="x") == (
        "Yêu cầu này đã được trả lời.",
        None,
    )
    assert _refusal(demand_answerable, is_answered=False, reason="") == (
        "Hãy ghi lý do để người yêu cầu đọc.",
        "reason",
    )
    demand_answerable(is_answered=False, reason="x")


@pytest.mark.both_databases
def test_a_person_asks_and_reads_what_the_secretary_answered(app, sign_in, page):
    person, other = build.user(), build.user()
    browser = sign_in(person)
    refused = browser.post("/account/own-data/", data={"wish": "  "})
    assert refused.status_code == 422
    sent = browser.post("/account/own-data/", data={"wish": "Chức vụ của tôi là Kỹ sư"})
    assert sent.status_code == 303
    row = db.session.scalars(select(CorrectionRequest)).one()
    secretary = sign_in(build.user(Role.SECRETARIAT))
    listed = page(secretary.get("/account/data-requests/")).tree.text_content()
    assert (person.full_name in listed, "Chức vụ của tôi là Kỹ sư" in listed) == (True, True)
    address = f"/account/data-requests/{row.id}/answer"
    for wrong in ({"outcome": "done", "reason": " "}, {"outcome": "x", "reason": "Đã sửa"}):
        secretary.post(address, data=wrong)
        assert db.session.get(CorrectionRequest, row.id).outcome is None
    assert secretary.post(address, data={"outcome": "done", "reason": "Đã sửa"}).status_code == 303
    db.session.expire_all()
    assert (row.outcome, row.answer) == (Answer.DONE, "Đã sửa")
    own = page(sign_in(person).get("/account/own-data/")).tree.text_content()
    assert "Trả lời: đã sửa." in own
    strange = page(sign_in(other).get("/account/own-data/")).tree.text_content()
    assert "Chức vụ của tôi là Kỹ sư" not in strange
    (notice,) = db.session.scalars(select(Notice))
    assert (notice.user_id, notice.title) == (
        person.id,
        "Yêu cầu sửa dữ liệu của Ông/Bà: đã sửa",
    )


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COUNCIL_MEMBER])
def test_nobody_else_reads_or_answers_them(app, sign_in, role):
    assert sign_in(build.user(role)).get("/account/data-requests/").status_code == 403
