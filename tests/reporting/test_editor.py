"""The editor of a report: what it says while somebody types, and to whom the reason for a warning
is shown.
"""

import io
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from lxml import html
from sqlalchemy.orm import joinedload

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.reporting import actions, queries
from campaign.reporting import cells as report_cells
from campaign.reporting.models import Report, Return
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.terms import Judgement, TargetOf
from tests import build

JSON = {"Accept": "application/json"}
JUMP = "Chỉ tiêu điện: 99,8 khác kỳ trước (9) từ mười lần trở lên. Có nhầm đơn vị đo không?"


def _report(campaign, entry, period):
    made = actions.open_report(campaign, entry, period)
    return (
        db.session.query(Report)
        .options(joinedload(Report.participation), joinedload(Report.period))
        .filter_by(id=made.id)
        .one()
    )


@pytest.fixture
def desk(app, sign_in):
    """The officer's browser in front of a report whose unit said 9 the period before."""
    office, campaign = build.unit(), build.campaign(phase=Phase.REPORTING)
    block, indicator = build.block(campaign), build.indicator(campaign, name="Chỉ tiêu điện")
    task = build.task(campaign, guidance="Nêu việc đã làm\nvà kết quả.")
    earlier = build.period(campaign, is_final=False, ends_on=date(2021, 3, 31))
    entry = build.participation(campaign, unit=office, block=block)
    officer, head = build.user(Role.UNIT_OFFICER, at=office), build.user(Role.UNIT_HEAD, at=office)
    before = _report(campaign, entry, earlier)
    report_cells.save_field(
        before,
        queries.demands_of(before, scheme_of(campaign.id)),
        f"v:{indicator.id}:value",
        "9",
        "",
        by=officer,
        at=build.NOW,
    )
    report = _report(
        campaign,
        entry,
        build.period(
            campaign, starts_on=date(2021, 4, 1), due_on=date(2099, 1, 1), locks_on=date(2099, 1, 1)
        ),
    )
    address = f"/campaigns/{campaign.id}/reports/{report.id}"
    browser = sign_in(officer)

    def save(field, value, base=""):
        return browser.post(
            f"{address}/fields", data={"field": field, "value": value, "base": base}, headers=JSON
        ).get_json()

    return SimpleNamespace(
        campaign=campaign,
        indicator=indicator.id,
        task=task.id,
        entry=entry.id,
        period=report.period_id,
        address=address,
        browser=browser,
        save=save,
        head=sign_in(head),
    )


def test_a_warning_stands_beside_the_field_as_soon_as_it_is_typed(desk):
    said = desk.save(f"v:{desk.indicator}:value", "99,8")
    drawn = html.fromstring(said["parts"][f"warnings-{desk.indicator}"])
    assert [text.text for text in drawn.cssselect("p")] == [JUMP]
    assert [field.get("name") for field in drawn.cssselect("[data-field]")] == [
        f"w:jump:{desk.indicator}"
    ]
    assert (
        desk.save(f"v:{desk.indicator}:value", "9,1", "99,8")["parts"][
            f"warnings-{desk.indicator}"
        ].strip()
        == ""
    )


def test_what_is_left_follows_what_is_typed(desk):
    left = [
        line.text
        for line in html.fromstring(
            desk.save(f"v:{desk.indicator}:value", "99,8")["parts"]["findings"]
        ).cssselect("a")
    ]
    assert JUMP in left
    answered = desk.save(f"w:jump:{desk.indicator}", "Kỳ trước báo nhầm đơn vị đo")
    now = [line.text for line in html.fromstring(answered["parts"]["findings"]).cssselect("a")]
    assert now == [line for line in left if line != JUMP]
    assert answered["derived"]["left"] == f"Còn {len(now)} chỗ phải xử lý trước khi nộp"


