"""What corrects a signed decision, and what revokes it."""

from http import HTTPStatus
from io import BytesIO

import pytest
from docx import Document

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision import amending, figures, subjects
from campaign.decision import queries as decisions
from campaign.decision.notice import actions as noticing
from campaign.decision.rules import DecisionKind
from campaign.extensions import db
from campaign.nomination.models import Nominee
from campaign.office import shelf
from campaign.office.heads import Asker
from campaign.office.rules import PaperKind
from campaign.reporting.queries import sight_of
from tests import build, worlds


def words_of(field, decision):
    """The lines of the paper of a decision that amends another."""
    by = build.user(Role.DIRECTOR)
    asker = Asker(by, sight_of(by, field.campaign.id, build.TODAY), build.NOW)
    drawn = shelf.paper(asker, field.campaign, PaperKind.AMENDMENT, decision.id).content
    return [paragraph.text for paragraph in Document(BytesIO(drawn)).paragraphs]


def test_a_revocation_names_the_old_decision_and_what_to_recover(field, drafted):
    old = worlds.signed(field, drafted(2))
    first, second = decisions.lines_of(old.id)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do."):
        amending.amend(
            field.campaign,
            old,
            DecisionKind.REVOCATION,
            [first.nominee_id],
            reason="",
            on=build.TODAY,
        )
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id],
        reason="khai sai thành tích",
        on=build.TODAY,
    )
    assert (made.recover, made.legal_basis.splitlines()[-1]) == (
        900_000,
        "Quyết định số 45/QĐ-SCT ngày 28 tháng 4 năm 2021 của Giám đốc về việc tặng "
        f"{first.form_name} trong {field.campaign.title.lower()}",
    )
    worlds.signed(field, made, number="46")
    first, second = decisions.lines_of(old.id)
    assert (first.ended_by_id, second.ended_by_id, old.figures["total"]) == (
        made.id,
        None,
        1_800_000,
    )
    assert [line.amount for line in decisions.lines_of(made.id)] == [900_000]
    assert (made.figures["total"], made.figures["recover"]) == (900_000, 900_000)
    numbers = [[row["register"] for row in one.figures["lines"]] for one in (old, made)]
    assert numbers == [["1/2021", "2/2021"], [""]]
    assert [len(lines) for _, lines in decisions.signed_lines(field.campaign.id)] == [1, 0]


def test_a_line_taken_out_of_a_revocation_is_not_paid_back_either(field, drafted):
    old = worlds.signed(field, drafted(2))
    first, second = decisions.lines_of(old.id)
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [first.nominee_id, second.nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    assert made.recover == 1_800_000
    deciding.remove_line(field.campaign, made, first.nominee_id)
    assert made.recover == 900_000
    with pytest.raises(
        RuleViolation,
        match="Số tiền thu hồi không được lớn hơn tiền thưởng của các dòng bị thu hồi: "
        "900.000 đồng.",
    ):
        deciding.edit_decision(field.campaign, made, {"reason": "khai sai", "recover": 900_001})


def _corrected(field, drafted, **fields):
    """A signed decision, and the draft that corrects its line into what `fields` say."""
    old = worlds.signed(field, drafted())
    line = decisions.lines_of(old.id)[0]
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.CORRECTION,
        [line.nominee_id],
        reason="ghi sai tên",
        on=build.TODAY,
    )
    facts = {"name": line.name, "honorific": line.honorific, "job": line.job} | fields
    amending.correct_line(made, line.nominee_id, **facts)
    return old, made


def test_a_correction_gives_a_new_line_and_ends_the_old_one(field, drafted):
    old, made = _corrected(field, drafted, name="Tên đúng")
    was = decisions.lines_of(old.id)[0].name
    worlds.signed(field, made, number="46")
    assert decisions.lines_of(old.id)[0].ended_by_id == made.id
    (new,) = decisions.lines_of(made.id)
    assert (new.name, new.amount, new.register_number) == ("Tên đúng", 900_000, 2)
    assert made.figures["lines"][0]["corrected"] == [f"tên: “{was}” nay sửa thành “Tên đúng”"]


