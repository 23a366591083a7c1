"""A unit lists occurrences, the verifier accepts and strikes, and the points follow everywhere."""

from datetime import date
from decimal import Decimal as D
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.ranking.queries import table
from campaign.reporting.models import Occurrence
from campaign.reporting.queries import content_of
from campaign.reporting.rules import ReportState, to_snapshot
from campaign.scheme.models import Criterion
from campaign.scheme.rules.counts import CountRule, CountRuleKind, KindPoints
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification import actions as verification
from tests import build
from tests.worlds import AT, Desk, World

HALF = CountRule(each=D("0.5")).to_data()
AWARDS = CountRule(
    CountRuleKind.AWARDS, kinds=(KindPoints("Bằng khen", D("1.5")), KindPoints("Cờ", D(3)))
).to_data()
SENT = {"held_on": "12/03/2021", "kind": "", "text": "Hội thi tay nghề", "evidence_id": ""}


def counted(campaign, rule=HALF, maximum="5", code="S1"):
    row = build.criterion(
        campaign, judged_by=JudgedBy.COUNT, count_rule=rule, maximum=maximum, code=code
    )
    db.session.flush()
    return row


def listed(desk, criterion, text="Hội thi", **more):
    row = Occurrence(
        report_id=desk.report.id,
        criterion_id=criterion.id,
        held_on=AT.date(),
        text=text,
        claimed_at=AT,
        claimed_by_id=desk.by.id,
        **more,
    )
    db.session.add(row)
    db.session.flush()
    return row


def test_the_plan_takes_a_rule_by_awards_and_shows_its_trial(app, sign_in, page):
    campaign = build.campaign()
    group = build.group(campaign)
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/criteria"
    typed = {
        "group_id": str(group.id),
        "code": "S1",
        "name": "Khen thưởng",
        "maximum": "5",
        "judged_by": "count",
        "count_kind": "awards",
        "count_kinds": "Bằng khen: 1,5\nCờ 3",
    }
    refused = page(browser.post(f"{at}/new", data=typed))
    assert refused.one("#count_kinds-error") == "Dòng “Cờ 3” cần tên loại, dấu hai chấm và điểm."
    assert refused.value("count_kinds") == "Bằng khen: 1,5\nCờ 3"
    typed["count_kinds"] = "Bằng khen: 1,5\nCờ: 3"
    assert browser.post(f"{at}/new", data=typed).status_code == HTTPStatus.SEE_OTHER
    row = db.session.query(Criterion).one()
    assert row.count_rule == AWARDS
    shown = page(browser.get(f"{at}/{row.id}"))
    assert shown.value("count_kinds") == "Bằng khen: 1,5\nCờ: 3"
    assert shown.all("[data-trial-answer] tbody tr:first-child td") == (
        ["0,00", "1,50", "3,00", "4,50", "5,00", "5,00", "5,00"]
    )


def test_a_unit_lists_changes_and_withdraws_an_occurrence(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    criterion = counted(world.campaign)
    browser = sign_in(world.officer)
    report = f"/campaigns/{world.campaign.id}/reports/{world.report.id}"
    at = f"{report}/counts/{criterion.id}"
    assert at in page(browser.get(report)).links()
    assert browser.post(f"{at}/new", data=SENT).status_code == HTTPStatus.SEE_OTHER
    row = db.session.query(Occurrence).one()
    browser.post(f"{at}/{row.id}", data={**SENT, "text": "Hội thi cấp tỉnh"})
    shown = page(browser.get(at))
    assert "Hội thi cấp tỉnh" in shown.one("tbody tr")
    assert "chờ thẩm định" in shown.one("tbody tr")
    assert "0,50 điểm" in shown.all("section.card p")[-1]
    browser.post(f"{at}/{row.id}/withdraw")
    assert db.session.query(Occurrence).count() == 0


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"held_on": "12/03/2019"}, "held_on", "Ngày phải trong thời gian của phong trào"),
        ({"text": " "}, "text", "Hãy ghi nội dung."),
        ({"kind": "Giấy khen"}, "kind", "Hãy chọn loại khen thưởng hoặc văn bản."),
    ],
)
def test_a_wrong_occurrence_is_refused_at_its_field(app, sign_in, page, wrong, field, sentence):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    criterion = counted(world.campaign, AWARDS)
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/counts/{criterion.id}/new"
    sent = {**SENT, "kind": "Cờ"} | wrong
    answer = page(sign_in(world.officer).post(at, data=sent))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.one(f"#{field}-error").startswith(sentence)
    assert answer.value("held_on") == sent["held_on"]