def test_whoever_signs_reads_the_reason_for_a_warning(desk, page):
    for field, value in (
        (f"v:{desk.indicator}:value", "99,8"),
        (f"v:{desk.indicator}:kind", "estimated"),
        (f"v:{desk.indicator}:source", "Điện lực"),
        (f"n:{desk.task}", "Đã làm."),
        (f"w:jump:{desk.indicator}", "Kỳ trước báo nhầm đơn vị đo"),
    ):
        desk.save(field, value)
    desk.browser.post(f"{desk.address}/prepare")
    shown = page(desk.head.get(desk.address))
    assert JUMP in shown.all("dt")
    assert "Kỳ trước báo nhầm đơn vị đo" in shown.all("dd")


OLD = (
    "Giải trình cũ, cho số liệu trước khi sửa (99,8): “Kỳ trước báo nhầm đơn vị đo”. "
    "Số liệu đã thay đổi nên cần giải trình lại."
)


def test_a_reason_counts_for_the_value_it_was_given_for_and_stays_in_sight_as_an_old_one(
    desk, page
):
    value, reason = f"v:{desk.indicator}:value", f"w:jump:{desk.indicator}"
    desk.save(value, "99,8")
    desk.save(reason, "Kỳ trước báo nhầm đơn vị đo")
    changed = desk.save(value, "150", "99,8")
    drawn = html.fromstring(changed["parts"][f"warnings-{desk.indicator}"])
    assert (
        [" ".join(line.text.split()) for line in drawn.cssselect("p")][1:],
        drawn.cssselect("[data-field]")[0].get("value"),
    ) == ([OLD], "")
    assert JUMP.replace("99,8", "150") in [
        line.text for line in html.fromstring(changed["parts"]["findings"]).cssselect("a")
    ]
    shown = page(desk.browser.get(desk.address))
    assert (shown.all(".note--warn p"), shown.value(reason)) == (
        [JUMP.replace("99,8", "150"), OLD],
        "",
    )
    assert (
        desk.save(value, "99,8", "150")["parts"][f"warnings-{desk.indicator}"].count(
            "Giải trình cũ"
        )
        == 0
    )


@pytest.mark.parametrize("base", ["", "Lý do cũ"])
def test_a_new_value_takes_a_new_reason_from_a_page_that_shows_the_old_one_or_none(
    desk, page, base
):
    value, reason = f"v:{desk.indicator}:value", f"w:jump:{desk.indicator}"
    desk.save(value, "99,8")
    desk.save(reason, "Lý do cũ")
    desk.save(value, "150", "99,8")
    assert desk.save(reason, "Lý do mới", base)["value"] == "Lý do mới"
    assert page(desk.browser.get(desk.address)).value(reason) == "Lý do mới"


def test_an_old_reason_sent_along_without_a_script_is_no_answer_to_the_new_value(desk, page):
    value, reason = f"v:{desk.indicator}:value", f"w:jump:{desk.indicator}"
    desk.save(value, "99,8")
    desk.save(reason, "Lý do cũ")
    sent = desk.browser.post(
        f"{desk.address}/save",
        data={
            value: "150",
            f"base-{value}": "99,8",
            reason: "Lý do cũ",
            f"base-{reason}": "Lý do cũ",
        },
    )
    assert (sent.status_code, page(desk.browser.get(desk.address)).value(reason)) == (
        HTTPStatus.SEE_OTHER,
        "",
    )


@pytest.mark.parametrize("warning", ["jump", "jump:x", "size:{}", "jump:999999", "jump:{}:value"])
def test_only_warnings_there_can_be_are_answered(desk, warning):
    assert (
        desk.save(f"w:{warning.format(desk.indicator)}", "Lý do")["error"]
        == "Không tìm thấy nội dung này, hoặc Ông/Bà không được xem."
    )


def test_the_editor_shows_what_a_task_asks_for(desk, page):
    assert page(desk.browser.get(desk.address)).all(".field__hint.pre") == [
        "Nêu việc đã làm và kết quả."
    ]