@pytest.mark.parametrize("step", ["sign", "post"])
def test_a_correction_that_puts_nothing_right_is_refused(field, drafted, step):
    old, made = _corrected(field, drafted)
    name = decisions.lines_of(old.id)[0].name
    made.notice_days = 3 if step == "post" else 0
    with pytest.raises(
        RuleViolation,
        match=f"Dòng “{name}” chưa sửa gì; hãy sửa dòng đó, hoặc bỏ khỏi dự thảo.",
    ):
        noticing.post(made, on=build.TODAY) if step == "post" else worlds.signed(
            field, made, number="46"
        )


@pytest.mark.parametrize(
    ("fields", "columns", "money"),
    [
        (
            {"name": "Tên đúng"},
            ["STT", "Tên", "Đơn vị", "Hình thức", "Nội dung điều chỉnh", "Số vào sổ"],
            ["Tiền thưởng không thay đổi."],
        ),
        (
            {"amount": 450_000},
            [
                "STT",
                "Tên",
                "Đơn vị",
                "Hình thức",
                "Nội dung điều chỉnh",
                "Tiền thưởng",
                "Cách tính",
                "Số vào sổ",
            ],
            [],
        ),
    ],
)
def test_a_correction_says_what_is_put_right_and_money_only_where_it_changes(
    field, drafted, sign_in, page, fields, columns, money
):
    old, made = _corrected(field, drafted, **fields)
    worlds.signed(field, made, number="46")
    was = decisions.lines_of(old.id)[0]
    shown = page(
        sign_in(build.user(Role.DIRECTOR)).get(
            f"/campaigns/{field.campaign.id}/decisions/{made.id}"
        )
    )
    words = (
        f"tên: “{was.name}” nay sửa thành “Tên đúng”"
        if "name" in fields
        else ("tiền thưởng: “900.000 đồng” nay sửa thành “450.000 đồng”")
    )
    assert (shown.all("thead th"), shown.all("td[data-label='Nội dung điều chỉnh']")) == (
        columns,
        [words],
    )
    assert [
        text for text in shown.all("section.card > p") if text.startswith(("Tiền", "Tổng"))
    ] == money
    old_page = page(
        sign_in(build.user(Role.DIRECTOR)).get(f"/campaigns/{field.campaign.id}/decisions/{old.id}")
    )
    assert "đã điều chỉnh theo quyết định số 46/QĐ-SCT" in old_page.all("tbody th")[0]


