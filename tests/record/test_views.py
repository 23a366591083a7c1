"""The pages of the record show what the objects themselves would show."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from campaign.audit import queries as audit
from campaign.audit import recorder
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.ranking import actions
from campaign.reporting.models import Narrative, SelfScore
from tests import build
from tests.ranked_world import AT, Scored

UNTIL_PUBLISHED = "Nội dung còn niêm phong đến khi công bố kết quả."
NO_RIGHT = (
    "Nội dung niêm phong đối với Ông/Bà: chỉ người được xem chính đối tượng này mới xem được."
)
FOR_EVER = "Nội dung được niêm kín: phiếu của thành viên và bản đang soạn không hiện trong nhật ký."


def _draft():
    """A unit types into a report it has not submitted."""
    campaign = build.campaign(phase=Phase.REPORTING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    author = build.user(Role.UNIT_OFFICER, at=build.unit())
    report = build.report(of=entry, period=build.period(campaign))
    task, criterion = build.task(campaign), build.criterion(campaign)
    db.session.commit()
    recorder.act("report.save", campaign_id=campaign.id)
    db.session.add_all(
        [
            Narrative(
                report_id=report.id,
                task_id=task.id,
                text="câu chưa nộp",
                updated_at=AT,
                updated_by_id=author.id,
            ),
            SelfScore(
                report_id=report.id,
                criterion_id=criterion.id,
                points=7,
                explanation="lý do chưa nộp",
                updated_at=AT,
                updated_by_id=author.id,
            ),
        ]
    )
    db.session.commit()
    return audit.head()[0]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SECRETARIAT, Role.DIRECTOR])
def test_a_draft_is_not_read_in_the_record(app, sign_in, page, role):
    number = _draft()
    shown = page(sign_in(build.user(role)).get(f"/audit/{number}"))
    assert shown.all(".card h2") == ["Thuyết minh", "Điểm tự chấm"]
    assert shown.all(".card p.muted") == [FOR_EVER, FOR_EVER]
    assert shown.all("main tbody") == []


@pytest.mark.parametrize(
    ("role", "phase", "seal"),
    [
        (Role.ADMIN, Phase.MEETING, NO_RIGHT),
        (Role.ADMIN, Phase.PUBLISHED, NO_RIGHT),
        (Role.SECRETARIAT, Phase.MEETING, UNTIL_PUBLISHED),
        (Role.SECRETARIAT, Phase.PUBLISHED, None),
        (Role.DIRECTOR, Phase.DECIDING, UNTIL_PUBLISHED),
        (Role.DIRECTOR, Phase.PUBLISHED, None),
    ],
)
def test_the_frozen_ranking_is_sealed_in_the_record_until_it_is_published(
    app, sign_in, page, role, phase, seal
):
    scored = Scored()
    db.session.commit()
    actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    recorder.act("ranking.freeze", campaign_id=scored.campaign.id)
    db.session.commit()
    number = audit.head()[0]
    scored.campaign.phase = phase
    scored.campaign.published_at = AT if phase is Phase.PUBLISHED else None
    shown = page(sign_in(build.user(role)).get(f"/audit/{number}"))
    if seal is None:
        assert shown.all(".card h2") == ["Xếp hạng đã chốt", "Thứ hạng đã chốt", "Thứ hạng đã chốt"]
        assert shown.all(".card p.muted") == []
    else:
        # two standings were frozen: a seal does not even tell how many
        assert shown.all(".card h2") == ["Xếp hạng đã chốt", "Thứ hạng đã chốt"]
        assert shown.all(".card p.muted") == [seal, seal]


def test_of_a_hidden_value_not_even_its_fingerprint_is_shown(app, sign_in, page):
    admin = build.user(Role.ADMIN)
    db.session.commit()
    recorder.note("user_account", "1", {"password_hash": "•0123abcd"}, {"password_hash": "•4567"})
    db.session.commit()
    shown = page(sign_in(admin).get(f"/audit/{audit.head()[0]}"))
    assert shown.all("main tbody td") == ["•", "•"]


@pytest.mark.parametrize("table", ["post_file", "exemplar_picture"])
def test_where_a_file_is_kept_is_shown_to_nobody_who_reads_of_the_file(app, sign_in, page, table):
    reader = build.user(*(role for role in Role if not role.belongs_to_unit))
    db.session.commit()
    recorder.note(table, "1", None, {"file_name": "anh.png", "storage_key": "7f3a-dau"})
    db.session.commit()
    answer = sign_in(reader).get(f"/audit/{audit.head()[0]}")
    assert page(answer).all("main tbody td") == ["—", "anh.png", "—", "•"]


def test_where_the_scan_of_a_decision_is_kept_is_shown_to_nobody(app, sign_in, page):
    reader = build.user(*(role for role in Role if not role.belongs_to_unit))
    decision = build.decision(build.campaign(phase=Phase.PUBLISHED))
    db.session.commit()
    decision.scan_name, decision.scan_key = "quyet-dinh.pdf", "7f3a-dau"
    recorder.act("decision.scan", campaign_id=decision.campaign_id)
    db.session.commit()
    answer = sign_in(reader).get(f"/audit/{audit.head()[0]}")
    assert page(answer).all("main tbody td")[:4] == ["", "•", "", "quyet-dinh.pdf"]


@pytest.mark.parametrize("asked", ["", "?act=report.save", "?q=chưa nộp", "?act=chưa nộp"])
def test_the_list_its_filters_and_its_spreadsheet_look_at_no_content(app, sign_in, asked):
    _draft()
    browser = sign_in(build.user(Role.ADMIN))
    assert "câu chưa nộp" not in browser.get(f"/audit/{asked}").get_data(as_text=True)
    book = load_workbook(BytesIO(browser.get(f"/audit/excel{asked}").data))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert [text for text in cells if "câu chưa nộp" in text] == []


def test_a_search_for_what_was_written_counts_nothing(app, sign_in, page):
    _draft()
    shown = page(sign_in(build.user(Role.ADMIN)).get("/audit/?q=câu chưa nộp"))
    assert shown.all("main tbody tr") == []


def test_an_entry_tells_the_code_of_the_request_it_came_of(app, sign_in, page):
    browser = sign_in(build.user(Role.ADMIN))
    answer = browser.post("/outbox/stop", data={"reason": "máy chủ thư đổi địa chỉ"})
    number = audit.head()[0]
    assert (answer.status_code, audit.entry(number).act) == (303, "mail.stop")
    shown = page(browser.get(f"/audit/{number}"))
    assert answer.headers["X-Request-ID"] in shown.all("dl.facts dd code")
    assert audit.entry(number - 1).request_id is None
