"""Naming somebody, and the signature of the head."""

from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.nomination import actions as nominating
from campaign.nomination.rules import NomineeState
from tests import build


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " ", "honorific": "Ông"}, "Hãy ghi họ và tên."),
        ({"name": "A", "honorific": ""}, "Hãy chọn Ông hoặc Bà."),
        (
            {"name": "Lê An", "honorific": "Bà", "birth_year": 2022},
            "Năm sinh 2022 sau năm diễn ra phong trào.",
        ),
    ],
)
def test_a_nominee_is_named_in_full(field, values, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        nominating.save_nominee(field.campaign, None, field.entries[0], field.person, values)


def test_a_head_signs_what_holds_an_achievement_and_may_take_it_back_with_a_reason(field):
    row = nominating.save_nominee(
        field.campaign, None, field.entries[0], field.person, {"name": "Lê An", "honorific": "Bà"}
    )
    with pytest.raises(RuleViolation, match="Hãy ghi tóm tắt thành tích trước khi ký."):
        nominating.sign_nominee(row, by=field.by, at=build.NOW)
    values = {"name": "Lê An", "honorific": "Bà", "achievements": "Hoàn thành tốt"}
    nominating.save_nominee(field.campaign, row, field.entries[0], field.person, values)
    nominating.sign_nominee(row, by=field.by, at=build.NOW)
    with pytest.raises(RuleViolation, match="Đề nghị đã được thủ trưởng ký"):
        nominating.save_nominee(field.campaign, row, field.entries[0], field.person, values)
    nominating.unsign_nominee(row, reason="bổ sung thành tích", by=field.by, at=build.NOW)
    assert (row.state, row.signed_at) == (NomineeState.DRAFT, None)


@pytest.mark.parametrize(
    ("members", "women", "kept"), [(10, 7, (10, 7)), (None, None, (None, None))]
)
def test_how_many_of_a_collective_are_women_is_written_with_it(field, members, women, kept):
    row = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        field.collective,
        {"name": "Tổ Một", "member_count": members, "women_count": women},
    )
    assert (row.member_count, row.women_count) == kept
    person = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        field.person,
        {"name": "Lê An", "honorific": "Bà", "member_count": 3, "women_count": 1},
    )
    assert (person.member_count, person.women_count) == (None, None)


@pytest.mark.parametrize(
    ("members", "women", "name", "sentence"),
    [
        (10, 11, "women_count", "Số nữ không được nhiều hơn số người của tập thể."),
        (10, None, "women_count", "Hãy ghi cả số người và số nữ, hoặc để trống cả hai."),
        (None, 3, "member_count", "Hãy ghi cả số người và số nữ, hoặc để trống cả hai."),
    ],
)
def test_women_of_a_collective_are_among_its_members(field, members, women, name, sentence):
    with pytest.raises(RuleViolation) as refused:
        nominating.save_nominee(
            field.campaign,
            None,
            field.entries[0],
            field.collective,
            {"name": "Tổ Một", "member_count": members, "women_count": women},
        )
    assert (str(refused.value), refused.value.field) == (sentence, name)


def _nominee_form(row, version, **typed):
    return {
        "opened": version,
        "participation_id": row.participation_id,
        "kind_id": row.kind_id,
        "name": row.name,
        **typed,
    }


def test_the_second_who_saves_a_nominee_sees_both_texts_and_overwrites_only_what_he_has_seen(
    field, sign_in, page
):
    row = build.nominee(
        field.campaign, of=field.entries[0], kind=field.collective, state=NomineeState.DRAFT
    )
    browser, url = (
        sign_in(field.by),
        f"/campaigns/{field.campaign.id}/awards/nominees/{row.id}/edit",
    )
    opened = page(browser.get(url)).value("opened")
    assert (
        browser.post(
            url, data=_nominee_form(row, opened, measures="Bản của người trước")
        ).status_code
        == HTTPStatus.SEE_OTHER
    )
    shown = page(browser.post(url, data=_nominee_form(row, opened, measures="Bản của người sau")))
    assert (shown.status, shown.all(".conflict__text")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Bản của người sau", "Bản của người trước"],
    )
    assert (row.measures, shown.value("measures")) == ("Bản của người trước", "Bản của người sau")
    again = browser.post(
        url, data=_nominee_form(row, shown.value("opened"), measures="Bản của người sau")
    )
    assert (again.status_code, row.measures) == (HTTPStatus.SEE_OTHER, "Bản của người sau")


def test_of_two_who_note_what_stands_against_somebody_the_second_sees_the_first(
    field, sign_in, page
):
    values = {"name": "Lê An", "honorific": "Bà"}
    row = nominating.save_nominee(field.campaign, None, field.entries[0], field.person, values)
    db.session.commit()
    at = f"/campaigns/{field.campaign.id}/awards/nominees/{row.id}"
    first, second = (sign_in(build.user(Role.SECRETARIAT)) for _ in range(2))
    opened = page(second.get(at)).value("opened")
    noted = {"opened": opened, "discipline": "khiển trách, tháng 3/2021", "complaint": ""}
    assert first.post(f"{at}/standing", data=noted).status_code == HTTPStatus.SEE_OTHER
    noted |= {"discipline": "", "complaint": "đơn của ông B"}
    shown = page(second.post(f"{at}/standing", data=noted))
    assert (shown.status, shown.all(".conflict__text"), shown.value("complaint")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["(để trống)", "khiển trách, tháng 3/2021", "đơn của ông B", "(để trống)"],
        "đơn của ông B",
    )
    db.session.refresh(row)
    assert (row.discipline, row.complaint) == ("khiển trách, tháng 3/2021", "")