def test_lines_saved_without_a_script_do_not_clash_with_themselves(desk):
    desk.save(f"n:{desk.task}", "Một\nhai")
    answer = desk.browser.post(
        f"{desk.address}/save",
        data={f"n:{desk.task}": "Một\r\nhai\r\nba", f"base-n:{desk.task}": "Một\r\nhai"},
    )
    assert (
        answer.status_code,
        desk.save(f"n:{desk.task}", "Một\nhai\nba", "Một\nhai\nba")["value"],
    ) == (HTTPStatus.SEE_OTHER, "Một\nhai\nba")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "due_on",
            {"due_on": "01/01/2099", "locks_on": "09/01/2099", "reason": "Lũ"},
            "Hạn nộp mới phải từ hạn cũ trở đi (03/01/2099).",
        ),
        (
            "due_on",
            {"due_on": "1.2", "locks_on": "02/01/2099", "reason": "Lũ"},
            "Hãy nhập ngày như 26/02/2021.",
        ),
        (
            "locks_on",
            {"due_on": "05/01/2099", "locks_on": "31/02/2099", "reason": "Lũ"},
            "Không có ngày 31/02/2099.",
        ),
        (
            "reason",
            {"due_on": "02/01/2099", "locks_on": "02/01/2099", "reason": " "},
            "Hãy ghi lý do gia hạn.",
        ),
    ],
)
def test_a_refused_extension_says_why_at_the_field_and_keeps_what_was_typed(
    desk, sign_in, page, field, typed, sentence
):
    address = f"/campaigns/{desk.campaign.id}/reports/extend/{desk.entry}/{desk.period}"
    browser = sign_in(build.user(Role.SECRETARIAT))
    first = browser.post(
        address, data={"due_on": "03/01/2099", "locks_on": "04/01/2099", "reason": "Mưa lũ"}
    )
    answer = page(browser.post(address, data=typed))
    assert (first.status_code, len(answer.all(".history li"))) == (HTTPStatus.SEE_OTHER, 1)
    assert (answer.status, answer.all(".error-summary li"), answer.all(f"#{field}-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        [sentence],
        [sentence],
    )
    assert {name: answer.value(name) for name in ("due_on", "locks_on")} == {
        name: typed[name] for name in ("due_on", "locks_on")
    }


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            (b"MZ\x90\x00", "Biên bản.pdf"),
            "“Biên bản.pdf” chưa gắn được. Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx) và "
            "ảnh PNG, JPEG, WebP; "
            "tệp này không đúng định dạng.",
        ),
        ((b"", ""), "Hãy chọn một tệp."),
    ],
)
def test_a_refused_file_says_why_where_it_was_chosen(desk, page, file, sentence):
    content, name = file
    answer = desk.browser.post(
        f"{desk.address}/evidence",
        data={"file": (io.BytesIO(content), name), "indicator_id": desk.indicator},
    )
    shown = page(desk.browser.get(desk.address))
    assert (answer.status_code, answer.location) == (
        HTTPStatus.SEE_OTHER,
        f"{desk.address}#v-{desk.indicator}",
    )
    assert (shown.all(f"#v-{desk.indicator} .cell-error"), shown.all(".flashes p")) == (
        [sentence],
        [],
    )


def test_a_refusal_leads_back_to_the_report_also_from_a_page_that_was_an_answer_to_a_form(desk):
    answer = desk.browser.post(
        f"{desk.address}/prepare", headers={"Referer": f"http://localhost{desk.address}/save"}
    )
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, desk.address)


