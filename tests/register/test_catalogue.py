"""Entries of the catalogue: added, edited, checked, as far as no signed decision rests on them."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_from_data
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours import queries as catalogue
from campaign.honours.rules import Fact, Ground, Level, Subject
from tests import build, worlds


def test_what_a_signed_decision_rests_on_cannot_change(field, drafted):
    decision = worlds.signed(field, drafted())
    with pytest.raises(RuleViolation, match="Đã có quyết định ký theo hình thức này"):
        worlds.edit_award_type(field.collective.award_type, {"coefficient": Decimal(1)})
    with pytest.raises(RuleViolation, match="Đã có quyết định ký theo mức lương này"):
        worlds.add_salary(date(2019, 7, 1), 2_000_000, "thử")
    with pytest.raises(RuleViolation, match="Đã có quyết định ký từ ngày này về sau"):
        worlds.add_salary(date(2021, 1, 1), 2_000_000, "thử")
    assert worlds.add_salary(date(2021, 5, 1), 2_000_000, "thử").amount == 2_000_000
    assert decision.figures["total"] == 900_000


def test_of_a_rule_set_a_signed_decision_rests_on_only_name_source_and_end_change(
    field, drafted, sign_in, page
):
    worlds.signed(field, drafted())
    db.session.commit()
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU"
    typed = {
        "title": "Tên đúng hơn",
        "in_force_from": "",
        "in_force_to": "31/12/2023",
        "rounding": "ceil_10000",
        "legal_basis": "Luật Thi đua, khen thưởng",
        "source": "công báo",
    }
    answer = client.post(address, data=typed | {"rounding": "none"})
    assert (answer.status_code, page(answer).value("title")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Tên đúng hơn",
    )
    assert (
        "căn cứ, cách làm tròn, cách trả thưởng, thứ tự ưu tiên không sửa được; hãy lập bộ quy "
        "định mới." in answer.get_data(as_text=True)
    )
    assert client.post(address, data=typed).status_code == HTTPStatus.SEE_OTHER
    assert (build.rule_set().title, build.rule_set().in_force_to) == (
        "Tên đúng hơn",
        date(2023, 12, 31),
    )


def test_a_new_rule_set_is_made_from_an_old_one_and_nothing_of_it_is_checked(field, sign_in):
    honours.confirm(catalogue.award_types("RS-THU")[0], by=field.by, on=build.TODAY)
    db.session.commit()
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU/copy"
    typed = {"code": "RS-2026", "title": "Luật 06/2026", "in_force_from": "01/10/2026"}
    assert client.post(address, data=typed).status_code == HTTPStatus.SEE_OTHER
    made = build.rule_set(code="RS-2026")
    assert (made.in_force_from, made.legal_basis, made.checked_on) == (
        date(2026, 10, 1),
        "Luật Thi đua, khen thưởng",
        None,
    )
    assert [
        (row.name, row.coefficient, row.checked_on) for row in catalogue.award_types("RS-2026")
    ] == [(row.name, row.coefficient, None) for row in catalogue.award_types("RS-THU")]
    assert client.post(address, data=typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_who_checked_an_entry_stands_beside_it(field, sign_in, page):
    honours.confirm(catalogue.award_types("RS-THU")[0], by=field.by, on=build.TODAY)
    db.session.commit()
    shown = page(sign_in(field.by).get("/awards/catalogue")).all("td[data-label=Nguồn] span")
    assert f"{field.by.full_name} đã đối chiếu 28/04/2021" in shown


def test_an_edited_entry_must_be_checked_again(field):
    form = build.award_type()
    honours.confirm(form, by=field.by, on=build.TODAY)
    assert form.checked_on == build.TODAY
    worlds.edit_award_type(form, {"source": "văn bản khác"})
    assert (form.checked_on, form.checked_by_id) == (None, None)


FORM = {
    "name": "Giấy khen đột xuất",
    "level": "department",
    "signatory": "Giám đốc Sở",
    "for_individuals": "y",
    "minimum_months": "",
    "coefficient": "0,3",
    "collective_factor": "2",
    "report_form": "Mẫu số 06",
    "source": "công báo",
    "money_ground": "law",
    "vote_ground": "office",
    "vote_source": "Quy chế của Sở",
    "report_ground": "law",
    "mode": "secret",
    "base": "total",
    "share": "2/3",
    "is_strict": "y",
}


def test_a_form_is_added_to_a_rule_set_with_all_that_the_rules_ask_of_it(field, sign_in, page):
    client, address = sign_in(field.by), "/awards/rule-sets/RS-THU/forms/new"
    assert address in page(client.get("/awards/catalogue")).links()
    assert page(client.get(address)).value("share") == "70 %"
    assert (
        client.post(address, data=FORM | {"minimum_months": "18"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    made = catalogue.award_types("RS-THU")[-1]
    assert (
        made.level,
        made.facts.subjects,
        made.minimum_months,
        made.coefficient,
        made.checked_on,
    ) == (Level.DEPARTMENT, {Subject.INDIVIDUAL}, 18, Decimal("0.3"), None)
    assert rule_from_data(made.vote) == VoteRule(Mode.SECRET, Base.TOTAL, 2, 3, is_strict=True)
    shown = page(client.get(f"/awards/catalogue/{made.id}"))
    assert [shown.value(name) for name in ("level", "minimum_months", "mode", "share")] == [
        "department",
        "18",
        "secret",
        "2/3",
    ]
    assert (
        client.post(f"/awards/catalogue/{made.id}", data=FORM | {"level": "province"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert (made.level, made.minimum_months) == (Level.PROVINCE, None)


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"name": "GIAY KHEN thu"}, "name", "Bộ quy định đã có hình thức tên này."),
        ({"name": ""}, "name", "Hãy ghi tên."),
        (
            {"share": "4/3"},
            "share",
            "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3.",
        ),
        (
            {"share": "0,7"},
            "share",
            "“0,7” có phải là “0,7 %” không? Hãy ghi tỷ lệ như 70 % hoặc 2/3.",
        ),
        (
            {"for_individuals": None},
            "for_individuals",
            "Hãy chọn hình thức này tặng tập thể, hộ gia đình hay cá nhân.",
        ),
        ({"minimum_months": "0"}, "minimum_months", "Số phải từ 1 trở lên."),
    ],
)
def test_a_form_that_says_nothing_or_twice_the_same_is_refused_at_its_field(
    field, sign_in, page, typed, name, sentence
):
    build.award_type(name="Giấy khen thử")
    given = {key: value for key, value in (FORM | typed).items() if value is not None}
    refused = page(sign_in(field.by).post("/awards/rule-sets/RS-THU/forms/new", data=given))
    assert (refused.status, refused.all(f"#{name}-error"), refused.value("source")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        [sentence],
        "công báo",
    )
    assert [row.name for row in catalogue.award_types("RS-THU") if row.source == "công báo"] == []


def test_a_form_cannot_be_changed_into_one_its_campaigns_may_not_choose(field):
    form, title = catalogue.award_type(field.collective.form_id), field.campaign.title
    with pytest.raises(
        RuleViolation,
        match=f"Phong trào “{title}” đang dùng hình thức này: .* từ 18 tháng trở lên",
    ):
        worlds.edit_award_type(form, {"minimum_months": 18})


def test_a_form_under_a_signed_decision_is_not_changed(field, drafted, sign_in, page):
    worlds.signed(field, drafted())
    db.session.commit()
    refused = page(
        sign_in(field.by).post(f"/awards/catalogue/{field.collective.form_id}", data=FORM)
    )
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đã có quyết định ký theo hình thức này nên không sửa được" in refused.one("main")


def test_money_majority_and_report_each_have_their_source_and_mark(field, sign_in, page):
    build.rule_set(code="RS-2022b")
    honours.install_catalogue()
    db.session.commit()
    row = next(form for form in catalogue.award_types("RS-2022b") if form.code == "giay-khen")
    assert [(part.fact, part.ground, part.is_doubted, part.words) for part in row.grounds] == [
        (Fact.MONEY, Ground.LAW, True, "NĐ 152/2025/NĐ-CP"),
        (
            Fact.VOTE,
            Ground.PROPOSAL,
            False,
            "đề xuất, không phải quy định của pháp luật; mức ghi sẵn để tham khảo",
        ),
        (Fact.REPORT, Ground.LAW, True, "NĐ 152/2025/NĐ-CP, theo thứ tự danh mục mẫu"),
    ]
    browser, address = sign_in(field.by), f"/awards/catalogue/{row.id}/confirm"
    assert browser.post(address, data={"fact": "report"}).status_code == HTTPStatus.SEE_OTHER
    assert (row.report_checked_by_id, row.checked_on, row.vote_checked_on) == (
        field.by.id,
        None,
        None,
    )
    assert browser.post(address, data={"fact": "khac"}).status_code == HTTPStatus.NOT_FOUND
    honours.confirm(row, by=field.by, on=build.TODAY, fact=Fact.VOTE)
    worlds.edit_award_type(row, {"report_form": "Mẫu khác"})
    assert (row.report_checked_on, row.vote_checked_on) == (None, build.TODAY)
    shown = page(browser.get("/awards/catalogue"))
    sentence = (
        "Biểu quyết: đề xuất, không phải quy định của pháp luật; mức ghi sẵn để tham khảo "
        f"{field.by.full_name} đã đối chiếu 28/04/2021"
    )
    assert sentence in shown.all("td[data-label=Nguồn] p")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("44,7", None),
        ("30.0", "“30.0” có phải là “30,0” không? Dấu phẩy ngăn phần thập phân."),
        ("450.000", "Số phải không quá 100."),
    ],
)
def test_a_coefficient_is_no_amount_of_money(field, sign_in, page, typed, told):
    address = "/awards/rule-sets/RS-THU/forms/new"
    answer = sign_in(field.by).post(address, data=FORM | {"coefficient": typed})
    if told is None:
        assert answer.status_code == HTTPStatus.SEE_OTHER
    else:
        assert page(answer).one("#coefficient-error") == told
