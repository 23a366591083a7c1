"""Minh chứng đã dùng: the same file or text elsewhere is told to the verifier, never a draft."""

from campaign.extensions import db
from campaign.reporting.evidence.elsewhere import texts_elsewhere, used_elsewhere
from campaign.reporting.models import Evidence, Narrative
from campaign.reporting.rules import ReportState
from campaign.units.models import Unit
from tests import build
from tests.worlds import Desk


def _evidence(desk, sha256, *, removed=False):
    row = Evidence(
        report_id=desk.report.id,
        file_name="so-lieu.pdf",
        media_type="application/pdf",
        size=10,
        sha256=sha256,
        storage_key=f"k{desk.report.id}{sha256[:1]}",
        uploaded_at=build.NOW,
        uploaded_by_id=desk.by.id,
        removed_at=build.NOW if removed else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _submitted_again(desk, row):
    """A version that holds this file, so that its verifier sees it."""
    listed = {
        "id": row.id,
        "criterion_id": None,
        "indicator_id": None,
        "file_name": row.file_name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
    }
    snapshot = desk.version.snapshot | {"evidence": [listed]}
    build.version(of=desk.report, by=desk.by, number=2, snapshot=snapshot)


def test_the_same_file_in_a_sent_report_of_another_unit_or_campaign_is_told(app, sign_in, page):
    desk, other, drafting, taken_off = Desk(), Desk(), Desk(), Desk()
    row = _evidence(desk, "a" * 64)
    _evidence(desk, "a" * 64)
    for elsewhere in (other, drafting):
        _evidence(elsewhere, "a" * 64)
    _evidence(taken_off, "a" * 64, removed=True)
    _evidence(other, "b" * 64)
    drafting.report.state = ReportState.DRAFT
    _submitted_again(desk, row)
    told = f"{other.office.name}, {other.report.period.name.lower()}, {other.campaign.title}"
    assert used_elsewhere(desk.report)[row.id] == [told]
    shown = page(
        sign_in(desk.by).get(f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}")
    )
    text = " ".join(shown.tree.text_content().split())
    assert f"Tệp giống hệt cũng có ở: {told}" in text
    assert drafting.office.name not in text


LONG = "Đơn vị đã tuyên truyền, vận động từng hộ kinh doanh dùng điện tiết kiệm, " * 2


def _narrative(report, task, text, by):
    return Narrative(
        report_id=report.id, task_id=task.id, text=text, updated_at=build.NOW, updated_by_id=by.id
    )


def _told(campaign, task, text, *, unit=None, state=ReportState.SUBMITTED):
    """A report of a unit that tells this of the task, and where it is."""
    entry = build.participation(campaign, unit=unit or build.unit(), block=build.block(campaign))
    period = build.period(campaign, is_final=False)
    row = build.report(of=entry, period=period, state=state)
    db.session.add(_narrative(row, task, text, build.user()))
    db.session.flush()
    return f"{db.session.get(Unit, entry.unit_id).name}, {period.name.lower()}"


def test_the_same_text_of_another_unit_or_an_earlier_campaign_is_told(app, sign_in, page):
    desk, before = Desk(), build.campaign(title="Thi đua năm trước")
    task, short = build.task(desk.campaign), build.task(desk.campaign)
    db.session.add_all(
        _narrative(desk.report, row, text, desk.by)
        for row, text in ((task, LONG), (short, "Không có."))
    )
    other = _told(desk.campaign, task, LONG)
    earlier = _told(before, build.task(before), LONG, unit=desk.office)
    _told(desk.campaign, task, LONG, state=ReportState.DRAFT)
    _told(desk.campaign, task, LONG + ".")
    _told(desk.campaign, short, "Không có.")
    _told(before, build.task(before), LONG)
    told = [f"{earlier}, Thi đua năm trước", other]
    found = texts_elsewhere(desk.report)
    assert {key: sorted(places) for key, places in found.items()} == {task.id: sorted(told)}
    snapshot = desk.version.snapshot | {"narratives": {str(task.id): LONG}}
    build.version(of=desk.report, by=desk.by, number=2, snapshot=snapshot)
    shown = page(
        sign_in(desk.by).get(f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}")
    )
    text = " ".join(shown.tree.text_content().split())
    assert [f"Thuyết minh giống hệt cũng có ở: {place}" in text for place in told] == [True, True]