def test_the_rule_above_the_list_keeps_the_capitals_of_names(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    rule = CountRule(
        CountRuleKind.AWARDS, kinds=(KindPoints("bằng khen của Thủ tướng Chính phủ", D(3)),)
    )
    criterion = counted(world.campaign, rule.to_data())
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/counts/{criterion.id}"
    shown = page(sign_in(world.officer).get(at)).tree.text_content()
    assert "Bằng khen của Thủ tướng Chính phủ 3 điểm mỗi lần." in shown


def test_nothing_is_listed_once_the_report_is_handed_in_nor_by_another_unit(app, sign_in, page):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    criterion = counted(world.campaign)
    stranger = build.user(Role.UNIT_OFFICER, at=build.unit())
    at = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/counts/{criterion.id}"
    assert sign_in(stranger).get(at).status_code == HTTPStatus.NOT_FOUND
    world.report.state = ReportState.AWAITING_SIGNATURE
    db.session.commit()
    browser = sign_in(world.officer)
    assert browser.post(f"{at}/new", data=SENT).status_code == HTTPStatus.SEE_OTHER
    closed = "Báo cáo chờ thủ trưởng ký; không sửa được nữa."
    assert closed in page(browser.get(at)).all(".note")
    assert db.session.query(Occurrence).count() == 0


def test_the_verifier_accepts_and_strikes_and_the_points_are_explained(app, sign_in, page):
    desk = Desk()
    criterion = counted(desk.campaign)
    rows = [listed(desk, criterion, text) for text in ("Hội thi", "Lớp học", "Trùng")]
    browser = sign_in(desk.by)
    show = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}"
    at = f"{show}/counts/{criterion.id}"
    shown = page(browser.get(show))
    assert at in shown.links()
    assert "S1: còn 3 lần chưa thẩm định." in shown.all("#missing li")
    browser.post(f"{at}/{rows[0].id}/accept")
    browser.post(f"{at}/{rows[2].id}/strike", data={"reason": ""})
    db.session.expire_all()
    assert rows[2].reason == ""
    browser.post(f"{at}/{rows[2].id}/strike", data={"reason": "đã tính ở kỳ trước"})
    browser.post(f"{at}/accept-all")
    day = "28/04/2021"
    assert page(browser.get(show)).one(f"#steps-{criterion.id}") == (
        f"{day} Hội thi: được công nhận; {day} Lớp học: được công nhận; "
        f"{day} Trùng: không được công nhận (đã tính ở kỳ trước); "
        "Số lần được công nhận: 2; 2 × 0,5 = 1,00 điểm"
    )
    assert (
        page(browser.get(at))
        .one("section.card p")
        .startswith("Điểm theo những lần được công nhận: 1,00/5,00")
    )