def test_whoever_signs_again_reads_which_version_this_is_and_why_the_last_came_back(desk, page):
    report = db.session.query(Report).filter_by(period_id=desk.period).one()
    sent = build.version(of=report, by=build.user(Role.SECRETARIAT), number=1)
    db.session.add(
        Return(
            version_id=sent.id,
            reason="Thiếu nguồn.",
            due_on=date(2099, 1, 1),
            at=build.NOW,
            by_id=build.user(Role.SECRETARIAT, name="Trần Thị Thư").id,
        )
    )
    report.state = ReportState.AWAITING_SIGNATURE
    shown = page(desk.head.get(desk.address))
    assert shown.one(".page-head__lead") == "Bản số 2, chưa nộp; đúng hạn đến hết 01/01/2099"
    assert shown.one(".note--warn") == (
        "Bản số 1 bị trả lại lúc 09:00 28/04/2021, Trần Thị Thư: Thiếu nguồn. Hạn mới: 01/01/2099."
    )


@pytest.mark.parametrize(
    ("part", "typed", "code", "sentence"),
    [
        ("value", "8982", "scale", "Hộ dùng điện: 8.982 % là quá 100 %. Có phải là 89,82 không?"),
        (
            "comparison",
            "9982",
            "base",
            "Hộ dùng điện, cùng kỳ năm trước: 9.982 % là quá 100 %. Có phải là 99,82 không?",
        ),
    ],
)
def test_a_size_is_asked_about_in_the_first_period_and_never_blocks_what_is_confirmed(
    app, sign_in, part, typed, code, sentence
):
    office, campaign = build.unit(), build.campaign(phase=Phase.REPORTING)
    indicator = build.indicator(campaign, name="Hộ dùng điện", short_name="Hộ dùng điện")
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    period = build.period(
        campaign, starts_on=date(2021, 4, 1), due_on=date(2099, 1, 1), locks_on=date(2099, 1, 1)
    )
    report = _report(campaign, entry, period)
    db.session.commit()
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=office))
    address = f"/campaigns/{campaign.id}/reports/{report.id}/fields"

    def save(field, value):
        return browser.post(
            address, data={"field": field, "value": value, "base": ""}, headers=JSON
        ).get_json()

    said = save(f"v:{indicator.id}:{part}", typed)
    if part == "comparison":
        said = save(f"v:{indicator.id}:value", "99")
    drawn = html.fromstring(said["parts"][f"warnings-{indicator.id}"])
    assert [text.text for text in drawn.cssselect("p")][-1] == sentence
    left = [link.text for link in html.fromstring(said["parts"]["findings"]).cssselect("a")]
    answered = save(f"w:{code}:{indicator.id}", "Đã đối chiếu")
    assert sentence in left
    assert [
        link.text for link in html.fromstring(answered["parts"]["findings"]).cssselect("a")
    ] == [line for line in left if line != sentence]


def test_what_belongs_to_another_value_does_not_stand_beside_one_that_is_refused(desk, page):
    desk.save(f"v:{desk.indicator}:value", "99,8")
    address, value = f"{desk.address}/save", f"v:{desk.indicator}:value"
    refused = page(desk.browser.post(address, data={value: "8%", f"base-{value}": "99,8"}))
    (progress,) = refused.tree.cssselect(f"#progress-{desk.indicator}")
    assert (progress.text, "hidden" in progress.attrib) == ("mới đạt 99,80 %", True)
    assert progress.get("data-follows") == f"{value} v:{desk.indicator}:comparison"
    assert (refused.value(value), refused.all(".cell-error")) == (
        "8%",
        ["“8%”: hãy bỏ dấu %, chỉ nhập 8."],
    )
    (shown,) = page(desk.browser.get(desk.address)).tree.cssselect(f"#progress-{desk.indicator}")
    assert "hidden" not in shown.attrib