def test_a_revocation_names_who_and_its_sums_are_right(field, drafted, sign_in, page):
    old = worlds.signed(field, drafted(2))
    line = decisions.lines_of(old.id)[0]
    made = worlds.signed(
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
    shown = page(
        sign_in(build.user(Role.DIRECTOR)).get(
            f"/campaigns/{field.campaign.id}/decisions/{made.id}"
        )
    )
    assert (
        shown.all("p.note--info")[0]
        == f"Thu hồi đối với {line.name} trong quyết định số 45/QĐ-SCT. Lý do: khai sai"
    )
    assert shown.all("thead th") == [
        "STT",
        "Tên",
        "Đơn vị",
        "Hình thức",
        "Tiền thưởng đã tặng",
        "Cách tính",
    ]
    assert [text for text in shown.all("section.card > p") if text[:2] in {"Tổ", "Số"}] == [
        "Tổng tiền thưởng đã tặng: 900.000 đồng (Chín trăm nghìn đồng).",
        "Số tiền phải thu hồi: 900.000 đồng (Chín trăm nghìn đồng).",
    ]


def put_right(field, old, number, **values):
    """A signed correction of the first line of a decision."""
    line = decisions.lines_of(old.id)[0]
    made = amending.amend(
        field.campaign,
        old,
        DecisionKind.CORRECTION,
        [line.nominee_id],
        reason=f"ghi sai, lần {number}",
        on=build.TODAY,
    )
    given = {"name": line.name, "honorific": "", "job": line.job} | values
    amending.correct_line(made, line.nominee_id, **given)
    return worlds.signed(field, made, number=number)


def test_what_amends_a_correction_cites_the_award_and_names_people_as_they_were_written(
    field, drafted
):
    old = worlds.signed(field, drafted())
    (line,) = decisions.lines_of(old.id)
    drive, form = field.campaign.title.lower(), line.form_name
    first = put_right(field, old, "46", name="Phòng Hai")
    second = put_right(field, first, "47", name="Phòng Ba", amount=600_000)
    assert [subjects.about(field.campaign, row) for row in (old, first, second)] == [
        f"tặng {form} trong {drive}",
        f"điều chỉnh thông tin về {line.name} trong Quyết định số {old.cited}",
        f"điều chỉnh thông tin về Phòng Hai trong Quyết định số {old.cited}",
    ]
    revoked = amending.amend(
        field.campaign,
        second,
        DecisionKind.REVOCATION,
        [line.nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    assert subjects.about(field.campaign, revoked) == (
        f"thu hồi {form} của Phòng Ba theo Quyết định số {old.cited}"
    )
    assert subjects.amended_words(revoked) == (
        f"{old.cited} (đã điều chỉnh tại Quyết định số {first.cited}, Quyết định số {second.cited})"
    )
    assert (revoked.recover, revoked.legal_basis.splitlines()[-3:]) == (
        600_000,
        [
            f"Quyết định số {row.cited} của Giám đốc về việc {subjects.about(field.campaign, row)}"
            for row in (old, first, second)
        ],
    )
    words = words_of(field, revoked)
    assert (
        f"Điều 1. Thu hồi {form} đã tặng theo Quyết định số {subjects.amended_words(revoked)} "
        "đối với Phòng Ba (có danh sách kèm theo). Lý do: khai sai."
    ) in words
    assert (
        "- Phòng Hai: tên: “Phòng Hai” nay sửa thành “Phòng Ba”; tiền thưởng: “900.000 đồng” nay "
        "sửa thành “600.000 đồng”."
    ) in words_of(field, second)


def test_asked_for_twice_an_amendment_is_one_draft_and_no_line_stands_in_two(field, drafted):
    old = worlds.signed(field, drafted(2))
    first, second = (line.nominee_id for line in decisions.lines_of(old.id))

    def amended(kind, lines, reason="khai sai"):
        return amending.amend(field.campaign, old, kind, lines, reason=reason, on=build.TODAY)

    made = amended(DecisionKind.REVOCATION, [first])
    assert amended(DecisionKind.REVOCATION, [first]) is made
    assert amended(DecisionKind.REVOCATION, [second]) is not made
    name = decisions.lines_of(old.id)[0].full_name
    for kind, lines, reason in (
        (DecisionKind.CORRECTION, [first], "khai sai"),
        (DecisionKind.REVOCATION, [first, second], "khai sai"),
        (DecisionKind.REVOCATION, [first], "vì lẽ khác"),
    ):
        with pytest.raises(
            RuleViolation,
            match=f"Dòng “{name}” đã có trong một dự thảo quyết định thu hồi chưa ký",
        ):
            amended(kind, lines, reason)


def test_what_was_paid_and_put_right_since_is_not_paid_again(field):
    build.rule_set().pays_highest_only = True
    old = worlds.signed(field, worlds.drafted(field))
    corrected = put_right(field, old, "46", job="Phòng")
    other = build.award_kind(field.campaign, of_type=build.award_type(name="Giấy khen khác"))
    entry = field.entries[0]
    row = build.nominee(field.campaign, of=entry, kind=other, name=f"Đơn vị {entry.id}")
    second = build.decision(field.campaign, signer_name="Phạm Minh Đức")
    build.decision_line(second, nominee=row, kind=other)
    figures.refigure(field.campaign, second)
    (line,) = decisions.lines_of(second.id)
    assert (line.amount, line.steps.split("; ")[1]) == (
        0,
        f"chỉ trả mức cao nhất, đã trả 900.000 theo Quyết định số {corrected.title}: 0",
    )


def test_a_line_is_revoked_once(field, drafted):
    old = worlds.signed(field, drafted())
    nominee_id = decisions.lines_of(old.id)[0].nominee_id
    first = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    second = build.decision(
        field.campaign,
        kind=DecisionKind.REVOCATION,
        amends_id=old.id,
        reason="khai sai",
        signer_name="Phạm Minh Đức",
    )
    nominee = db.session.get(Nominee, nominee_id)
    build.decision_line(second, nominee=nominee, kind=field.collective)
    worlds.signed(field, first, number="46")
    with pytest.raises(
        RuleViolation, match="Có dòng đã được một quyết định khác điều chỉnh hoặc thu hồi"
    ):
        worlds.signed(field, second, number="47")


def test_the_size_of_a_corrected_amount_is_asked_about_beside_the_one_it_was(
    field, drafted, sign_in, page
):
    _, made = _corrected(field, drafted)
    (line,) = decisions.lines_of(made.id)
    at = f"/campaigns/{field.campaign.id}/decisions/{made.id}/lines/{line.nominee_id}/correct"
    browser = sign_in(build.user(Role.SECRETARIAT))
    asked = []
    for amount in ("9.000.000", "950.000"):
        facts = {"name": line.name, "honorific": line.honorific, "job": line.job}
        shown = page(browser.post(at, data=facts | {"amount": amount}, follow_redirects=True))
        asked.append(shown.all(".flashes p")[0])
    assert asked == [
        "Hãy xem lại số tiền: 9.000.000 đồng khác 900.000 đồng từ mười lần trở lên. Có thừa hay "
        "thiếu số 0 không?",
        "Đã sửa dòng.",
    ]


def test_of_two_who_correct_a_line_the_second_sees_what_the_first_wrote(
    field, drafted, sign_in, page
):
    _, made = _corrected(field, drafted)
    (line,) = decisions.lines_of(made.id)
    at = f"/campaigns/{field.campaign.id}/decisions/{made.id}/lines/{line.nominee_id}/correct"
    first, second = (sign_in(build.user(Role.SECRETARIAT)) for _ in range(2))
    shown = page(second.get(at))
    facts = {name: shown.value(name) for name in ("opened", "name", "honorific", "job")}
    facts |= {"amount": "900.000"}
    answer = first.post(at, data=facts | {"name": "Phòng Hai"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    shown = page(second.post(at, data=facts | {"name": "Phòng Ba"}))
    assert (shown.status, shown.all(".conflict__text"), shown.value("name")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Phòng Ba", "Phòng Hai"],
        "Phòng Ba",
    )
    db.session.refresh(line)
    assert line.name == "Phòng Hai"
    again = facts | {"opened": shown.value("opened"), "name": "Phòng Ba"}
    assert second.post(at, data=again).status_code == HTTPStatus.SEE_OTHER
    db.session.refresh(line)
    assert (line.name, line.amount) == ("Phòng Ba", 900_000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Hãy ghi tên."),
        ({"amount": "chín trăm"}, "“chín trăm” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
    ],
)
def test_what_a_line_cannot_be_corrected_into_is_said_beside_it(
    field, drafted, sign_in, page, typed, sentence
):
    _, made = _corrected(field, drafted)
    (line,) = decisions.lines_of(made.id)
    at = f"/campaigns/{field.campaign.id}/decisions/{made.id}/lines/{line.nominee_id}/correct"
    facts = {"name": "Phòng Hai", "honorific": "", "job": "", "amount": ""} | typed
    shown = page(sign_in(build.user(Role.SECRETARIAT)).post(at, data=facts))
    assert (shown.status, shown.one(".field__error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        sentence,
    )


def test_a_line_left_out_meanwhile_is_corrected_no_more(field, drafted):
    _, made = _corrected(field, drafted)
    with pytest.raises(RuleViolation, match="Dòng này không còn trong dự thảo."):
        amending.correctable_line(made, 0)