def test_chosen_occurrences_are_shown_and_then_decided_together(app, sign_in, page):
    desk = Desk()
    criterion = counted(desk.campaign)
    texts = ("Hội thi", "Lớp học", "Trùng")
    rows = [listed(desk, criterion, text) for text in texts]
    foreign = listed(desk, counted(desk.campaign, code="S2"))
    browser = sign_in(desk.by)
    at = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}/counts/{criterion.id}"
    browser.post(f"{at}/{rows[0].id}/strike", data={"reason": "đã tính"})
    asked = {"row": [row.id for row in (*rows, foreign)], "state": "struck"}
    shown = page(browser.get(f"{at}/decide-many", query_string=asked))
    assert shown.all("#kept li") == ["28/04/2021: Hội thi"]
    assert [text.partition(" đang")[0] for text in shown.all("#ready li")] == [
        "28/04/2021: Lớp học",
        "28/04/2021: Trùng",
    ]
    refused = page(browser.post(f"{at}/decide-many", data=asked | {"reason": " "}))
    assert (refused.status, refused.one("#reason-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Hãy ghi lý do không công nhận.",
    )
    browser.post(f"{at}/decide-many", data=asked | {"reason": "trùng"})
    browser.post(f"{at}/decide-many", data={"row": rows[1].id, "state": "accepted"})
    db.session.expire_all()
    assert [(row.state.value, row.reason) for row in (*rows, foreign)] == [
        ("struck", "đã tính"),
        ("accepted", ""),
        ("struck", "trùng"),
        ("claimed", ""),
    ]
    for sent, sentence in (
        ({"row": rows[1].id, "state": "accepted"}, "Các lần đã chọn đều đã được công nhận."),
        ({"state": "accepted"}, "Chưa chọn lần nào. Hãy đánh dấu các lần trong danh sách."),
        ({"row": rows[1].id, "state": "claimed"}, "Hãy chọn công nhận hay không công nhận."),
    ):
        answer = browser.post(f"{at}/decide-many", data=sent)
        body = browser.get(answer.location).text if answer.location else answer.text
        assert sentence in body


def test_a_list_of_occurrences_is_searched_and_sorted(app, sign_in, page):
    desk = Desk()
    criterion = counted(desk.campaign)
    listed(desk, criterion, "Lớp học đêm")
    listed(desk, criterion, "Hội thi", state="accepted", decided_at=AT, decided_by_id=desk.by.id)
    browser = sign_in(desk.by)
    at = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}/counts/{criterion.id}"

    def texts(**asked):
        return page(browser.get(at, query_string=asked)).all("td[data-label='Nội dung']")

    assert texts() == ["Lớp học đêm", "Hội thi"]
    assert texts(sort="text") == ["Hội thi", "Lớp học đêm"]
    assert texts(q="hoc dem") == ["Lớp học đêm"]
    assert texts(state="accepted", sort="-day") == ["Hội thi"]


def test_a_finished_verification_takes_no_more_decisions_and_the_ranking_counts(app, sign_in):
    desk = Desk()
    criterion = counted(desk.campaign)
    row = listed(desk, criterion, state="accepted", decided_at=AT, decided_by_id=desk.by.id)
    verification.finish(desk.begin(), desk.report, [], by=desk.by, at=AT)
    db.session.flush()
    browser = sign_in(desk.by)
    at = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}/counts/{criterion.id}"
    browser.post(f"{at}/{row.id}/strike", data={"reason": "trùng"})
    db.session.expire_all()
    assert row.reason == ""
    counted_table = table(desk.campaign, desk.block)
    (row,) = [*counted_table.ranked, *counted_table.unranked]
    assert row.lines[criterion.id].points == D("0.5")


def test_the_database_keeps_a_reason_with_what_is_struck(app):
    desk = Desk()
    criterion = counted(desk.campaign)
    with pytest.raises(Exception, match="struck_with_a_reason"):
        listed(desk, criterion, state="struck", decided_at=AT, decided_by_id=desk.by.id)
    db.session.rollback()


def test_a_count_that_does_not_apply_to_a_unit_is_set_aside_with_a_reason(app, sign_in, page):
    desk = Desk()
    criterion = counted(desk.campaign)
    listed(desk, criterion)
    browser = sign_in(desk.by)
    show = f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}"
    field = f"p:{criterion.id}:not_applicable_reason"
    assert page(browser.get(show)).all(f"[name='{field}']") != []
    reason = "đơn vị không tổ chức hội thi"
    saved = browser.post(f"{show}/fields", data={"field": field, "value": reason, "base": ""})
    assert saved.status_code == HTTPStatus.OK
    shown = page(browser.get(show))
    assert not any("S1" in line for line in shown.all("#missing li"))
    assert shown.one(f"#steps-{criterion.id}") == "không áp dụng"
    told = page(browser.get(f"{show}/counts/{criterion.id}"))
    assert told.one(".note") == f"Không áp dụng cho đơn vị: {reason}"


def test_a_version_shows_the_list_as_it_was_handed_in(app, sign_in, page):
    desk = Desk()
    criterion = counted(desk.campaign)
    row = listed(desk, criterion)
    content = content_of(desk.report.id)
    build.version(of=desk.report, number=7, by=desk.by, snapshot=to_snapshot(content))
    row.text = "Hội thao"
    db.session.commit()
    report = f"/campaigns/{desk.campaign.id}/reports/{desk.report.id}"
    shown = page(sign_in(desk.by).get(f"{report}/versions/7"))
    assert shown.all("[aria-label='Các lần đã kê'] li") == ["28/04/2021 Hội thi chờ thẩm định"]