def test_the_share_of_a_target_of_the_campaign_stands_in_the_report_of_a_period(app, sign_in, page):
    campaign = build.campaign(
        phase=Phase.REPORTING, starts_on=date(2020, 12, 1), ends_on=date(2021, 5, 31)
    )
    office, block = build.unit(), build.block(campaign)
    indicator = build.indicator(
        campaign,
        judgement=Judgement.CUMULATIVE,
        target_of=TargetOf.CAMPAIGN,
        year_target=Decimal(9_000),
    )
    report = _report(
        campaign,
        build.participation(campaign, unit=office, block=block),
        build.period(
            campaign, ends_on=date(2021, 1, 31), due_on=date(2099, 1, 1), locks_on=date(2099, 1, 1)
        ),
    )
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=office))
    address = f"/campaigns/{campaign.id}/reports/{report.id}"
    told = page(browser.get(address)).all("ul.dotted li")
    assert (
        told[0]
        == "Mục tiêu cả phong trào 9.000 % (đạt từ mức này trở lên); đến cuối kỳ phải đạt 2/6"
    )
    said = browser.post(
        f"{address}/fields",
        headers=JSON,
        data={"field": f"v:{indicator.id}:value", "value": "3.000", "base": ""},
    ).get_json()
    assert said["derived"][f"progress-{indicator.id}"] == "đạt 100,00 %"


def test_the_contents_lead_to_every_entry_and_follow_what_is_typed(desk, page):
    shown = page(desk.browser.get(desk.address))
    links = shown.links(".contents a")
    places = {f"#{element.get('id')}" for element in shown.tree.cssselect("main [id]")}
    assert f"#v-{desk.indicator}" in links
    assert set(links) <= places
    before = shown.one("#contents-words")
    said = desk.save(f"n:{desk.task}", "Đã làm.")
    drawn = html.fromstring(said["parts"]["contents"])
    (entry,) = drawn.cssselect(f"li:has(a[href='#n-{desk.task}'])")
    assert entry.text_content().split()[-1] == "đủ"
    assert said["derived"]["contents-words"] != before


def _before(desk, field, text):
    """What the unit wrote in its report of the period before."""
    report = (
        db.session.query(Report)
        .options(joinedload(Report.participation), joinedload(Report.period))
        .filter(Report.participation_id == desk.entry, Report.period_id != desk.period)
        .one()
    )
    demands = queries.demands_of(report, scheme_of(desk.campaign.id))
    officer = build.user(Role.UNIT_OFFICER, at=build.unit())
    report_cells.save_field(report, demands, field, text, "", by=officer, at=build.NOW)
    db.session.commit()


def test_what_the_last_period_said_is_taken_over_where_nothing_stands(desk, page):
    task, source, note = f"n:{desk.task}", f"v:{desk.indicator}:source", f"v:{desk.indicator}:note"
    for field, text in ((task, "Đã mở 3 lớp."), (source, "Cục Thống kê"), (note, "Số liệu tháng.")):
        _before(desk, field, text)
    desk.save(note, "Ghi chú mới")
    shown = page(desk.browser.get(desk.address))
    assert shown.all(".before > p.pre") == ["Cục Thống kê", "Số liệu tháng.", "Đã mở 3 lớp."]
    url = f"{desk.address}/take-over"
    answer = desk.browser.post(url, data={"field": [task, source, note, "n:999", "w:jump:1"]})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    shown = page(desk.browser.get(desk.address))
    assert [shown.value(field) for field in (task, source, note)] == [
        "Đã mở 3 lớp.",
        "Cục Thống kê",
        "Ghi chú mới",
    ]
    assert shown.all(".before button") == []


def test_nothing_is_taken_over_what_stands_already(desk, page):
    _before(desk, f"n:{desk.task}", "Đã mở 3 lớp.")
    desk.save(f"n:{desk.task}", "Kỳ này mở 5 lớp.")
    answer = desk.browser.post(f"{desk.address}/take-over", data={"field": f"n:{desk.task}"})
    shown = page(desk.browser.get(answer.location))
    assert shown.all(".flashes p") == [
        "Ô này đã có nội dung nên không lấy nội dung kỳ trước đè lên."
    ]
    assert page(desk.browser.get(desk.address)).value(f"n:{desk.task}") == "Kỳ này mở 5 lớp."
